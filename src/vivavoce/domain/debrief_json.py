"""The debrief as JSON: the contract of `vivavoce score --json`, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vivavoce.domain.debrief import Debrief, Evidence, Judgement, Reading
from vivavoce.domain.pace import Pace
from vivavoce.domain.speech import Span
from vivavoce.domain.timing import Timing

SCHEMA = 1
_SLOTS = ("problem", "solution", "lift")


def debrief_to_dict(debrief: Debrief, debrief_id: str | None) -> dict[str, object]:
    """Return a debrief in the contract's shape.

    Args:
        debrief: What to tell.
        debrief_id: The attempt's id, or that of the text that was read.
    """
    probed = debrief.with_probes
    return {
        "schema": SCHEMA,
        "scorer_version": debrief.first.scorer_version,
        "reader": debrief.first.reader,
        "id": debrief_id,
        **_reading(debrief.first),
        "timing": _timing(debrief.timing) if debrief.timing else None,
        "heard": debrief.heard,
        "sound": debrief.sound,
        "with_probes": {
            "scorer_version": probed.scorer_version,
            "reader": probed.reader,
            **_reading(probed),
        }
        if probed
        else None,
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "text": reading.text,
        "three_sentence": {
            **{slot: _judgement(getattr(reading, slot)) for slot in _SLOTS},
            "order_ok": reading.order_ok,
            "summary": reading.summary,
            "score": reading.score,
        },
        "experiment": _judgement(reading.experiment),
        "impact": _judgement(reading.impact),
        "tool_first": reading.tool_first,
        "over_engineered": reading.over_engineered,
        "vote": reading.vote,
        "reasons": list(reading.reasons),
        "turning": reading.turning,
        "say_next": reading.say_next,
        "first_metric_char": reading.first_metric_char,
        "first_tool_char": reading.first_tool_char,
    }


def _judgement(judgement: Judgement) -> dict[str, object]:
    fields = Evidence.__slots__
    return {
        "level": judgement.level,
        "evidence": [{name: getattr(e, name) for name in fields} for e in judgement.evidence],
    }


def _timing(timing: Timing) -> dict[str, object]:
    fields = {name: getattr(timing, name) for name in Timing.__slots__}
    return {
        **fields,
        "pauses": [{"start": p.start, "end": p.end} for p in timing.pauses],
        "pace": [{"at": p.at, "wpm": p.wpm} for p in timing.pace],
    }


def debrief_from_dict(data: Mapping[str, Any]) -> Debrief:
    """Return the debrief that `debrief_to_dict` wrote.

    Raises:
        KeyError: A field is missing.
    """
    probed = data["with_probes"]
    timing = data["timing"]
    return Debrief(
        first=_reading_from(data),
        timing=_timing_from(timing) if timing is not None else None,
        with_probes=_reading_from(probed) if probed is not None else None,
        heard=data["heard"],
        sound=data.get("sound", True),
    )


def _reading_from(data: Mapping[str, Any]) -> Reading:
    sentences = data["three_sentence"]
    return Reading(
        text=data["text"],
        problem=_judgement_from(sentences["problem"]),
        solution=_judgement_from(sentences["solution"]),
        lift=_judgement_from(sentences["lift"]),
        experiment=_judgement_from(data["experiment"]),
        impact=_judgement_from(data["impact"]),
        order_ok=sentences["order_ok"],
        summary=sentences["summary"],
        tool_first=data["tool_first"],
        over_engineered=data["over_engineered"],
        vote=data["vote"],
        reasons=tuple(data["reasons"]),
        turning=data["turning"],
        say_next=data["say_next"],
        first_metric_char=data["first_metric_char"],
        first_tool_char=data["first_tool_char"],
        reader=data["reader"],
        scorer_version=data["scorer_version"],
    )


def _judgement_from(data: Mapping[str, Any]) -> Judgement:
    return Judgement(data["level"], tuple(Evidence(**evidence) for evidence in data["evidence"]))


def _timing_from(data: Mapping[str, Any]) -> Timing:
    fields = {name: data[name] for name in Timing.__slots__ if name != "pace"}
    return Timing(
        **{
            **fields,
            "pauses": tuple(Span(**pause) for pause in data["pauses"]),
            # Debriefs of version 0.1 have none.
            "pace": tuple(Pace(**pace) for pace in data.get("pace", ())),
        }
    )
