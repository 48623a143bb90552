"""A coach's notes: what comes in, what is refused and in which words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.export.reported import ATTEMPT_ID, attempt_reported
from vivavoce.domain.annotation import MAX_CHARACTERS, WordRange
from vivavoce.errors import BadInputError
from vivavoce.export.coach_notes import NAMELESS, read_notes

ATTEMPT = attempt_reported()
NOTE: dict[str, Any] = {
    "id": "01KAX000000000000000000000",
    "turn": 1,
    "first": 2,
    "last": 4,
    "start": 99.0,
    "end": 100.0,
    "text": " Slower.\r\nTwo breaths. ",
    "made_at": "2026-11-25T19:30:00.000Z",
}


def file_of(*notes: dict[str, Any], **changed: Any) -> str:
    document = {
        "format": "vivavoce-notes",
        "schema": 1,
        "attempt": ATTEMPT_ID,
        "author": "Ann Lee",
        "notes": list(notes),
    }
    return json.dumps(document | changed)


def test_a_note_comes_in_with_its_author_its_words_and_the_time_of_those_words() -> None:
    [note] = read_notes(file_of(NOTE), ATTEMPT, "notes.json")
    assert (note.kind, note.author, note.text) == ("note", "Ann Lee", "Slower.\nTwo breaths.")
    assert note.id == NOTE["id"]
    assert note.anchor.words == WordRange(1, 2, 4)
    words = ATTEMPT.turns[1].words
    assert (note.anchor.span.start, note.anchor.span.end) == (words[2].start, words[4].end)
    assert note.made_at.isoformat() == "2026-11-25T19:30:00+00:00"


def test_the_same_file_gives_the_same_notes_and_one_without_notes_gives_none() -> None:
    text = file_of(NOTE)
    assert read_notes(text, ATTEMPT, "a.json") == read_notes(text, ATTEMPT, "b.json")
    assert read_notes(file_of(), ATTEMPT, "a.json") == ()


@pytest.mark.parametrize("author", ["", " \u202e ", "\x1b"])
def test_notes_without_a_name_are_never_taken_for_ones_own(author: str) -> None:
    [note] = read_notes(file_of(NOTE, author=author), ATTEMPT, "notes.json")
    assert note.author == NAMELESS


def test_controls_in_a_note_and_a_name_are_dropped() -> None:
    text = file_of({**NOTE, "text": "\x1b[31mred\u202e"}, author="A\x07nn\nLee" + "x" * 500)
    [note] = read_notes(text, ATTEMPT, "notes.json")
    assert note.text == "[31mred"
    assert note.author.startswith("Ann Leex")
    assert len(note.author) <= 80


def test_notes_about_another_attempt_say_which_one_they_are_about() -> None:
    other = "01HZ0000000000000000000000"
    with pytest.raises(BadInputError) as caught:
        read_notes(file_of(NOTE, attempt=other), ATTEMPT, "notes.json")
    assert "about another attempt" in caught.value.message
    assert other in caught.value.hint
    with pytest.raises(BadInputError) as caught:
        read_notes(file_of(NOTE, attempt="; rm x"), ATTEMPT, "notes.json")
    assert "rm x" not in str(caught.value)


def test_a_newer_file_says_to_update() -> None:
    with pytest.raises(BadInputError, match="newer") as caught:
        read_notes(file_of(schema=2), ATTEMPT, "notes.json")
    assert "Update" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1 is not JSON"),
        ("[]", "must be an object"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "format is missing"),
        (file_of(format="other"), "format must be “vivavoce-notes”"),
        (file_of(schema=True), "schema must be a whole number"),
        (file_of(notes={}), "notes must be an array"),
        (file_of({**NOTE, "id": "x"}), "notes[0].id must be a ULID"),
        (file_of({**NOTE, "text": " "}), "notes[0].text must have 1 to"),
        (file_of({**NOTE, "text": "x" * (MAX_CHARACTERS + 1)}), "notes[0].text must have 1 to"),
        (file_of({**NOTE, "turn": 0}), "notes[0] is about words that this attempt does not have"),
        (file_of({**NOTE, "turn": 99}), "notes[0] is about words"),
        (file_of({**NOTE, "last": 900}), "notes[0] is about words"),
        (file_of({**NOTE, "first": 5}), "notes[0] is about words"),
        (file_of({**NOTE, "first": -1}), "notes[0].first must be a whole number"),
        (file_of({**NOTE, "first": 1.5}), "notes[0].first must be a whole number"),
        (file_of({**NOTE, "made_at": "yesterday"}), "notes[0].made_at must be a time"),
        (file_of({**NOTE, "made_at": "2026-11-25T19:30:00"}), "notes[0].made_at must be a time"),
        (file_of(NOTE, NOTE), "notes must have an id each"),
    ],
)
def test_what_is_no_file_of_notes_is_refused_by_the_place_of_the_fault(
    text: str, told: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_notes(text, ATTEMPT, "no\x1btes.json")
    assert caught.value.message.startswith("notes.json is not a file of notes: ")
    assert told in caught.value.message
    assert "Save notes" in caught.value.hint


def test_the_text_of_a_note_never_stands_in_an_error() -> None:
    with pytest.raises(BadInputError) as caught:
        read_notes(file_of({**NOTE, "text": "secret", "turn": 7}), ATTEMPT, "notes.json")
    assert "secret" not in str(caught.value)


def test_notes_hold_on_to_the_machines_words_whatever_was_mended_since() -> None:
    raw = replace(ATTEMPT, annotations=())
    assert read_notes(file_of(NOTE), raw, "n.json") == read_notes(file_of(NOTE), ATTEMPT, "n.json")
