"""Slower and faster speech at its own pitch, through PyAV's `atempo` filter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples

SLOWEST = 0.5
FASTEST = 2.0
"""What one `atempo` stretches without leaving sound out."""


class SpeedChange:
    """One stretch of sound on its way through the filter: feed it piece by piece, then finish.

    What comes out is at most 0.04 s of the source away from where the speed puts it, however long
    the sound is: the filter looks for a place where the waves fit together.
    """

    def __init__(self, speed: float) -> None:
        """Set the filter up; takes about 1 ms once PyAV is loaded.

        Args:
            speed: `SLOWEST` to `FASTEST`; at 1.0 the samples pass through untouched.

        Raises:
            ValueError: Another speed.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError(f"speed {speed} is not {SLOWEST} to {FASTEST}")
        self._untouched = speed == 1.0
        self._fed = 0
        if not self._untouched:
            self._build(speed)

    def feed(self, samples: Samples) -> Samples:
        """Return the sound that is ready, perhaps none: the filter holds back up to 0.12 s.

        Args:
            samples: What follows in the source, 16 kHz mono, any length.
        """
        if self._untouched or not len(samples):
            return samples
        import av

        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples, np.int16)[np.newaxis], format="s16", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = Fraction(1, SAMPLE_RATE)
        frame.pts = self._fed
        self._fed += len(samples)
        self._source.push(frame)
        return self._ready()

    def finish(self) -> Samples:
        """Return what was held back; nothing can be fed after it."""
        if self._untouched or not self._fed:
            return np.empty(0, np.int16)
        self._source.push(None)
        return self._ready()

    def _build(self, speed: float) -> None:
        import av.filter

        # Kept: the filters do not outlive their graph.
        self._graph: Any = av.filter.Graph()
        self._source: Any = self._graph.add_abuffer(
            format="s16",
            sample_rate=SAMPLE_RATE,
            layout="mono",
            time_base=Fraction(1, SAMPLE_RATE),
        )
        tempo = self._graph.add("atempo", str(speed))
        self._sink: Any = self._graph.add("abuffersink")
        self._source.link_to(tempo)
        tempo.link_to(self._sink)
        self._graph.configure()

    def _ready(self) -> Samples:
        pieces = [np.empty(0, np.int16)]
        while True:
            try:
                pieces.append(self._sink.pull().to_ndarray()[0])
            except (BlockingIOError, EOFError):
                return np.concatenate(pieces)
