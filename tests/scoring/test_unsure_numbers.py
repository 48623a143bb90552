"""Which numbers are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.attempts_made import debrief_of, turns_saying
from tests.tui.scripted import attempt
from vivavoce.domain.annotation import Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.debrief import Debrief, Evidence, Judgement
from vivavoce.domain.turns import Turn
from vivavoce.scoring.unsure_numbers import MAX_QUESTIONS, UNSURE, questions, unsure_numbers

LOW = 0.01
"""Of one word: enough to make a number among sure words unsure."""


def heard(text: str, unsure: Mapping[int, float]) -> tuple[Turn, ...]:
    """Return turns whose answer's words are sure but for some, by their index."""
    prompt, answer = turns_saying(text)
    words = tuple(
        replace(word, probability=unsure.get(index, 0.95))
        for index, word in enumerate(answer.words)
    )
    return prompt, replace(answer, words=words)


def settled(turns: tuple[Turn, ...], words: WordRange, kind: AnnotationKind) -> Annotation:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    return Annotation("A", kind, anchor_at(turns, words), "", now)


@pytest.mark.parametrize(
    ("text", "place", "first", "last"),
    [
        ("They stay for 80 months here.", 3, 3, 4),
        ("They stay for 80 months here.", 4, 3, 4),
        ("Skips fall by 3% a week.", 3, 3, 3),
        ("I expect fifteen people.", 2, 2, 3),
        ("It costs $12 each.", 2, 2, 2),
        ("Then twelve percent leave.", 2, 1, 2),
        ("We lose one in five now.", 4, 2, 4),
    ],
)
def test_a_number_is_asked_about_with_its_unit_when_a_word_of_it_is_unsure(
    text: str, place: int, first: int, last: int
) -> None:
    assert unsure_numbers(heard(text, {place: LOW}), ()) == [WordRange(1, first, last)]


def test_sure_numbers_and_unsure_words_are_not_asked_about() -> None:
    text = "They stay for 80 months here."
    assert unsure_numbers(heard(text, {}), ()) == []
    assert unsure_numbers(heard(text, {0: LOW}), ()) == []


def test_a_number_among_words_that_were_hard_to_make_out_is_unsure_too() -> None:
    text = "They stay for 80 months here and there."
    hard = dict.fromkeys((1, 2, 5, 6), 0.3)
    assert unsure_numbers(heard(text, hard), ()) == [WordRange(1, 3, 4)]
    assert unsure_numbers(heard(text, dict.fromkeys(range(8), UNSURE + 0.01)), ()) == []
    assert unsure_numbers(heard(text, dict.fromkeys(range(8), UNSURE - 0.01)), ())


def test_names_dates_and_times_are_no_numbers() -> None:
    text = "At 3:40 on the 15th they reach level 8."
    assert unsure_numbers(heard(text, dict.fromkeys(range(9), LOW)), ()) == []


@pytest.mark.parametrize("kind", ["correction", "confirmed"])
def test_what_was_answered_is_not_asked_again(kind: AnnotationKind) -> None:
    turns = heard("They stay for 80 months here and then 3% leave.", {3: LOW, 8: LOW})
    asked = unsure_numbers(turns, [settled(turns, WordRange(1, 3, 3), kind)])
    assert asked == [WordRange(1, 8, 8)]


def test_a_note_on_a_number_does_not_answer_the_question() -> None:
    turns = heard("They stay for 80 months here.", {3: LOW})
    assert unsure_numbers(turns, [settled(turns, WordRange(1, 3, 4), "note")])


def test_only_the_candidate_is_asked_about() -> None:
    prompt, answer = heard("They stay for 80 months here.", {3: LOW})
    probe = replace(answer, kind="probe")
    reply = replace(answer, kind="probe-answer")
    assert unsure_numbers((prompt, probe, reply), ()) == [WordRange(2, 3, 4)]


def finished(turns: tuple[Turn, ...], **evidence: tuple[int, int]) -> Debrief:
    """Return a debrief in which judgements quote words of the answer, by their indices."""
    words, first = turns[1].words, debrief_of(turns).first
    first = replace(first, problem=Judgement(0))
    for criterion, (begin, end) in evidence.items():
        quoted = Evidence("", 0, 0, words[begin].start, words[end].end)
        first = replace(first, **{criterion: Judgement(2, (quoted,))})  # type: ignore[arg-type]
    return Debrief(first, None)


def test_the_numbers_that_the_lift_rests_on_come_first_then_other_evidence_then_the_rest() -> None:
    text = "Now 20 people leave, of about 90 shops, and about 30 people stay, so 12 percent more."
    turns = heard(text, {1: 0.02, 6: 0.001, 10: 0.01, 14: 0.03})
    debrief = finished(turns, problem=(0, 3), lift=(13, 16))
    asked = questions(attempt(turns=turns, debrief=debrief))
    assert [words.first for words in asked] == [14, 1, 6]
    assert len(asked) == MAX_QUESTIONS


def test_nothing_is_asked_about_the_sample_or_without_a_debrief() -> None:
    turns = heard("They stay for 80 months here.", {3: LOW})
    asked = attempt(turns=turns, debrief=finished(turns))
    assert questions(asked)
    assert questions(replace(asked, sample=True)) == ()
    assert questions(replace(asked, debrief=None)) == ()
