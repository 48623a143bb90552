"""Decoding: utterances to words on the recording's clock, in batches, on a thread of its own.

Nothing is ever dropped: what waits is merged into larger decodes, which cost less per second.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import DecodeTimeoutError
from vivavoce.errors import VivavoceError
from vivavoce.session.listening import Piece

MIN_BATCH_SECONDS = 12.0
"""Shorter decodes cost accuracy (word error rate 18.4 % for single utterances against 10.7 %)
and twice the processor time: measured live on 906 s of real speech."""
MAX_BATCH_SECONDS = 28.0
"""Whisper's window is 30 s."""


class Decoder(Protocol):
    """What decodes one batch: a transcriber in its own process."""

    def wait_until_loaded(self) -> None:
        """Return once it can decode; raises ModelError."""
        ...

    def transcribe(self, samples: Samples) -> Sequence[Word]:
        """Return the words of up to 30 s; raises ModelError."""
        ...


def batch_size(seconds: Sequence[float], flushing: bool) -> int:
    """Return how many of the waiting utterances to decode together now.

    Args:
        seconds: Their lengths, in time order.
        flushing: The turn is over: decode what is there however short.
    """
    if not seconds or (sum(seconds) < MIN_BATCH_SECONDS and not flushing):
        return 0
    total = 0.0
    for count, length in enumerate(seconds):
        total += length
        if count and total > MAX_BATCH_SECONDS:
            return count
    return len(seconds)


def on_the_clock(words: Sequence[Word], pieces: Sequence[Piece]) -> tuple[Word, ...]:
    """Move words from a batch's clock to the recording's.

    Args:
        words: Times in seconds from the start of the joined pieces.
        pieces: What was joined, in order.
    """
    ends = np.cumsum([len(piece.samples) for piece in pieces]) / SAMPLE_RATE
    placed = []
    for word in words:
        # A word belongs where its middle is: its start may touch the piece before.
        index = int(np.searchsorted(ends, (word.start + word.end) / 2, side="right"))
        index = min(index, len(pieces) - 1)
        span = pieces[index].utterance.span
        shift = span.end - float(ends[index])
        start = min(max(word.start + shift, span.start), span.end)
        end = min(max(word.end + shift, start), span.end)
        placed.append(Word(word.text, start, end, word.probability))
    return tuple(placed)


class Decoding:
    """Owns the decode thread."""

    def __init__(
        self,
        decoder: Decoder,
        heard: Callable[[tuple[int, ...], tuple[Word, ...]], None],
        drained: Callable[[], None],
        failed: Callable[[VivavoceError], None],
    ) -> None:
        """Start the thread; the callbacks run on it.

        Args:
            decoder: The thread is its only user.
            heard: The utterances' ids and their words.
            drained: After a flush, when no speech is left to decode.
            failed: The decoder cannot go on; nothing follows.
        """
        self._decoder = decoder
        self._heard, self._drained, self._failed = heard, drained, failed
        self._waiting: deque[Piece] = deque()
        self._decoding_seconds = 0.0
        self._flushing = False
        self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="decode")
        self._thread.start()

    @property
    def backlog_seconds(self) -> float:
        """Speech that is closed and not yet read."""
        with self._changed:
            return self._decoding_seconds + sum(p.utterance.span.seconds for p in self._waiting)

    def submit(self, piece: Piece) -> None:
        """Add an utterance."""
        with self._changed:
            self._waiting.append(piece)
            self._changed.notify()

    def flush(self) -> None:
        """Decode all that waits, then report `drained`."""
        with self._changed:
            self._flushing = True
            self._changed.notify()

    def close(self) -> None:
        """End the thread after the decode that runs; what waits stays undecoded."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._decoder.wait_until_loaded()
            while (batch := self._next_batch()) is not None:
                if batch:
                    self._decode(batch)
                else:
                    self._drained()
        except VivavoceError as error:
            if not self._closing:
                self._failed(error)

    def _next_batch(self) -> list[Piece] | None:
        """Wait for work: a batch, an empty one when a flush is done, None at the end."""
        with self._changed:
            self._decoding_seconds = 0.0
            while True:
                if self._closing:
                    return None
                lengths = [piece.utterance.span.seconds for piece in self._waiting]
                count = batch_size(lengths, self._flushing)
                if count:
                    batch = [self._waiting.popleft() for _ in range(count)]
                    self._decoding_seconds = sum(lengths[:count])
                    return batch
                if self._flushing:
                    self._flushing = False
                    return []
                self._changed.wait()

    def _decode(self, batch: list[Piece]) -> None:
        try:
            words = self._decoder.transcribe(np.concatenate([piece.samples for piece in batch]))
        except DecodeTimeoutError:
            if len(batch) == 1:
                raise
            for piece in batch:  # one passage made it run away; the others must not suffer
                self._decode([piece])
            return
        ids = tuple(piece.utterance.id for piece in batch)
        self._heard(ids, on_the_clock(words, batch))
