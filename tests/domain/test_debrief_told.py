"""Parts of a debrief as sentences."""

from __future__ import annotations

from dataclasses import replace

from tests.attempts_made import debrief_of, turns_saying
from tests.hostile_attempts import answer, attempt_of, prompt
from vivavoce.domain.debrief_told import (
    added_told,
    broken_off_told,
    not_heard_told,
    timing_told,
)
from vivavoce.domain.speech import Span
from vivavoce.domain.timing import measure
from vivavoce.domain.turns import Turn

TURNS = turns_saying("Listeners skip songs they know.")


def test_a_short_answer_is_told_in_few_sentences() -> None:
    assert list(timing_told(measure(TURNS, first_metric_at=4.2), 120.0)) == [
        "Answer 0:02, you aimed for 2:00. You spoke for 0:02 in all.",
        "First word 0 s in, first metric 1 s in.",
        "Longest monologue 0:02 of 15:00. 125 words a minute.",
    ]


def test_a_long_answer_says_when_a_panel_stops_listening_and_where_it_paused() -> None:
    voiced = (Span(3.0, 60.0), Span(62.0, 400.0), Span(404.0, 1000.0))
    told = list(timing_told(measure((TURNS[0], replace(TURNS[1], voiced=voiced))), None))
    assert told[0] == "Answer 16:37. You spoke for 16:31 in all."
    assert told[-2:] == [
        "It passed 15:00: a panel has stopped listening by then.",
        "2 pauses, the longest 4.0 s at 6:40.",
    ]


def test_silence_is_told_without_figures_that_mean_nothing() -> None:
    told = list(timing_told(measure((TURNS[0], Turn("answer", Span(3.0, 5.0), ""))), None))
    assert told == [
        "Answer 0:00. You spoke for 0:00 in all.",
        "Longest monologue 0:00 of 15:00.",
    ]


def test_what_the_follow_ups_added_is_named() -> None:
    debrief = debrief_of(TURNS)
    better = debrief_of(TURNS, lift=2).first
    assert added_told(debrief) == ""
    with_probes = replace(debrief, with_probes=better)
    assert added_told(with_probes) == "Your answers to the questions added: lift."
    nothing = replace(debrief, with_probes=debrief.first)
    assert added_told(nothing) == "Your answers to the questions added: nothing that was missing."


def test_a_dead_microphone_is_told_apart_from_silence() -> None:
    silent = debrief_of(turns_saying(""))
    assert not_heard_told(silent)[0] == not_heard_told(None)[0] == "Not heard"
    title, why = not_heard_told(replace(silent, sound=False))
    assert title == "No sound"
    assert "muted" in why


def test_a_first_answer_without_words_is_told_apart_from_a_silent_round() -> None:
    only_later = replace(debrief_of(turns_saying("")), heard=True)
    title, why = not_heard_told(only_later)
    assert title == "First answer not heard"
    assert "no vote" in why


def test_a_round_that_was_broken_off_says_when_by_what_and_what_is_judged() -> None:
    done = attempt_of(prompt(), answer(("They", "skip.")))
    assert broken_off_told(done) == ""
    broken = replace(done, state="interrupted")
    assert broken_off_told(broken, just_held=True) == (
        "Broken off at 0:04: the microphone was gone. The vote rests on what was heard until then."
    )
    assert "0:04: the microphone or the program stopped." in broken_off_told(broken)
    timed = replace(broken, case=None, variant_id="")
    assert broken_off_told(timed).endswith("This is what was heard until then.")
    for nothing in (None, replace(debrief_of(TURNS), heard=False)):
        told = broken_off_told(replace(broken, debrief=nothing))
        assert told == "Broken off at 0:04: the microphone or the program stopped."
