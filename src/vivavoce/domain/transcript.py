"""A transcript: the text of words, and the way back from characters to times."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from vivavoce.domain.speech import Span, Word


@dataclass(frozen=True, slots=True)
class Transcript:
    """Words joined by single spaces, with each word's place in that text."""

    text: str
    """What a reader sees."""
    words: tuple[Word, ...]
    """In time order."""
    starts: tuple[int, ...]
    """For each word, its first character's offset in `text`."""

    @classmethod
    def of(cls, words: Iterable[Word]) -> Transcript:
        """Join words into a transcript; words without text are dropped."""
        kept = tuple(word for word in words if word.text)
        starts: list[int] = []
        position = 0
        for word in kept:
            starts.append(position)
            position += len(word.text) + 1
        return cls(" ".join(word.text for word in kept), kept, tuple(starts))

    def when(self, start_char: int, end_char: int) -> Span:
        """Return the time span of the words that the characters touch.

        A space alone, or what lies past the end, stands for the word before it.

        Args:
            start_char: Offset of the first character.
            end_char: Offset after the last one, greater than `start_char`.

        Raises:
            IndexError: The transcript has no words.
        """
        last = max(0, bisect_left(self.starts, end_char) - 1)
        first = max(0, bisect_right(self.starts, start_char) - 1)
        if start_char >= self.starts[first] + len(self.words[first].text):
            first += 1  # the space behind a word belongs to nobody
        said = self.words[min(first, last) : last + 1]
        return Span(said[0].start, max(word.end for word in said))
