"""Finding and snapping the words of a dispute."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.attempts_made import debrief_of, turns_saying
from vivavoce.domain.dispute import find_words, make_dispute, whole_words, words_read
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
TEXT = "So, um, I'd start with 0. 8 % of them – re-ranking for Zoë's café."


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("start", "start"),
        ("ID START WITH", "I'd start with"),
        ("so um i’d", "So, um, I'd"),
        ("um", "um"),
        ("0.8 of them", "0. 8 % of them"),
        ("re ranking", "re-ranking"),
        ("ranking", "re-ranking"),
        ("zoe's cafe", "Zoë's café"),
        ("  “Zoë’s café!” ", "Zoë's café"),
    ],
)
def test_words_are_found_whatever_their_case_punctuation_and_spacing(
    words: str, quote: str
) -> None:
    found = find_words(TEXT, words)
    assert found is not None
    assert TEXT[slice(*found)] == quote


@pytest.mark.parametrize("words", ["art", "tart with", "start wit", "elephants", "", "…", "8 of 0"])
def test_half_a_word_other_words_and_none_are_not_found(words: str) -> None:
    assert find_words(TEXT, words) is None


def test_the_first_whole_word_is_found_though_a_longer_one_holds_it_before() -> None:
    assert find_words("starting a start", "start") == (11, 16)


@pytest.mark.parametrize(
    ("marked", "quote"),
    [("kip the so", "skip the songs"), (" skip ", "skip"), ("s", "Listeners"), ("w.", "know")],
)
def test_what_is_marked_is_widened_to_whole_words(marked: str, quote: str) -> None:
    text = "Listeners skip the songs they know."
    start = text.index(marked)
    snapped = whole_words(text, start, start + len(marked))
    assert snapped is not None
    assert text[slice(*snapped)] == quote


@pytest.mark.parametrize(("start", "end"), [(3, 3), (3, 4), (0, 0), (8, 8)])
def test_nothing_and_spaces_alone_are_no_words(start: int, end: int) -> None:
    assert whole_words("One two", start, end) is None


@example("0\r:", 0, 3)
@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_snapped_stretch_holds_the_marked_words_and_no_half_ones(
    text: str, start: int, end: int
) -> None:
    snapped = whole_words(text, start, end)
    marked = text[start:end].split()
    if snapped is None:
        assert marked == []
        return
    quote = text[slice(*snapped)]
    assert quote == quote.strip() != ""
    assert set(quote.split()[:-1]) <= set(text.split())
    assert any(word.startswith(quote.split()[-1]) for word in text.split())
    assert marked[0].rstrip(".,;:!?…") in quote
    assert marked[-1].rstrip(".,;:!?…") in quote


@given(st.text(), st.data())
def test_words_in_a_row_are_found_in_their_text(text: str, data: st.DataObject) -> None:
    words = text.split()
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    sought = " ".join(words[first:last])
    found = find_words(text, sought)
    assert (found is not None) == bool(bare(sought))
    if found is not None:
        assert bare(sought) in bare(text[slice(*found)])


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def test_a_dispute_knows_level_words_times_and_the_reading() -> None:
    turns = turns_saying("Listeners skip songs they know.")
    reading = debrief_of(turns, version="test-7").first
    made = make_dispute("lift", reading, words_read(reading, turns), (10, 20), NOW)
    assert (made.criterion, made.level, made.scorer_version) == ("lift", 0, "test-7")
    assert (made.quote, made.start_char, made.end_char) == ("skip songs", 10, 20)
    assert (made.start, made.end) == (3.5, 4.4)  # a word each half second from 3.0
    assert made.made_at == NOW


def test_only_the_first_answer_was_judged_not_what_a_question_added() -> None:
    first = turns_saying("They skip.")
    added = Turn("probe-answer", Span(9.0, 9.5), "Daily.", (Word("Daily.", 9.0, 9.4, 0.9),))
    reading = debrief_of(first).first
    assert words_read(reading, (*first, added)).text == "They skip."


def test_words_that_another_transcript_holds_are_not_the_ones_that_were_read() -> None:
    reading = debrief_of(turns_saying("They skip.")).first
    assert words_read(reading, turns_saying("They sip.")).words == ()
