"""Speech to words by faster-whisper."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from vivavoce.domain.speech import Word
from vivavoce.domain.text import one_line
from vivavoce.engines.protocols import Audio
from vivavoce.errors import ModelError

THREADS = 2
"""A second thread hardly helps, more do not: measured on two cores."""
TEMPERATURES = (0.0, 0.4)
"""One second try where the first looks like a loop. The library's five cost up to 16 s a decode."""


class FasterWhisperTranscriber:
    """One loaded model (Protocol: Transcriber)."""

    def __init__(self, folder: Path) -> None:
        """Load the weights; takes 0.3 to 2.3 s for `base`.

        Raises:
            ModelError: The folder does not hold a working model.
        """
        os.environ["HF_HUB_OFFLINE"] = "1"  # practising never opens a connection
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=THREADS,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"The model in {folder} cannot be loaded: {error}.",
                f"Bring it again: vivavoce models pull {folder.name}",
            ) from error

    def transcribe(self, audio: Audio) -> Sequence[Word]:
        """Return the words of up to 30 s of audio, times in seconds from its start.

        Beam 1 without the previous text: measured to lose no passages where the library's
        defaults lose some (docs/decisions/0004).
        """
        segments, _ = self._model.transcribe(
            audio,
            language="en",
            beam_size=1,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
        )
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
