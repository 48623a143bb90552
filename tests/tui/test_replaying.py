"""Finding one's way among words."""

from datetime import UTC, datetime

import pytest

from tests.attempts_made import turns_saying
from tests.tui.scripted import words_of
from vivavoce.domain.annotation import Anchor, Annotation, WordRange, anchor_at
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.tui.replaying import (
    WordSearch,
    extended,
    heard_range,
    nearest_word,
    next_annotation,
    next_word,
    phrase_at,
    shown_range,
    span_of,
    stretch_in,
    word_after,
    word_at,
)

AT = datetime(2026, 5, 4, tzinfo=UTC)
TWO_TURNS = (
    Turn("prompt", Span(0.0, 2.0), "Why?"),
    Turn("answer", Span(2.0, 6.0), "", words_of("They skip songs. It hurts", 2.0)),
    Turn("probe", Span(6.0, 8.0), "By how much?"),
    Turn("probe-answer", Span(8.0, 10.0), "", words_of("by fifty percent", 8.0)),
)
"""Words 0 to 4 and 5 to 7, one every 0.4 s, each 0.32 s long."""


def shown(*corrections: Annotation) -> list[ShownWord]:
    return shown_words(TWO_TURNS, corrections)


def correction(words: WordRange, text: str) -> Annotation:
    return Annotation("A", "correction", anchor_at(TWO_TURNS, words), text, AT)


def note(at: float) -> Annotation:
    return Annotation(f"N{at}", "note", Anchor(Span(at, at)), "x", AT)


@pytest.mark.parametrize(
    ("seconds", "at", "nearest"),
    [(0.0, None, 0), (2.0, 0, 0), (2.39, 0, 0), (2.4, 1, 1), (99, 7, 7)],
)
def test_a_time_means_the_word_that_began_last(
    seconds: float, at: int | None, nearest: int
) -> None:
    assert word_at(shown(), seconds) == at
    assert nearest_word(shown(), seconds) == nearest


def test_without_words_no_word_is_meant() -> None:
    assert nearest_word([], 3.0) is None
    assert word_after([], 3.0, 1) is None
    assert phrase_at([], 3.0) is None


@pytest.mark.parametrize(
    ("seconds", "step", "word"),
    [
        (0.0, 1, 0),
        (0.0, -1, 0),
        (2.5, 1, 2),
        (2.5, -1, 0),
        (5.0, -1, 4),  # in the gap after word 4: the one that was just heard
        (5.0, 1, 5),
        (99.0, 1, 7),
        (2.1, -1, 0),
    ],
)
def test_one_word_on_or_back_from_any_place(seconds: float, step: int, word: int) -> None:
    assert word_after(shown(), seconds, step) == word


@pytest.mark.parametrize(
    ("seconds", "phrase"), [(2.5, (0, 2)), (3.3, (3, 4)), (7.0, (3, 4)), (8.5, (5, 7))]
)
def test_a_phrase_ends_with_a_sentence_and_with_a_turn(
    seconds: float, phrase: tuple[int, int]
) -> None:
    assert phrase_at(shown(), seconds) == phrase


def test_a_phrase_ends_at_a_pause() -> None:
    words = (*words_of("so we", 0.0), *words_of("stop it", 1.3))
    said = shown_words([Turn("answer", Span(0.0, 3.0), "", words)], [])
    assert phrase_at(said, 0.5) == (0, 1)
    assert phrase_at(said, 1.4) == (2, 3)


def test_a_stretch_lasts_to_the_end_of_the_word_that_ends_last() -> None:
    words = (Word("a", 0.0, 3.0, 1.0), Word("b", 1.0, 2.0, 1.0))
    said = shown_words([Turn("answer", Span(0.0, 3.0), "", words)], [])
    assert span_of(said, (0, 1)) == Span(0.0, 3.0)


def test_the_words_of_a_span_are_those_that_begin_in_it() -> None:
    assert stretch_in(shown(), Span(2.4, 3.2)) == (1, 2)
    assert stretch_in(shown(), Span(2.4005, 3.1)) == (1, 2)
    assert stretch_in(shown(), Span(5.0, 7.0)) is None


def test_a_corrected_word_stands_for_all_that_was_heard() -> None:
    said = shown(correction(WordRange(1, 1, 2), "drop every tune"))
    assert [each.word.text for each in said[:5]] == ["They", "drop", "every", "tune", "It"]
    assert heard_range(said, (2, 2)) == WordRange(1, 1, 2)
    assert heard_range(said, (0, 1)) == WordRange(1, 0, 2)
    assert shown_range(said, WordRange(1, 2, 2)) == (1, 3)
    assert shown_range(said, WordRange(1, 0, 1)) == (0, 3)
    assert shown_range(said, WordRange(3, 0, 2)) == (6, 8)


def test_what_a_correction_removed_is_not_shown() -> None:
    said = shown(correction(WordRange(1, 1, 2), ""))
    assert shown_range(said, WordRange(1, 1, 2)) is None
    assert shown_range(said, WordRange(1, 2, 3)) == (1, 1)


def test_a_selection_stays_within_its_turn() -> None:
    assert extended(shown(), 3, 6) == (3, 4)
    assert extended(shown(), 6, 1) == (5, 6)
    assert extended(shown(), 2, 0) == (0, 2)
    assert heard_range(shown(), (3, 6)) == WordRange(1, 3, 4)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SONGS", [(2, 2)]),
        ("skip songs it", [(1, 3)]),
        ("s", [(1, 1), (2, 2), (4, 4)]),
        ("fifty  percent", [(6, 7)]),
        ("by, fif", [(5, 6)]),
        ("", []),
        ("  ", []),
        ("lift", []),
    ],
)
def test_words_are_found_in_any_case_and_across_punctuation(
    query: str, found: list[tuple[int, int]]
) -> None:
    assert WordSearch(shown()).find(query) == found


def test_signs_that_carry_meaning_are_searched_too() -> None:
    words = words_of("for $12 or 10% (or so)", 0.0)
    search = WordSearch(shown_words([Turn("answer", Span(0.0, 9.0), "", words)], []))
    assert search.find("$12") == [(1, 1)]
    assert search.find("10%") == [(3, 3)]
    assert search.find("(or so)") == search.find("or so") == [(4, 5)]


def test_a_search_without_words_finds_nothing() -> None:
    assert WordSearch([]).find("a") == []


def test_the_next_annotation_lies_behind_the_place_and_the_one_before_in_front() -> None:
    notes = [note(1.0), note(1.0), note(5.0)]
    assert next_annotation(notes, 0.0, 1) is notes[0]
    assert next_annotation(notes, 1.0, 1) is notes[2]
    assert next_annotation(notes, 5.0, 1) is None
    assert next_annotation(notes, 5.0, -1) is notes[1]
    assert next_annotation(notes, 1.0, -1) is None


def test_after_the_last_word_of_a_kind_the_first_comes_again() -> None:
    said = shown_words(turns_saying("a b a c"), [])

    def is_a(each: ShownWord) -> bool:
        return each.word.text == "a"

    assert next_word(said, None, is_a) == 0
    assert next_word(said, 0, is_a) == 2
    assert next_word(said, 3, is_a) == 0
    assert next_word(said, 0, lambda each: each.word.text == "z") is None
    assert next_word(said, 3, lambda each: each.word.text == "c") == 3
    assert next_word([], None, is_a) is None
