"""What a device that is kept open plays next: one generation of sound, or silence."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portion:
    """What one block of the device holds: sound of a generation, then silence."""

    generation: int
    before: int
    """Frames of the generation that the device took earlier."""
    sound: bytes
    """The frames it takes now; at most a block's."""


class SoundQueue:
    """Sound between the thread that receives it and the device's callback.

    Each new thing to play has a higher generation number; what is older is dropped unheard.
    """

    def __init__(self, frame_bytes: int) -> None:
        """Begin with silence, of a generation 0.

        Args:
            frame_bytes: The size of a frame.
        """
        self._frame_bytes = frame_bytes
        self._lock = threading.Lock()
        self._generation = 0
        self._taken = 0
        self._waiting = bytearray()

    def put(self, generation: int, sound: bytes) -> None:
        """Add what follows in a generation.

        A newer generation than before drops the older one. A piece of no frames drops what waits
        and keeps the generation: silence, with its count unchanged.
        """
        with self._lock:
            if generation < self._generation:
                return
            if generation > self._generation:
                self._generation, self._taken = generation, 0
                self._waiting.clear()
            if not sound:
                self._waiting.clear()
            self._waiting += sound

    def take(self, frames: int) -> Portion:
        """Return the next `frames` frames at most, fewer where fewer wait."""
        with self._lock:
            sound = bytes(self._waiting[: frames * self._frame_bytes])
            del self._waiting[: len(sound)]
            portion = Portion(self._generation, self._taken, sound)
            self._taken += len(sound) // self._frame_bytes
            return portion
