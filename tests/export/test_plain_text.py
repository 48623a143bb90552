"""The transcript as text."""

from __future__ import annotations

import re

from tests.hostile_attempts import answer, attempt_of, hostile_attempt, prompt
from vivavoce.export.plain_text import plain_text


def test_it_tells_who_spoke_when_a_sentence_a_line() -> None:
    text = plain_text(attempt_of(prompt("Why?"), answer(("They", "skip.", "We", "stop", "it."))))
    assert text == "0:00  Panel\nWhy?\n\n0:03  You\nThey skip.\nWe stop it.\n"


def test_a_turn_in_which_nothing_was_heard_says_so() -> None:
    assert plain_text(attempt_of(answer(()))) == "0:03  You\n(nothing heard)\n"


def test_no_control_character_leaves() -> None:
    text = plain_text(hostile_attempt(), raw=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "misheard gone." in text
    assert "Mrs. <u>Heard</u>" in plain_text(hostile_attempt())
