"""Two attempts at the same case, side by side: what was gained and lost, added and dropped."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief, Judgement, Level
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.word_changes import WordChanges, word_changes
from vivavoce.domain.wording import CRITERION_NAMES
from vivavoce.errors import UsageError

FIGURES = (
    "answer_s",
    "speaking_s",
    "monologue_s",
    "first_word_s",
    "first_metric_s",
    "first_tool_s",
    "wpm",
)
"""What is compared of `domain.timing.Timing`, by its names."""
_CHOOSE = "Choose two of the same case: vivavoce attempts list"


@dataclass(frozen=True, slots=True)
class Heard:
    """What one attempt's first answer was heard to say for a criterion."""

    level: Level
    quote: str
    """The words that earned it best, on one line; empty at level 0."""
    span: Span | None
    """When they were said, on the recording's clock; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One criterion in both attempts."""

    criterion: Criterion
    a: Heard
    b: Heard

    @property
    def change(self) -> int:
        """Levels gained, or below zero lost."""
        return self.b.level - self.a.level


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in both attempts."""

    name: str
    """Of `FIGURES`."""
    a: float | None
    """Seconds, or words a minute; None where there is none."""
    b: float | None
    """Likewise."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is told of two attempts."""

    a: Attempt
    b: Attempt
    slots: tuple[Slot, ...]
    """In the order in which a debrief tells them."""
    figures: tuple[Figure, ...]
    """In the order of `FIGURES`."""
    words: WordChanges
    """Between the first answers, as they were judged; `dropped` stands in A only, `added` in B."""


def compare(a: Attempt, b: Attempt) -> Comparison:
    """Set two attempts side by side.

    Args:
        a: What is compared with, commonly the earlier one.
        b: The other one.

    Raises:
        UsageError: They are one and the same, at different cases, at none, or one was not scored.
    """
    if a.id == b.id:
        raise UsageError("That is one and the same attempt.", _CHOOSE)
    if a.case is None or b.case is None:
        raise UsageError("A timed answer has no case, so there is nothing to compare.", _CHOOSE)
    if a.case.id != b.case.id:
        raise UsageError(
            f"These are attempts at different cases, “{one_line(a.case.title)}” and "
            f"“{one_line(b.case.title)}”: their sentences cannot be compared.",
            _CHOOSE,
        )
    first, second = _debrief(a), _debrief(b)
    return Comparison(
        a,
        b,
        tuple(
            Slot(
                criterion,
                _heard(first.first.judgement(criterion)),
                _heard(second.first.judgement(criterion)),
            )
            for criterion in CRITERION_NAMES
        ),
        tuple(Figure(name, _figure(first, name), _figure(second, name)) for name in FIGURES),
        word_changes(first.first.text, second.first.text),
    )


def _debrief(attempt: Attempt) -> Debrief:
    if attempt.debrief is None:
        raise UsageError(
            f"The attempt {attempt.id} was not scored, so there is nothing to compare.", _CHOOSE
        )
    return attempt.debrief


def _heard(judgement: Judgement) -> Heard:
    if not judgement.evidence:
        return Heard(judgement.level, "", None)
    best = judgement.evidence[0]
    return Heard(judgement.level, one_line(best.quote), best.span)


def _figure(debrief: Debrief, name: str) -> float | None:
    if debrief.timing is None or not debrief.heard:
        return None
    figure: float | None = getattr(debrief.timing, name)
    return figure
