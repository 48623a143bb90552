"""The debrief's JSON and the way back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from vivavoce.domain.debrief import Debrief, Evidence, Judgement, Reading
from vivavoce.domain.debrief_json import debrief_from_dict, debrief_to_dict
from vivavoce.domain.pace import Pace
from vivavoce.domain.speech import Span
from vivavoce.domain.timing import Timing

HEARD = Judgement(2, (Evidence("skip", 0, 4, 1.5, 1.9), Evidence("ten", 5, 8)))
READING = Reading(
    text="skip ten",
    problem=HEARD,
    solution=Judgement(1, (Evidence("ten", 5, 8),)),
    lift=Judgement(0),
    experiment=Judgement(0),
    impact=HEARD,
    order_ok=False,
    summary=True,
    tool_first=True,
    over_engineered=False,
    vote="no",
    reasons=("One.", "Two."),
    turning="Say a size.",
    say_next="… goes to ___.",
    first_metric_char=0,
    first_tool_char=None,
    reader="rules",
    scorer_version="7",
)
TIMING = Timing(60.0, 70.0, 70.0, 1.2, 20.0, None, (Span(3.0, 5.0),), 140.0, None, 600.0)


@pytest.mark.parametrize(
    "debrief",
    [
        Debrief(READING, TIMING, replace(READING, text="skip ten more", vote="yes")),
        Debrief(READING, None),
        Debrief(READING, TIMING, None, heard=False, sound=False),
        Debrief(READING, replace(TIMING, pace=(Pace(15.0, 140.0), Pace(20.0, 150.0)))),
    ],
)
def test_a_debrief_returns_from_json_unchanged(debrief: Debrief) -> None:
    text = json.dumps(debrief_to_dict(debrief, "x"), allow_nan=False)
    assert debrief_from_dict(json.loads(text)) == debrief


def test_the_contracts_fields_stand_where_other_programs_look_for_them() -> None:
    data = debrief_to_dict(Debrief(READING, TIMING), "x")
    assert data["schema"] == 1
    assert data["id"] == "x"
    assert data["vote"] == "no"
    assert data["three_sentence"] == {
        "problem": {
            "level": 2,
            "evidence": [
                {"quote": "skip", "start_char": 0, "end_char": 4, "start": 1.5, "end": 1.9},
                {"quote": "ten", "start_char": 5, "end_char": 8, "start": None, "end": None},
            ],
        },
        "solution": {
            "level": 1,
            "evidence": [
                {"quote": "ten", "start_char": 5, "end_char": 8, "start": None, "end": None}
            ],
        },
        "lift": {"level": 0, "evidence": []},
        "order_ok": False,
        "summary": True,
        "score": 50,
    }
    timing = data["timing"]
    assert isinstance(timing, dict)
    assert timing["over_threshold_at"] is None
    assert timing["pauses"] == [{"start": 3.0, "end": 5.0}]


def test_a_debrief_from_before_there_was_a_sliding_pace_can_be_read() -> None:
    data = debrief_to_dict(Debrief(READING, TIMING), "x")
    timing = data["timing"]
    assert isinstance(timing, dict)
    del timing["pace"], data["sound"]
    assert debrief_from_dict(data) == Debrief(READING, TIMING)
