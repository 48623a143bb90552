"""Playing a stretch of a recording."""

from __future__ import annotations

import tempfile
from pathlib import Path

from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.loudspeaker_sounddevice import SounddeviceLoudspeaker
from vivavoce.engines.protocols import Playback
from vivavoce.store.recording import RecordingWriter, read_recording


def play_span(recording: Path, span: Span, config: Config) -> Playback:
    """Begin to play a stretch of a recording.

    Raises:
        BadInputError: The recording cannot be read.
        AudioDeviceError: No loudspeaker works.
    """
    samples = read_recording(recording)
    begin, end = (round(second * SAMPLE_RATE) for second in (span.start, span.end))
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        stretch = Path(folder) / "stretch.wav"
        writer = RecordingWriter(stretch)
        writer.write(samples[begin:end])
        writer.close()
        # The loudspeaker reads the file before it returns.
        return SounddeviceLoudspeaker(config.output_device).play(stretch)
