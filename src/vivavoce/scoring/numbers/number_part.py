"""A part of a sentence between two pauses, in which a number looks for its unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.scoring.numbers.figure import Unit
from vivavoce.scoring.numbers.number_words import unit_at
from vivavoce.scoring.plain_words import PlainWord

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a sentence's words."""

    value: float
    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    unit: Unit | None
    """None where no unit was said."""
    noun: str
    scale: float = 1.0
    """1,000 where "thousand" was said."""
    label: bool = False
    """It names something: "the 15th", "3:40", "Q4"."""
    whole: float = 0.0
    """The five of "one in five"; 0 where none was said."""


class Part:
    """The words between two pauses."""

    def __init__(self, text: str, words: Sequence[PlainWord]) -> None:
        self._text = text
        self._words = words
        self.texts = tuple(word.text for word in words)

    def __len__(self) -> int:
        return len(self._words)

    def at(self, index: int) -> str:
        """Return a plain word; empty beyond the ends."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def number(self, index: int) -> float | None:
        """Return the number that stands at a word in digits, or None."""
        try:
            value = float(self.at(index) or math.nan)
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def span(self, index: int) -> tuple[int, int]:
        """Return a word's offsets."""
        return self._words[index].start, self._words[index].end

    def raw(self, index: int) -> str:
        """Return what stands in the text at a word; empty beyond the ends."""
        if not 0 <= index < len(self._words):
            return ""
        return self._text[self._words[index].start : self._words[index].end]

    def near(self, index: int, before: int, after: int) -> str:
        """Return the characters at an offset from a word's ends: (-2, 0) are the two before it."""
        start, end = self.span(index)
        return (
            self._text[max(0, start + before) : start] if before else self._text[end : end + after]
        )

    def is_spaced(self, index: int) -> bool:
        """Whether only a space stands between a word and the next."""
        if index + 1 >= len(self._words):
            return False
        return self._text[self._words[index].end : self._words[index + 1].start].isspace()

    def with_unit(self, value: float, first: int, last: int, scale: float = 1.0) -> Found:
        """Return a number with the unit that follows it, where there is one."""
        said = unit_at(self.texts, last)
        if said is None:
            return Found(value, first, last, None, "", scale)
        return Found(value * said.factor, first, said.last, said.unit, said.noun, scale)
