"""Recorded audio of any format to samples, through PyAV (FFmpeg's libraries)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples
from vivavoce.errors import BadInputError, NotFoundError


def read_audio(path: Path) -> Iterator[Samples]:
    """Yield the file's sound as 16 kHz mono, a packet at a time: memory stays bounded.

    Raises:
        NotFoundError: No such file.
        BadInputError: It holds no sound that can be read.
    """
    import av

    if not path.is_file():
        raise NotFoundError(f"There is no recording {path}.", "Check the path.")
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise BadInputError(f"{path.name} holds no sound.", "Choose an audio file.")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
            empty = True
            for frame in container.decode(audio=0):
                frame.pts = None  # broken timestamps must not stop the resampler
                for resampled in resampler.resample(frame):
                    empty = False
                    yield resampled.to_ndarray().reshape(-1).astype(np.int16, copy=False)
            for resampled in resampler.resample(None):
                empty = False
                yield resampled.to_ndarray().reshape(-1).astype(np.int16, copy=False)
            if empty:
                raise BadInputError(f"{path.name} is empty.", "Record your answer again.")
    except av.FFmpegError as error:
        raise BadInputError(
            f"{path.name} cannot be read as audio: {error.strerror}.",
            "Use a WAV, FLAC, MP3, Opus or M4A file.",
        ) from error
