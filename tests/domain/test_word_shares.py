"""A stretch shared out among words."""

from __future__ import annotations

import itertools

import pytest

from vivavoce.domain.speech import Span
from vivavoce.domain.word_shares import shared_out


def test_each_word_has_its_share_of_the_letters() -> None:
    words = shared_out(["We", "stop", "it"], Span(2.0, 6.0))
    assert [(word.text, word.start, word.end) for word in words] == [
        ("We", 2.0, 3.0),
        ("stop", 3.0, 5.0),
        ("it", 5.0, 6.0),
    ]


def test_the_last_word_ends_exactly_where_the_stretch_does() -> None:
    words = shared_out(["abc"] * 7, Span(0.1, 0.7))
    assert words[-1].end == pytest.approx(0.7, abs=1e-12)
    assert all(a.end == b.start for a, b in itertools.pairwise(words))


def test_in_a_stretch_of_no_length_all_words_stand_at_its_start() -> None:
    assert {(word.start, word.end) for word in shared_out(["a", "b"], Span(3.0, 3.0))} == {
        (3.0, 3.0)
    }


def test_no_words_share_nothing() -> None:
    assert shared_out([], Span(0.0, 1.0)) == ()
