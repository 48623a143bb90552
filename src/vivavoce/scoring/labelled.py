"""Labelled answers: spoken answers with what people heard in them, by docs/scoring.md's rubric."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.domain.debrief import CRITERIA, Criterion, Level, Vote
from vivavoce.errors import BadInputError

OWN_ANSWERS = Path(__file__).with_name("labelled_answers.jsonl")
"""Those that ship with the program: written and labelled for it, the reader was trained on them."""
FLAGS = ("order_ok", "summary", "tool_first", "over_engineered")


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """One answer and its labels."""

    id: str
    kind: str
    """The author's note on what it tests."""
    text: str
    levels: Mapping[Criterion, Level]
    evidence: Mapping[Criterion, str | None]
    """The shortest words of `text` that carry it; None where the level is 0."""
    flags: Mapping[str, bool]
    """By the names in FLAGS."""
    vote: Vote


def parse_labelled(text: str, name: str) -> list[LabelledAnswer]:
    """Return the labelled answers of a text, one JSON object a line.

    Args:
        text: Blank lines are skipped.
        name: What to call it in an error.

    Raises:
        BadInputError: A line is not a labelled answer, or there is none.
    """
    answers = list(_answers(text.splitlines(), name))
    if not answers:
        raise BadInputError(f"{name} holds no answer.", "Name a file with one answer a line.")
    return answers


def _answers(lines: list[str], name: str) -> Iterator[LabelledAnswer]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _answer(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadInputError(
                f"{name}, line {number} is not a labelled answer: {error!r}.",
                "docs/scoring.md shows the form of a line.",
            ) from error


def _answer(fields: dict[str, Any]) -> LabelledAnswer:
    labels, text = fields["labels"], fields["text"]
    if not isinstance(text, str):
        raise TypeError("text must be a text")
    levels: dict[Criterion, Level] = {}
    evidence: dict[Criterion, str | None] = {}
    for criterion in CRITERIA:
        level = labels[criterion]
        if level not in (0, 1, 2) or isinstance(level, bool):
            raise ValueError(f"{criterion} is {level!r}, not 0, 1 or 2")
        levels[criterion] = level
        quote = (fields.get("evidence") or {}).get(criterion)
        if quote is not None and quote not in text:
            raise ValueError(f"the evidence of {criterion} is not in the text")
        evidence[criterion] = quote
    if labels["vote"] not in ("yes", "no"):
        raise ValueError(f"vote is {labels['vote']!r}, not yes or no")
    flags = {name: labels[name] for name in FLAGS}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise ValueError(f"{', '.join(FLAGS)} must be true or false")
    return LabelledAnswer(
        id=str(fields["id"]),
        kind=str(fields.get("kind", "")),
        text=text,
        levels=levels,
        evidence=evidence,
        flags=flags,
        vote=labels["vote"],
    )
