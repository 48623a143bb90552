"""Recordings and a transcript from elsewhere, for tests of what is taken in."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples

SRT = (
    "1\n00:00:00,500 --> 00:00:02,000\nListeners skip songs they know.\n\n"
    "2\n00:00:02,500 --> 00:00:04,000\nWe push those down, and skips fall by 20 percent.\n"
)


def tone(seconds: float) -> Samples:
    """Return a hum at 16 kHz."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (8000 * np.sin(2 * np.pi * 220 * times)).astype(np.int16)


def encoded(path: Path, samples: Samples, codec: str, rate: int) -> Path:
    """Write samples with a real encoder, at a rate and layout of its own."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        context = stream.codec_context
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        size = context.frame_size or 1024
        resampler = av.AudioResampler(context.format.name, "stereo", rate, frame_size=size)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path
