"""Counting word errors, against counts made by hand."""

from __future__ import annotations

import pytest

from vivavoce.bench.speech_folder import Passage
from vivavoce.bench.word_errors import (
    Errors,
    count_errors,
    difference_bounds,
    error_rate,
    errors_by_passage,
)
from vivavoce.domain.speech import Span, Word


def test_spelling_case_and_figures_are_no_errors() -> None:
    heard = "Mr. Hale said: 21% more colour!"
    assert count_errors("mister hale said twenty one percent more color", heard).wrong == 0


def test_wrong_left_out_and_added_words_count_once_each() -> None:
    assert count_errors("we push the repeats down", "we push a repeats down down") == Errors(2, 5)
    assert count_errors("we push the repeats down", "we push repeats down") == Errors(1, 5)


def test_a_word_counts_where_it_was_said() -> None:
    passages = [
        Passage("a", Span(0.0, 2.0), "first words"),
        Passage("b", Span(3.0, 5.0), "second words"),
    ]
    words = [
        Word("first", 0.1, 0.4, 1.0),
        Word("words", 2.0, 2.4, 1.0),  # in the pause, nearer to the first
        Word("second", 2.8, 3.3, 1.0),
    ]
    assert errors_by_passage(passages, words) == [Errors(0, 2), Errors(1, 2)]


def test_the_rate_is_over_all_words_not_over_passages() -> None:
    assert error_rate([Errors(1, 1), Errors(0, 99)]) == pytest.approx(1.0)


def test_the_bounds_hold_the_difference_and_narrow_with_agreement() -> None:
    ours = [Errors(1, 10)] * 20 + [Errors(0, 10)] * 20
    theirs = [Errors(0, 10)] * 40
    low, high = difference_bounds(ours, theirs)
    assert low < 5.0 < high
    assert difference_bounds(ours, ours) == (0.0, 0.0)
