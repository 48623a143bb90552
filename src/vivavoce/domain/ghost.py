"""The ghost: when an earlier take first said its problem, its change and its lift."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import CRITERION_NAMES, clock

GHOST_CRITERIA: tuple[Criterion, ...] = ("problem", "solution", "lift")
"""The three sentences of an answer: docs/scoring.md."""


@dataclass(frozen=True, slots=True)
class GhostMark:
    """Where one of the three was first said."""

    criterion: Criterion
    seconds: float
    """Since the answer's first word."""

    @property
    def letter(self) -> str:
        """P, C or L."""
        return CRITERION_NAMES[self.criterion][0]

    @property
    def told(self) -> str:
        """As in “lift at 0:40”."""
        return f"{CRITERION_NAMES[self.criterion].lower()} at {clock(self.seconds)}"


@dataclass(frozen=True, slots=True)
class Ghost:
    """An earlier take, as marks along the clock of a new one."""

    marks: tuple[GhostMark, ...] = ()
    """In time order; what was not said is missing."""

    def next_mark(self, seconds: float) -> GhostMark | None:
        """Return the first mark that an answer of this length has not reached."""
        return next((mark for mark in self.marks if mark.seconds > seconds), None)


def ghost_of(attempt: Attempt) -> Ghost:
    """Return the marks of a take; none where nothing was heard or judged in it.

    Args:
        attempt: With its debrief, whose first evidence in time counts.
    """
    answer = next((turn for turn in attempt.turns if turn.kind == "answer" and turn.words), None)
    if answer is None or attempt.debrief is None:
        return Ghost()
    began = _first_sound(answer)
    marks = []
    for criterion in GHOST_CRITERIA:
        evidence = attempt.debrief.first.judgement(criterion).evidence
        starts = [each.start for each in evidence if each.start is not None]
        if starts:
            marks.append(GhostMark(criterion, max(0.0, min(starts) - began)))
    return Ghost(tuple(sorted(marks, key=_seconds)))


def _first_sound(answer: Turn) -> float:
    """Return where the clock of an answer begins: with the voice, a word where none is known."""
    return answer.voiced[0].start if answer.voiced else answer.words[0].start


def _seconds(mark: GhostMark) -> float:
    return mark.seconds
