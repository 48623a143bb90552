"""For whom an answer is told: engineering terms before and after the first outcome, and what an
executive can count. A term alone is never a fault, only many of them with no outcome before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.debrief import OUTCOMES, Evidence, Reading
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.wording import clock
from vivavoce.scoring.lexicon import INTERNALS, TOOL
from vivavoce.scoring.numbers.figure import Figure

MANY_A_MINUTE = 6.0
"""Terms a minute before the first outcome from which the advice is given. Chosen."""
SHORTEST_SECONDS = 5.0
"""A stretch below it has no rate worth telling. Chosen."""
CHARACTERS_A_SECOND = 14.0
"""What a text without times is taken to last: 150 words of 5.6 characters a minute. Chosen."""


@dataclass(frozen=True, slots=True)
class Audience:
    """How an answer speaks to those who do not build models."""

    outcome: Evidence | None
    """The first outcome's words: what goes wrong, an effect, or what it is worth."""
    before: float | None
    """Engineering terms a minute until the first outcome, throughout where there is none; None
    where that stretch is too short to tell."""
    after: float | None
    """The same from the first outcome on."""
    in_users_or_money: int
    """How many of its numbers count users or money, slices of a test left out."""

    @property
    def told(self) -> str:
        """It as sentences: the terms, the numbers, one line of advice where something is amiss;
        empty where neither an outcome nor a term was heard."""
        if self.outcome is None and not self._terms:
            return ""
        count = self.in_users_or_money
        numbers = f"{count or 'no'} number{'s' * (count != 1)} in users or money."
        return " ".join(part for part in (self._terms, numbers.capitalize(), self.advice) if part)

    @property
    def _terms(self) -> str:
        if not (self.before or self.after):
            return ""
        if self.outcome is None:
            return f"{_rate(self.before)} engineering terms a minute, and no outcome."
        start = self.outcome.start
        at = f" at {clock(start)}" if start is not None else ""
        told = [
            f"{_rate(rate)} {where}"
            for rate, where in (
                (self.before, f"before your first outcome{at}"),
                (self.after, "after it" if self.before is not None else f"after the outcome{at}"),
            )
            if rate is not None
        ]
        return f"Engineering terms a minute: {', '.join(told)}."

    @property
    def advice(self) -> str:
        """What would bring an executive along; empty where nothing is amiss."""
        if self.before is not None and self.before >= MANY_A_MINUTE:
            return "Say first what it moves; the terms can follow."
        if self.outcome is not None and not self.in_users_or_money:
            return "Say what it is in users or money, or that you cannot know it from here."
        return ""


def audience(reading: Reading, answer: Transcript | None, figures: Sequence[Figure]) -> Audience:
    """Return how an answer speaks to its audience.

    Args:
        reading: Of the answer.
        answer: Its words with their times, the text being the reading's; None for a typed one.
        figures: The answer's numbers.
    """
    # The weightiest quote of each: what merely echoes an outcome does not name it.
    named = [
        evidence for criterion in OUTCOMES for evidence in reading.judgement(criterion).evidence[:1]
    ]
    outcome = min(named, key=lambda evidence: evidence.start_char, default=None)
    split = outcome.start_char if outcome else len(reading.text)
    terms = _terms(reading.text)
    before = sum(term < split for term in terms)
    return Audience(
        outcome,
        _a_minute(before, _seconds(answer, 0, split)),
        _a_minute(len(terms) - before, _seconds(answer, split, len(reading.text))),
        sum(f.unit in ("people", "money") and f.role != "slice" for f in figures),
    )


def _terms(text: str) -> list[int]:
    """Return where engineering terms begin; "the ranking model" is one, not two."""
    found = sorted(m.span() for pattern in (TOOL, INTERNALS) for m in pattern.finditer(text))
    terms: list[int] = []
    reached = 0
    for start, end in found:
        if start >= reached:
            terms.append(start)
        reached = max(reached, end)
    return terms


def _seconds(answer: Transcript | None, start: int, end: int) -> float:
    if end <= start:
        return 0.0
    if answer is None or not answer.words:
        return (end - start) / CHARACTERS_A_SECOND
    return answer.when(start, end).seconds


def _a_minute(count: int, seconds: float) -> float | None:
    return 60 * count / seconds if seconds >= SHORTEST_SECONDS else None


def _rate(rate: float | None) -> str:
    return f"{rate or 0:.0f}"
