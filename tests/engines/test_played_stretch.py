"""A stretch's sound for the device, and the places that its frames stand for."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.heard_frames import Taken
from vivavoce.engines.played_stretch import PlayedStretch
from vivavoce.engines.protocols import Samples

NOISE = np.random.default_rng(3).integers(-9_000, 9_000, 3 * SAMPLE_RATE).astype(np.int16)

ROUNDING = 1
"""What the resampler may add where it has nothing to do."""


def stretch(
    samples: Samples = NOISE, speed: float = 1.0, loop: bool = False, rate: int = SAMPLE_RATE
) -> PlayedStretch:
    """It begins at second 10 of its recording."""
    return PlayedStretch(1, samples, 10.0, speed, loop, rate)


def heard(played: PlayedStretch, frames: int) -> PlayedStretch:
    played.heard.take(Taken(0, frames, 0.0, 0.0))
    return played


def test_at_speed_one_and_its_own_rate_the_sound_is_the_recording() -> None:
    sound = np.concatenate(list(stretch().pieces()))
    assert len(sound) == len(NOISE)
    assert np.max(np.abs(sound - NOISE)) <= ROUNDING


def test_a_loop_repeats_the_recording_with_no_sample_between() -> None:
    short = NOISE[:1_001]
    pieces = islice(stretch(short, loop=True).pieces(), 40)
    sound = np.concatenate(list(pieces))
    assert np.max(np.abs(sound - np.resize(short, len(sound)))) <= ROUNDING
    assert len(sound) > 20 * len(short)


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_another_rate_makes_as_many_frames_as_the_speed_asks_for(speed: float) -> None:
    frames = sum(map(len, stretch(speed=speed, rate=44_100).pieces()))
    assert frames / 44_100 * speed == pytest.approx(3.0, abs=0.06)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 2.0])
def test_the_place_is_the_start_and_what_was_heard_since_times_the_speed(speed: float) -> None:
    played = heard(stretch(speed=speed, rate=48_000), 24_000)
    assert played.place(99.0) == pytest.approx(10.0 + 0.5 * speed)


def test_in_a_loop_the_place_comes_back() -> None:
    played = heard(stretch(NOISE[:SAMPLE_RATE], speed=2.0, loop=True), 5 * SAMPLE_RATE // 4)
    assert played.place(99.0) == pytest.approx(10.5)
    assert not played.over(99.0)


def test_it_is_over_once_all_that_was_sent_was_heard_and_its_place_is_then_the_end() -> None:
    played = heard(stretch(speed=2.0), 20_000)
    played.sent = 20_000
    assert not played.over(99.0)
    played.sent_all = True
    assert played.over(99.0)
    assert played.place(99.0) == 13.0


def test_nothing_to_play_is_over_at_its_start() -> None:
    played = stretch(NOISE[:0], loop=True)
    assert not list(played.pieces())
    played.sent_all = True
    assert played.over(0.0)
    assert played.place(0.0) == 10.0
