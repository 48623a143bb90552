"""Pace: words a minute, over a whole answer and over a window that slides through it."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

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


def words_per_minute(words: int, voiced_seconds: float) -> float:
    """Return speaking pace, pauses excluded.

    Args:
        words: How many.
        voiced_seconds: The voiced time they were spoken in.

    Returns:
        Words per minute of speech; 0.0 when there is none.
    """
    if voiced_seconds <= 0:
        return 0.0
    return 60.0 * words / voiced_seconds


def sliding_pace(turns: Sequence[Turn]) -> tuple[Pace, ...]:
    """Return the pace in each window of `WINDOW_SECONDS` that lies within one turn, every
    `STEP_SECONDS`.

    Args:
        turns: The candidate's, in time order, with their words and voiced spans.
    """
    return tuple(pace for turn in turns if turn.voiced for pace in _of_turn(turn))


def _of_turn(turn: Turn) -> list[Pace]:
    first, last = turn.voiced[0].start, turn.voiced[-1].end
    count = int((last - first - WINDOW_SECONDS) // STEP_SECONDS) + 1
    middles = sorted((word.start + word.end) / 2 for word in turn.words)
    starts = [span.start for span in turn.voiced]
    before = [0.0, *itertools.accumulate(span.seconds for span in turn.voiced)]

    def voiced_until(time: float) -> float:
        begun = bisect_right(starts, time)
        if not begun:
            return 0.0
        return before[begun - 1] + min(time - starts[begun - 1], turn.voiced[begun - 1].seconds)

    paces = []
    for begin in (first + i * STEP_SECONDS for i in range(count)):
        end = begin + WINDOW_SECONDS
        voiced = voiced_until(end) - voiced_until(begin)
        if voiced >= LEAST_VOICED_SECONDS:
            words = bisect_left(middles, end) - bisect_left(middles, begin)
            paces.append(Pace(begin + WINDOW_SECONDS / 2, words_per_minute(words, voiced)))
    return paces
