"""Recorded audio of any format to samples, through PyAV (FFmpeg's libraries)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import clock
from vivavoce.engines.audio_file_ends import counts_its_frames, is_cut_off
from vivavoce.engines.protocols import Samples
from vivavoce.errors import BadInputError, NotFoundError

TOLERANCE_SECONDS = 0.5
"""Encoders add and players drop some hundredths of a second at the ends. Chosen."""
MAX_PACKET_SECONDS = 1.0
"""What a damaged packet says of its length is believed up to here. Real ones have 0.1 s. Chosen."""
SYLLABLE_SECONDS = 0.1
"""Shorter damage costs no word: where MP3s were joined, a frame of 0.03 s fails. Chosen."""
_FLOATS = {"flt": np.float32, "dbl": np.float64}
_ESTIMATED = ("aac", "ac3", "amr", "dts", "eac3", "loas", "mpegts")
"""Formats that hold no length: what FFmpeg says of it comes from the bit rate."""


class AudioFile:
    """One recording, read once, a packet at a time: memory stays bounded."""

    seconds: float | None
    """Its length as the file says; None where it does not."""
    fault: str
    """Once it has been read: a sentence about what is missing of it; empty when all is there."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            NotFoundError: No such file.
            BadInputError: It holds no sound that can be read.
        """
        import av

        self._name = one_line(path.name)
        self.fault = ""
        shown = one_line(str(path))
        try:
            if path.is_dir():
                raise BadInputError(f"{shown} is a folder.", "Name a recording in it.")
            if not path.is_file():
                raise NotFoundError(f"There is no recording {shown}.", "Check the path.")
            if path.stat().st_size == 0:
                raise self._empty()
            # "file:", or a name like "http:x" would be taken for an address.
            self._container = av.open(f"file:{path}", metadata_errors="ignore")
            self._cut_off = is_cut_off(path)
        except (av.FFmpegError, OSError) as error:
            raise self._unreadable(error.strerror or type(error).__name__) from error
        if not self._container.streams.audio:
            self.close()
            raise BadInputError(f"{self._name} holds no sound.", "Choose an audio file.")
        self._stream = self._container.streams.audio[0]
        self.seconds, self._exact = self._length(path)

    def chunks(self) -> Iterator[Samples]:
        """Yield the sound as 16 kHz mono; what is damaged becomes silence of the same length.

        Samples that are no number (float formats) count as silence.

        Raises:
            BadInputError: Nothing of it can be read.
        """
        import av

        read = lost = 0
        resampler = _Resampler()
        for frame in self._frames():
            if isinstance(frame, float):
                silence = np.zeros(round(frame * SAMPLE_RATE), np.int16)
                lost += len(silence)
                yield silence
                continue
            try:
                pieces = resampler.flush() if frame is None else resampler.push(frame)
            except av.FFmpegError as error:
                raise self._unreadable(error.strerror or type(error).__name__) from error
            for samples in pieces:
                read += len(samples)
                yield samples
        if not read:
            raise self._unreadable(self.fault) if self.fault else self._empty()
        self._judge((read + lost) / SAMPLE_RATE, lost / SAMPLE_RATE)

    def close(self) -> None:
        """Let the file go."""
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _frames(self) -> Iterator[Any]:
        """Yield frames, for a packet that cannot be decoded its seconds, and None at the end."""
        import av

        try:
            for packet in self._container.demux(self._stream):
                try:
                    yield from packet.decode()
                except av.FFmpegError as error:
                    self.fault = error.strerror or type(error).__name__
                    seconds = float((packet.duration or 0) * (packet.time_base or 0))
                    yield min(max(0.0, seconds), MAX_PACKET_SECONDS)
        except av.FFmpegError as error:
            self.fault = error.strerror or type(error).__name__
            self._cut_off = True
        yield None

    def _length(self, path: Path) -> tuple[float | None, bool]:
        """Return the length in seconds that the file says, and whether it is exact."""
        name = self._container.format.name
        stream, whole = self._stream, self._container.duration
        if stream.duration is not None and stream.time_base is not None:
            seconds = float(stream.duration * stream.time_base)
            estimated = name in _ESTIMATED or (name == "mp3" and not counts_its_frames(path))
            return seconds, not estimated
        if whole is None:
            return None, False
        return whole / 1e6, not self._container.streams.video and name not in _ESTIMATED

    def _judge(self, read: float, lost: float) -> None:
        """Say what is missing of what was read."""
        missing = self.seconds - read if self.seconds is not None and self._exact else 0.0
        self.fault = ""
        if missing > TOLERANCE_SECONDS:
            self.fault = f"{self._name} is damaged or ends early: {clock(read)} of "
            self.fault += f"{clock(self.seconds or 0.0)} could be read."
        elif self._cut_off:
            self.fault = f"{self._name} ends early, at {clock(read)}."
        elif lost >= SYLLABLE_SECONDS:
            self.fault = f"{self._name} is damaged: {lost:.1f} s of it could not be read."

    def _empty(self) -> BadInputError:
        return BadInputError(f"{self._name} is empty.", "Choose another recording.")

    def _unreadable(self, reason: str) -> BadInputError:
        return BadInputError(
            f"{self._name} cannot be read as audio: {reason}.",
            "Use a WAV, FLAC, MP3, Opus or M4A file.",
        )


class _Resampler:
    """Any frames to 16 kHz mono; their kind may change on the way, as in joined streams."""

    def __init__(self) -> None:
        self._kind: tuple[object, ...] = ()
        self._resampler: Any = None

    def push(self, frame: Any) -> list[Samples]:
        """Take one frame."""
        import av

        frame.pts = None  # broken timestamps must not stop the resampler
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        before: list[Samples] = []
        if kind != self._kind:
            before = self.flush()
            self._kind = kind
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        if dtype := _FLOATS.get(frame.format.packed.name):
            for plane in frame.planes:
                values = np.frombuffer(plane, dtype)
                if not np.isfinite(values).all():
                    np.nan_to_num(values, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        return before + _samples(self._resampler.resample(frame))

    def flush(self) -> list[Samples]:
        """Return what the resampler still holds."""
        return _samples(self._resampler.resample(None)) if self._resampler else []


def _samples(frames: list[Any]) -> list[Samples]:
    return [frame.to_ndarray().reshape(-1).astype(np.int16, copy=False) for frame in frames]


def read_audio(path: Path) -> Iterator[Samples]:
    """Yield the file's sound as 16 kHz mono, up to where it ends or breaks off.

    Raises:
        NotFoundError: No such file.
        BadInputError: It holds no sound that can be read.
    """
    with AudioFile(path) as sound:
        yield from sound.chunks()
