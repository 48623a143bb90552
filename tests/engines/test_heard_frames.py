"""Counting what was heard: blocks with times, and no clock."""

from __future__ import annotations

import pytest

from vivavoce.engines.heard_frames import HeardFrames, Taken

RATE = 1_000
BLOCK = 20
DELAY = 0.1


def after_blocks(*frames: int) -> HeardFrames:
    """A block each 0.02 s from second 10 on, with so many frames of sound in it."""
    heard = HeardFrames(RATE)
    before = 0
    for number, count in enumerate(frames):
        heard.take(Taken(before, count, 10.0 + number * BLOCK / RATE, DELAY))
        before += count
    return heard


def test_nothing_is_heard_before_the_first_block_has_come_through_the_device() -> None:
    heard = after_blocks(BLOCK, BLOCK)
    assert heard.taken == 2 * BLOCK
    assert [heard.count(now) for now in (9.0, 10.0, 10.1)] == [0, 0, 0]


def test_within_a_block_and_from_one_to_the_next_the_count_follows_the_sound() -> None:
    heard = after_blocks(BLOCK, BLOCK, BLOCK)
    assert [heard.count(now) for now in (10.105, 10.119, 10.125, 10.15)] == [5, 19, 25, 50]


def test_a_device_that_stands_still_holds_the_count_at_what_it_took() -> None:
    assert after_blocks(BLOCK, BLOCK).count(99.0) == 2 * BLOCK


def test_silence_between_and_after_the_sound_does_not_count() -> None:
    heard = after_blocks(BLOCK, 0, 0, 5, 0)
    times = (10.115, 10.13, 10.155, 10.163, 10.17, 10.19)
    assert [heard.count(now) for now in times] == [15, 20, 20, 23, 25, 25]


def test_the_count_never_goes_back_when_the_device_changes_its_mind_about_its_delay() -> None:
    heard = HeardFrames(RATE)
    counts = []
    for number in range(40):
        at = 10.0 + number * BLOCK / RATE
        heard.take(Taken(number * BLOCK, BLOCK, at, DELAY + 0.015 * (-1) ** number))
        counts += [heard.count(at), heard.count(at + 0.011)]
    assert counts == sorted(counts)
    assert counts[-1] > 30 * BLOCK


def test_blocks_that_nobody_asks_about_do_not_pile_up_nor_change_the_count() -> None:
    heard = after_blocks(*[BLOCK] * 100_000)
    assert heard.count(10.0 + 99_990 * BLOCK / RATE + DELAY) == 99_990 * BLOCK


def test_the_first_frame_is_told_from_silence_before_it() -> None:
    heard = after_blocks(0, 0, 7, BLOCK)
    assert heard.first_at == pytest.approx(10.04)
    assert after_blocks(0, 0).first_at is None
