"""The loudspeaker, through PortAudio in a process of its own: sound that is silenced at once."""

from __future__ import annotations

import threading
import time
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soxr
from numpy.typing import NDArray

from vivavoce.domain.text import one_line
from vivavoce.engines.sounddevice_devices import STALL_SECONDS, StreamProcess
from vivavoce.engines.sounddevice_worker import COUNT
from vivavoce.errors import AudioDeviceError, BadInputError


class SounddeviceLoudspeaker:
    """A device that plays (Protocol: Loudspeaker)."""

    def __init__(self, name_part: str = "") -> None:
        """Choose a device; it is looked for at each sound.

        Args:
            name_part: Part of its name, in any case; empty for the system's default.
        """
        self.name = name_part or "loudspeaker"
        self._name_part = name_part

    def play(self, wav: Path) -> SounddevicePlayback:
        """Begin to play a PCM WAV file; stop the playback, or wait for it, to free the device.

        Raises:
            AudioDeviceError: No such device, or it refuses.
            BadInputError: The file is not a 16-bit PCM WAV.
        """
        playback = SounddevicePlayback(*_read_wav(wav), self._name_part)
        self.name = playback.device_name
        return playback


class SounddevicePlayback:
    """One sound on its way (Protocol: Playback)."""

    def __init__(self, samples: NDArray[np.int16], rate: int, name_part: str) -> None:
        """Begin to play.

        Args:
            samples: Mono, shape (n,).
            rate: Their number per second.
            name_part: As for the loudspeaker.

        Raises:
            AudioDeviceError: No such device, or it refuses.
        """
        self._seconds = len(samples) / rate
        self._taken = 0
        self._over = threading.Event()
        self._stopped = False
        self._stopping = threading.Lock()
        self._stream = StreamProcess({"do": "play", "device": name_part}, self._follow)
        self.device_name = str(self._stream.facts["name"])
        self._rate = int(self._stream.facts["rate"])
        self._latency = float(self._stream.facts["latency"])
        sound = np.asarray(soxr.resample(samples, rate, self._rate), np.int16)
        self._frames = len(sound)
        self._stream.send(COUNT.pack(self._frames) + sound.tobytes())
        self._last_sign = time.monotonic()  # opening alone may have taken seconds

    def position(self) -> float:
        """Return the seconds heard so far: frames the device took, less its latency."""
        return min(max(0.0, self._taken / self._rate - self._latency), self._seconds)

    def wait(self, timeout: float) -> bool:
        """Return True once the sound has ended or was stopped, False after `timeout` seconds.

        Raises:
            AudioDeviceError: The device is gone or has stopped playing.
        """
        deadline = time.monotonic() + timeout
        while not self._over.wait(min(max(0.0, deadline - time.monotonic()), STALL_SECONDS)):
            if time.monotonic() - self._last_sign > STALL_SECONDS:
                self.stop()
                raise self._gone("stopped playing")
            if time.monotonic() >= deadline:
                return False
        cut_off = not self._stopped and self._taken < self._frames
        self.stop()
        if cut_off:
            raise self._gone("is gone")
        return True

    def stop(self) -> None:
        """Silence it at once and free the device; calling it again does nothing."""
        with self._stopping:
            self._stopped = True
            self._stream.close()

    def _follow(self, stream: BinaryIO) -> None:
        while len(progress := stream.read(COUNT.size)) == COUNT.size:
            (self._taken,) = COUNT.unpack(progress)
            self._last_sign = time.monotonic()
        self._over.set()

    def _gone(self, what: str) -> AudioDeviceError:
        return AudioDeviceError(
            f"The loudspeaker “{self.device_name}” {what}.",
            "Check the cable and the system's sound settings, then try again.",
        )


def _read_wav(path: Path) -> tuple[NDArray[np.int16], int]:
    try:
        with wave.open(str(path), "rb") as wav:
            if wav.getsampwidth() != 2:
                raise wave.Error("it does not hold 16-bit samples")
            rate, channels = wav.getframerate(), wav.getnchannels()
            frames = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2")
    except (OSError, EOFError, wave.Error) as error:
        raise BadInputError(
            f"{one_line(path.name)} cannot be played: {one_line(str(error))}.",
            "Choose a WAV file of 16-bit samples.",
        ) from error
    return frames.reshape(-1, channels).mean(axis=1).astype(np.int16), rate
