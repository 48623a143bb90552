"""Which word is being spoken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vivavoce.domain.speech import Word

LINGER_SECONDS = 0.5
"""A word stays lit so long into the gap after it, so that the light does not flicker between the
words of a phrase. Chosen."""


def word_being_spoken(words: Sequence[Word], seconds: float) -> int | None:
    """Return the index of the word that sounds at a time, or in a gap the one just before.

    Args:
        words: In time order.
        seconds: On the words' clock.

    Returns:
        None before the first word, and later than `LINGER_SECONDS` after a word's end.
    """
    index = bisect_right(words, seconds, key=_start) - 1
    if index < 0 or seconds >= words[index].end + LINGER_SECONDS:
        return None
    return index


def _start(word: Word) -> float:
    return word.start
