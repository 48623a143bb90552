"""Decoding: utterances to words on the recording's clock, in batches, on a thread of its own.

Nothing is ever dropped: what waits is merged into larger decodes, which cost less per second.
Where there is time, what waits is decoded early, as a draft; if nothing is added to it before it
is due, the draft is the result. So a stop after a pause finds its words already read.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Span, Utterance, Word
from vivavoce.domain.word_times import settle
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import DecodeTimeoutError
from vivavoce.errors import ModelError, VivavoceError
from vivavoce.session.listening import Piece

_log = logging.getLogger(__name__)

BATCH_SECONDS = 8.0
"""Utterances decoded one by one cost accuracy (word error rate 18.4 % against 10.7 %) and twice
the processor time: measured live on 906 s of real speech. Above this nothing is gained, and a
shorter rest is sooner read after the stop."""
LEAST_SECONDS, ENOUGH_SECONDS = 4.0, 12.0
"""A batch of the first length goes alone where the next utterance would make it longer than the
second: hears as well as one of both (9.2 %) and is read in three quarters of the time."""
SAVER_BATCH_SECONDS = 15.0
"""Where processor time counts and nobody waits for drafts."""
MIN_DRAFT_SECONDS = 2.0
"""At a pause that may be none, so much must be new: people hesitate after every few words, and each
draft costs what a decode costs. Whatever closes is drafted."""
RELIEF_SECONDS = 30.0
"""Speech that waits: past this a smaller model goes on, which costs fewer words than the wait."""
WORDS_BEFORE = 200
"""Of what was said before, as many go with a batch as Whisper takes: 8.5 % of the words wrong
against 9.1 % without, on speech that goes on; 20 words help nobody (docs/decisions/0008)."""
WINDOW_SECONDS = 28.0
"""Whisper's is 30 s. What waits longer than this is decoded in batches as large as fit."""


class Decoder(Protocol):
    """What decodes one batch: a transcriber in its own process."""

    def wait_until_loaded(self) -> None:
        """Return once it can decode; raises ModelError."""
        ...

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        """Return the words of up to 30 s, said after `before`; raises ModelError."""
        ...


def batch_size(seconds: Sequence[float], flushing: bool, saver: bool = False) -> int:
    """Return how many of the waiting utterances to decode together now.

    Args:
        seconds: Their lengths, in time order.
        flushing: The turn is over: decode what is there however short.
        saver: Decode in larger batches, which cost less for each second of speech.
    """
    if flushing or sum(seconds) > WINDOW_SECONDS:
        fitting = sum(total <= WINDOW_SECONDS for total in itertools.accumulate(seconds))
        return max(fitting, min(1, len(seconds)))
    together = 0.0
    for count, length in enumerate(seconds):
        if together >= LEAST_SECONDS and together + length > ENOUGH_SECONDS and not saver:
            return count
        together += length
        if together >= (SAVER_BATCH_SECONDS if saver else BATCH_SECONDS):
            return count + 1
    return 0


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


def voiced_spans(pieces: Sequence[Piece]) -> list[Span]:
    """Return where speech was detected, in seconds from the start of the joined pieces."""
    spans, begin = [], 0.0
    for piece in pieces:
        shift = begin - piece.utterance.span.start
        voiced = piece.utterance.voiced
        spans.append(Span(voiced.start + shift, voiced.end + shift))
        begin += len(piece.samples) / SAMPLE_RATE
    return spans


