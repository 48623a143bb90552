"""Edges of speech, compared with the first time the same recording was heard."""

from __future__ import annotations

import pytest

from vivavoce.bench.boundaries import boundary_shifts
from vivavoce.bench.speech_folder import Passage
from vivavoce.domain.speech import Span


def passages(*begins: float) -> list[Passage]:
    return [Passage("one.wav", Span(begin, begin + 4.0), "words") for begin in begins]


def test_edges_that_come_later_than_the_first_time_are_shifts() -> None:
    voiced = [Span(10.1, 14.0), Span(70.15, 73.98)]
    shifts = boundary_shifts(passages(10.0, 70.0), voiced)
    assert shifts == pytest.approx([0.05, -0.02])


def test_what_was_heard_once_or_not_near_its_edge_is_left_out() -> None:
    assert boundary_shifts(passages(10.0), [Span(10.1, 14.0)]) == []
    assert boundary_shifts(passages(10.0, 70.0), [Span(10.1, 14.0), Span(71.0, 73.0)]) == []
    assert boundary_shifts(passages(10.0, 70.0), []) == []
