"""Segments: words in the order in which they were heard, cut where a sentence ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.speech import Word

PAUSE_SECONDS = 2.0
"""A silence of this length ends a segment in the middle of a sentence, too. Chosen: people stop for
a second to look for a word."""
MAX_WORDS, LEAST_WORDS = 60, 20
"""More words without a full stop are cut at the longest pause after the second number. Chosen: the
longest sentence of a fluent answer has about 40 words."""
_ENDS = (".", "?", "!", "…")
_CLOSING = "\"'”’)]"
_ABBREVIATIONS = {"mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "e.g.", "i.e."}


@dataclass(frozen=True, slots=True)
class Segment:
    """What belongs together: a sentence, mostly."""

    words: tuple[Word, ...]
    """At least one."""
    speaker: str = ""
    """Who says it; empty where only one person speaks."""

    @property
    def start(self) -> float:
        """Seconds."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """Seconds."""
        return max(word.end for word in self.words)

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)


class Segmenter:
    """Takes words as they are heard and gives the segments that are complete."""

    def __init__(self) -> None:
        self._open: list[Word] = []

    def push(self, words: Sequence[Word]) -> list[Segment]:
        """Take the next words; return what they complete. The last sentence stays open: only the
        word that follows tells whether a full stop ends it."""
        complete = []
        for word in words:
            if self._open and _parts(self._open[-1], word):
                complete.append(self._close(len(self._open)))
            self._open.append(word)
            if len(self._open) > MAX_WORDS:
                complete.append(self._close(_longest_pause(self._open)))
        return complete

    def finish(self) -> list[Segment]:
        """Return what is still open."""
        return [self._close(len(self._open))] if self._open else []

    def _close(self, count: int) -> Segment:
        segment = Segment(tuple(self._open[:count]))
        del self._open[:count]
        return segment


def _parts(before: Word, after: Word) -> bool:
    """Whether a segment ends between two words."""
    if after.start - before.end >= PAUSE_SECONDS:
        return True
    ends = before.text.rstrip(_CLOSING).endswith(_ENDS)
    return ends and before.text.lower() not in _ABBREVIATIONS and not after.text[:1].islower()


def _longest_pause(words: Sequence[Word]) -> int:
    """Return how many words stand before the longest pause that is not too early."""
    return max(range(LEAST_WORDS, len(words)), key=lambda i: words[i].start - words[i - 1].end)
