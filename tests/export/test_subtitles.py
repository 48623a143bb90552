"""Subtitles: what fits a screen, and what a parser of each format makes of it."""

from __future__ import annotations

import itertools
import re

import pytest

from vivavoce.domain.speech import Word
from vivavoce.export.segments import Segment
from vivavoce.export.subtitles import (
    LEAST_SECONDS,
    LINE_CHARACTERS,
    MAX_LINES,
    MAX_SECONDS,
    SubtitleFormat,
    Subtitler,
)

TIMES = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
LONG = (
    "By the fourth week half of them are gone because the same songs come back too often, and in "
    "the first week twelve percent are repeats while in the fourth week it is thirty nine percent "
    "of all that they hear, so I would change one thing and one thing only before anybody asks."
)


def said(text: str, start: float = 0.0, a_word: float = 0.4) -> Segment:
    """Words of equal length, without a pause."""
    texts = text.split()
    return Segment(
        tuple(
            Word(text, start + i * a_word, start + (i + 1) * a_word, 0.9)
            for i, text in enumerate(texts)
        )
    )


def written(kind: SubtitleFormat, *segments: Segment) -> str:
    subtitler = Subtitler(kind)
    return subtitler.begin() + "".join(map(subtitler.push, segments)) + subtitler.finish()


def cues(text: str) -> list[tuple[float, float, list[str]]]:
    """Read either format as players do: blocks between blank lines, times, then text."""
    found = []
    for block in re.split(r"\n\n+", text.strip()):
        lines = block.split("\n")
        at = next((i for i, line in enumerate(lines) if TIMES.fullmatch(line)), None)
        if at is None:
            assert block == "WEBVTT"
            continue
        parts = [int(part or 0) for part in TIMES.fullmatch(lines[at]).groups()]  # type: ignore[union-attr]
        start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (parts[:4], parts[4:]))
        found.append((start, end, lines[at + 1 :]))
    return found


def test_an_srt_file_numbers_its_cues_and_ends_each_with_a_line() -> None:
    text = written("srt", said("People stop opening it."), said("I would change one thing.", 5.0))
    assert text == (
        "1\n00:00:00,000 --> 00:00:01,600\nPeople stop opening it.\n\n"
        "2\n00:00:05,000 --> 00:00:07,000\nI would change one thing.\n"
    )


def test_a_vtt_file_begins_with_its_name() -> None:
    assert written("vtt", said("People stop opening it.", 3600.5)) == (
        "WEBVTT\n\n01:00:00.500 --> 01:00:02.100\nPeople stop opening it.\n"
    )


@pytest.mark.parametrize(("kind", "text"), [("srt", ""), ("vtt", "WEBVTT\n")])
def test_without_speech_a_file_has_no_cues(kind: SubtitleFormat, text: str) -> None:
    assert written(kind) == text


@pytest.mark.parametrize("a_word", [0.1, 0.25, 0.4, 0.9])
def test_a_long_sentence_becomes_cues_that_can_be_read(a_word: float) -> None:
    shown = cues(written("srt", said(LONG, a_word=a_word)))
    assert " ".join(line for _, _, lines in shown for line in lines) == LONG
    for start, end, lines in shown:
        assert len(lines) <= MAX_LINES
        assert max(map(len, lines)) <= LINE_CHARACTERS
        assert LEAST_SECONDS - 0.001 <= end - start <= MAX_SECONDS
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(shown))


def test_cues_of_one_sentence_are_of_like_lengths() -> None:
    lengths = [sum(map(len, lines)) for _, _, lines in cues(written("srt", said(LONG)))]
    assert len(lengths) == 4
    assert min(lengths) > 50


def test_a_sentence_is_cut_at_its_comma() -> None:
    text = "If people skip more of the songs on a Monday morning, we stop the whole test at once."
    shown = cues(written("srt", said(text)))
    assert [lines[-1].split()[-1] for _, _, lines in shown] == ["morning,", "once."]


def test_no_line_ends_with_a_word_that_nobody_pauses_after() -> None:
    text = "I would show Monday first and measure the orders of the city."
    (cue,) = cues(written("srt", said(text)))
    assert cue[2] == ["I would show Monday first", "and measure the orders of the city."]


def test_a_cue_does_not_last_through_a_silence() -> None:
    first, second = said("I would maybe"), said("change one thing.", 3.0)
    shown = cues(written("srt", Segment(first.words + second.words)))
    assert [(start, end) for start, end, _ in shown] == [(0.0, 1.2), (3.0, 4.2)]


def test_a_single_word_lasts_long_enough_to_be_read_where_silence_follows() -> None:
    shown = cues(written("srt", said("Yes.", 0.0, 0.2), said("I would.", 4.0)))
    assert [(start, end) for start, end, _ in shown] == [(0.0, 0.833), (4.0, 4.833)]


def test_a_single_word_without_silence_is_shown_with_what_follows() -> None:
    shown = cues(written("srt", said("Yes.", 0.0, 0.2), said("I would do that.", 0.2)))
    assert [lines for _, _, lines in shown] == [["Yes. I would do that."]]


def test_a_single_word_at_the_end_is_not_lost() -> None:
    shown = cues(written("vtt", said("I would do that."), said("Yes.", 1.6, 0.2)))
    assert [lines for _, _, lines in shown] == [["I would do that."], ["Yes."]]


def test_words_at_one_and_the_same_time_make_cues_that_are_never_empty() -> None:
    words = tuple(Word("word", 5.0, 5.0, 0.1) for _ in range(60))
    shown = cues(written("vtt", Segment(words)))
    assert sum(len(" ".join(lines).split()) for _, _, lines in shown) == 60
    assert all(start < end for start, end, _ in shown)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(shown))


def test_a_segment_that_seems_to_be_earlier_keeps_the_order() -> None:
    shown = cues(written("srt", said("I would do that.", 9.0), said("We stop it.", 5.0)))
    assert all(start < end for start, end, _ in shown)
    assert shown[0][1] <= shown[1][0]


def test_a_word_that_seems_to_last_a_minute_is_shown_for_seven_seconds() -> None:
    shown = cues(written("srt", Segment((Word("Well.", 1.0, 61.0, 0.2),))))
    assert [(start, end) for start, end, _ in shown] == [(1.0, 8.0)]


def test_an_arrow_in_the_text_is_no_line_of_times() -> None:
    segment = said("From A --> to B.")
    assert cues(written("srt", segment))[0][2] == ["From A → to B."]
    assert "From A --&gt; to B." in written("vtt", segment)


def test_what_vtt_takes_for_tags_is_escaped() -> None:
    assert "R&amp;D &lt;b&gt; 5 &lt; 6" in written("vtt", said("R&D <b> 5 < 6"))


def test_what_players_of_srt_take_for_styles_is_spelt_otherwise() -> None:
    assert "R&D ‹b› 5 ‹ 6" in written("srt", said("R&D <b> 5 < 6"))
    assert "‹font (∖an8)" in written("srt", said("<font {\\an8}"))


def test_a_word_longer_than_a_line_stands_alone() -> None:
    shown = cues(written("srt", said(f"Go to {'x' * 60} now.")))
    assert ["x" * 60] in [lines for _, _, lines in shown]
