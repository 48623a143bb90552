"""What every export tells of an attempt."""

from __future__ import annotations

from dataclasses import replace

from tests.attempts_made import debrief_of
from tests.hostile_attempts import AT, annotation, answer, attempt_of, prompt
from vivavoce.domain.annotation import Anchor
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Evidence, Judgement
from vivavoce.domain.speech import Span
from vivavoce.export.spoken import evidence_of, notes_of


def probed(lift_before: int) -> Attempt:
    """Return an attempt whose answer to a question was heard as a sized lift."""
    attempt = attempt_of(prompt(), answer(("They", "skip.")))
    assert attempt.debrief is not None
    debrief = debrief_of(attempt.turns)
    later = replace(
        debrief.first, text="By a third.", lift=Judgement(2, (Evidence("third", 5, 10, 8.0, 9.0),))
    )
    first = debrief.first
    if lift_before:
        first = replace(first, lift=Judgement(2, (Evidence("They", 0, 4, 3.0, 3.4),)))
    return replace(attempt, debrief=replace(debrief, first=first, with_probes=later))


def test_what_a_later_answer_added_is_evidence_too() -> None:
    texts = [label.text for label in evidence_of(probed(lift_before=0))]
    assert texts == ["Problem (clear): They", "Lift (sized): third"]


def test_a_later_answer_that_added_nothing_leaves_the_first_ones_evidence() -> None:
    texts = [label.text for label in evidence_of(probed(lift_before=2))]
    assert texts == ["Problem (clear): They", "Lift (sized): They"]


def test_evidence_without_times_and_an_attempt_without_a_debrief_have_none() -> None:
    attempt = attempt_of(prompt(), answer(("They",)))
    assert attempt.debrief is not None
    untimed = Judgement(2, (Evidence("They", 0, 4),))
    first = replace(attempt.debrief.first, problem=untimed)
    assert evidence_of(replace(attempt, debrief=replace(attempt.debrief, first=first))) == []
    assert evidence_of(replace(attempt, debrief=None)) == []


def test_an_answer_that_was_only_timed_has_no_evidence() -> None:
    assert evidence_of(replace(probed(lift_before=2), case=None, variant_id="")) == []


def test_notes_name_their_author_and_words_that_were_heard_right_are_none() -> None:
    at = Anchor(Span(3.0, 3.4))
    attempt = attempt_of(
        answer(("They",)),
        annotations=(
            annotation(1, "note", "Say\nwhen.", at, "Ada"),
            annotation(2, "tag", "jargon", at),
            annotation(3, "confirmed", "", at),
            annotation(4, "correction", "We", at),
        ),
    )
    assert attempt.annotations[0].made_at == AT
    assert [label.text for label in notes_of(attempt)] == ["Note by Ada: Say when.", "Tag: jargon"]
