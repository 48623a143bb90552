"""Settling word times, on sounds made of tone and silence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.word_times import settle, stretches_of_sound

ALL = [Span(0.0, 3.0)]


def sound(*spans: tuple[float, float], noise: float = 2.0) -> NDArray[np.int16]:
    """Three seconds with a tone in each span."""
    samples = np.random.default_rng(0).normal(0.0, noise, 3 * SAMPLE_RATE)
    for start, end in spans:
        at = slice(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE))
        samples[at] += 8000.0 * np.sin(np.arange(at.stop - at.start) * 0.2)
    return samples.astype(np.int16)


def times(words: list[Word]) -> list[tuple[float, float]]:
    return [(round(word.start, 2), round(word.end, 2)) for word in words]


def word(start: float, end: float) -> Word:
    return Word("so", start, end, 0.9)


def test_words_are_moved_later() -> None:
    told = [word(0.50, 0.93), word(0.93, 1.23), word(1.23, 1.93)]
    settled = settle(told, sound((0.5, 2.0)), ALL)
    assert times(settled) == [(0.5, 1.0), (1.0, 1.3), (1.3, 2.0)]
    assert [w.text for w in settled] == ["so"] * 3
    assert settled[0].probability == 0.9


def test_a_word_that_swallowed_the_pause_before_it_begins_after_it() -> None:
    told = [word(0.43, 0.90), word(0.90, 1.93)]
    assert times(settle(told, sound((0.5, 1.0), (1.6, 2.0)), ALL)) == [(0.5, 1.0), (1.6, 2.0)]


def test_a_word_that_stands_in_the_pause_belongs_to_what_follows() -> None:
    told = [word(0.43, 0.93), word(1.1, 1.4), word(1.68, 1.93)]
    settled = settle(told, sound((0.5, 1.0), (1.6, 2.0)), ALL)
    assert times(settled) == [(0.5, 1.0), (1.6, 1.75), (1.75, 2.0)]


def test_a_word_after_the_last_sound_stays_at_its_end() -> None:
    told = [word(0.43, 0.93), word(2.2, 2.5)]
    assert times(settle(told, sound((0.5, 1.0)), ALL)) == [(0.5, 1.0), (1.0, 1.0)]


@pytest.mark.parametrize("seed", range(20))
def test_times_stay_in_order_and_within_the_sound(seed: int) -> None:
    edges = np.sort(np.random.default_rng(seed).uniform(0.0, 2.9, 12))
    told = [word(float(a), float(b)) for a, b in itertools.pairwise(edges)]
    settled = settle(told, sound((0.3, 0.9), (1.2, 1.5), (2.0, 2.6)), ALL)
    assert all(0.29 <= w.start <= w.end <= 2.61 for w in settled)
    assert [w.start for w in settled] == sorted(w.start for w in settled)
    assert all(a.end <= b.end for a, b in itertools.pairwise(settled))


def test_a_closure_within_a_word_is_no_pause() -> None:
    assert len(stretches_of_sound(sound((0.5, 1.0), (1.08, 2.0)), ALL)) == 1


def test_a_click_is_no_sound_of_its_own() -> None:
    found = stretches_of_sound(sound((0.2, 0.22), (0.5, 1.0), (2.5, 2.51)), ALL)
    assert [(round(s.start, 2), round(s.end, 2)) for s in found] == [(0.5, 1.0)]


def test_sound_outside_the_voice_does_not_count() -> None:
    found = stretches_of_sound(sound((0.2, 0.8), (1.5, 2.0)), [Span(1.53, 2.1)])
    assert [(round(s.start, 2), round(s.end, 2)) for s in found] == [(1.5, 2.0)]


def test_where_noise_covers_the_pauses_the_voice_detector_is_believed() -> None:
    loud = sound((0.5, 1.0), (1.5, 2.0), noise=3000.0)
    assert stretches_of_sound(loud, [Span(0.5, 2.0)]) == [Span(0.5, 2.0)]


def test_without_any_voice_the_words_stay() -> None:
    told = [word(0.5, 0.9)]
    assert settle(told, sound((0.5, 1.0)), []) == told
    assert settle([], sound((0.5, 1.0)), ALL) == []
    assert settle(told, np.zeros(0, np.int16), [Span(0.4, 1.0)]) != []
