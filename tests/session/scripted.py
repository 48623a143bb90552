"""Scripted stand-ins for what a test cannot make at will: devices that fail on cue, and time."""

from __future__ import annotations

import queue
from collections.abc import Sequence

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.engines.protocols import Audio, Block, Samples
from vivavoce.errors import AudioDeviceError

LOUD = 8_000
"""Samples of this value are speech to `LoudnessActivity`."""


def tone(seconds: float, value: int = LOUD) -> Samples:
    """Return a stretch of one value; 0 is exact silence, 1 is the hiss of a live device."""
    return np.full(round(seconds * SAMPLE_RATE), value, np.int16)


class LoudnessActivity:
    """Speech is what is loud (Protocol: VoiceActivity)."""

    frame_samples = 512

    def probability(self, frame: Audio) -> float:
        return 1.0 if float(np.abs(frame).max()) > 0.1 else 0.0

    def reset(self) -> None:
        pass


class ScriptedMicrophone:
    """Delivers what a test puts into it (Protocol: Microphone)."""

    def __init__(self, live: bool = True) -> None:
        self.live = live
        self.name = "scripted"
        self.turns: list[bool] = []
        self.closed = False
        self._blocks: queue.SimpleQueue[Block | AudioDeviceError] = queue.SimpleQueue()

    def open(self) -> None:
        pass

    def put(self, samples: Samples, lost: int = 0, last: bool = False) -> None:
        for start in range(0, max(1, len(samples)), 1600):
            part = samples[start : start + 1600]
            first, final = start == 0, start + 1600 >= len(samples)
            self._blocks.put(Block(part, lost if first else 0, last and final))

    @property
    def drained(self) -> bool:
        """Whether everything was read."""
        return self._blocks.empty()

    def fail(self, message: str) -> None:
        self._blocks.put(AudioDeviceError(message))

    def read(self, timeout: float) -> Block | None:
        try:
            block = self._blocks.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(block, AudioDeviceError):
            raise block
        return block

    def set_turn(self, candidate: bool) -> None:
        self.turns.append(candidate)

    def close(self) -> None:
        self.closed = True


class CountingDecoder:
    """Hears one word a second of sound (Protocol: Decoder)."""

    def wait_until_loaded(self) -> None:
        pass

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        seconds = len(samples) // SAMPLE_RATE
        return [Word(f"w{second}", second, second + 0.5, 0.9) for second in range(seconds)]
