"""One stretch of a recording on its way to a device: its sound, and which place was heard when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import soxr

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.heard_frames import HeardFrames
from vivavoce.engines.protocols import Samples
from vivavoce.engines.speed_av import SpeedChange

CHUNK_SAMPLES = 640
"""0.04 s of the recording are stretched at a time, so that the first sound is ready at once.
Chosen."""


class PlayedStretch:
    """What was asked for once, and how far it has come. Frames are the device's."""

    sent = 0
    """Frames on their way to the device, or taken by it."""
    sent_all = False
    """True when no more will follow."""
    paused = False
    """True when no more of it is to be heard."""
    dropped = False
    """True when the device's worker has been told so."""

    def __init__(
        self, generation: int, samples: Samples, begin: float, speed: float, loop: bool, rate: int
    ) -> None:
        """Begin; nothing has been sent.

        Args:
            generation: Higher than that of any earlier stretch.
            samples: What to play, 16 kHz mono; may be empty.
            begin: Where they begin on the recording's clock, in seconds.
            speed: As for SpeedChange.
            loop: Repeat them for ever.
            rate: The device's frames per second.
        """
        self.generation = generation
        self.heard = HeardFrames(rate)
        self._samples = samples
        self._begin = begin
        self._speed = speed
        self._loop = loop
        self._rate = rate

    def pieces(self) -> Iterator[Samples]:
        """Yield the sound as frames of the device; some pieces are empty."""
        if not len(self._samples):
            return
        change = SpeedChange(self._speed)
        resampler: Any = soxr.ResampleStream(SAMPLE_RATE, self._rate, 1, dtype="int16")
        for chunk in self._chunks():
            yield np.asarray(resampler.resample_chunk(change.feed(chunk)), np.int16)
        yield np.asarray(resampler.resample_chunk(change.finish(), last=True), np.int16)

    def over(self, now: float) -> bool:
        """Return whether its end has been heard at a time, in seconds of the monotonic clock."""
        return self.sent_all and self.heard.count(now) >= self.sent

    def place(self, now: float) -> float:
        """Return the place on the recording's clock that is heard at a time, in seconds of the
        monotonic clock."""
        length = len(self._samples) / SAMPLE_RATE
        if self.over(now):
            return self._begin + length
        passed = self.heard.count(now) / self._rate * self._speed
        return self._begin + (passed % length if self._loop and length else min(passed, length))

    def _chunks(self) -> Iterator[Samples]:
        length = len(self._samples)
        done = 0
        while self._loop or done < length:
            count = CHUNK_SAMPLES if self._loop else min(CHUNK_SAMPLES, length - done)
            yield self._samples[(done + np.arange(count)) % length]
            done += count
