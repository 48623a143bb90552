"""An attempt as JSON, whole: what `vivavoce attempts import` takes back unchanged.

Its shape is a contract: attempt.schema.json beside this module (JSON Schema, draft 2020-12).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.case_json import case_to_dict
from vivavoce.domain.debrief_json import debrief_to_dict
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.text import one_line, strip_controls
from vivavoce.domain.turns import Turn
from vivavoce.store.attempt_file import FORMAT, SCHEMA

_INDENT: Final = 1
"""Spaces: an hour of words stays readable and small."""


def attempt_json(attempt: Attempt, sounds: Mapping[str, bytes] | None = None) -> str:
    """Return an attempt as one JSON document.

    What was undone is not in it: annotations are those that stand. Times are seconds in full
    precision.

    Args:
        attempt: Finished.
        sounds: WAV files to put inside: "" is the recording's name, others are the ids of
            sentences that were said again; None leaves sound out.
    """
    document = _clean(attempt_to_dict(attempt))
    assert isinstance(document, dict)
    if sounds is not None:
        document["sounds"] = {
            name: base64.b64encode(data).decode("ascii") for name, data in sounds.items()
        }
    return json.dumps(document, ensure_ascii=False, indent=_INDENT) + "\n"


def attempt_to_dict(attempt: Attempt) -> dict[str, object]:
    """Return an attempt as values that `json.dumps` takes."""
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "id": attempt.id,
        "started_at": _moment(attempt.started_at),
        "state": attempt.state,
        "sample": attempt.sample,
        "model": attempt.model,
        "duration_s": attempt.duration_s,
        "case": _case(attempt.case) if attempt.case else None,
        "variant": attempt.variant_id,
        "turns": [_turn(turn) for turn in attempt.turns],
        "debrief": debrief_to_dict(attempt.debrief, attempt.id) if attempt.debrief else None,
        "fillers": dict(attempt.fillers.counts) if attempt.fillers else None,
        "disputes": [_dispute(dispute) for dispute in attempt.disputes],
        "annotations": [_annotation(annotation) for annotation in attempt.annotations],
    }


def _case(case: Case) -> dict[str, object]:
    # The order is the library's, no part of the copy that an attempt keeps.
    return {name: value for name, value in case_to_dict(case).items() if name != "order"}


def _turn(turn: Turn) -> dict[str, object]:
    words = [_word(word) for word in turn.words]
    said = " ".join(str(word["text"]) for word in words)
    return {
        "kind": turn.kind,
        **_span(turn.span),
        "text": said if turn.by_candidate else turn.text,
        "words": words,
        "voiced": [_span(span) for span in turn.voiced],
    }


def _word(word: Word) -> dict[str, object]:
    fields: dict[str, object] = {name: getattr(word, name) for name in Word.__slots__}
    # A word cannot be left out: annotations count words.
    return {**fields, "text": one_line(word.text) or "\ufffd"}


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end}


def _dispute(dispute: Dispute) -> dict[str, object]:
    fields: dict[str, object] = {name: getattr(dispute, name) for name in Dispute.__slots__}
    return {**fields, "made_at": _moment(dispute.made_at)}


def _annotation(annotation: Annotation) -> dict[str, object]:
    words = annotation.anchor.words
    return {
        "id": annotation.id,
        "kind": annotation.kind,
        **_span(annotation.anchor.span),
        "words": {"turn": words.turn, "first": words.first, "last": words.last} if words else None,
        "text": annotation.text,
        "author": annotation.author,
        "made_at": _moment(annotation.made_at),
        "criterion": annotation.criterion,
        "said": [_word(word) for word in annotation.said],
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _clean(value: object) -> object:
    """Return a value whose texts hold no control characters."""
    if isinstance(value, str):
        return strip_controls(value)
    if isinstance(value, dict):
        return {strip_controls(name): _clean(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
