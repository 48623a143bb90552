"""The microphone, through PortAudio in a process of its own."""

from __future__ import annotations

import queue
import time
from collections import deque
from typing import Any, BinaryIO

import numpy as np
import soxr

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.delivery_clock import DeliveryClock, Frames
from vivavoce.engines.protocols import Block
from vivavoce.engines.sounddevice_devices import STALL_SECONDS, StreamProcess
from vivavoce.engines.sounddevice_worker import BLOCK, FRAME_BYTES
from vivavoce.errors import AudioDeviceError


class SounddeviceMicrophone:
    """A live device (Protocol: Microphone). One thread opens, reads and closes it."""

    live = True

    def __init__(self, name_part: str = "") -> None:
        """Choose a device; it is looked for when it is opened.

        Args:
            name_part: Part of its name, in any case; empty for the system's default.
        """
        self.name = name_part or "microphone"
        self._name_part = name_part
        self._stream: StreamProcess | None = None

    def open(self) -> None:
        """Begin to deliver; what an earlier opening left unread is forgotten.

        Raises:
            AudioDeviceError: No such device, or it refuses.
        """
        self.close()
        # None says that the stream has ended by itself.
        self._arrived: queue.SimpleQueue[tuple[float, Frames] | None] = queue.SimpleQueue()
        self._ended = False
        self._ready: deque[Block] = deque()
        self._stream = StreamProcess({"do": "record", "device": self._name_part}, self._receive)
        self.name = self._stream.facts["name"]
        self._rate = int(self._stream.facts["rate"])
        self._clock = DeliveryClock(self._rate)
        self._resampler: Any = soxr.ResampleStream(self._rate, SAMPLE_RATE, 1, dtype="int16")
        self._last_arrival = time.monotonic()

    def read(self, timeout: float) -> Block | None:
        """Return the next block, or None when none came within `timeout` seconds.

        Raises:
            AudioDeviceError: The device is gone or has stopped delivering.
        """
        deadline = time.monotonic() + timeout
        while not self._ready:
            if self._ended:
                raise self._gone("is gone")
            try:
                arrived = self._arrived.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                if time.monotonic() - self._last_arrival > STALL_SECONDS:
                    raise self._gone("stopped delivering") from None
                return None
            if arrived is None:
                self._ended = True
                self._ready += (self._resample(0, frames) for frames in self._clock.held())
            else:
                at, frames = arrived
                self._last_arrival = time.monotonic()
                delivered = self._clock.deliver(frames, at)
                self._ready += (self._resample(lost, block) for lost, block in delivered)
        return self._ready.popleft()

    def set_turn(self, candidate: bool) -> None:
        """Do nothing: a live device hears everybody."""

    def close(self) -> None:
        """Stop delivering; never blocks for more than a second."""
        if self._stream is not None:
            self._stream.close()
            # soxr complains on the screen about a resampler that outlives the program.
            self._stream = self._resampler = None

    def _receive(self, stream: BinaryIO) -> None:
        while len(header := stream.read(BLOCK.size)) == BLOCK.size:
            at, count = BLOCK.unpack(header)
            frames = stream.read(count * FRAME_BYTES)
            self._arrived.put((at, np.frombuffer(frames, np.int16)))
        self._arrived.put(None)

    def _resample(self, lost: int, frames: Frames) -> Block:
        samples = np.asarray(self._resampler.resample_chunk(frames), np.int16)
        return Block(samples, round(lost * SAMPLE_RATE / self._rate))

    def _gone(self, what: str) -> AudioDeviceError:
        return AudioDeviceError(
            f"The microphone “{self.name}” {what}.",
            "Check the cable and the system's sound settings, then try again.",
        )
