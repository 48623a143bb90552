"""The verdict: the panel's vote, its reasons, what would turn it, and the sentence to say next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vivavoce.domain.debrief import Judgement, Reading, Vote


@dataclass(frozen=True, slots=True)
class Levels:
    """What the vote rests on."""

    problem: int
    solution: int
    lift: int
    experiment: int
    impact: int
    over_engineered: bool


def vote(levels: Levels) -> Vote:
    """Return the panel's vote: a quick test linked to a sized effect wins, depth alone loses."""
    if levels.over_engineered:
        return "no"
    only_the_test = levels.experiment == 2 and not levels.problem and levels.solution <= 1
    if levels.lift < 2:
        # "How soon will we know?" is answered by a shaped test alone.
        return "yes" if only_the_test and levels.lift == 0 else "no"
    if levels.problem == 0:
        sized = levels.impact == 2 or levels.experiment == 2
        return "yes" if sized else "no"
    return "yes" if levels.solution == 2 else "no"


_WANTED = {
    "lift": "a size for the effect",
    "solution": "one concrete change",
    "problem": "who suffers, and from what",
    "experiment": "a test of days or weeks on a slice of users",
}
_RAISE = {
    "lift": "Say how much: which number moves, from what to what.",
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


def judge(**fields: Any) -> Reading:
    """Return the reading with its vote, reasons and advice.

    Args:
        fields: Every other field of `Reading`.
    """
    judged: dict[str, Judgement] = {
        name: fields[name] for name in ("problem", "solution", "lift", "experiment", "impact")
    }
    levels = Levels(
        **{name: judgement.level for name, judgement in judged.items()},
        over_engineered=fields["over_engineered"],
    )
    cast = vote(levels)
    return Reading(
        **fields,
        vote=cast,
        reasons=_reasons(levels, cast, judged, fields["text"], fields["tool_first"]),
        turning=_turning(levels, cast),
        say_next=_say_next(levels, judged),
    )


def _quote(judgement: Judgement, most: int = 60) -> str:
    words = judgement.evidence[0].quote
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"


def _reasons(
    levels: Levels, cast: Vote, judged: dict[str, Judgement], text: str, tool_first: bool
) -> tuple[str, ...]:
    if not text.strip():
        return ("There were no words to read.",)
    reasons: list[str] = []
    if cast == "yes":
        if levels.lift == 2:
            reasons.append(f"You put a size on the effect: “{_quote(judged['lift'])}”.")
        if levels.experiment == 2:
            reasons.append(f"Your test is quick to run: “{_quote(judged['experiment'])}”.")
        if levels.impact == 2:
            reasons.append(f"An executive can follow it: “{_quote(judged['impact'])}”.")
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
            for name in ("lift", "experiment", "solution")
            if vote(_changed(levels, name, 0)) == "no"
        ]
        if not keeps:
            return "Nothing single would turn it."
        return f"What keeps it: {_WANTED[keeps[0]]}."
    for name in ("lift", "solution", "problem", "experiment"):
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


def _say_next(levels: Levels, judged: dict[str, Judgement]) -> str:
    """Return a frame for the weakest part, with the candidate's words and blanks."""
    if levels.lift < 2:
        metric = f"“{_quote(judged['lift'])}”: " if levels.lift else ""
        return (
            f"{metric}… so we expect ___ to go from ___ to ___ within ___ weeks. "
            "Say what your number rests on, or say that it is a guess."
        )
    if levels.solution < 2:
        return "“On Monday we change ___ for ___, and nothing else.”"
    if levels.problem < 2:
        return "“___ are leaving because ___.” Say it first."
    if levels.experiment < 2:
        return f"“We show it to ___ percent of ___ for ___ weeks, and look whether {_it(judged)}.”"
    if levels.impact < 2:
        return f"“{_quote(judged['lift'])}, and that is ___ people, or ___ a month.”"
    return "Say the same three sentences again, in half the time."


def _it(judged: dict[str, Judgement]) -> str:
    return _quote(judged["lift"], 70)
