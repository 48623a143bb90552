"""The player of recordings, through PortAudio: the device stays open, so each key is heard at once.

A thread stretches the sound a little ahead of the device; who calls only says what is wanted and
never waits for a pipe.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.heard_frames import Taken
from vivavoce.engines.played_stretch import PlayedStretch
from vivavoce.engines.protocols import Samples
from vivavoce.engines.sounddevice_devices import STALL_SECONDS, StreamProcess
from vivavoce.engines.sounddevice_worker import PIECE, PORTION
from vivavoce.engines.speed_av import FASTEST, SLOWEST, SpeedChange
from vivavoce.errors import AudioDeviceError

AHEAD_SECONDS = 0.3
"""How much sound waits in the worker, so that a busy program leaves no gap. Chosen."""
SILENCE = np.empty(0, np.int16)
"""A piece of no frames: see SoundQueue."""
FEEDER_SECONDS = 0.2
"""A feeder that takes longer to end is stuck in a worker that does not read. Chosen."""


class SounddevicePlayer:
    """A recording on an open device (Protocol: Player)."""

    def __init__(self, samples: Samples, name_part: str = "") -> None:
        """Open the device, which may take seconds; it then runs on silence.

        Args:
            samples: The recording, 16 kHz mono, shape (n,).
            name_part: Part of the device's name, in any case; empty for the system's default.

        Raises:
            AudioDeviceError: No such device, or it refuses.
        """
        self._samples = samples
        self._changed = threading.Condition()
        self._ended = self._closing = False
        self._fault: Exception | None = None
        self._stretch = PlayedStretch(0, samples[:0], 0.0, 1.0, False, SAMPLE_RATE)
        self._stretch.sent_all = True
        SpeedChange(FASTEST)  # loads PyAV: too slow a thing for the first key
        self._stream = StreamProcess({"do": "stand by", "device": name_part}, self._follow)
        self.name = str(self._stream.facts["name"])
        self._rate = int(self._stream.facts["rate"])
        self._last_sign = time.monotonic()  # opening alone may have taken seconds
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._feeder.start()

    @property
    def playing(self) -> bool:
        """False once the end was heard, after `pause`, and where the device fails."""
        now = time.monotonic()
        with self._changed:
            stretch = self._stretch
            return not (stretch.paused or stretch.over(now) or self._failure(now))

    def play(
        self, start: float, end: float | None = None, speed: float = 1.0, loop: bool = False
    ) -> None:
        """Play from a place, at once, whatever was played before.

        Args:
            start: Seconds; a place outside the recording is moved to its nearest end.
            end: Seconds; None for the recording's end.
            speed: 0.5 to 2, with the pitch kept.
            loop: Repeat without a gap until something else is asked for.

        Raises:
            ValueError: Another speed.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError(f"speed {speed} is not {SLOWEST} to {FASTEST}")
        total = len(self._samples)
        first = min(max(0, round(start * SAMPLE_RATE)), total)
        last = total if end is None else min(max(first, round(end * SAMPLE_RATE)), total)
        with self._changed:
            self._stretch = PlayedStretch(
                self._stretch.generation + 1,
                self._samples[first:last],
                first / SAMPLE_RATE,
                speed,
                loop and last > first,
                self._rate,
            )
            self._changed.notify_all()

    def pause(self) -> None:
        """Send the device no more sound. What it has taken, 0.2 s at most, is still heard."""
        with self._changed:
            self._stretch.paused = True
            self._changed.notify_all()

    def position(self) -> float:
        """Return the place that is being heard, in seconds on the recording's clock.

        It is the start from `play` on until the first sound from there is heard; after `pause` it
        goes on to the last place that is heard and stays there.
        """
        with self._changed:
            return self._stretch.place(time.monotonic())

    def first_frame_at(self) -> float | None:
        """Return when the device took the first frame of what `play` last asked for, in seconds
        of the monotonic clock; None while it has not. For measuring."""
        with self._changed:
            return self._stretch.heard.first_at

    def check(self) -> None:
        """Return where all is well.

        Raises:
            AudioDeviceError: The device is gone or has stopped playing.
        """
        with self._changed:
            if failure := self._failure(time.monotonic()):
                raise failure from self._fault

    def close(self) -> None:
        """Free the device; blocks for half a second at most. May be repeated."""
        with self._changed:
            self._closing = True
            self._stretch.paused = True
            self._changed.notify_all()
        self._feeder.join(FEEDER_SECONDS)
        if self._feeder.is_alive():
            self._stream.kill()  # its pipe breaks, which ends the feeder
            self._feeder.join()
        self._stream.close()

    def _failure(self, now: float) -> AudioDeviceError | None:
        if self._closing:
            return None
        if self._fault:
            return AudioDeviceError(
                "The recording cannot be played from here.", "Close the replay and open it again."
            )
        if self._ended:
            return self._gone("is gone")
        if now - self._last_sign > STALL_SECONDS:
            return self._gone("stopped playing")
        return None

    def _gone(self, what: str) -> AudioDeviceError:
        return AudioDeviceError(
            f"The loudspeaker “{self.name}” {what}.",
            "Check the cable and the system's sound settings, then try again.",
        )

    def _follow(self, stream: BinaryIO) -> None:
        while len(data := stream.read(PORTION.size)) == PORTION.size:
            generation, *block = PORTION.unpack(data)
            with self._changed:
                self._last_sign = time.monotonic()
                if generation == self._stretch.generation:
                    self._stretch.heard.take(Taken(*block))
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _feed(self) -> None:
        stretch: PlayedStretch | None = None
        pieces: Iterator[Samples] = iter(())
        try:
            while (wanted := self._next(stretch)) is not None:
                if wanted is not stretch:
                    stretch, pieces = wanted, wanted.pieces()
                if wanted.paused:
                    self._send(wanted, SILENCE)
                    wanted.dropped = True
                elif (piece := next(pieces, None)) is None:
                    if not wanted.sent:
                        self._send(wanted, SILENCE)  # nothing to hear, and no more of the old
                    with self._changed:
                        wanted.sent_all = True
                elif len(piece):
                    self._send(wanted, piece)
        except Exception as error:  # noqa: BLE001 - the thread's edge: kept for check()
            with self._changed:
                self._fault = error

    def _next(self, fed: PlayedStretch | None) -> PlayedStretch | None:
        """Wait until something is to be done for what is wanted; None says that all is over."""

        def due() -> bool:
            stretch = self._stretch
            if self._closing or stretch is not fed:
                return True
            if stretch.paused:
                return not stretch.dropped
            ahead = stretch.sent - stretch.heard.taken
            return not stretch.sent_all and ahead < AHEAD_SECONDS * self._rate

        with self._changed:
            self._changed.wait_for(due)
            return None if self._closing else self._stretch

    def _send(self, stretch: PlayedStretch, piece: Samples) -> None:
        with self._changed:
            stretch.sent += len(piece)
        self._stream.send(PIECE.pack(stretch.generation, len(piece)) + piece.tobytes())
