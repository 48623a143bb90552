"""Settling word times, on sounds made of tone and silence."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from vivavoce.domain import word_times
from vivavoce.domain.sounding import stretches_of_sound
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.word_times import LENGTH_SPREAD, settle, usual_seconds

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


def word(start: float, end: float, text: str = "so") -> Word:
    return Word(text, start, end, 0.9)


def test_words_are_moved_later() -> None:
    told = [word(0.50, 0.91), word(0.91, 1.31), word(1.31, 1.93)]
    settled = settle(told, sound((0.5, 2.0)), ALL)
    assert [w.start for w in settled] == pytest.approx([0.5, 1.0, 1.4], abs=0.04)
    assert settled[-1].end == pytest.approx(2.0)
    assert [w.text for w in settled] == ["so"] * 3
    assert settled[0].probability == 0.9


def test_a_word_that_swallowed_the_pause_before_it_begins_after_it() -> None:
    told = [word(0.43, 0.90), word(0.90, 1.93)]
    assert times(settle(told, sound((0.5, 1.0), (1.6, 2.0)), ALL)) == [(0.5, 1.0), (1.6, 2.0)]


def test_a_word_that_stands_in_the_pause_belongs_to_what_follows() -> None:
    told = [word(0.43, 0.93), word(1.1, 1.4), word(1.68, 1.93)]
    settled = settle(told, sound((0.5, 1.0), (1.6, 2.0)), ALL)
    assert times(settled)[0] == (0.5, 1.0)
    assert [w.start for w in settled[1:]] == pytest.approx([1.6, 1.77], abs=0.04)
    assert settled[-1].end == pytest.approx(2.0)


def test_a_short_word_beside_a_pause_goes_to_the_side_where_it_has_room() -> None:
    told = [word(0.43, 0.91, "exist"), word(0.91, 1.31, "to"), word(1.31, 1.9, "make")]
    before_it = settle(told, sound((0.5, 1.15), (1.7, 1.95)), ALL)
    after_it = settle(told, sound((0.5, 1.0), (1.5, 1.95)), ALL)
    assert before_it[1].end == pytest.approx(1.15)
    assert after_it[1].start == pytest.approx(1.5)


def test_a_long_word_that_was_cut_short_gets_the_time_its_letters_need() -> None:
    told = [word(0.43, 0.85, "recommendation"), word(0.85, 1.36, "is"), word(1.36, 1.9, "wrong")]
    long, short, _ = settle(told, sound((0.5, 2.0)), ALL)
    assert long.end > 1.05
    assert short.end - short.start < 0.35


def test_sound_to_which_no_word_belongs_is_left_alone() -> None:
    """A hesitation between two words, which the recogniser does not write."""
    told = [word(0.43, 0.71, "would"), word(1.9, 2.2, "start")]
    settled = settle(told, sound((0.5, 0.8), (1.1, 1.6), (2.0, 2.3)), ALL)
    assert times(settled) == [(0.5, 0.8), (2.0, 2.3)]


def test_a_word_after_the_last_sound_shares_it() -> None:
    told = [word(0.43, 0.93), word(2.2, 2.5)]
    settled = settle(told, sound((0.5, 1.0)), ALL)
    assert settled[0].start == pytest.approx(0.5)
    assert settled[1].end == pytest.approx(1.0)


def test_words_for_which_there_is_no_room_stay_in_order_on_the_sound() -> None:
    told = [word(0.5 + 0.01 * i, 0.51 + 0.01 * i) for i in range(60)]
    settled = settle(told, sound((0.5, 1.1)), ALL)
    assert len(settled) == 60
    assert all(0.5 <= w.start < w.end <= 1.11 for w in settled)
    assert [w.start for w in settled] == sorted(w.start for w in settled)


@pytest.mark.parametrize("seconds", [0.7, 1.1])
def test_a_hesitation_told_as_part_of_the_next_word_is_no_part_of_it(seconds: float) -> None:
    told = [word(0.41, 0.61, "we"), word(0.61, 0.9, "would"), word(0.9, 1.61 + seconds, "start")]
    whole = sound((0.5, 1.0), (1.1, 1.1 + seconds), (1.3 + seconds, 1.7 + seconds))
    settled = settle(told, whole, ALL)
    assert settled[1].end == pytest.approx(1.0)
    assert settled[2].start == pytest.approx(1.3 + seconds)
    assert settled[2].end == pytest.approx(1.7 + seconds)


def test_hesitations_before_the_first_word_and_after_the_last_are_left_alone() -> None:
    told = [word(1.41, 1.71, "would"), word(1.71, 1.91, "start")]
    settled = settle(told, sound((0.1, 0.5), (0.7, 1.2), (1.5, 2.0), (2.3, 2.8)), ALL)
    assert settled[0].start == pytest.approx(1.5)
    assert settled[-1].end == pytest.approx(2.0)


def test_sound_after_the_last_word_in_its_stretch_is_left_alone() -> None:
    told = [word(0.41, 0.71, "would"), word(0.71, 1.01, "start"), word(1.01, 1.31, "there")]
    assert settle(told, sound((0.5, 2.6)), ALL)[-1].end < 1.6


def test_a_long_figure_keeps_all_its_time() -> None:
    told = [word(0.43, 0.63, "made"), word(0.63, 2.51, "$1,250,000")]
    figure = settle(told, sound((0.5, 2.6)), ALL)[-1]
    assert figure.start == pytest.approx(0.75, abs=0.15)
    assert figure.end == pytest.approx(2.6)


def test_a_word_before_a_pause_is_drawn_out() -> None:
    told = [word(0.41 + 0.3 * i, 0.71 + 0.3 * i) for i in range(4)]
    settled = settle(told, sound((0.5, 1.7)), ALL)
    assert settled[3].end - settled[3].start > settled[1].end - settled[1].start


def test_a_word_is_longer_the_more_there_is_to_say() -> None:
    assert usual_seconds("RECOMMENDATION,") == usual_seconds("recommendation")
    assert usual_seconds("recommendation") > 3 * usual_seconds("to")
    assert usual_seconds("2024") > 3 * usual_seconds("to")
    assert usual_seconds("20%") > usual_seconds("20")
    assert usual_seconds("banana") > usual_seconds("bnnn")
    assert usual_seconds("...") > 0.0


@pytest.mark.parametrize("seed", range(20))
def test_no_other_times_cost_less(seed: int) -> None:
    """Beside each way to place the words on a few frames."""
    drawn = np.random.default_rng(seed)
    counts = drawn.integers(4, 6, int(drawn.integers(1, 4)))
    sounds, at = [], 50
    for count in counts:
        sounds.append(range(at, at + int(count)))
        at += int(count) + int(drawn.integers(12, 30))
    edges = np.sort(drawn.uniform(0.3, at / 100, 1 + int(sum(counts)) // 7 + 1))
    texts = drawn.choice(["so", "make", "because", "5%"], len(edges) - 1)
    told = [
        word(float(a), float(b), str(t)) for t, a, b in zip(texts, edges, edges[1:], strict=False)
    ]
    spans = [Span(stretch.start / 100, stretch.stop / 100) for stretch in sounds]
    samples = sound(*((span.start, span.end) for span in spans))
    settled = [(round(w.start * 100), round(w.end * 100)) for w in settle(told, samples, spans)]
    frames = [frame for stretch in sounds for frame in stretch]
    placed = [(frames.index(a), frames.index(b - 1) + 1) for a, b in settled]
    ways = [(a, b) for a in range(len(frames)) for b in range(a + 3, len(frames) + 1)]
    others = (
        other
        for other in itertools.product(ways, repeat=len(told))
        if all(a[1] <= b[0] for a, b in itertools.pairwise(other))
    )
    least = min(price(list(other), told, sounds) for other in others)
    assert price(placed, told, sounds) == pytest.approx(least)


def price(
    placed: Sequence[tuple[int, int]], told: Sequence[Word], sounds: Sequence[range]
) -> float:
    """Return what a placing costs, added up word by word."""
    frames = [frame for stretch in sounds for frame in stretch]
    edges = [0, *itertools.accumulate(len(stretch) for stretch in sounds)]

    def position(seconds: float) -> float:
        return sum(min(max(seconds * 100 - s.start, 0.0), float(len(s))) for s in sounds)

    def away(count: float) -> float:
        sigma = max(count, 0.0) / 100 / word_times.TOLD_SECONDS
        far = word_times.TOLD_FAR
        return 0.5 * sigma**2 if sigma <= far else far * sigma - 0.5 * far**2

    def skip(first: int, last: int) -> float:
        if last <= first:
            return 0.0 if last == first else math.inf
        whole = first in edges and last in edges
        rate = word_times.STRETCH_COST_A_SECOND if whole else word_times.COST_A_SECOND
        return word_times.GAP_COST + rate * (last - first) / 100

    starts = [position(w.start + word_times.EARLY_SECONDS) for w in told]
    ends = [position(w.end + word_times.EARLY_SECONDS) for w in told]
    usual = [usual_seconds(w.text) for w in told]
    shares = [max(b - a, 0.0) / u for a, b, u in zip(starts, ends, usual, strict=True)]
    pace = statistics.median(shares) or len(frames) / sum(usual)
    total, before = 0.0, 0
    for (first, last), start, end, u in zip(placed, starts, ends, usual, strict=True):
        paused = frames[last - 1] - frames[first] - (last - 1 - first)
        longer = word_times.LAST_LONGER if last in edges else 1.0
        total += skip(before, first) + away(start - first) + away(abs(last - end))
        total += 0.5 * (math.log((last - first) / (u * pace * longer)) / LENGTH_SPREAD) ** 2
        total += word_times.COST_A_SECOND * paused / 100
        before = last
    return total + skip(before, len(frames))


def test_a_word_told_to_end_before_it_begins_is_on_the_sound() -> None:
    assert times(settle([word(0.9, 0.6)], sound((0.5, 1.0)), ALL)) == [(0.5, 1.0)]


@pytest.mark.parametrize("seed", range(20))
def test_times_stay_in_order_and_within_the_sound(seed: int) -> None:
    edges = np.sort(np.random.default_rng(seed).uniform(0.0, 2.9, 12))
    told = [word(float(a), float(b)) for a, b in itertools.pairwise(edges)]
    settled = settle(told, sound((0.3, 0.9), (1.2, 1.5), (2.0, 2.6)), ALL)
    assert all(0.29 <= w.start <= w.end <= 2.61 for w in settled)
    assert all(w.end - w.start > 0.025 for w in settled)
    assert all(a.end <= b.start + 1e-9 for a, b in itertools.pairwise(settled))


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


def test_voiced_spans_that_touch_are_no_sound_twice() -> None:
    found = stretches_of_sound(sound((0.5, 2.0)), [Span(0.4, 1.2), Span(1.21, 2.1)])
    assert found[0].end <= found[1].start
    told = [word(0.43, 1.1), word(1.1, 1.93)]
    first, second = settle(told, sound((0.5, 2.0)), [Span(0.4, 1.2), Span(1.21, 2.1)])
    assert first.end <= second.start


def test_what_was_voiced_counts_where_it_is_too_quiet_for_the_rest() -> None:
    found = stretches_of_sound(sound((0.5, 1.5)), [Span(0.5, 1.5), Span(2.0, 2.5)])
    assert found[-1] == Span(1.95, 2.5)


def test_without_any_voice_the_words_stay() -> None:
    told = [word(0.5, 0.9)]
    assert settle(told, sound((0.5, 1.0)), []) == told
    assert settle([], sound((0.5, 1.0)), ALL) == []


def test_without_any_samples_the_voice_detector_is_believed() -> None:
    settled = settle([word(0.5, 0.9)], np.zeros(0, np.int16), [Span(0.4, 1.0)])
    assert times(settled) == [(0.4, 1.0)]
