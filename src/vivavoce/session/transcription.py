"""Audio files to text, by the engine that a round uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.locations import Locations
from vivavoce.session.offline import Stretch, hear
from vivavoce.session.take import assemble
from vivavoce.weights.files import check_model, model_folder


def transcribe_file(
    path: Path,
    config: Config,
    locations: Locations,
    on_progress: Callable[[float], None] | None = None,
) -> tuple[Turn, ...]:
    """Return what was said in a recording, as one answer.

    Args:
        path: Audio of any format that FFmpeg reads.
        config: Names the model.
        locations: Where models are.
        on_progress: Told how many seconds have been listened to.

    Raises:
        NotFoundError: No such file.
        BadInputError: It holds no sound that can be read.
        ModelError: The model is not there or cannot be used.
    """
    check_model(config.model, locations)
    length = 0

    def counted() -> Iterator[Samples]:
        nonlocal length
        for samples in read_audio(path):
            length += len(samples)
            yield samples

    transcriber = TranscriberProcess(model_folder(config.model, locations))
    try:
        stretch = Stretch(0, counted())
        utterances, words = hear([stretch], SileroVoiceActivity(), transcriber, on_progress)
    finally:
        transcriber.close()
    answer = Turn("answer", Span(0.0, length / SAMPLE_RATE), "")
    return assemble([answer], utterances, words)
