"""`vivavoce attempts dispute`: “I did say it”."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import click

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import CRITERIA, Criterion
from vivavoce.domain.dispute import Dispute, dispute_about, find_words, make_dispute
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, clock, level_word
from vivavoce.errors import BadInputError, NotFoundError, UsageError
from vivavoce.locations import find_locations
from vivavoce.store.attempt_store import AttemptStore

_CRITERIA: dict[str, Criterion] = {each: each for each in CRITERIA} | {
    name.lower(): each for each, name in CRITERION_NAMES.items()
}
"""By the names of the JSON and by those of the screen."""


@click.command(
    epilog="Examples: vivavoce attempts dispute latest lift 'from 38 to 30 percent' · "
    "vivavoce attempts dispute latest lift --withdraw"
)
@click.argument("attempt_id", metavar="ID")
@click.argument("name", metavar="CRITERION", type=click.Choice([*_CRITERIA], False))
@click.argument("words", required=False)
@click.option("--withdraw", is_flag=True, help="Take it back: the judgement stands.")
def dispute(attempt_id: str, name: str, words: str | None, withdraw: bool) -> None:
    """Say that a judgement missed WORDS of your answer: “I did say it”.

    It is kept beside the judgement and counted by `vivavoce calibrate --mine`; vote and levels
    stay as they are. Case, punctuation and spacing of WORDS do not matter.
    """
    criterion = _CRITERIA[name]
    if withdraw == (words is not None):
        raise UsageError(
            "Either name the words in which you said it, or take it back with --withdraw.",
            "Words that hold spaces stand in quotes.",
        )
    with contextlib.closing(AttemptStore(find_locations())) as store:
        attempt = store.get(attempt_id)
        if words is not None:
            made = _disputed(attempt, criterion, words)
            store.keep_dispute(attempt.id, made)
            told = f"Kept beside the {criterion}: “{one_line(made.quote)}” at {clock(made.start)}."
        elif dispute_about(attempt.disputes, criterion) is None:
            raise NotFoundError(
                f"There is no dispute about the {criterion} of this attempt.",
                f"See what there is: vivavoce attempts show {attempt.id}",
            )
        else:
            store.withdraw_dispute(attempt.id, criterion)
            told = f"Taken back: the judgement on the {criterion} stands."
    click.echo(told, err=True)


def _disputed(attempt: Attempt, criterion: Criterion, words: str) -> Dispute:
    """Return the dispute of an attempt's judgement.

    Raises:
        UsageError: There is no judgement that words could have been missed for.
        BadInputError: The words are not in the answer.
    """
    answer = attempt.judged_words
    if attempt.debrief is None or not answer.words:
        raise UsageError(
            "Nothing was judged in this attempt, so there is nothing to dispute.",
            "Name one that has a vote: vivavoce attempts list",
        )
    reading = attempt.debrief.first
    level = reading.judgement(criterion).level
    if level == 2:
        raise UsageError(
            f"The {criterion} was heard as {level_word(criterion, level)}: that is the highest.",
            f"See the others: vivavoce attempts show {attempt.id}",
        )
    stretch = find_words(reading.text, words)
    if stretch is None:
        raise BadInputError(
            "Those words do not stand in your first answer as it was heard.",
            f"Copy them from: vivavoce attempts show {attempt.id}",
        )
    return make_dispute(criterion, reading, answer, stretch, datetime.now(UTC))
