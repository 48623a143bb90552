"""`vivavoce note`, `tag` and `correct`: one line a thing, for a script or a screen reader."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator

import click

from vivavoce.domain.annotation import MAX_CHARACTERS, STARTING_TAGS, WordRange
from vivavoce.domain.annotation_edits import Edit
from vivavoce.domain.annotation_edits import correct as correct_edit
from vivavoce.domain.annotation_edits import note as note_edit
from vivavoce.domain.annotation_edits import revert as revert_edit
from vivavoce.domain.annotation_edits import tag as tag_edit
from vivavoce.domain.annotation_json import annotation_to_dict
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.domain.word_place import find_place
from vivavoce.domain.wording import clock
from vivavoce.errors import NotFoundError, UsageError
from vivavoce.locations import find_locations
from vivavoce.session.annotating import Annotator, Change, new_stamp
from vivavoce.session.answer_reader import open_reader
from vivavoce.store.attempt_store import AttemptStore

_PLACE = (
    "WORDS is an id of `attempts show ID --words` (1.17 or 1.17-20), a time (0:41), or the words."
)

_as_json = click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
_attempt = click.argument("attempt_id", metavar="ID")


@click.command(
    epilog="Examples: vivavoce note latest 0:41 'say the size here' · "
    "vivavoce note latest 1.17-20 --remove",
    help=f"Write a note on WORDS of an attempt, in place of your earlier one.\n\n{_PLACE}",
)
@_attempt
@click.argument("words")
@click.argument("text", required=False)
@click.option("--remove", is_flag=True, help="Take your note on WORDS away.")
@_as_json
def note(attempt_id: str, words: str, text: str | None, remove: bool, as_json: bool) -> None:
    """Write a note."""
    _one_of(text, remove, "the note", "--remove")
    _edit(
        attempt_id,
        lambda attempt: note_edit(attempt, _found(attempt, words), _whole(text), new_stamp()),
        as_json,
        nothing="You have no note on those words.",
    )


@click.command(
    epilog="Examples: vivavoce tag latest 'the ranker' jargon · "
    "vivavoce tag latest 1.17 jargon --remove",
    help="Tag WORDS of an attempt with a word or two of your own, or with "
    f"{', '.join(STARTING_TAGS)}.\n\n{_PLACE}",
)
@_attempt
@click.argument("words")
@click.argument("name")
@click.option("--remove", is_flag=True, help="Take the tag away.")
@_as_json
def tag(attempt_id: str, words: str, name: str, remove: bool, as_json: bool) -> None:
    """Tag words."""
    if not one_line(name):
        raise UsageError("A tag needs a word.", f"For example: {STARTING_TAGS[0]}")

    def edit(attempt: Attempt) -> Edit:
        made = tag_edit(attempt, _found(attempt, words), _whole(name), new_stamp())
        # The step turns a tag on or off; here each is asked for by its own name.
        return made if bool(made.removed) == remove else Edit(made.what)

    there = "It has no such tag." if remove else "It has that tag already."
    _edit(attempt_id, edit, as_json, nothing=there)


@click.command(
    epilog="Examples: vivavoce correct latest '80 months' '18 months' · "
    "vivavoce correct latest 1.17 '' · vivavoce correct latest --revert",
    help="Say what you really said where the machine misheard WORDS; TEXT may be empty. The "
    f"attempt is scored again at once. What the machine heard is kept.\n\n{_PLACE}",
)
@_attempt
@click.argument("words", required=False)
@click.argument("text", required=False)
@click.option("--revert", is_flag=True, help="Back to what the machine heard: in WORDS, or in all.")
@_as_json
def correct(
    attempt_id: str, words: str | None, text: str | None, revert: bool, as_json: bool
) -> None:
    """Correct words."""
    _one_of(text, revert, "what you said", "--revert")
    if words is None and not revert:
        raise UsageError("Which words?", _PLACE)

    def edit(attempt: Attempt) -> Edit:
        if revert:
            return revert_edit(attempt, _found(attempt, words) if words is not None else None)
        return correct_edit(attempt, _found(attempt, words or ""), _whole(text), new_stamp())

    same = "Nothing is corrected there." if revert else "That is what stands there already."
    _edit(attempt_id, edit, as_json, nothing=same)


@contextlib.contextmanager
def annotator() -> Iterator[tuple[AttemptStore, Annotator]]:
    """Give the store and what annotates in it."""
    locations = find_locations()
    with contextlib.closing(AttemptStore(locations)) as store:
        yield store, Annotator(store, lambda: open_reader(locations))


def tell(change: Change, told: str, as_json: bool) -> None:
    """Print what a step came to: JSON on stdout, or sentences on stderr."""
    if as_json:
        attempt = change.attempt
        click.echo(
            json.dumps(
                {
                    "id": attempt.id,
                    "what": change.what,
                    "judged": list(change.judged),
                    "vote": attempt.vote,
                    "annotations": [annotation_to_dict(each) for each in attempt.annotations],
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    click.echo(told, err=True)
    for line in change.judged:
        click.echo(f"Scored again: {line}", err=True)


def _edit(attempt_id: str, edit: Callable[[Attempt], Edit], as_json: bool, *, nothing: str) -> None:
    with annotator() as (store, annotating):
        attempt = store.get(attempt_id)
        made = edit(attempt)
        if not made:
            tell(Change(attempt, ""), nothing, as_json)
            return
        change = annotating.edit(attempt, made.what, made.added, made.removed)
    at = f" at {clock(made.added[0].anchor.span.start)}" if made.added else ""
    tell(change, f"Kept: {made.what}{at}.", as_json)


def _found(attempt: Attempt, words: str) -> WordRange:
    """Return the words that are named.

    Raises:
        NotFoundError: There are none.
    """
    place = find_place(words, attempt.turns, attempt.annotations)
    if place is None:
        raise NotFoundError(
            f"No words of that attempt are called “{one_line(words)}”.",
            f"See what they are called: vivavoce attempts show {attempt.id} --words",
        )
    return place


def _whole(text: str | None) -> str:
    """Return what is written, which must not be cut.

    Raises:
        UsageError: It is too long.
    """
    shown = one_line(text or "")
    if len(shown) > MAX_CHARACTERS:
        raise UsageError(
            f"That has {len(shown):,} characters; there is room for {MAX_CHARACTERS:,}.",
            "Write less, or spread it over several words.",
        )
    return shown


def _one_of(text: str | None, flag: bool, what: str, flag_name: str) -> None:
    if flag == (text is not None):
        raise UsageError(
            f"Either write {what}, or add {flag_name}.", "Words that hold spaces stand in quotes."
        )
