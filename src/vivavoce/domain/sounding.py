"""Where a recording sounds: stretches between pauses, and a clock that stands still in those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE, Span

FRAME_SECONDS = 0.01
PAUSE_SECONDS = 0.1
"""Shorter silences are the closures of stop consonants; 0.06 was worse, 0.15 the same."""
CLICK_SECONDS = 0.03
"""A sound so short between two pauses is no word. Chosen."""
FLOOR_SHARE, MOST_DB = 0.2, 35.0
"""A frame sounds when it is so far up from the noise to the loudest speech, in dB, and at most so
much below the latter. 0.15 to 0.4 served equally well, with noise at 20 dB and without."""
CLEAR_DB = 15.0
"""With less between noise and speech, pauses cannot be told from the sound. Chosen."""
VOICE_LATE_SECONDS = 0.05
"""The voice detector's spans may begin so late: its frames are 32 ms."""


def stretches_of_sound(samples: NDArray[np.int16], voiced: Sequence[Span]) -> list[Span]:
    """Return what lies between the pauses, within the voiced spans: whole frames, in order.

    Args:
        samples: 16 kHz mono.
        voiced: In time order, seconds from the first sample.
    """
    size = int(FRAME_SECONDS * SAMPLE_RATE)
    frames = samples[: len(samples) // size * size].astype(np.float32).reshape(-1, size)
    level = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1.0)
    floor, loud = np.percentile(level, [5, 95]) if len(level) else (0.0, 0.0)
    clear = loud - floor >= CLEAR_DB
    threshold = max(floor + FLOOR_SHARE * (loud - floor), loud - MOST_DB)
    found: list[tuple[int, int]] = []
    end = 0
    for span in voiced:
        begin = max(end, round((span.start - VOICE_LATE_SECONDS * clear) / FRAME_SECONDS))
        end = max(begin, round(span.end / FRAME_SECONDS))
        loud_ones = np.flatnonzero(level[begin:end] >= threshold) + begin
        stretches = np.split(
            loud_ones, np.flatnonzero(np.diff(loud_ones) > PAUSE_SECONDS / FRAME_SECONDS) + 1
        )
        kept = [
            (int(stretch[0]), int(stretch[-1]) + 1)
            for stretch in stretches
            if clear and len(stretch) * FRAME_SECONDS > CLICK_SECONDS
        ]
        found += kept or [(begin, end)] * (end > begin)
    return [Span(first * FRAME_SECONDS, last * FRAME_SECONDS) for first, last in found]


@dataclass(frozen=True, slots=True)
class SoundingClock:
    """Counts the frames that sound; at the end of a stretch it stands where the next one begins."""

    frames: NDArray[np.int64]
    """The frames that sound, counted from the first sample, in order."""
    edges: NDArray[np.int64]
    """Positions at which a stretch begins or ends, from 0 to the number of sounding frames."""

    def position(self, seconds: Sequence[float]) -> NDArray[np.float64]:
        """Return how many frames have sounded by some points in time."""
        first, last = self.frames[self.edges[:-1]], self.frames[self.edges[1:] - 1] + 1
        points = np.column_stack([first, last]).ravel() * FRAME_SECONDS
        return np.interp(seconds, points, np.repeat(self.edges, 2)[1:-1])

    def span(self, first: int, last: int) -> Span:
        """Return from when to when something sounds, in seconds.

        Args:
            first: Position at which it begins.
            last: Position at which it has ended; greater.
        """
        return Span(
            float(self.frames[first] * FRAME_SECONDS),
            float((self.frames[last - 1] + 1) * FRAME_SECONDS),
        )


def sounding_clock(sounds: Sequence[Span]) -> SoundingClock:
    """Return the clock of at least one stretch, as `stretches_of_sound` returns them."""
    frames = [
        np.arange(round(sound.start / FRAME_SECONDS), round(sound.end / FRAME_SECONDS))
        for sound in sounds
    ]
    return SoundingClock(np.concatenate(frames), np.cumsum([0, *map(len, frames)]))
