"""Peaks: the outline of a recording, small enough to draw at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE

PEAK_SAMPLES = 320
"""Samples a peak: 20 ms, so that an hour has 180,000 of them. Chosen: below a terminal's column."""


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of each 20 ms."""

    values: NDArray[np.uint8]
    """0 to 255 in linear amplitude, shape (n,)."""
    seconds: float
    """Length of the recording."""

    def columns(self, start: float, end: float, count: int) -> NDArray[np.uint8]:
        """Return the loudest value of each of `count` equal stretches between two times.

        Args:
            start: Seconds.
            end: Seconds, after `start`.
            count: At least 1.

        Returns:
            0 to 255, shape (count,); 0 where there is no recording.
        """
        edges = np.linspace(start, end, count + 1) * SAMPLE_RATE / PEAK_SAMPLES
        lows = np.clip(np.floor(edges[:-1]).astype(int), 0, len(self.values))
        highs = np.clip(np.maximum(np.ceil(edges[1:]).astype(int), lows + 1), 0, len(self.values))
        return np.array(
            [
                self.values[low:high].max() if high > low else 0
                for low, high in zip(lows, highs, strict=True)
            ],
            np.uint8,
        )


def peaks_from(samples: NDArray[np.int16]) -> Peaks:
    """Return the outline of a recording.

    Args:
        samples: 16 kHz mono, shape (n,).
    """
    seconds = len(samples) / SAMPLE_RATE
    rest = -len(samples) % PEAK_SAMPLES
    # 32768 does not fit into an int16: the loudest negative sample would stay negative.
    loud = np.abs(np.pad(samples, (0, rest)).astype(np.int32)).reshape(-1, PEAK_SAMPLES)
    values = np.minimum(loud.max(axis=1, initial=0) >> 7, 255).astype(np.uint8)
    return Peaks(values, seconds)
