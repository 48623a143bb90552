from __future__ import annotations

import pytest

from vivavoce.domain.speech import Span, Word
from vivavoce.domain.timing import PAUSE_SECONDS, measure
from vivavoce.domain.turns import Turn, TurnKind


def said(kind: TurnKind, start: float, end: float, *voiced: tuple[float, float]) -> Turn:
    """A candidate's turn with one word a voiced second."""
    words = tuple(
        Word("word", span[0] + second, span[0] + second + 0.9, 1.0)
        for span in voiced
        for second in range(int(span[1] - span[0]))
    )
    return Turn(kind, Span(start, end), "", words, tuple(Span(*span) for span in voiced))


def asked(kind: TurnKind, start: float, end: float) -> Turn:
    return Turn(kind, Span(start, end), "A sentence.")


def test_nobody_spoke() -> None:
    for turns in ([], [asked("prompt", 0, 5)], [asked("prompt", 0, 5), said("answer", 5, 60)]):
        timing = measure(turns)
        assert (timing.speaking_s, timing.answer_s, timing.monologue_s, timing.wpm) == (0, 0, 0, 0)
        assert timing.first_word_s is None
        assert timing.over_threshold_at is None
        assert timing.pauses == ()


def test_one_answer_is_measured_from_its_first_word() -> None:
    timing = measure([asked("prompt", 0, 10), said("answer", 10, 40, (12, 20), (22, 32), (33, 35))])
    assert timing.speaking_s == 20
    assert timing.answer_s == 23
    assert timing.monologue_s == 23
    assert timing.first_word_s == 2
    assert timing.pauses == (Span(20, 22),)
    assert timing.wpm == 60
    assert timing.over_threshold_at is None
    assert timing.limit_s == 900


def test_only_the_interviewer_ends_a_monologue() -> None:
    timing = measure(
        [
            asked("prompt", 0, 10),
            said("answer", 10, 60, (11, 21), (50, 60)),
            asked("cut-in", 60, 65),
            said("answer", 65, 90, (66, 76)),
            said("answer", 90, 120, (100, 118)),
            asked("probe", 120, 125),
            said("probe-answer", 125, 130, (126, 128)),
        ]
    )
    assert timing.monologue_s == 118 - 66
    assert timing.answer_s == 118 - 11
    assert timing.speaking_s == 10 + 10 + 10 + 18 + 2


def test_a_probe_answer_may_hold_the_longest_monologue() -> None:
    turns = [
        said("answer", 0, 5, (0, 5)),
        asked("probe", 5, 6),
        said("probe-answer", 6, 80, (10, 75)),
    ]
    assert measure(turns).monologue_s == 65
    assert measure(turns, limit_seconds=60).over_threshold_at == 70
    assert measure(turns).answer_s == 5


@pytest.mark.parametrize(("length", "at"), [(899.0, None), (900.0, None), (900.1, 912.0)])
def test_only_a_monologue_longer_than_the_limit_is_flagged_where_it_passed(
    length: float, at: float | None
) -> None:
    answer = said("answer", 10, 2000, (12, 13), (11 + length, 12 + length))
    assert measure([asked("prompt", 0, 10), answer]).over_threshold_at == at


def test_two_short_monologues_are_no_long_one() -> None:
    turns = [
        said("answer", 0, 500, (0, 500)),
        asked("cut-in", 500, 501),
        said("answer", 501, 1001, (501, 1001)),
    ]
    assert measure(turns).over_threshold_at is None


def test_a_silence_counts_as_a_pause_from_its_least_length_on_and_within_one_turn() -> None:
    turns = [
        said("answer", 0, 10, (0, 1), (1 + PAUSE_SECONDS, 5), (5 + PAUSE_SECONDS - 0.01, 8)),
        asked("probe", 10, 12),
        said("probe-answer", 12, 30, (20, 21), (25, 26)),
    ]
    assert measure(turns).pauses == (Span(1, 1 + PAUSE_SECONDS), Span(21, 25))


def test_metric_and_tool_are_timed_from_the_answers_beginning() -> None:
    turns = [asked("prompt", 0, 10), said("answer", 10, 40, (12, 20))]
    timing = measure(turns, first_metric_at=15.5, first_tool_at=19.0)
    assert (timing.first_metric_s, timing.first_tool_s) == (5.5, 9.0)
    assert measure(turns).first_metric_s is None


def test_a_word_begun_a_breath_before_its_turn_was_there_at_once() -> None:
    turns = [asked("prompt", 0, 10), said("answer", 10, 40, (9.8, 20))]
    timing = measure(turns, first_metric_at=9.8, first_tool_at=9.9)
    assert (timing.first_word_s, timing.first_metric_s, timing.first_tool_s) == (0, 0, 0)
