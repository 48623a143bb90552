"""The verdict: the panel's vote, its reasons, what would turn it, and the sentence to say next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vivavoce.domain.debrief import CRITERIA, Criterion, Judgement, Reading, Vote
from vivavoce.scoring.how_soon import says_how_soon
from vivavoce.scoring.say_next import say_next, shortened
from vivavoce.scoring.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Levels:
    """What the vote rests on."""

    problem: int
    solution: int
    lift: int
    experiment: int
    impact: int
    over_engineered: bool
    how_soon: bool = False
    """The answer says when one will know."""


def vote(levels: Levels) -> Vote:
    """Return the panel's vote: a quick test linked to a sized effect wins, depth alone loses."""
    if levels.over_engineered:
        return "no"
    if levels.lift < 2:
        # Nobody can size everything: "how soon will we know?" is answered by a shaped test.
        return "yes" if levels.experiment == 2 and levels.how_soon else "no"
    if levels.problem == 0:
        sized = levels.impact == 2 or levels.experiment == 2
        return "yes" if sized else "no"
    return "yes" if levels.solution == 2 else "no"


_WANTED = {
    "how_soon": "a day on which you will know",
    "lift": "a size for the effect",
    "solution": "one concrete change",
    "problem": "who suffers, and from what",
    "experiment": "a test of days or weeks on a slice of users",
}
_RAISE = {
    "lift": "Say how much: which number moves, from what to what.",
    "how_soon": "Say on which day your test will tell.",
    "solution": "Say one change that a team could start on Monday.",
    "problem": "Say who suffers, and from what, before you say the fix.",
    "experiment": "Put a small test first: two weeks, a slice of users.",
}
_REASONS = {
    ("lift", 0): "You never said how much would change.",
    ("lift", 1): "You named an effect, but no size for it.",
    ("solution", 0): "You never said what you would change.",
    ("solution", 1): "Your change stays vague: nobody could start on it on Monday.",
    ("problem", 0): "You never said who suffers, and from what.",
    ("problem", 1): "You named a topic, not what goes wrong for whom.",
}


def judge(sentences: Sequence[Sentence], **fields: Any) -> Reading:
    """Return the reading with its vote, reasons and advice.

    Args:
        sentences: Of the answer.
        fields: Every other field of `Reading`.
    """
    judged: dict[Criterion, Judgement] = {name: fields[name] for name in CRITERIA}
    levels = Levels(
        **{name: judgement.level for name, judgement in judged.items()},
        over_engineered=fields["over_engineered"],
        how_soon=says_how_soon(fields["text"], judged["experiment"].evidence),
    )
    cast = vote(levels)
    return Reading(
        **fields,
        vote=cast,
        reasons=_reasons(levels, cast, judged, fields["text"], fields["tool_first"]),
        turning=_turning(levels, cast),
        say_next=say_next(judged, [sentence.text for sentence in sentences]),
    )


def _reasons(
    levels: Levels, cast: Vote, judged: Mapping[Criterion, Judgement], text: str, tool_first: bool
) -> tuple[str, ...]:
    if not text.strip():
        return ("There were no words to read.",)
    reasons: list[str] = []
    if cast == "yes":
        if levels.lift == 2:
            reasons.append(f"You put a size on the effect: “{_quoted(judged['lift'])}”.")
        else:
            reasons.append("You gave no size, but the day on which a quick test will tell.")
        if levels.experiment == 2:
            reasons.append(f"Your test is quick to run: “{_quoted(judged['experiment'])}”.")
        if levels.impact == 2:
            reasons.append(f"An executive can follow it: “{_quoted(judged['impact'])}”.")
        return tuple(reasons)
    if levels.over_engineered:
        reasons.append("Most of it was the build, with no small test before it.")
    order = ("lift", "solution", "problem")
    reasons += [
        _REASONS[name, getattr(levels, name)] for name in order if getattr(levels, name) < 2
    ]
    if tool_first:
        reasons.append("You named a tool before you named an outcome.")
    if not reasons:
        reasons.append("The parts are there, but nothing shows how we would know.")
    return tuple(reasons)


def _turning(levels: Levels, cast: Vote) -> str:
    """Return the smallest change that turns a no, found by voting again with it made."""
    if cast == "yes":
        keeps = [
            name
            for name in ("lift", "how_soon", "experiment", "solution")
            if vote(_changed(levels, name, 0)) == "no"
        ]
        if not keeps:
            return "Nothing single would turn it."
        return f"What keeps it: {_WANTED[keeps[0]]}."
    for name in ("lift", "how_soon", "solution", "problem", "experiment"):
        raised = _changed(levels, name, 2)
        if name == "experiment":
            raised = replace(raised, over_engineered=False)
        if vote(raised) == "yes":
            return _RAISE[name]
    both = replace(levels, lift=2, over_engineered=False)
    if vote(both) == "yes":
        return "Cut the internals: say the effect with a size, and the smallest test of it."
    return (
        "Three sentences: who suffers, what you change on Monday, which number moves by how much."
    )


def _changed(levels: Levels, name: str, level: int) -> Levels:
    changes: dict[str, Any] = {name: level}
    return replace(levels, **changes)


def _quoted(judgement: Judgement) -> str:
    return shortened(judgement.evidence[0].quote)
