"""Speech to words by faster-whisper."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.domain.text import one_line
from vivavoce.engines.protocols import Audio
from vivavoce.errors import ModelError

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: practising never opens a connection
from faster_whisper import WhisperModel

BEAM_SIZE = 2
"""Hears a little better than 1 for 5 % more processor time; 5 takes a third and is no better."""
WINDOW_SECONDS = 30.0
"""What Whisper was trained on. The encoder costs what its window costs, however short the sound."""
WINDOWS, WINDOW_MARGIN_SECONDS = (14.0, 18.0, 22.0, 26.0), 4.0
"""With so much silence after the sound, a shorter window hears as well for 60 % of the cost; with
one second it loops (docs/decisions/0007). Few lengths: for each, the library keeps what it compiled
and memory grows."""
TAIL_SECONDS, DOUBTFUL_TAIL_SECONDS, TAIL_UNSURE = 0.5, 1.5, -0.6
"""What stands after the last word is silence. Read alone, it becomes "you" or "Thanks". So the
first is not read, and with a text before it what is read in the second counts only above that log
probability: of ten such readings nine were invented and had -0.69 at most, the real one -0.39.
Without a text before it all of 29 were real, down to -0.83."""
REPETITIVE, UNSURE = 2.4, -1.0
"""Signs of a failed decode, the library's: compression ratio over, mean log probability under."""
MAX_TOKENS, MAX_TOKENS_A_SECOND = 20, 8
"""Fast speech has five tokens a second; more is a loop, and each costs 13 ms."""
ROOM_TOKENS = 220
"""What the model's 448 leave beside the longest text before it."""
COPIED_WORDS = 6
"""In a row. People say so many again now and then; then it costs a second decode and no word."""
LAST_TEMPERATURES = (0.0, 0.4)
"""In the whole window. The library's six temperatures cost up to 16 s a decode."""


class _Whisper(WhisperModel):  # type: ignore[misc]
    """Encodes a window of a length that can be chosen."""

    window_seconds = WINDOW_SECONDS

    def encode(self, features: Audio) -> Any:
        frames = round(self.window_seconds * self.frames_per_second)
        return super().encode(np.ascontiguousarray(features[..., :frames]))


class FasterWhisperTranscriber:
    """One loaded model (Protocol: Transcriber)."""

    def __init__(self, folder: Path, device: str, threads: int) -> None:
        """Load the weights and decode a second of silence; takes 0.3 to 2.3 s for `base`.

        Args:
            folder: The model's.
            device: cpu, cuda, or auto: CUDA where it works.
            threads: Of the processor.

        Raises:
            ModelError: The folder does not hold a working model.
        """
        self._folder, self._threads = folder, threads
        cards = ctranslate2.get_cuda_device_count() if device == "auto" else 0
        if device == "cuda" or cards:
            try:
                self._load("cuda", "default")
                return
            except ModelError:
                # Found only by trying: a driver without its libraries fails at the first decode.
                if device == "cuda":
                    raise
        self._load("cpu", "int8")

    def _load(self, device: str, compute_type: str) -> None:
        try:
            self._model = _Whisper(
                str(self._folder),
                device=device,
                compute_type=compute_type,
                cpu_threads=self._threads,
                local_files_only=True,
            )
            began = time.monotonic()
            self.transcribe(np.zeros(SAMPLE_RATE, np.float32))
            self.warm_up_seconds = time.monotonic() - began
        except (RuntimeError, ValueError, OSError) as error:
            if device == "cuda":
                raise ModelError(
                    f"The graphics card cannot be used: {one_line(str(error))}.",
                    'Install CUDA 12 with cuBLAS and cuDNN 9, or set device = "cpu".',
                ) from error
            raise ModelError(
                f"The model in {self._folder} cannot be loaded: {error}.",
                f"Bring it again: vivavoce models pull {self._folder.name}",
            ) from error

    def transcribe(self, audio: Audio, before: str = "") -> Sequence[Word]:
        """Return the words of up to 30 s of audio, times in seconds from its start.

        Args:
            audio: 16 kHz mono.
            before: What was said before it, which names and spellings follow. It is what most
                loops come from: a decode that fails is tried again without it.
        """
        needed = len(audio) / SAMPLE_RATE + WINDOW_MARGIN_SECONDS
        window = next((seconds for seconds in WINDOWS if seconds >= needed), WINDOW_SECONDS)
        if before:
            segments = self._read(audio, window, (0.0,), before)
            # Nothing at all is a failure as well: the library passes over what it doubts.
            if segments and not _failed(segments) and not _copied(segments, before):
                return _words(segments)
        segments = self._read(audio, window, (0.0,), "")
        if _failed(segments):
            segments = self._read(audio, WINDOW_SECONDS, LAST_TEMPERATURES, "")
        return _words(segments)

    def _read(
        self, audio: Audio, window: float, temperatures: Sequence[float], before: str
    ) -> list[Any]:
        seconds = len(audio) / SAMPLE_RATE
        self._model.window_seconds = window
        segments, _ = self._model.transcribe(
            audio,
            language="en",
            beam_size=BEAM_SIZE,
            temperature=temperatures,
            compression_ratio_threshold=REPETITIVE,
            log_prob_threshold=UNSURE,
            condition_on_previous_text=False,
            initial_prompt=before or None,
            word_timestamps=True,
            vad_filter=False,
            max_new_tokens=min(ROOM_TOKENS, int(MAX_TOKENS + MAX_TOKENS_A_SECOND * seconds)),
        )
        read: list[Any] = []
        for segment in segments:
            late = segment.start >= seconds - DOUBTFUL_TAIL_SECONDS
            alone = bool(read) and segment.seek > read[-1].seek  # in a window of its own
            if (
                before
                and alone
                and late
                and (_failed([segment]) or segment.avg_logprob < TAIL_UNSURE)
            ):
                break
            read.append(segment)
            if segment.end >= seconds - TAIL_SECONDS:
                break
        return read


def _failed(segments: Sequence[Any]) -> bool:
    return any(s.compression_ratio > REPETITIVE or s.avg_logprob < UNSURE for s in segments)


def _copied(segments: Sequence[Any], before: str) -> bool:
    """Whether many words in a row were there before: a text that it was shown, or wrote twice."""
    shown = _plain(before)
    words = [*shown, *_plain(" ".join(segment.text for segment in segments))]
    runs = [tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)]
    first = max(0, len(shown) - COPIED_WORDS + 1)
    fresh = runs[first:]
    return len(set(fresh)) < len(fresh) or not set(fresh).isdisjoint(runs[:first])


def _plain(text: str) -> list[str]:
    return "".join(c for c in text.casefold() if c.isalnum() or c.isspace()).split()


def _words(segments: Sequence[Any]) -> list[Word]:
    words: list[Word] = []
    for segment in segments:
        for heard in segment.words or ():
            text = one_line(heard.word)
            if not text:
                continue
            times = float(heard.start), float(heard.end)
            if words and not heard.word[0].isspace():
                # "12" and "%" are one word: only a leading space begins another.
                before = words.pop()
                text, times = before.text + text, (before.start, times[1])
            words.append(Word(text, *times, float(heard.probability)))
    return words
