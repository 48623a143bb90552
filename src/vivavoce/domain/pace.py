"""Pace: words a minute, over a whole answer and over a window that slides through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

WINDOW_SECONDS = 30.0
"""Some seventy words at an everyday pace: one word more or less moves the figure by 2. Chosen."""
STEP_SECONDS = 5.0
LEAST_VOICED_SECONDS = 10.0
"""With less speech in a window its pace says nothing. Chosen."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Of the speech in one window."""

    at: float
    """The window's middle, seconds on the recording's clock."""
    wpm: float
    """Words per minute of voiced time."""


def words_per_minute(words: Sequence[Word], voiced_seconds: float) -> float:
    """Return speaking pace, pauses excluded.

    Args:
        words: In any order; may be empty.
        voiced_seconds: The voiced time they were spoken in.

    Returns:
        Words per minute of speech; 0.0 when there is none.
    """
    if not words or voiced_seconds <= 0:
        return 0.0
    return 60.0 * len(words) / voiced_seconds


def sliding_pace(turns: Sequence[Turn]) -> tuple[Pace, ...]:
    """Return the pace in each window of `WINDOW_SECONDS` that lies within one turn, every
    `STEP_SECONDS`.

    Args:
        turns: The candidate's, in time order, with their words and voiced spans.
    """
    return tuple(pace for turn in turns if turn.voiced for pace in _of_turn(turn))


def _of_turn(turn: Turn) -> list[Pace]:
    begin, end = turn.voiced[0].start, turn.voiced[-1].end
    count = int((end - begin - WINDOW_SECONDS) // STEP_SECONDS) + 1
    paces = []
    for window in (
        Span(begin + i * STEP_SECONDS, begin + i * STEP_SECONDS + WINDOW_SECONDS)
        for i in range(max(0, count))
    ):
        voiced = sum(_shared(span, window) for span in turn.voiced)
        if voiced >= LEAST_VOICED_SECONDS:
            words = [w for w in turn.words if window.start <= (w.start + w.end) / 2 < window.end]
            middle = (window.start + window.end) / 2
            paces.append(Pace(middle, words_per_minute(words, voiced)))
    return paces


def _shared(one: Span, other: Span) -> float:
    return max(0.0, min(one.end, other.end) - max(one.start, other.start))
