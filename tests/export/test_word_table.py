"""The table of words: what a spreadsheet or a script reads from it."""

from __future__ import annotations

import csv
import io

import pytest

from tests.hostile_attempts import (
    CLEAN_NOTE,
    CLEAN_WORD,
    HOSTILE_WORDS,
    annotation,
    answer,
    attempt_of,
    hostile_attempt,
    prompt,
)
from vivavoce.domain.annotation import Anchor
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span
from vivavoce.export.word_table import COLUMNS, word_table

FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")


def rows(attempt: Attempt, raw: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(word_table(attempt, raw), newline="")))


def test_it_has_a_row_a_word_and_one_for_each_question() -> None:
    read = rows(attempt_of(prompt("Why?"), answer(("They", "skip."))))
    assert [(row["turn"], row["speaker"], row["word"]) for row in read] == [
        ("1", "panel", "Why?"),
        ("2", "you", "They"),
        ("2", "you", "skip."),
    ]
    assert (read[1]["start"], read[1]["end"], read[1]["probability"]) == ("3.0", "3.4", "0.9")
    assert read[1]["evidence"] == "Problem (clear)"
    assert read[2]["evidence"] == ""
    assert tuple(read[0]) == COLUMNS


def test_a_hostile_transcript_arrives_word_by_word() -> None:
    read = [row["word"] for row in rows(hostile_attempt()) if row["speaker"] == "you"]
    expected = [*HOSTILE_WORDS, CLEAN_WORD, "Zero.", "Over", "lap.", "Mrs.", "<u>Heard</u>", "Yes."]
    assert read == [f"'{word}" if word[0] in FORMULA_SIGNS else word for word in expected]


def test_no_cell_begins_as_a_formula() -> None:
    hostile = ("=1+1", "+2", "-3", "@x", "＝4", "＋5", "－6", "＠7", "\t=8", "\r=9")
    attempt = attempt_of(
        prompt("=cmd()"),
        answer(hostile),
        annotations=(annotation(1, "note", "=1", Anchor(Span(3.0, 9.0)), "=author"),),
    )
    table = list(csv.reader(io.StringIO(word_table(attempt), newline="")))
    assert len(table) == len(hostile) + 2
    for row in table:
        assert not any(cell.startswith(FORMULA_SIGNS) for cell in row)
    assert [row[4] for row in table[2:6]] == ["'=1+1", "'+2", "'-3", "'@x"]


def test_a_corrected_word_has_beside_it_what_was_heard() -> None:
    corrected = [row for row in rows(hostile_attempt()) if row["corrected"] == "1"]
    assert [(row["word"], row["heard"]) for row in corrected] == [
        ("Mrs.", "misheard"),
        ("<u>Heard</u>", "misheard"),
    ]
    assert not [row for row in rows(hostile_attempt(), raw=True) if row["corrected"] == "1"]


def test_notes_stand_on_the_words_that_they_are_about() -> None:
    read = [row for row in rows(hostile_attempt()) if row["speaker"] == "you"]
    note = f'Note by Ada "<b>": {CLEAN_NOTE}'
    assert [row["notes"] for row in read[:5]] == [
        note,
        f"{note}; Tag: no size",
        f"{note}; Tag: no size; Said again: By a third.",
        "Tag: no size",
        "",
    ]
    assert read[5]["notes"] == "Mark; Mark"


@pytest.mark.parametrize("turns", [(), (answer(()),)])
def test_without_words_it_has_its_headings_only(turns: tuple[()]) -> None:
    assert rows(attempt_of(*turns)) == []
