"""Three signals on scales of 1 to 5, each point with a written anchor.

The names are the seed article's: what its debrief weighs. A scale appears only where something
earned it: "under pressure" needs a question or a cut-in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.domain.debrief import OUTCOMES, Debrief, Evidence, Reading
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import clock
from vivavoce.scoring.lexicon import SHORT, SLICE
from vivavoce.scoring.sentences import cut
from vivavoce.scoring.slots import first_metric

IMPACT = "Clarity of product impact"
LOW_EFFORT = "Low-effort experiments first"
PRESSURE = "Communication under pressure"
ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    IMPACT: (
        "an effect or a reason in passing, nothing that can be checked",
        "an effect without a size, or a reason without an effect",
        "a sized effect without the reason for it, or the reason and a direction",
        "what goes wrong for whom, and a sized effect on a metric",
        "what goes wrong for whom, a sized effect, and what it is in users or money",
    ),
    LOW_EFFORT: (
        "a heavy build before any small test",
        "a change, and no test of it",
        "a test that is only named",
        "a test of days or weeks, or on a slice of users",
        "a test of days or weeks on a slice of users, for a change that can start on Monday",
    ),
    PRESSURE: (
        "no answer to the question or cut-in",
        "an answer without a metric or outcome",
        "a metric or outcome more than 30 seconds after the question or cut-in",
        "a metric or outcome within 30 seconds of the question or cut-in",
        "a metric or outcome within 10 seconds of the question or cut-in",
    ),
}
"""What the points 1 to 5 mean. Written for this program; the seconds are chosen."""
QUICK, SOON = 10.0, 30.0
_SHARE = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scale:
    """One signal of a debrief."""

    name: str
    point: int
    """1 to 5."""
    evidence: Evidence | None = None
    """The words that earned it."""

    @property
    def anchor(self) -> str:
        """What the point means."""
        return ANCHORS[self.name][self.point - 1]

    @property
    def told(self) -> str:
        """The scale as a sentence."""
        return f"{self.name}: {self.point} of 5, {self.anchor}."


def scales(debrief: Debrief, turns: Sequence[Turn]) -> list[Scale]:
    """Return the signals that something earned.

    Args:
        debrief: Of the attempt.
        turns: In time order; empty for a text.
    """
    found = [_impact(debrief.first), _low_effort(debrief.first), _pressure(debrief, turns)]
    return [scale for scale in found if scale is not None]


def _impact(reading: Reading) -> Scale | None:
    reason, effect, worth = (
        reading.judgement(name).level for name in ("problem", "lift", "impact")
    )
    if not (reason or effect or worth):
        return None
    if effect == 2 and reason == 2:
        point = 5 if worth == 2 else 4
    elif effect == 2 or (reason == 2 and effect):
        point = 3
    elif effect or reason == 2 or worth:
        point = 2
    else:
        point = 1
    quotes = reading.lift.evidence or reading.impact.evidence or reading.problem.evidence
    return Scale(IMPACT, point, quotes[0])


def _low_effort(reading: Reading) -> Scale | None:
    test, change = reading.experiment, reading.solution
    if not (test.level or change.level or reading.over_engineered):
        return None
    quotes = test.evidence or change.evidence
    if test.level == 2:
        said = " ".join(quote.quote for quote in test.evidence)
        slice_said = SLICE.search(said) or _SHARE.search(said)
        whole = SHORT.search(said) and slice_said and change.level == 2
        point = 5 if whole else 4
    elif reading.over_engineered:
        point = 1
    else:
        point = 3 if test.level else 2
    return Scale(LOW_EFFORT, point, quotes[0] if quotes else None)


def _pressure(debrief: Debrief, turns: Sequence[Turn]) -> Scale | None:
    """Return how the questions and cut-ins were met: the middle one of them, the lower of two."""
    points = sorted(_met(debrief.first, *pair) for pair in _asked(turns))
    return Scale(PRESSURE, points[(len(points) - 1) // 2]) if points else None


def pressure_lines(debrief: Debrief, turns: Sequence[Turn]) -> list[str]:
    """Return a sentence a question or cut-in: how long until the next metric or outcome."""
    lines = []
    for asked, answer in _asked(turns):
        name, sought = ("Cut-in", "outcome") if asked.kind == "cut-in" else ("Question", "metric")
        seconds = _seconds_to_outcome(debrief.first, asked, answer)
        met = (
            "you said nothing to it."
            if not answer.words
            else f"no {sought} in your answer."
            if seconds is None
            else f"{max(0.0, seconds):.0f} s to your next {sought}."
        )
        lines.append(f"{name} at {clock(asked.span.start)}: {met}")
    return lines


def _asked(turns: Sequence[Turn]) -> list[tuple[Turn, Turn]]:
    return [
        (asked, answer)
        for asked, answer in pairwise(turns)
        if asked.kind in ("probe", "cut-in") and answer.by_candidate
    ]


def _met(reading: Reading, asked: Turn, answer: Turn) -> int:
    if not answer.words:
        return 1
    seconds = _seconds_to_outcome(reading, asked, answer)
    if seconds is None:
        return 2
    return 5 if seconds <= QUICK else 4 if seconds <= SOON else 3


def _seconds_to_outcome(reading: Reading, asked: Turn, answer: Turn) -> float | None:
    """Return how long after a question its answer names a metric; after a cut-in, how long until
    the answer that goes on names an outcome. None where it does not.

    Args:
        reading: Of the first answer, timed: what goes on after a cut-in is part of it.
        asked: The interviewer's turn.
        answer: The turn behind it.
    """
    if asked.kind == "cut-in":
        quotes = (e for name in OUTCOMES for e in reading.judgement(name).evidence)
        said = [e.start for e in quotes if e.start is not None and e.start >= asked.span.end]
        return min(said) - asked.span.end if said else None
    transcript = Transcript.of(answer.words)
    metric = first_metric(cut(transcript.text))
    if metric is None:
        return None
    return transcript.when(metric, metric + 1).start - asked.span.end
