"""Speech at another speed: as long as it should be, at its own pitch, in its own order."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples
from vivavoce.engines.speed_av import SpeedChange

SPEEDS = [0.5, 0.75, 1.25, 1.5, 2.0]
CHUNK = 640


def changed(samples: Samples, speed: float, chunk: int = CHUNK) -> Samples:
    change = SpeedChange(speed)
    pieces = [change.feed(samples[at : at + chunk]) for at in range(0, len(samples), chunk)]
    return np.concatenate([*pieces, change.finish()])


def vowel(pitch: float, seconds: float) -> Samples:
    """A hum with fifteen overtones, as a voice has."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    waves = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 16))
    return np.asarray(waves * 5_000, np.int16)


def pitch_of(samples: Samples) -> float:
    """The fundamental from 60 to 300 Hz, by the autocorrelation's peak."""
    sound: NDArray[np.float64] = samples.astype(np.float64)
    spectrum = np.fft.rfft(sound, 2 * len(sound))
    likeness = np.fft.irfft(np.abs(spectrum) ** 2)
    low, high = SAMPLE_RATE // 300, SAMPLE_RATE // 60
    peak = low + int(np.argmax(likeness[low:high]))
    left, middle, right = likeness[peak - 1 : peak + 2]
    return float(SAMPLE_RATE / (peak + (left - right) / (2 * (left - 2 * middle + right))))


def offsets(samples: Samples, sound: Samples, speed: float, begin: float, end: float) -> Samples:
    """How far from its place the source's noise is found in the sound, in samples of the source,
    each 0.2 s from `begin` to `end` of the sound in seconds."""
    window, around = 320, 1_600
    found = []
    for at in range(round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE) - window, 3_200):
        place = round(at * speed)
        low = max(0, place - around)
        near = samples[low : place + around + window].astype(np.float64)
        likeness = np.correlate(near, sound[at : at + window].astype(np.float64), "valid")
        found.append(low + int(np.argmax(likeness)) - place)
    return np.asarray(found, np.int16)


@pytest.fixture(scope="module")
def ten_minutes() -> Samples:
    return np.random.default_rng(1).normal(0, 3_000, 600 * SAMPLE_RATE).astype(np.int16)


def test_at_speed_one_the_samples_pass_through_untouched() -> None:
    samples = np.random.default_rng(1).integers(-30_000, 30_000, 5_000).astype(np.int16)
    assert np.array_equal(changed(samples, 1.0), samples)


@pytest.mark.parametrize("speed", SPEEDS)
def test_over_ten_minutes_the_sound_drifts_by_a_hundredth_of_a_second_at_most(
    speed: float, ten_minutes: Samples
) -> None:
    sound = changed(ten_minutes, speed)
    end = 600.0 / speed
    early = offsets(ten_minutes, sound, speed, 1.0, 61.0)
    late = offsets(ten_minutes, sound, speed, end - 61.0, end - 1.0)
    assert abs(np.median(late) - np.median(early)) <= 0.01 * SAMPLE_RATE
    assert len(sound) * speed / SAMPLE_RATE == pytest.approx(600.0, abs=0.05)


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_sound_stays_within_four_hundredths_of_a_second_of_its_place(
    speed: float, ten_minutes: Samples
) -> None:
    sound = changed(ten_minutes[: 40 * SAMPLE_RATE], speed)
    off = np.abs(offsets(ten_minutes, sound, speed, 0.0, 39.0 / speed))
    assert np.percentile(off, 95) < 0.04 * SAMPLE_RATE


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_pitch_is_kept(speed: float) -> None:
    assert pitch_of(changed(vowel(102.0, 3.0), speed)) == pytest.approx(102.0, rel=0.01)


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_first_sound_is_there_after_a_few_pieces(speed: float) -> None:
    change = SpeedChange(speed)
    samples = vowel(102.0, 1.0)
    fed = ready = 0
    while not ready:
        ready = len(change.feed(samples[fed : fed + CHUNK]))
        fed += CHUNK
    assert fed <= 3 * CHUNK


def test_the_size_of_the_pieces_does_not_matter() -> None:
    samples = vowel(150.0, 2.0)
    assert np.array_equal(changed(samples, 1.5, chunk=97), changed(samples, 1.5, chunk=8_000))


def test_no_sound_stays_no_sound() -> None:
    assert not len(changed(np.empty(0, np.int16), 0.5))
    assert not len(SpeedChange(2.0).feed(np.empty(0, np.int16)))


@pytest.mark.parametrize("speed", [0.0, 0.49, 2.01, float("nan")])
def test_another_speed_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="is not"):
        SpeedChange(speed)
