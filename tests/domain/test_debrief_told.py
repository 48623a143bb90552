"""Parts of a debrief as sentences."""

from __future__ import annotations

from dataclasses import replace

from tests.attempts_made import debrief_of, turns_saying
from vivavoce.domain.debrief_told import added_told, not_heard_told, timing_told
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
    assert not_heard_told(sound=True)[0] == "Not heard"
    title, why = not_heard_told(sound=False)
    assert title == "No sound"
    assert "muted" in why
