"""Recorded answers in the microphone's place: one file a turn, silence in between."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Block, Samples

BLOCK_SAMPLES = 1_600
"""A tenth of a second a block."""


class FileMicrophone:
    """Plays answers into the session as a microphone would (Protocol: Microphone)."""

    live = False

    def __init__(self, answers: Sequence[Path], fast: bool) -> None:
        """Prepare the answers.

        Args:
            answers: One recording a turn.
            fast: Deliver as fast as it is read; otherwise in real time.
        """
        self._answers = iter(answers)
        self._fast = fast
        self._blocks: Iterator[tuple[Samples, bool]] | None = None
        self._due = 0.0
        self._candidate = False
        self.name = "recorded answer"

    def open(self) -> None:
        """Begin to deliver."""
        self._due = time.monotonic()

    def read(self, timeout: float) -> Block | None:
        """Return the next block; see the Protocol.

        Raises:
            NotFoundError: The next answer's file is not there.
            BadInputError: It cannot be read as audio.
        """
        if self._fast and (not self._candidate or self._blocks is None):
            time.sleep(min(timeout, 0.005))  # nobody answers, so no time passes
            return None
        if not self._fast:
            self._due = max(self._due, time.monotonic() - 1.0) + BLOCK_SAMPLES / SAMPLE_RATE
            ahead = self._due - time.monotonic()
            if ahead > timeout:
                time.sleep(timeout)
                self._due -= BLOCK_SAMPLES / SAMPLE_RATE
                return None
            time.sleep(max(0.0, ahead))
        if not self._candidate or self._blocks is None:
            return Block(np.zeros(BLOCK_SAMPLES, np.int16))
        samples, last = next(self._blocks)
        if last:
            self._blocks = None
        return Block(samples, last=last)

    def set_turn(self, candidate: bool) -> None:
        """Go on with the answer, or hold it while it is not the candidate's turn."""
        if candidate and self._blocks is None and (path := next(self._answers, None)):
            self._blocks = _in_blocks(read_audio(path))
        self._candidate = candidate

    def close(self) -> None:
        """Stop delivering."""
        self._blocks = None


def _in_blocks(chunks: Iterator[Samples]) -> Iterator[tuple[Samples, bool]]:
    """Cut any chunks into blocks of `BLOCK_SAMPLES` and say which is the last; it may be shorter,
    and is empty for a recording that holds nothing."""
    rest = np.zeros(0, np.int16)
    for chunk in chunks:
        rest = np.concatenate([rest, chunk])
        while len(rest) > BLOCK_SAMPLES:
            yield rest[:BLOCK_SAMPLES], False
            rest = rest[BLOCK_SAMPLES:]
    yield rest, True
