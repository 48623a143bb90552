"""Spans: the stretches of words that carry a criterion, out of the marks of single words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vivavoce.scoring.marks import Vectors

SURE, LIKELY = 0.5, 0.3
"""A span holds a word marked at least SURE, and goes on over words marked at least LIKELY."""
GAP_WORDS = 2
"""A span goes on over so many unmarked words: a filler, an aside."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words."""

    first: int
    """Index of its first word."""
    last: int
    """Index of its last word, inclusive."""
    peak: float
    """The likelihood of its strongest word."""
    mass: float
    """The sum of its words' likelihoods."""


def find_spans(
    likelihoods: Vectors | Sequence[float], at_least_one: bool, starts: Collection[int] = ()
) -> list[Span]:
    """Return the spans of one criterion, in order.

    Args:
        likelihoods: Of each word, shape (words,).
        at_least_one: Return the span around the strongest word even when it is not SURE.
        starts: Indexes of words that begin a sentence: no span goes on over one.
    """
    values = [float(value) for value in likelihoods]
    spans = [span for span in _runs(values, LIKELY, starts) if span.peak >= SURE]
    if spans or not at_least_one or not values:
        return spans
    best = max(values)
    return [max(_runs(values, best * 0.5, starts), key=lambda span: span.peak)]


def _runs(values: Sequence[float], floor: float, starts: Collection[int]) -> list[Span]:
    runs: list[tuple[int, int]] = []
    begins_anew = True
    for index, value in enumerate(values):
        begins_anew = begins_anew or index in starts
        if value < floor:
            continue
        if not begins_anew and index - runs[-1][1] <= GAP_WORDS + 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
        begins_anew = False
    return [
        Span(first, last, max(values[first : last + 1]), sum(values[first : last + 1]))
        for first, last in runs
    ]
