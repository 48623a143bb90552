"""Batches, their clock, and the decode thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from vivavoce.domain.speech import SAMPLE_RATE, Span, Utterance, Word
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import DecodeTimeoutError
from vivavoce.errors import ModelError, VivavoceError
from vivavoce.session.decoding import WORDS_BEFORE, Decoding, batch_size, on_the_clock
from vivavoce.session.listening import Piece


def piece(number: int, start: float, seconds: float) -> Piece:
    span = Span(start, start + seconds)
    samples = np.full(round(seconds * SAMPLE_RATE), number + 1, np.int16)
    return Piece(Utterance(number, span, span), samples)


class ScriptedDecoder:
    """Answers with one word a decode; waits for a permit when it is given a gate."""

    def __init__(self, gate: threading.Semaphore | None = None, poison: int | None = None) -> None:
        self.decoded: list[float] = []
        self.before: list[str] = []
        """What was said before each decode."""
        self.began: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._gate, self._poison = gate, poison

    def wait_until_loaded(self) -> None:
        pass

    def let_go(self) -> None:
        if self._gate is not None:
            self._gate.release(1000)

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        seconds = len(samples) / SAMPLE_RATE
        self.began.put(seconds)
        if self._gate is not None:
            self._gate.acquire()
        if self._poison is not None and (samples == self._poison + 1).any():
            raise DecodeTimeoutError("It ran away.")
        self.decoded.append(seconds)
        self.before.append(before)
        return [Word(f"w{samples[0] - 1}", 0.1, 0.4, 1.0)]


class Heard:
    """Collects what the thread reports."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.unread: list[Utterance] = []
        self.ids: list[tuple[int, ...]] = []
        self.done: queue.SimpleQueue[VivavoceError | None] = queue.SimpleQueue()
        self.drafts: queue.SimpleQueue[tuple[int, ...]] = queue.SimpleQueue()
        self.started: list[tuple[ScriptedDecoder, Decoding]] = []

    def start(self, decoder: ScriptedDecoder, drafts: bool = False) -> Decoding:
        decoding = Decoding(
            decoder,
            self._heard,
            lambda: self.done.put(None),
            self.done.put,
            self.unread.append,
            (lambda ids, *_: self.drafts.put(ids)) if drafts else None,
        )
        self.started.append((decoder, decoding))
        return decoding

    def _heard(self, ids: tuple[int, ...], words: tuple[Word, ...]) -> None:
        self.ids.append(ids)
        self.words.extend(words)


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    yield heard
    for decoder, decoding in heard.started:  # a test that failed must not leave a thread waiting
        decoder.let_go()
        decoding.close()


def test_short_utterances_wait_until_eight_seconds_are_together() -> None:
    assert batch_size([3.0, 4.0], flushing=False) == 0
    assert batch_size([3.0, 4.0, 1.0], flushing=False) == 3


def test_a_saver_waits_for_fifteen() -> None:
    assert batch_size([3.0, 4.0, 7.0], flushing=False, saver=True) == 0
    assert batch_size([3.0, 4.0, 8.0], flushing=False, saver=True) == 3


def test_a_batch_that_the_next_utterance_would_make_too_long_goes_alone() -> None:
    assert batch_size([7.0, 6.0], flushing=False) == 1
    assert batch_size([3.0, 10.0], flushing=False) == 2, "too short to be heard well alone"


def test_a_flush_decodes_however_little_waits() -> None:
    assert batch_size([0.6], flushing=True) == 1
    assert batch_size([], flushing=True) == 0


def test_what_waited_is_merged_up_to_whispers_window() -> None:
    assert batch_size([10.0, 10.0, 7.9, 10.0], flushing=False) == 3
    assert batch_size([28.0, 5.0], flushing=False) == 1


def test_words_return_to_the_recordings_clock_across_the_pauses_between_pieces() -> None:
    pieces = [piece(0, 10.0, 2.0), piece(1, 20.0, 3.0)]
    words = [Word("a", 0.5, 0.9, 1.0), Word("b", 1.9, 2.4, 1.0), Word("c", 4.8, 5.6, 1.0)]
    placed = on_the_clock(words, pieces)
    assert [(round(w.start, 3), round(w.end, 3)) for w in placed] == [
        (10.5, 10.9),
        (20.0, 20.4),  # its middle lies in the second piece, so it begins there
        (22.8, 23.0),  # never past the sound that was decoded
    ]


