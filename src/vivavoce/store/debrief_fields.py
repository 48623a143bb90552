"""A debrief and a case from a file of somebody else: every field is looked at."""

from __future__ import annotations

from typing import get_args

from vivavoce.domain.case import Case, Exhibit, Probe, ProbeTag, Round, Variant
from vivavoce.domain.debrief import Debrief, Evidence, Judgement, Level, Reading, Vote
from vivavoce.domain.pace import Pace
from vivavoce.domain.speech import Span
from vivavoce.domain.timing import Timing
from vivavoce.store.case_file import CASE_ID
from vivavoce.store.json_fields import Field

LEVELS: tuple[Level, ...] = get_args(Level)
_VOTES: tuple[Vote, ...] = get_args(Vote)
_ROUNDS: tuple[Round, ...] = get_args(Round)
_PROBE_TAGS: tuple[ProbeTag, ...] = get_args(ProbeTag)


def span_from(field: Field) -> Span:
    """Return {"start", "end"} as a stretch.

    Raises:
        WrongFieldError: It is not that.
    """
    start, end = field["start"].number(), field["end"].number()
    if end < start:
        field["end"].wrong("must not be before its start")
    return Span(start, end)


def case_from(field: Field) -> Case:
    """Return the case that an attempt was made at.

    Raises:
        WrongFieldError: It is none.
    """
    return Case(
        id=_slug(field["id"]),
        title=field["title"].line(),
        round=field["round"].one_of(_ROUNDS),
        prompt=field["prompt"].text(),
        variants=tuple(_variant(variant) for variant in field["variants"].items(least=1)),
        think_seconds=field["think_seconds"].number(),
        target_seconds=field["target_seconds"].number(),
        limit_seconds=field["limit_seconds"].number(),
        tags=tuple(tag.line() for tag in field["tags"].items()),
    )


def _slug(field: Field) -> str:
    slug = field.raw_text()
    if not CASE_ID.fullmatch(slug):
        field.wrong("must hold small letters, digits and hyphens only")
    return slug


def _variant(field: Field) -> Variant:
    exhibit = field["exhibit"]
    columns = tuple(cell.line() for cell in exhibit["columns"].items(least=1))
    rows = []
    for row in exhibit["rows"].items():
        cells = tuple(cell.line() for cell in row.items())
        if len(cells) != len(columns):
            row.wrong("must have as many cells as there are columns")
        rows.append(cells)
    return Variant(
        id=field["id"].line(),
        exhibit=Exhibit(columns, tuple(rows), exhibit["note"].text()),
        twist=field["twist"].text(),
        model_answer=field["model_answer"].text(),
        probes=tuple(
            Probe(probe["tag"].one_of(_PROBE_TAGS), probe["text"].text())
            for probe in field["probes"].items()
        ),
    )


def debrief_from(field: Field) -> Debrief:
    """Return a debrief.

    Raises:
        WrongFieldError: It is none.
    """
    timing, probed = field["timing"].given(), field["with_probes"].given()
    return Debrief(
        first=_reading(field),
        timing=_timing(timing) if timing else None,
        with_probes=_reading(probed) if probed else None,
        heard=field["heard"].flag(),
        sound=field["sound"].flag(),
    )


def _reading(field: Field) -> Reading:
    text = field["text"].text()
    sentences = field["three_sentence"]
    return Reading(
        text=text,
        problem=_judgement(sentences["problem"], text),
        solution=_judgement(sentences["solution"], text),
        lift=_judgement(sentences["lift"], text),
        experiment=_judgement(field["experiment"], text),
        impact=_judgement(field["impact"], text),
        order_ok=sentences["order_ok"].flag(),
        summary=sentences["summary"].flag(),
        tool_first=field["tool_first"].flag(),
        over_engineered=field["over_engineered"].flag(),
        vote=field["vote"].one_of(_VOTES),
        reasons=tuple(reason.text() for reason in field["reasons"].items(least=1)),
        turning=field["turning"].text(),
        say_next=field["say_next"].text(),
        first_metric_char=_character(field["first_metric_char"], text),
        first_tool_char=_character(field["first_tool_char"], text),
        reader=field["reader"].line(),
        scorer_version=field["scorer_version"].line(),
    )


def _character(field: Field, text: str) -> int | None:
    place = field.optional_count()
    if place is not None and place >= len(text):
        field.wrong("must lie in the text")
    return place


def _judgement(field: Field, text: str) -> Judgement:
    level = field["level"].one_of(LEVELS)
    evidence = tuple(_evidence(each, text) for each in field["evidence"].items())
    if bool(level) != bool(evidence):
        field["evidence"].wrong("must be empty exactly where the level is 0")
    return Judgement(level, evidence)


def _evidence(field: Field, text: str) -> Evidence:
    start, end = field["start_char"].count(), field["end_char"].count()
    quote = field["quote"].text()
    if start >= end or text[start:end] != quote:
        field["quote"].wrong("must be what stands there in the text")
    begins, ends = field["start"].optional_number(), field["end"].optional_number()
    if (begins is None) != (ends is None) or (begins or 0.0) > (ends or 0.0):
        field["end"].wrong("must not be before its start, and both or none be null")
    return Evidence(quote, start, end, begins, ends)


def _timing(field: Field) -> Timing:
    return Timing(
        speaking_s=field["speaking_s"].number(),
        answer_s=field["answer_s"].number(),
        monologue_s=field["monologue_s"].number(),
        first_word_s=field["first_word_s"].optional_number(),
        first_metric_s=field["first_metric_s"].optional_number(),
        first_tool_s=field["first_tool_s"].optional_number(),
        pauses=tuple(span_from(pause) for pause in field["pauses"].items()),
        wpm=field["wpm"].number(),
        over_threshold_at=field["over_threshold_at"].optional_number(),
        limit_s=field["limit_s"].number(),
        pace=tuple(
            Pace(pace["at"].number(), pace["wpm"].number()) for pace in field["pace"].items()
        ),
    )
