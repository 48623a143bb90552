"""Which words of a transcript stand on which line, with which signs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.tui.transcripts import PROMPT, answer, layout_of, noted, texts
from vivavoce.domain.annotation import Anchor
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

SAID = answer("people skip songs that they have heard before")
TURNS = (PROMPT, SAID)


def test_each_paragraph_begins_with_its_time_and_each_turn_after_an_empty_line() -> None:
    assert texts(layout_of(TURNS)) == [
        "0:00   What would you do?",
        "",
        "0:03   people skip songs that they have",
        "       heard before",
    ]


def test_evidence_has_its_letter_before_the_line_where_it_begins() -> None:
    evidence = [(0, 2, "P"), (6, 7, "S")]
    assert [line[:6] for line in texts(layout_of(TURNS, evidence=evidence))][2:] == [
        "0:03 P",
        "     S",
    ]


def test_letters_without_room_are_told_by_a_plus() -> None:
    evidence = [(0, 2, "P"), (1, 2, "S"), (3, 3, "L"), (4, 4, "E"), (5, 5, "P")]
    assert texts(layout_of(TURNS, evidence=evidence[:3], width=70))[2].startswith("0:03 PSL people")
    assert texts(layout_of(TURNS, evidence=evidence, width=70))[2].startswith("0:03 PS+ people")
    assert texts(layout_of(TURNS, evidence=evidence))[2].startswith("0:03 + people")


def test_a_letter_stands_once_on_a_line() -> None:
    evidence = [(0, 0, "P"), (2, 2, "P")]
    assert texts(layout_of(TURNS, evidence=evidence))[2].startswith("0:03 P people")


def test_a_corrected_stretch_is_in_brackets_and_a_removed_one_leaves_empty_ones() -> None:
    made = [
        noted(TURNS, "correction", 1, 2, "leave the tracks"),
        noted(TURNS, "correction", 5, 5),
        noted(TURNS, "correction", 7, 7),
    ]
    assert texts(layout_of(TURNS, made, width=80))[2] == (
        "0:03     people [leave the tracks] that they [–] heard [–]"
    )


def test_notes_tags_and_marks_have_signs_of_their_own() -> None:
    made = [
        noted(TURNS, "note", 1, 2, "why?"),
        noted(TURNS, "note", 2, 2, "and why?"),
        noted(TURNS, "tag", 2, 2, "jargon"),
        noted(TURNS, "mark", 4, 4),
    ]
    assert texts(layout_of(TURNS, made, width=80))[2] == (
        "0:03     people skip songs✎# that ▾they have heard before"
    )


def test_a_note_on_a_moment_stands_on_the_word_that_sounds_then() -> None:
    anchor = Anchor(Span(4.3, 4.3))
    made = [replace(noted(TURNS, "note", 0, 0, "here"), anchor=anchor)]
    assert "songs✎ that" in texts(layout_of(TURNS, made, width=80))[2]


def test_a_note_on_words_that_were_corrected_since_stands_on_what_replaced_them() -> None:
    made = [noted(TURNS, "note", 2, 2, "why?"), noted(TURNS, "correction", 1, 2, "leave")]
    assert texts(layout_of(TURNS, made, width=80))[2].startswith("0:03     people [leave]✎ that")


def test_a_note_on_words_that_were_removed_since_is_still_seen() -> None:
    made = [noted(TURNS, "note", 2, 2, "why?"), noted(TURNS, "correction", 2, 2)]
    assert "skip✎ [–] that" in texts(layout_of(TURNS, made, width=80))[2]


def test_a_word_that_the_machine_was_unsure_of_is_told_until_it_is_confirmed() -> None:
    words = (Word("about", 3.0, 3.4, 0.9), Word("80", 3.5, 3.9, 0.7), Word("sngs", 4.0, 4.4, 0.3))
    turns = (PROMPT, replace(SAID, words=words))
    assert texts(layout_of(turns))[2] == "0:03   about 80(?) sngs(?)"
    confirmed = [noted(turns, "confirmed", 1, 1)]
    assert texts(layout_of(turns, confirmed))[2] == "0:03   about 80 sngs(?)"


def test_a_pause_is_told_with_its_length_and_a_breath_is_not() -> None:
    words = (Word("so", 3.0, 3.4, 0.9), Word("then", 4.8, 5.0, 0.9), Word("we", 7.1, 7.2, 0.9))
    turns = (PROMPT, replace(SAID, words=words))
    assert texts(layout_of(turns))[2] == "0:03   so then · 2.1 s · we"


def test_a_long_answer_breaks_at_the_end_of_a_sentence() -> None:
    sentence = "we would push down the ten songs that they know."
    lines = texts(layout_of((PROMPT, answer(" ".join([sentence] * 9))), width=200))
    assert [line[:4] for line in lines if line and line[0] != " "] == [
        "0:00",
        "0:03",
        "0:23",
        "0:43",
    ]


def test_an_answer_without_sentences_breaks_too() -> None:
    lines = texts(layout_of((PROMPT, answer("so " * 249 + "so")), width=900))
    assert [line[:4] for line in lines if line] == ["0:00", "0:03", "1:03", "2:03"]


def test_an_answer_without_words_says_so_and_so_does_a_recording_without_turns() -> None:
    silent = Turn("answer", Span(3.0, 9.0), "")
    assert texts(layout_of((PROMPT, silent)))[2] == "0:03   Nothing was heard here."
    assert texts(layout_of(())) == ["0:00   There are no words in this", "       recording."]


HOSTILE = (
    "日本語の長い言葉がここにあります 🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧🎧 "
    "supercalifragilisticexpialidocious אבגדהוזחטיכלמנסעפצקרשת e\u0301\u0301 [/b] --> \x1b[31mred"
)


@pytest.mark.parametrize("width", [1, 5, 12, 23, 24, 40, 80])
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(width: int) -> None:
    layout = layout_of((PROMPT, answer(HOSTILE)), width=width)
    for line in texts(layout):
        assert cell_len(line) <= max(2, width)
        assert "\x1b" not in line
    shown = "".join(piece.text for line in layout.lines for piece in line.pieces)
    asked = PROMPT.text.replace(" ", "")
    assert shown == asked + HOSTILE.replace(" ", "").replace("\x1b", "")


def test_every_word_is_found_where_it_is_drawn_and_nowhere_else() -> None:
    turns = (PROMPT, answer(HOSTILE), answer("and then we stop", 40.0))
    layout = layout_of(turns, [noted(turns, "note", 1, 3, "why?")], width=40)
    seen: set[int] = set()
    for y, line in enumerate(layout.lines):
        expected: list[int | None] = [None] * 60
        for column, piece in zip(line.columns, line.pieces, strict=True):
            if piece.word >= 0:
                first, last = layout.lines_of(piece.word)
                assert first <= y <= last
                seen.add(piece.word)
                start = layout.margin + column
                expected[start : start + piece.cells] = [piece.word] * piece.cells
        assert [layout.word_at(x, y) for x in range(60)] == expected
    assert seen == set(range(layout_words(turns)))
    assert layout.word_at(8, -1) is layout.word_at(8, 999) is None


def layout_words(turns: tuple[Turn, ...]) -> int:
    return sum(len(turn.words) for turn in turns)


def test_beside_a_word_the_nearest_before_it_is_near_and_on_an_empty_line_none() -> None:
    layout = layout_of(TURNS)
    assert [layout.word_near(x, 2) for x in (0, 7, 13, 14, 39)] == [0, 0, 0, 1, 5]
    assert layout.word_near(99, 3) == 7
    assert layout.word_near(9, 0) is layout.word_near(9, 1) is layout.word_near(9, 99) is None


def test_a_word_without_text_stands_where_the_one_before_it_does() -> None:
    said = replace(SAID, words=(Word("so", 3.0, 3.4, 0.9), Word("", 3.5, 3.5, 0.9)))
    layout = layout_of((PROMPT, said))
    assert texts(layout)[2] == "0:03   so"
    assert layout.lines_of(1) == (2, 2)
