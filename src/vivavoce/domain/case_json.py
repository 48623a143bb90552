"""A case as JSON: the copy that an attempt keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TypedDict

from vivavoce.domain.case import Case, Exhibit, Probe, ProbeTag, Round, Variant


class ExhibitDict(TypedDict):
    """See `Exhibit`."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str


class ProbeDict(TypedDict):
    """See `Probe`."""

    tag: ProbeTag
    text: str


class VariantDict(TypedDict):
    """See `Variant`."""

    id: str
    exhibit: ExhibitDict
    twist: str
    model_answer: str
    probes: Sequence[ProbeDict]


class CaseDict(TypedDict):
    """See `Case`."""

    id: str
    title: str
    round: Round
    prompt: str
    variants: Sequence[VariantDict]
    think_seconds: float
    target_seconds: float
    limit_seconds: float
    tags: Sequence[str]


def case_to_dict(case: Case) -> Mapping[str, object]:
    """Return a case as values that `json.dumps` takes."""
    return dataclasses.asdict(case)


def case_from_dict(values: CaseDict) -> Case:
    """Return the case that `case_to_dict` was given.

    Raises:
        KeyError: A field is missing.
    """
    return Case(
        id=values["id"],
        title=values["title"],
        round=values["round"],
        prompt=values["prompt"],
        variants=tuple(_variant(variant) for variant in values["variants"]),
        think_seconds=values["think_seconds"],
        target_seconds=values["target_seconds"],
        limit_seconds=values["limit_seconds"],
        tags=tuple(values["tags"]),
    )


def _variant(values: VariantDict) -> Variant:
    return Variant(
        id=values["id"],
        exhibit=Exhibit(
            tuple(values["exhibit"]["columns"]),
            tuple(tuple(row) for row in values["exhibit"]["rows"]),
            values["exhibit"]["note"],
        ),
        twist=values["twist"],
        model_answer=values["model_answer"],
        probes=tuple(Probe(probe["tag"], probe["text"]) for probe in values["probes"]),
    )
