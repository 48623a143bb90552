"""Fillers: the sounds and phrases that fill a pause, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_SOUNDS = {"um": re.compile("uh*m+"), "uh": re.compile("uh+"), "er": re.compile("erm?")}
_KINDS = frozenset(
    [
        "what",
        "which",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "the",
        "a",
        "an",
        "each",
        "every",
        "one",
        "another",
        "same",
        "new",
        "all",
        "different",
    ]
)
_PHRASES = {
    ("you", "know"): frozenset(
        ["do", "did", "don't", "didn't", "if", "as", "when", "before", "should", "would", "to"]
    ),
    ("i", "mean"): frozenset(["what", "that", "do"]),
    ("kind", "of"): _KINDS,
    ("sort", "of"): _KINDS,
}
"""Each with the words that, before it, show that it is meant: "what kind of users"."""


@dataclass(frozen=True, slots=True)
class Fillers:
    """How often each filler was heard. Approximate: a transcriber leaves some out."""

    counts: tuple[tuple[str, int], ...]
    """The most frequent first."""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.counts)


def count_fillers(texts: Iterable[str]) -> Fillers:
    """Count the fillers in transcripts that kept them.

    Args:
        texts: Read one by one; no phrase runs from one to the next.
    """
    found = Counter(filler for text in texts for filler in _fillers(_words(text)))
    return Fillers(tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))))


def _words(text: str) -> list[str]:
    return [word for raw in text.lower().split() if (word := raw.strip(".,;:!?…—-\"'()"))]


def _fillers(words: Sequence[str]) -> Iterator[str]:
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        yield from (name for name, sound in _SOUNDS.items() if sound.fullmatch(word))
        if before not in _PHRASES.get((word, after), {before}):
            yield f"{word} {after}"
