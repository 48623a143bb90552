"""Playing a stretch of a recording."""

from __future__ import annotations

from pathlib import Path

from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.loudspeaker_sounddevice import SounddevicePlayback
from vivavoce.engines.protocols import Playback
from vivavoce.store.recording import read_recording


def play_span(recording: Path, span: Span, config: Config) -> Playback:
    """Begin to play a stretch of a recording.

    Raises:
        BadInputError: The recording cannot be read.
        AudioDeviceError: No loudspeaker works.
    """
    samples = read_recording(recording)
    begin, end = (round(second * SAMPLE_RATE) for second in (span.start, span.end))
    return SounddevicePlayback(samples[begin:end], SAMPLE_RATE, config.output_device)