@dataclass(frozen=True, slots=True)
class _Work:
    batch: list[Piece]
    early: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was read early."""

    utterances: tuple[Utterance, ...]
    words: tuple[Word, ...] | None
    """None where the decode ran away."""


def _utterances(pieces: Sequence[Piece]) -> tuple[Utterance, ...]:
    return tuple(piece.utterance for piece in pieces)


class Decoding:
    """Owns the decode thread."""

    def __init__(
        self,
        decoder: Decoder,
        heard: Callable[[tuple[int, ...], tuple[Word, ...]], None],
        drained: Callable[[], None],
        failed: Callable[[VivavoceError], None],
        unread: Callable[[Utterance], None],
        drafted: Callable[[tuple[int, ...], tuple[Word, ...], float], None] | None = None,
        relieve: Callable[[], None] | None = None,
    ) -> None:
        """Start the thread; the callbacks run on it.

        Args:
            decoder: The thread is its only user.
            heard: The utterances' ids and their words.
            drained: After a flush, when no speech is left to decode.
            failed: The decoder cannot go on; nothing follows.
            unread: An utterance that cannot be read in any reasonable time; its sound is kept.
            drafted: All utterances that are not final yet and their words, each time they are read
                anew; without it nothing is read early.
            relieve: Called once, between two decodes, when more than `RELIEF_SECONDS` wait: the
                decoder should cost less from here on.
        """
        self._decoder = decoder
        self._heard, self._drained, self._failed = heard, drained, failed
        self._unread, self._drafted, self._relieve = unread, drafted, relieve
        self._waiting: deque[Piece] = deque()
        self._paused: Piece | None = None
        self._drafts: list[_Draft] = []
        """Of what waits: each begins with the first utterance that is not final."""
        self._before: deque[str] = deque(maxlen=WORDS_BEFORE)
        """The last final words: an early decode and the one for good are told the same."""
        self._read_until = 0.0
        """Seconds on the recording's clock, drafts included."""
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
            self._paused = None
            self._changed.notify()

    def anticipate(self, piece: Piece) -> None:
        """Tell how the open utterance stands at a pause: it may be all."""
        with self._changed:
            first = self._waiting[0] if self._waiting else piece
            unread_from = max(self._read_until, first.utterance.span.start)
            if piece.utterance.span.end - unread_from >= MIN_DRAFT_SECONDS:
                self._paused = piece
                self._changed.notify()

    def flush(self) -> None:
        """Decode all that waits, then report `drained`."""
        with self._changed:
            self._flushing = True
            self._changed.notify()

    def forget(self) -> None:
        """Read what follows without what came before: after `drained`, for another take."""
        with self._changed:
            self._before.clear()
            self._drafts.clear()
            self._read_until = 0.0

    def close(self) -> None:
        """End the thread after the decode that runs; what waits stays undecoded."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._decoder.wait_until_loaded()
            while (work := self._next()) is not None:
                if not work.batch:
                    self._drained()
                elif work.early:
                    self._decode_early(work.batch)
                else:
                    self._ask_for_relief()
                    self._decode(work.batch)
        except VivavoceError as error:
            if not self._closing:
                self._failed(error)
        except Exception as error:  # noqa: BLE001 - the thread's edge: report, never hang
            _log.error("decoding stopped: %s", type(error).__name__, exc_info=error)
            self._failed(VivavoceError("Reading your words stopped: a fault in the program."))

    def _next(self) -> _Work | None:
        """Wait for work: a batch, an empty one when a flush is done, None at the end."""
        with self._changed:
            self._decoding_seconds = 0.0
            while True:
                if self._closing:
                    return None
                lengths = [piece.utterance.span.seconds for piece in self._waiting]
                if count := self._due(lengths):
                    batch = [self._waiting.popleft() for _ in range(count)]
                    self._decoding_seconds = sum(lengths[:count])
                    return _Work(batch)
                if self._flushing:
                    self._flushing, self._paused = False, None
                    return _Work([])
                unread = [*self._waiting, *([self._paused] if self._paused else [])]
                if self._drafted and unread and not self._draft_of(unread):
                    return _Work(unread, early=True)
                self._changed.wait()

    def _due(self, lengths: list[float]) -> int:
        """Return how many of the waiting utterances to decode for good now."""
        saver = self._drafted is None
        if self._flushing:
            return self._read_already() or batch_size(lengths, flushing=True)
        if self._paused is None:
            return batch_size(lengths, flushing=False, saver=saver)
        together = [*lengths, self._paused.utterance.span.seconds]
        count = batch_size(together, flushing=False, saver=saver)
        return count if count <= len(lengths) else 0  # the open utterance is not due

    def _read_already(self) -> int:
        """Return how many of the waiting utterances, from the first on, an early decode covers."""
        waiting = list(self._waiting)
        for count in range(len(waiting), 0, -1):
            seconds = sum(piece.utterance.span.seconds for piece in waiting[:count])
            whole = count == len(waiting) or seconds >= LEAST_SECONDS
            if whole and self._draft_of(waiting[:count]):
                return count
        return 0

    def _draft_of(self, pieces: Sequence[Piece]) -> _Draft | None:
        wanted = _utterances(pieces)
        return next((draft for draft in self._drafts if draft.utterances == wanted), None)

    def _ask_for_relief(self) -> None:
        if self._relieve is not None and self.backlog_seconds > RELIEF_SECONDS:
            self._relieve()
            self._relieve = None

    def _decode_early(self, unread: list[Piece]) -> None:
        assert self._drafted is not None
        words = None
        with contextlib.suppress(DecodeTimeoutError):  # for good, it is done in smaller parts
            words = self._read(unread)
            until = unread[-1].utterance.span.end
            self._drafted(tuple(piece.utterance.id for piece in unread), words, until)
        self._drafts.append(_Draft(_utterances(unread), words))
        self._read_until = unread[-1].utterance.span.end

    def _decode(self, batch: list[Piece]) -> None:
        draft = self._draft_of(batch)
        self._drafts.clear()  # all of them begin with what is final now
        words = draft.words if draft else None
        if words is None:
            # Where the draft ran away already, a second time would be lost as well.
            in_parts = draft is not None and len(batch) > 1
            try:
                words = None if in_parts else self._read(batch)
            except DecodeTimeoutError:
                if len(batch) == 1:
                    self._unread(batch[0].utterance)
                    return
        if words is None:
            for piece in batch:  # one passage made it run away; the others must not suffer
                self._decode([piece])
            return
        self._before.extend(word.text for word in words)
        self._heard(tuple(piece.utterance.id for piece in batch), words)

    def _read(self, pieces: list[Piece]) -> tuple[Word, ...]:
        samples = np.concatenate([piece.samples for piece in pieces])
        before = " ".join(self._before)
        try:
            words = self._decoder.transcribe(samples, before)
        except DecodeTimeoutError:
            raise
        except ModelError:  # its process died: a new one is tried once
            words = self._decoder.transcribe(samples, before)
        return on_the_clock(settle(words, samples, voiced_spans(pieces)), pieces)
