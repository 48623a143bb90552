"""Marks: how likely each word of an answer carries each criterion, by the trained reader.

An encoder turns a window of plain words into one vector a word; a layer of linear heads, trained
on the labelled answers in this package's data, turns the vectors into marks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.debrief import CRITERIA, Level
from vivavoce.scoring.plain_words import PlainWord

Vectors = NDArray[np.float32]
WINDOW_WORDS = 96
"""Words that are read at a time: most answers fit into one. Chosen."""
STRIDE_WORDS = 64
"""Words between the starts of two windows, so that each word is read with words around it."""
STRONGEST_WORDS = 4
"""An answer's level rests on its so many strongest words, as in training. Chosen."""
MOST_PIECES = 4
"""Word pieces that are read of one word: the longest words must fit WINDOW_WORDS times into the
encoder's 512 places."""
_KEPT_WINDOWS = 256
"""Enough for an hour of speech."""


class SentenceEncoder(Protocol):
    """Turns words into vectors that know what was said around them."""

    @property
    def heads(self) -> Heads:
        """The heads that were trained with this encoder."""
        ...

    def encode(self, windows: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return a vector for each word.

        Args:
            windows: Plain words, at most WINDOW_WORDS each.

        Returns:
            For each window an array of shape (words, 384), float32.
        """
        ...


@dataclass(frozen=True, slots=True)
class Heads:
    """The linear heads on top of the encoder."""

    word_weights: Vectors
    """(10, 384): for each criterion at least 1, then for each criterion 2."""
    word_bias: Vectors
    """(10,)"""
    answer_weights: Vectors
    """(3, 384): tool first, over-engineered, and the vote, which only helps in training."""
    answer_bias: Vectors
    """(3,)"""
    attention_weights: Vectors
    """(3, 384): which words count for each of the three."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the trained reader thinks of an answer."""

    logits: Vectors
    """(words, 10): how much each word speaks for each criterion's 1, then for its 2."""
    tool_first: float
    """How likely it is, 0 to 1; so is the other."""
    over_engineered: float

    def heard(self, criterion: int) -> Vectors:
        """Return how likely each word is part of what carries a criterion, (words,), 0 to 1."""
        return _likelihood(self.logits[:, criterion])

    def level(self, criterion: int, without: Collection[int] = ()) -> Level:
        """Return a criterion's level.

        Args:
            criterion: Its index in CRITERIA.
            without: Indexes of words that are left out.
        """
        kept = [index for index in range(len(self.logits)) if index not in without]
        if not kept:
            return 0
        logits = self.logits[kept][:, [criterion, criterion + len(CRITERIA)]]
        heard, clear = np.sort(logits, axis=0)[-STRONGEST_WORDS:].mean(axis=0)
        return 0 if heard <= 0 else 2 if clear > 0 else 1


class Marker:
    """Marks answers. What was read before is remembered, so that a growing answer is cheap."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        heads = encoder.heads
        self._weights = np.concatenate(
            (heads.word_weights, heads.answer_weights, heads.attention_weights)
        ).T
        self._read: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
        """What the heads say of each word, (words, 16): the vectors themselves are 24 times as
        large, and heads are linear."""

    def mark(self, words: Sequence[PlainWord]) -> Marks:
        """Return the marks of an answer.

        Args:
            words: At least one.
        """
        heads, count = self._encoder.heads, len(CRITERIA)
        said = self._said([word.text for word in words])
        of_word, of_answer, attention = np.split(said, (2 * count, 2 * count + 3), axis=1)
        attention = np.exp(attention - attention.max(axis=0))
        attention /= attention.sum(axis=0)
        answer = (attention * of_answer).sum(axis=0) + heads.answer_bias
        tool_first, over_engineered, _ = (float(each) for each in _likelihood(answer))
        return Marks(of_word + heads.word_bias, tool_first, over_engineered)

    def _said(self, words: Sequence[str]) -> Vectors:
        starts = window_starts(len(words))
        windows = [tuple(words[start : start + WINDOW_WORDS]) for start in starts]
        unread = list(dict.fromkeys(w for w in windows if w not in self._read))
        for window, vectors in zip(unread, self._encoder.encode(unread), strict=True):
            self._read[window] = vectors @ self._weights
        total = np.zeros((len(words), self._weights.shape[1]), np.float32)
        times = np.zeros((len(words), 1), np.float32)
        for start, window in zip(starts, windows, strict=True):
            self._read.move_to_end(window)
            total[start : start + len(window)] += self._read[window]
            times[start : start + len(window)] += 1
        while len(self._read) > _KEPT_WINDOWS:
            self._read.popitem(last=False)
        return total / times


def window_starts(words: int) -> list[int]:
    """Return where the windows of an answer of so many words start; they cover every word."""
    return list(range(0, max(words - (WINDOW_WORDS - STRIDE_WORDS), 1), STRIDE_WORDS))


def _likelihood(logits: Vectors) -> Vectors:
    return (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
