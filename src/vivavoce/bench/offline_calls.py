"""What anyone would otherwise do: one faster-whisper call on the whole recording."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from vivavoce.bench.speech_folder import Joined
from vivavoce.bench.word_errors import error_rate, errors_by_passage
from vivavoce.domain.speech import Word
from vivavoce.engines.protocols import Samples

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

Call = Literal["offline", "default", "batched"]
"""offline: beam 1, the library's voice filter, no previous text. default: the library's own
settings. batched: its BatchedInferencePipeline, beam 1."""


@dataclass(frozen=True, slots=True)
class OfflineResult:
    """What a call heard and how long it took."""

    words: tuple[Word, ...]
    wall_s: float
    """Without loading the model."""
    wer: float
    """Percent."""


def hear_offline(joined: Joined, model: Path, call: Call) -> OfflineResult:
    """Run one call on an answer, int8 on two threads as the program does."""
    whisper = load_library(model)
    began = time.perf_counter()
    words = call_library(whisper, joined.samples, call)
    wall = time.perf_counter() - began
    return OfflineResult(words, wall, error_rate(errors_by_passage(joined.passages, words)))


def load_library(model: Path) -> WhisperModel:
    """Load a model's folder as the program does."""
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(model), device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True
    )


def call_library(whisper: WhisperModel, samples: Samples, call: Call) -> tuple[Word, ...]:
    """Return the words and times of one call on 16 kHz mono."""
    from faster_whisper import BatchedInferencePipeline

    audio = samples.astype(np.float32) / 32768.0
    if call == "offline":
        segments, _ = whisper.transcribe(
            audio,
            language="en",
            beam_size=1,
            vad_filter=True,
            condition_on_previous_text=False,
            word_timestamps=True,
        )
    elif call == "default":
        segments, _ = whisper.transcribe(audio, language="en", word_timestamps=True)
    else:
        segments, _ = BatchedInferencePipeline(whisper).transcribe(
            audio, language="en", beam_size=1, word_timestamps=True
        )
    return tuple(
        Word(word.word.strip(), float(word.start), float(word.end), float(word.probability))
        for segment in segments
        for word in segment.words or ()
    )
