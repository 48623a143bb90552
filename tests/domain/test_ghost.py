"""The marks of an earlier take along the clock."""

from __future__ import annotations

from dataclasses import replace

from tests.attempts_made import debrief_of, turns_saying
from tests.tui.scripted import attempt
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief, Evidence, Judgement
from vivavoce.domain.ghost import Ghost, GhostMark, ghost_of
from vivavoce.domain.speech import Span


def judged(*starts: float | None) -> Judgement:
    return Judgement(2, tuple(Evidence("", 0, 0, at, at and at + 1.0) for at in starts))


def take(
    problem: Judgement, solution: Judgement, lift: Judgement, text: str = "one two three"
) -> Attempt:
    """Return a take whose answer begins at 3.0 s."""
    turns = turns_saying(text)
    first = replace(debrief_of(turns).first, problem=problem, solution=solution, lift=lift)
    return attempt(turns=turns, debrief=Debrief(first, None))


def test_each_mark_is_when_it_was_first_said_since_the_answers_first_word() -> None:
    ghost = ghost_of(take(judged(23.0, 15.0), judged(30.0), judged(43.5)))
    assert ghost.marks == (
        GhostMark("problem", 12.0),
        GhostMark("solution", 27.0),
        GhostMark("lift", 40.5),
    )


def test_the_clock_begins_with_the_voice_not_with_the_turn() -> None:
    began = take(judged(15.0), Judgement(0), Judgement(0))
    prompt, answer = began.turns
    later = replace(answer, span=Span(3.0, 90.0), voiced=(Span(10.0, 20.0),))
    assert ghost_of(replace(began, turns=(prompt, later))).marks == (GhostMark("problem", 5.0),)


def test_marks_stand_in_the_order_in_which_they_were_said() -> None:
    ghost = ghost_of(take(judged(50.0), judged(20.0), judged(8.0)))
    assert [mark.letter for mark in ghost.marks] == ["L", "C", "P"]


def test_what_was_not_said_or_has_no_time_leaves_no_mark() -> None:
    ghost = ghost_of(take(Judgement(0), judged(None), judged(8.0)))
    assert [mark.criterion for mark in ghost.marks] == ["lift"]


def test_a_take_without_words_or_without_a_debrief_has_no_marks() -> None:
    silent = take(judged(9.0), judged(9.0), judged(9.0), text="")
    assert ghost_of(silent) == Ghost()
    assert ghost_of(replace(silent, turns=turns_saying("one"), debrief=None)) == Ghost()


def test_a_word_that_begins_a_breath_before_the_voice_is_no_negative_time() -> None:
    assert ghost_of(take(judged(2.9), Judgement(0), Judgement(0))).marks[0].seconds == 0.0


def test_the_next_mark_is_the_first_that_is_not_reached() -> None:
    ghost = Ghost((GhostMark("problem", 12.0), GhostMark("lift", 40.0)))
    assert [ghost.next_mark(seconds) for seconds in (0, 12, 39, 40)] == [
        ghost.marks[0],
        ghost.marks[1],
        ghost.marks[1],
        None,
    ]
    assert ghost.marks[1].told == "lift at 0:40"