def test_a_flush_reads_everything_and_then_says_so(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder)
    for number in range(4):
        decoding.submit(piece(number, number * 10.0, 5.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert sorted(i for ids in heard.ids for i in ids) == [0, 1, 2, 3]
    assert sum(decoder.decoded) == 20.0
    assert decoding.backlog_seconds == 0.0


def test_a_slow_decoder_gets_larger_batches_and_loses_nothing(heard: Heard) -> None:
    gate = threading.Semaphore(0)
    decoder = ScriptedDecoder(gate)
    decoding = heard.start(decoder)
    decoding.submit(piece(0, 0.0, 16.0))
    assert decoder.began.get(timeout=5) == 16.0
    for number in range(1, 9):
        decoding.submit(piece(number, number * 20.0, 13.0))
    assert decoding.backlog_seconds == pytest.approx(16.0 + 8 * 13.0)
    gate.release(100)
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert decoder.decoded == [16.0, 26.0, 26.0, 26.0, 26.0]


def test_one_runaway_passage_does_not_cost_the_others_in_its_batch(heard: Heard) -> None:
    decoding = heard.start(ScriptedDecoder(poison=2))
    for number in range(3):
        decoding.submit(piece(number, number * 10.0, 3.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert [word.text for word in heard.words] == ["w0", "w1"]
    assert [utterance.id for utterance in heard.unread] == [2]


def test_each_batch_is_told_the_last_words_that_are_final(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder)
    last = WORDS_BEFORE + 2
    for n in range(last + 1):
        decoding.submit(piece(n, 20.0 * n, 15.0))
        decoding.flush()
        assert heard.done.get(timeout=5) is None
    assert decoder.before[:3] == ["", "w0", "w0 w1"]
    assert decoder.before[last].split() == [f"w{n}" for n in range(2, last)]


def test_another_take_is_read_without_the_words_of_the_first(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder)
    for n in range(2):
        decoding.submit(piece(n, 20.0 * n, 15.0))
        decoding.flush()
        assert heard.done.get(timeout=5) is None
        decoding.forget()
    assert decoder.before == ["", ""]


def test_an_early_decode_is_told_the_same_as_one_for_good(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder, drafts=True)
    decoding.submit(piece(0, 0.0, 5.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.submit(piece(1, 6.0, 7.5))  # together they would be too long: the first is final
    assert heard.drafts.get(timeout=5) == (1,)
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    assert heard.ids == [(0,), (1,)]
    assert decoder.decoded == [5.0, 7.5], "nothing is read twice"
    assert decoder.before == ["", "w0"]


class DyingDecoder(ScriptedDecoder):
    """Its process dies at the first decodes."""

    def __init__(self, error: Exception, deaths: int) -> None:
        super().__init__()
        self._error, self._deaths = error, deaths

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        if self._deaths:
            self._deaths -= 1
            raise self._error
        return super().transcribe(samples, before)


def test_a_process_that_died_is_tried_once_more(heard: Heard) -> None:
    decoding = heard.start(DyingDecoder(ModelError("It is gone."), deaths=1))
    decoding.submit(piece(0, 0.0, 16.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert [word.text for word in heard.words] == ["w0"]


@pytest.mark.parametrize("error", [ModelError("It is gone."), ZeroDivisionError()])
def test_what_cannot_go_on_says_so(heard: Heard, error: Exception) -> None:
    decoding = heard.start(DyingDecoder(error, deaths=2))
    decoding.submit(piece(0, 0.0, 16.0))
    assert isinstance(heard.done.get(timeout=5), VivavoceError)
    decoding.close()


def test_closing_ends_the_thread_without_decoding_what_waits(heard: Heard) -> None:
    gate = threading.Semaphore(0)
    decoder = ScriptedDecoder(gate)
    decoding = heard.start(decoder)
    decoding.submit(piece(0, 0.0, 16.0))
    decoder.began.get(timeout=5)
    decoding.submit(piece(1, 20.0, 16.0))
    gate.release()
    decoding.close()
    assert decoder.decoded[0] == 16.0
    assert len(decoder.decoded) <= 2


def test_what_was_drafted_at_the_last_pause_is_not_decoded_again(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder, drafts=True)
    decoding.submit(piece(0, 0.0, 3.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.anticipate(piece(1, 5.0, 2.0))
    assert heard.drafts.get(timeout=5) == (0, 1)
    decoding.submit(piece(1, 5.0, 2.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert decoder.decoded == [3.0, 5.0]
    assert heard.ids == [(0, 1)]
    assert [word.text for word in heard.words] == ["w0"]


def test_a_speaker_who_goes_on_after_the_pause_is_heard_whole(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder, drafts=True)
    decoding.anticipate(piece(0, 0.0, 2.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.submit(piece(0, 0.0, 4.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert decoder.decoded[-1] == 4.0
    assert heard.ids == [(0,)]


def test_a_pause_too_long_for_one_window_sends_off_what_waits(heard: Heard) -> None:
    decoder = ScriptedDecoder()
    decoding = heard.start(decoder, drafts=True)
    decoding.submit(piece(0, 0.0, 5.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.anticipate(piece(1, 10.0, 26.0))
    assert heard.drafts.get(timeout=5) == (1,)
    decoding.close()
    assert heard.ids == [(0,)]
    assert decoder.decoded == [5.0, 26.0]


def test_a_draft_that_runs_away_is_decoded_in_parts(heard: Heard) -> None:
    decoder = ScriptedDecoder(poison=1)
    decoding = heard.start(decoder, drafts=True)
    decoding.submit(piece(0, 0.0, 3.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.submit(piece(1, 5.0, 2.0))
    decoding.flush()
    assert heard.done.get(timeout=5) is None
    decoding.close()
    assert heard.ids == [(0,)]
    assert [utterance.id for utterance in heard.unread] == [1]


def test_at_the_stop_what_was_read_already_stays_and_only_the_rest_is_decoded(
    heard: Heard,
) -> None:
    gate = threading.Semaphore(1)
    decoder = ScriptedDecoder(gate)
    decoding = heard.start(decoder, drafts=True)
    decoding.submit(piece(0, 0.0, 5.0))
    assert heard.drafts.get(timeout=5) == (0,)
    decoding.submit(piece(1, 6.0, 2.0))  # being read early, together with the first ...
    assert [decoder.began.get(timeout=5) for _ in range(2)] == [5.0, 7.0]
    decoding.submit(piece(2, 9.0, 0.9))  # ... when a last word comes
    decoding.flush()
    decoder.let_go()
    assert heard.done.get(timeout=5) is None
    assert heard.ids == [(0, 1), (2,)]
    assert decoder.decoded == [5.0, 7.0, 0.9]


def test_past_thirty_seconds_of_backlog_it_asks_for_relief_once_and_loses_nothing() -> None:
    gate = threading.Semaphore(0)
    slow, quick = ScriptedDecoder(gate), ScriptedDecoder()
    relieved: list[list[float]] = []
    done: queue.SimpleQueue[VivavoceError | None] = queue.SimpleQueue()
    ids: list[tuple[int, ...]] = []

    class Relay(ScriptedDecoder):
        def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
            return (quick if relieved else slow).transcribe(samples, before)

    def relieve() -> None:
        relieved.append(list(slow.decoded))

    decoding = Decoding(
        Relay(),
        lambda heard, _: ids.append(heard),
        lambda: done.put(None),
        done.put,
        lambda _: None,
        relieve=relieve,
    )
    try:
        decoding.submit(piece(0, 0.0, 16.0))
        assert slow.began.get(timeout=5) == 16.0
        for number in range(1, 7):
            decoding.submit(piece(number, number * 20.0, 10.0))
        decoding.flush()
    finally:
        gate.release(100)
    assert done.get(timeout=5) is None
    decoding.close()
    assert relieved == [[16.0]]
    assert slow.decoded + quick.decoded == [16.0, 20.0, 20.0, 20.0]
    assert [number for heard in ids for number in heard] == list(range(7))
