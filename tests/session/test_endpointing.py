"""Utterance boundaries from probabilities."""

from __future__ import annotations

import itertools

from vivavoce.session.endpointing import FRAME_SECONDS, Closed, Endpointer


def frames(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


def push(endpointer: Endpointer, probability: float, seconds: float) -> list[Closed]:
    pushed = [endpointer.push(probability) for _ in range(frames(seconds))]
    return [closed for closed in pushed if closed is not None]


def test_a_pause_shorter_than_stop_seconds_keeps_the_utterance_open() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 2.0)
    assert push(endpointer, 0.0, 0.4) == []
    assert push(endpointer, 0.9, 1.0) == []
    assert endpointer.speaking


def test_half_a_second_of_silence_closes_it_with_its_rolls() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.0, 1.0)
    push(endpointer, 0.9, 2.0)
    (closed,) = push(endpointer, 0.0, 1.0)
    begin, end = frames(1.0), frames(1.0) + frames(2.0)
    assert (closed.voiced_start, closed.voiced_end) == (begin, end)
    assert closed.start == begin - frames(0.3)
    assert closed.end == end + frames(0.2)


def test_a_soft_ending_between_the_two_thresholds_still_belongs_to_the_utterance() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 1.0)
    push(endpointer, 0.4, 0.3)
    (closed,) = push(endpointer, 0.0, 0.6)
    assert closed.voiced_end == frames(1.0) + frames(0.3)


def test_a_murmur_under_the_start_threshold_opens_nothing() -> None:
    endpointer = Endpointer()
    assert push(endpointer, 0.45, 5.0) == []
    assert endpointer.flush() is None


def test_the_next_utterance_never_reaches_back_into_the_one_before() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 1.0)
    (first,) = push(endpointer, 0.0, 0.52)
    push(endpointer, 0.9, 1.0)
    second = endpointer.flush()
    assert second is not None
    assert second.start >= first.end


def test_a_long_utterance_is_cut_in_its_longest_pause() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 14.0)
    push(endpointer, 0.0, 0.2)
    push(endpointer, 0.9, 4.0)
    push(endpointer, 0.0, 0.26)
    (cut,) = push(endpointer, 0.9, 10.0)
    middle = frames(14.0) + frames(0.2) + frames(4.0) + frames(0.26) // 2
    assert abs(cut.end - middle) <= 1
    assert endpointer.speaking
    rest = endpointer.flush()
    assert rest is not None
    assert rest.start == cut.end


def test_a_long_utterance_is_closed_by_a_pause_that_a_short_one_survives() -> None:
    short, long = Endpointer(), Endpointer()
    push(short, 0.9, 5.0)
    push(long, 0.9, 9.0)
    assert push(short, 0.0, 0.4) == []
    (closed,) = push(long, 0.0, 0.4)
    assert closed.voiced_end == frames(9.0)


def test_a_pause_is_told_once_and_what_closes_after_it_is_what_was_foretold() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 2.0)
    foretold, closed = [], []
    for _ in range(frames(0.6)):
        closed.append(endpointer.push(0.0))
        if endpointer.pausing:
            foretold.append(endpointer.if_closed_now())
    assert len(foretold) == 1
    assert foretold == [one for one in closed if one]


def test_speech_without_any_pause_is_cut_at_28_seconds_and_nothing_is_lost() -> None:
    endpointer = Endpointer()
    closed = push(endpointer, 0.9, 90.0)
    last = endpointer.flush()
    assert last is not None
    closed.append(last)
    assert all(piece.end - piece.start <= frames(28.0) for piece in closed)
    for before, after in itertools.pairwise(closed):
        assert after.start == before.end
    assert closed[-1].end == frames(90.0)


def test_flushing_at_the_end_of_a_turn_closes_what_is_open() -> None:
    endpointer = Endpointer()
    push(endpointer, 0.9, 0.5)
    closed = endpointer.flush()
    assert closed == Closed(0, frames(0.5), 0, frames(0.5))
    assert endpointer.flush() is None
