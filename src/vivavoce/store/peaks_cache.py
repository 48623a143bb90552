"""The outline of a recording, kept beside it so that an hour need not be read to be drawn.

It may be deleted at any time: what is missing, stale or damaged is made anew.
"""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import zlib
from pathlib import Path

import numpy as np

from vivavoce.domain.peaks import Peaks, peaks_from
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.store.recording import read_recording

_MAGIC = b"vvpeaks1"
"""Its last character counts the versions of the format, and of how an outline is made."""
_HEADER = struct.Struct("<8sQQQI")
"""Magic, then of the recording: bytes, mtime in ns, samples; CRC-32 of all but itself."""
_SUMMED = _HEADER.size - 4


def peaks_of(recording: Path) -> Peaks:
    """Return a recording's outline, from beside it where it was kept.

    Raises:
        NotFoundError: There is no recording.
        BadInputError: It is none of ours.
        StorageError: It cannot be read.
    """
    cache = recording.with_suffix(".peaks")
    state = _state(recording)  # before it is read: one that grows meanwhile is read again later
    if state is not None and (kept := _kept(cache, state)) is not None:
        return kept
    samples = read_recording(recording)
    peaks = peaks_from(samples)
    if state is not None:
        with contextlib.suppress(OSError):  # it only saves time
            _keep(cache, state, len(samples), peaks)
    return peaks


def _state(recording: Path) -> tuple[int, int] | None:
    """Return what a change of the recording changes; None where it cannot be told."""
    try:
        status = recording.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _kept(cache: Path, state: tuple[int, int]) -> Peaks | None:
    """Return what was kept for a recording in this state, None unless it is whole."""
    try:
        data = cache.read_bytes()
        magic, size, changed, samples, checksum = _HEADER.unpack_from(data)
    except (OSError, struct.error):
        return None
    if magic != _MAGIC or (size, changed) != state or checksum != _sum(data):
        return None
    return Peaks(np.frombuffer(data, np.uint8, offset=_HEADER.size), samples / SAMPLE_RATE)


def _keep(cache: Path, state: tuple[int, int], samples: int, peaks: Peaks) -> None:
    """Write under another name, then rename: nobody reads half of it."""
    data = _HEADER.pack(_MAGIC, *state, samples, 0) + peaks.values.tobytes()
    data = data[:_SUMMED] + struct.pack("<I", _sum(data)) + data[_HEADER.size :]
    descriptor, name = tempfile.mkstemp(".part", dir=cache.parent)  # for its owner only
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        part.replace(cache)
    finally:
        part.unlink(missing_ok=True)


def _sum(data: bytes) -> int:
    return zlib.crc32(data[_HEADER.size :], zlib.crc32(data[:_SUMMED]))
