"""Audio files to text, by the engine that a round uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE, Span, Utterance, Word
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import clock
from vivavoce.engines.audio_files_av import AudioFile
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.locations import Locations
from vivavoce.session.interrupts import interrupts_kept
from vivavoce.session.offline import Stretch, hear
from vivavoce.session.take import assemble
from vivavoce.weights.files import check_whisper_model, model_folder


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard of one recording."""

    utterances: list[Utterance]
    words: list[Word]
    seconds: float
    """The length of what could be read of it."""
    faults: list[str]
    """Sentences about what is missing of it."""


class FileTranscriber:
    """Reads one recording after another with one loaded model."""

    def __init__(self, config: Config, locations: Locations) -> None:
        """Look for the model; it is loaded with the first recording that can be opened.

        Args:
            config: Names the model and the device.
            locations: Where models are.

        Raises:
            ModelError: The model is not there.
        """
        check_whisper_model(config.model, locations)
        self._folder, self._device = model_folder(config.model, locations), config.device
        self._process: TranscriberProcess | None = None

    def transcribe(
        self,
        path: Path,
        on_progress: Callable[[float, float | None], None] | None = None,
        on_words: Callable[[tuple[Word, ...]], None] | None = None,
    ) -> Hearing:
        """Return what was said in a recording.

        Args:
            path: Audio of any format that FFmpeg reads.
            on_progress: Told how many seconds have been listened to, and of how many; None where
                the file does not say.
            on_words: Told the words of each batch as soon as they are read, in time order.

        Raises:
            NotFoundError: No such file.
            BadInputError: It holds no sound that can be read.
            ModelError: The model cannot be used.
        """
        faults: list[str] = []
        samples_read = 0

        def unread(utterance: Utterance) -> None:
            begin, end = clock(utterance.span.start), clock(utterance.span.end)
            faults.append(f"{begin} to {end} of {one_line(path.name)} took too long to read.")

        with AudioFile(path) as sound, interrupts_kept() as check_interrupt:

            def counted() -> Iterator[Samples]:
                nonlocal samples_read
                for samples in sound.chunks():
                    check_interrupt()
                    samples_read += len(samples)
                    yield samples
                check_interrupt()

            def progressed(seconds: float) -> None:
                if on_progress is not None:
                    on_progress(seconds, sound.seconds)

            if self._process is None:
                self._process = TranscriberProcess(self._folder, self._device)
            utterances, words = hear(
                [Stretch(0, counted())],
                SileroVoiceActivity(),
                self._process,
                progressed,
                on_words,
                unread,
                self.close,
            )
            if sound.fault:
                faults.append(sound.fault)
        return Hearing(utterances, words, samples_read / SAMPLE_RATE, faults)

    def close(self) -> None:
        """End the model's process; another recording would load it again."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def transcribe_file(
    path: Path,
    config: Config,
    locations: Locations,
    on_fault: Callable[[str], None] | None = None,
) -> tuple[Turn, ...]:
    """Return what was said in a recording, as one answer.

    Args:
        path: Audio of any format that FFmpeg reads.
        config: Names the model.
        locations: Where models are.
        on_fault: Told a sentence about what is missing of the recording.

    Raises:
        NotFoundError: No such file.
        BadInputError: It holds no sound that can be read.
        ModelError: The model is not there or cannot be used.
    """
    with FileTranscriber(config, locations) as transcriber:
        hearing = transcriber.transcribe(path)
    if on_fault is not None:
        for fault in hearing.faults:
            on_fault(fault)
    answer = Turn("answer", Span(0.0, hearing.seconds), "")
    return assemble([answer], hearing.utterances, hearing.words)
