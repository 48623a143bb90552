"""Recordings: 16 kHz mono PCM16 WAV files that are playable whatever happens to the process.

Every write goes to the kernel at once, sound first, then a header that counts it.
"""

from __future__ import annotations

import errno
import os
import struct
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import BadInputError, NotFoundError, StorageError

SYNC_SECONDS = 2.0
"""Sound between two flushes to the medium: what a power cut may cost. Chosen."""
_SAMPLE_BYTES = 2
_HEADER_BYTES = 44


def _header(data_bytes: int) -> bytes:
    """Return the header of a PCM WAV file with this much sound."""
    rate = SAMPLE_RATE
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * _SAMPLE_BYTES, _SAMPLE_BYTES, 16)
    size = _HEADER_BYTES - 8 + data_bytes
    return struct.pack("<4sI4s4sI", b"RIFF", size, b"WAVE", b"fmt ", len(form)) + (
        form + struct.pack("<4sI", b"data", data_bytes)
    )


class RecordingWriter:
    """Writes one recording. One thread writes and closes; any thread may ask for the length."""

    def __init__(self, path: Path) -> None:
        """Create the file, readable by its owner only; one that is there is replaced.

        Raises:
            StorageError: It cannot be created.
        """
        self._path = path
        self._samples = 0
        self._unsynced = 0
        self._failed = False
        self._descriptor = -1
        try:
            self._descriptor = os.open(
                path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600
            )
            os.fchmod(self._descriptor, 0o600)
            self._put(_header(0))
        except OSError as error:
            self._let_go()
            raise _explained(error, path) from error

    @property
    def seconds(self) -> float:
        """Length of what was written."""
        return self._samples / SAMPLE_RATE

    def write(self, samples: NDArray[np.int16]) -> None:
        """Append sound.

        Args:
            samples: 16 kHz mono, shape (n,).

        Raises:
            StorageError: The disk is full or gone, now or at an earlier write. What was written
                before is kept and playable.
        """
        if self._failed or self._descriptor < 0:
            raise StorageError("The recording has already ended.", "Begin another one.")
        try:
            self._put(np.ascontiguousarray(samples, "<i2").tobytes())
            size = (self._samples + len(samples)) * _SAMPLE_BYTES
            os.pwrite(self._descriptor, _header(size), 0)
            self._samples += len(samples)
            self._unsynced += len(samples)
            if self._unsynced >= SYNC_SECONDS * SAMPLE_RATE:
                os.fsync(self._descriptor)
                self._unsynced = 0
        except OSError as error:
            self._failed = True
            raise _explained(error, self._path) from error

    def _put(self, data: bytes) -> None:
        """Write all of `data`: on a full disk a write goes short first, and then fails."""
        left = memoryview(data)
        while left:
            left = left[os.write(self._descriptor, left) :]

    def close(self) -> None:
        """End the recording; calling it again does nothing.

        Raises:
            StorageError: The medium did not take the last two seconds.
        """
        try:
            if self._descriptor >= 0 and not self._failed:
                os.fsync(self._descriptor)
        except OSError as error:
            raise _explained(error, self._path) from error
        finally:
            self._let_go()

    def _let_go(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def read_recording(path: Path) -> NDArray[np.int16]:
    """Return a recording's sound; one that was cut off in mid-write gives what is there.

    Returns:
        16 kHz mono, shape (n,).

    Raises:
        NotFoundError: There is no such file.
        BadInputError: It is not 16 kHz mono 16-bit WAV.
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file, wave.open(file, "rb") as sound:
            form = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            data = sound.readframes(sound.getnframes())
    except FileNotFoundError:
        raise NotFoundError(
            f"The recording {path} is gone.", "Put it back, or delete the attempt."
        ) from None
    except OSError as error:
        raise StorageError(
            f"The recording {path} cannot be read: {error.strerror}.",
            "Make it readable and try again.",
        ) from error
    except (wave.Error, EOFError) as error:
        raise BadInputError(
            f"{path} is not a recording: {error or 'it ends in its header'}.",
            "Name a WAV file that vivavoce made.",
        ) from None
    if form != (1, _SAMPLE_BYTES, SAMPLE_RATE):
        raise BadInputError(
            f"{path} is not a recording of vivavoce: it must be mono, 16 bits, 16,000 Hz.",
            "Name a WAV file that vivavoce made.",
        )
    whole = len(data) - len(data) % _SAMPLE_BYTES
    return np.frombuffer(data[:whole], "<i2").astype(np.int16)


def _explained(error: OSError, path: Path) -> StorageError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            f"The disk is full: {path} cannot grow. What was recorded is kept.",
            "Free some space; vivavoce attempts recover then finishes the attempt.",
        )
    return StorageError(
        f"The recording {path} cannot be written: {error.strerror}.",
        "Make its folder writable, or set VIVAVOCE_HOME to a folder of yours.",
    )
