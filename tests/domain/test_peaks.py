import numpy as np
import pytest

from vivavoce.domain.peaks import PEAK_SAMPLES, Peaks, peaks_from
from vivavoce.domain.speech import SAMPLE_RATE


def test_each_20_ms_gives_its_loudest_sample_in_either_direction() -> None:
    sound = np.zeros(3 * PEAK_SAMPLES, np.int16)
    sound[5], sound[PEAK_SAMPLES + 7] = 12_800, -25_600
    assert peaks_from(sound).values.tolist() == [100, 200, 0]


def test_the_loudest_negative_sample_is_as_loud_as_can_be() -> None:
    assert peaks_from(np.full(PEAK_SAMPLES, -32_768, np.int16)).values.tolist() == [255]


def test_a_rest_shorter_than_a_peak_counts() -> None:
    peaks = peaks_from(np.full(PEAK_SAMPLES + 1, 12_800, np.int16))
    assert peaks.values.tolist() == [100, 100]
    assert peaks.seconds == (PEAK_SAMPLES + 1) / SAMPLE_RATE


def test_a_recording_without_sound_has_an_outline_of_nothing() -> None:
    peaks = peaks_from(np.zeros(0, np.int16))
    assert peaks.seconds == 0.0
    assert peaks.columns(0.0, 1.0, 3).tolist() == [0, 0, 0]
    assert peaks.averages(0.0, 1.0, 3).tolist() == [0.0, 0.0, 0.0]


STEPS = Peaks(np.array([10, 20, 30, 40], np.uint8), 0.08)


def test_columns_tell_the_loudest_and_averages_the_mean_of_equal_stretches() -> None:
    assert STEPS.columns(0.0, 0.08, 2).tolist() == [20, 40]
    assert STEPS.averages(0.0, 0.08, 2).tolist() == [15.0, 35.0]


def test_more_columns_than_peaks_repeat_them() -> None:
    assert STEPS.columns(0.0, 0.08, 8).tolist() == [10, 10, 20, 20, 30, 30, 40, 40]
    assert STEPS.averages(0.0, 0.08, 8).tolist() == [10, 10, 20, 20, 30, 30, 40, 40]


@pytest.mark.parametrize(
    ("start", "end", "columns"),
    [(0.08, 0.16, [0, 0]), (-0.08, 0.0, [0, 0]), (0.06, 0.1, [40, 0]), (-0.02, 0.02, [0, 10])],
)
def test_where_there_is_no_recording_there_is_silence(
    start: float, end: float, columns: list[int]
) -> None:
    assert STEPS.columns(start, end, 2).tolist() == columns
    assert STEPS.averages(start, end, 2).tolist() == columns
