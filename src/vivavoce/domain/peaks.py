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
        values, bounds = self._stretches(start, end, count)
        return np.maximum.reduceat(values, bounds)[::2]

    def averages(self, start: float, end: float, count: int) -> NDArray[np.float64]:
        """Return the mean value of each of `count` equal stretches between two times.

        Where a stretch holds whole sentences its loudest value is the same everywhere; the mean
        still tells the dense from the sparse.

        Args:
            start: Seconds.
            end: Seconds, after `start`.
            count: At least 1.

        Returns:
            0 to 255, shape (count,); 0 where there is no recording.
        """
        values, bounds = self._stretches(start, end, count)
        lengths = np.maximum(bounds[1::2] - bounds[::2], 1)
        sums = np.add.reduceat(values, bounds, dtype=np.float64)[::2]
        means: NDArray[np.float64] = sums / lengths
        return means

    def _stretches(
        self, start: float, end: float, count: int
    ) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
        """Return the values with a silent one at the end, and first and end index by turns."""
        edges = np.linspace(start, end, count + 1) * SAMPLE_RATE / PEAK_SAMPLES
        lows = np.floor(edges[:-1]).astype(np.intp)
        highs = np.maximum(np.ceil(edges[1:]).astype(np.intp), lows + 1)
        bounds = np.stack([lows, highs], axis=1).ravel()
        # What lies before or after the recording is an empty stretch: that of the silent value.
        outside = np.repeat((highs <= 0) | (lows >= len(self.values)), 2)
        bounds = np.where(outside, len(self.values), np.clip(bounds, 0, len(self.values)))
        return np.append(self.values, np.uint8(0)), bounds


def peaks_from(samples: NDArray[np.int16]) -> Peaks:
    """Return the outline of a recording.

    Args:
        samples: 16 kHz mono, shape (n,).
    """
    whole = len(samples) - len(samples) % PEAK_SAMPLES
    frames = samples[:whole].reshape(-1, PEAK_SAMPLES)  # no copy: an hour has 115 MB
    rest = samples[whole:]
    highest = frames.max(axis=1, initial=0).astype(np.int32)
    # 32768 does not fit into an int16: the loudest negative sample would stay negative.
    lowest = frames.min(axis=1, initial=0).astype(np.int32)
    if len(rest):
        highest = np.append(highest, max(0, int(rest.max())))
        lowest = np.append(lowest, min(0, int(rest.min())))
    loudest = np.maximum(highest, -lowest)
    values = np.minimum(loudest >> 7, 255).astype(np.uint8)
    return Peaks(values, len(samples) / SAMPLE_RATE)
