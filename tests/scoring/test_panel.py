"""What the panel would say, the signals on their scales, and the two frameworks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import Debrief, Evidence, Judgement
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn, TurnKind
from vivavoce.scoring.frameworks import frameworks
from vivavoce.scoring.panel import panel_sentence
from vivavoce.scoring.scales import (
    ANCHORS,
    IMPACT,
    LOW_EFFORT,
    PRESSURE,
    Scale,
    pressure_lines,
    scales,
)

STRONG = (
    "Listeners skip the same songs because they come back every hour. I'd cap each song at one "
    "play a day, for two weeks on five percent of listeners. Skips should fall from 24 to 22 "
    "percent, which keeps forty thousand listeners a month."
)
LECTURE = (
    "I'd train a two-tower model with 128 dimensions, sampled softmax, and a transformer over the "
    "last 256 plays, then a cross-attention reranker with eight heads."
)


def points(text: str) -> dict[str, int]:
    debrief = Debrief(trained_reader().read(text), None)
    return {scale.name: scale.point for scale in scales(debrief, ())}


def said(kind: TurnKind, start: float, text: str) -> Turn:
    words = tuple(
        Word(word, start + 0.5 * i, start + 0.5 * i + 0.4, 0.9)
        for i, word in enumerate(text.split())
    )
    end = words[-1].end if words else start + 1.0
    spoken = kind in ("answer", "probe-answer")
    return Turn(kind, Span(start, end), text, words if spoken else ())


def pressure(*turns: Turn) -> int | None:
    debrief = Debrief(trained_reader().read(""), None)
    return next((s.point for s in scales(debrief, turns) if s.name == PRESSURE), None)


def test_the_panel_quotes_the_test_of_a_yes() -> None:
    reading = trained_reader().read(STRONG)
    told = panel_sentence(reading)
    assert told.startswith("Not how it works, but “")
    assert "two weeks" in told
    quote = told.split("“")[1].split("”")[0]
    assert quote in STRONG


def test_the_panel_quotes_the_model_of_a_no() -> None:
    told = panel_sentence(trained_reader().read(LECTURE))
    assert told.startswith("Not what it moves, but “")
    assert "two-tower model" in told


def test_a_yes_that_names_a_tool_is_set_against_it() -> None:
    told = panel_sentence(trained_reader().read(f"{STRONG} No deep learning model is needed."))
    assert told.startswith("Not “No deep learning model is needed”, but “")


def test_where_nothing_was_heard_the_panel_is_silent() -> None:
    assert panel_sentence(trained_reader().read("Thanks for having me.")) == ""
    assert points("Thanks for having me.") == {}


def test_the_scales_rise_with_what_was_said() -> None:
    assert points(STRONG) == {IMPACT: 5, LOW_EFFORT: 5}
    assert points(LECTURE) == {LOW_EFFORT: 1}
    middling = points("Listeners skip the same songs. I'd cap each song at one play a day.")
    assert 1 < middling[IMPACT] < 5
    assert middling[LOW_EFFORT] == 2


@pytest.mark.parametrize(
    ("answer", "point"),
    [
        ("skips fall by two percent", 5),
        ("well " * 30 + "skips fall by two percent", 4),
        ("well " * 80 + "skips fall by two percent", 3),
        ("I would have to think about it", 2),
        ("", 1),
    ],
)
def test_pressure_is_the_time_to_the_next_metric(answer: str, point: int) -> None:
    probe = said("probe", 20.0, "And what is that worth?")
    assert pressure(said("answer", 0.0, "we cap songs"), probe) is None
    reply = said("probe-answer", probe.span.end, answer)
    assert pressure(said("answer", 0.0, "we cap songs"), probe, reply) == point


def test_without_a_question_there_is_no_pressure() -> None:
    assert pressure(said("answer", 0.0, "skips fall by two percent")) is None


def test_every_point_has_its_anchor() -> None:
    told = [Scale(name, point).told for name in ANCHORS for point in range(1, 6)]
    assert len(set(told)) == 15
    assert told[0] == (
        "Clarity of product impact: 1 of 5, an effect or a reason in passing, nothing that can "
        "be checked."
    )


def test_the_frameworks_say_what_was_heard_and_what_to_say() -> None:
    lens, metric_first = frameworks(trained_reader().read(STRONG))
    assert all(step.evidence for step in (*lens.steps, *metric_first.steps))
    assert lens.advice == metric_first.advice == ""
    lens, metric_first = frameworks(trained_reader().read(LECTURE))
    assert "not heard business goal" in lens.told
    assert lens.told.endswith("Open with the goal: who suffers, or which metric.")
    assert "not heard" in metric_first.told


def test_after_a_cut_in_the_next_outcome_counts_and_not_the_next_number() -> None:
    before = said("answer", 0.0, "we take a transformer with eight heads")
    cut_in = Turn("cut-in", Span(10.0, 14.0), "Let me stop you at heads: what does that move?")
    after = said(
        "answer", 14.0, "80 percent intervals. Listeners skip the same songs and leave us."
    )
    reading = trained_reader().read("")
    text = f"{before.text} {after.text}"
    quote = "Listeners skip the same songs"
    start = text.index(quote)
    outcome = Evidence(quote, start, start + len(quote), 16.0, 18.0)
    debrief = Debrief(replace(reading, text=text, problem=Judgement(2, (outcome,))), None)
    assert pressure_lines(debrief, (before, cut_in, after)) == [
        "Cut-in at 0:10: 2 s to your next outcome."
    ]
    assert pressure_lines(Debrief(reading, None), (before, cut_in, after)) == [
        "Cut-in at 0:10: no outcome in your answer."
    ]
