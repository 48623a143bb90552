"""Stretches of words out of the marks of single words."""

from __future__ import annotations

from vivavoce.scoring.spans import find_spans


def places(values: list[float], at_least_one: bool = False) -> list[tuple[int, int]]:
    return [(span.first, span.last) for span in find_spans(values, at_least_one)]


def test_a_span_grows_from_a_sure_word_over_likely_ones() -> None:
    assert places([0.0, 0.4, 0.9, 0.35, 0.1, 0.0]) == [(1, 3)]


def test_likely_words_alone_are_no_span() -> None:
    assert places([0.4, 0.4, 0.4]) == []


def test_a_span_goes_on_over_an_aside_of_two_words() -> None:
    assert places([0.9, 0.1, 0.1, 0.8]) == [(0, 3)]
    assert places([0.9, 0.1, 0.1, 0.1, 0.8]) == [(0, 0), (4, 4)]


def test_no_span_goes_on_over_the_start_of_a_sentence() -> None:
    values = [0.9, 0.8, 0.7, 0.9]
    spans = find_spans(values, at_least_one=False, starts={0, 2})
    assert [(span.first, span.last) for span in spans] == [(0, 1), (2, 3)]
    spans = find_spans([0.4, 0.9, 0.1, 0.4], at_least_one=False, starts={0, 2})
    assert [(span.first, span.last) for span in spans] == [(0, 1)]


def test_where_one_is_wanted_the_strongest_words_are_it() -> None:
    assert places([0.1, 0.3, 0.2, 0.0, 0.0, 0.0, 0.1], at_least_one=True) == [(1, 2)]
    assert places([], at_least_one=True) == []
