"""Which follow-up question is asked, and when none is."""

from __future__ import annotations

from tests.attempts_made import CASE, turns_saying
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.scoring.rules import RulesReader
from vivavoce.session.asking import next_probe

VARIANT = CASE.variants[0]


def test_a_question_is_asked_for_what_the_answer_lacks() -> None:
    turns = turns_saying("Listeners skip songs they know.")
    assert next_probe(VARIANT, turns, (), RulesReader()) == "By how much?"


def test_an_answer_without_words_is_asked_nothing() -> None:
    turns = turns_saying("")
    assert next_probe(VARIANT, turns, (), RulesReader()) is None
    words = (Word("Listeners", 9.0, 9.4, 0.9), Word("skip.", 9.5, 9.9, 0.9))
    replied = Turn("probe-answer", Span(8.0, 10.0), "Listeners skip.", words)
    assert next_probe(VARIANT, (*turns, replied), (), RulesReader()) is None


def test_words_after_a_cut_in_are_the_answers_too() -> None:
    turns = turns_saying("")
    words = (Word("Listeners", 9.0, 9.4, 0.9), Word("skip.", 9.5, 9.9, 0.9))
    cut_in = Turn("cut-in", Span(5.0, 8.0), "Let me stop you there.")
    answer = Turn("answer", Span(8.0, 10.0), "Listeners skip.", words)
    assert next_probe(VARIANT, (*turns, cut_in, answer), (), RulesReader()) == "By how much?"
