"""What an open device plays next."""

from __future__ import annotations

from vivavoce.engines.sound_queue import Portion, SoundQueue


def test_with_nothing_to_play_a_block_holds_no_sound() -> None:
    assert SoundQueue(2).take(4) == Portion(0, 0, b"")


def test_sound_is_taken_in_order_and_counted_and_a_last_block_may_be_short() -> None:
    queue = SoundQueue(2)
    queue.put(1, b"aabb")
    queue.put(1, b"cc")
    assert queue.take(2) == Portion(1, 0, b"aabb")
    assert queue.take(2) == Portion(1, 2, b"cc")
    assert queue.take(2) == Portion(1, 3, b"")


def test_silence_while_nothing_waits_does_not_count() -> None:
    queue = SoundQueue(2)
    queue.put(1, b"aa")
    for _ in range(3):
        queue.take(8)
    queue.put(1, b"bb")
    assert queue.take(8) == Portion(1, 1, b"bb")


def test_a_newer_generation_is_heard_from_the_next_block_on_with_no_silence_before_it() -> None:
    queue = SoundQueue(2)
    queue.put(1, b"aa" * 100)
    queue.take(4)
    queue.put(2, b"bbcc")
    assert queue.take(4) == Portion(2, 0, b"bbcc")


def test_a_piece_of_an_older_generation_that_comes_late_is_dropped() -> None:
    queue = SoundQueue(2)
    queue.put(2, b"bb")
    queue.put(1, b"aa")
    assert queue.take(4) == Portion(2, 0, b"bb")


def test_a_piece_of_no_frames_drops_what_waits_and_keeps_the_count() -> None:
    queue = SoundQueue(2)
    queue.put(1, b"aabbcc")
    queue.take(1)
    queue.put(1, b"")
    assert queue.take(4) == Portion(1, 1, b"")
