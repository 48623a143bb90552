"""Pace over a whole answer and over a window."""

from __future__ import annotations

from vivavoce.domain.pace import sliding_pace, words_per_minute
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn


def spoken(begin: float, end: float, every: float) -> list[Word]:
    count = round((end - begin) / every)
    return [Word("w", begin + i * every, begin + (i + 0.8) * every, 1.0) for i in range(count)]


def answer(words: list[Word], *voiced: Span) -> Turn:
    return Turn("answer", Span(0.0, 200.0), words=tuple(words), voiced=voiced, text="")


def test_pace_leaves_pauses_out() -> None:
    assert words_per_minute(30, 15.0) == 120
    assert words_per_minute(0, 15.0) == 0
    assert words_per_minute(30, 0.0) == 0


def test_a_rush_shows_in_its_own_windows_only() -> None:
    words = spoken(0, 60, 0.5) + spoken(60, 90, 0.25) + spoken(90, 150, 0.5)
    paces = sliding_pace([answer(words, Span(0.0, 150.0))])
    assert [paces[0].wpm, paces[-1].wpm] == [120.0, 120.0]
    fastest = max(paces, key=lambda pace: pace.wpm)
    assert (fastest.at, fastest.wpm) == (75.0, 240.0)


def test_pauses_do_not_slow_the_pace_and_too_little_speech_has_none() -> None:
    words = spoken(0, 10, 0.5) + spoken(30, 40, 0.5)
    paces = sliding_pace([answer(words, Span(0.0, 10.0), Span(30.0, 40.0))])
    assert [pace.wpm for pace in paces] == [120.0, 120.0, 120.0]
    assert sliding_pace([answer(words, Span(0.0, 4.0), Span(36.0, 40.0))]) == ()


def test_an_answer_shorter_than_a_window_has_no_sliding_pace() -> None:
    assert sliding_pace([answer(spoken(0, 29, 0.5), Span(0.0, 29.0))]) == ()
    assert sliding_pace([answer([])]) == ()
