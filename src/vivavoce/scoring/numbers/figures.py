"""The numbers of an answer: each one marked with what it is for and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from vivavoce.domain.case import Variant
from vivavoce.domain.debrief import Evidence
from vivavoce.scoring.numbers.exhibit_cells import Cells, content_words, equals, exhibit_cells
from vivavoce.scoring.numbers.exhibit_match import (
    Claim,
    Source,
    find_beside,
    find_cell,
    find_derived,
)
from vivavoce.scoring.numbers.exhibit_names import named_beside
from vivavoce.scoring.numbers.figure import Basis, Figure, Role
from vivavoce.scoring.numbers.figure_basis import find_basis
from vivavoce.scoring.numbers.figure_pairs import Pair, find_pairs
from vivavoce.scoring.numbers.figure_roles import roles_of
from vivavoce.scoring.numbers.number_words import LONG_TIMES
from vivavoce.scoring.numbers.said import SENTENCE_WORDS, Said, SaidNumber
from vivavoce.scoring.numbers.said_numbers import said_numbers
from vivavoce.scoring.numbers.slices import is_stop_rule
from vivavoce.scoring.numbers.tenses import is_forecast

_NO_PLAN = re.compile(
    r"\b(?:waits?|waited|waiting|takes?|took|within|after|last|past|every|lasts?|open for|"
    r"played in)(?: \S+)?$"
)
_CROWD = 100
"""A smaller number of a table is no crowd. Chosen."""
_NEAR = 9
"""Words around a baseline in which the table's label is looked for. Chosen."""
_TURNED = re.compile(r"\b(?:not|never|no|nobody|none|n't|\w+n't|without|if|except|other)\b")
"""A share of those who do not is no share of those who do."""
_IF = re.compile(r"\bif$")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|maybe|like|approximately|say|over|under|than|"
    r"or so|least|most|just|towards?)$"
)


def figures(text: str, variant: Variant | None, prompt: str = "") -> tuple[Figure, ...]:
    """Return every number of an answer, in order, none overlapping another.

    Args:
        text: A transcript or a typed answer; every offset counts in it.
        variant: The case's figures as they were shown; None where there was no case.
        prompt: The case's question, whose numbers the speaker has heard too.
    """
    said = said_numbers(text)
    pairs, numbers = find_pairs(said)
    said = replace(said, numbers=tuple(numbers))
    roles = roles_of(said, pairs)
    cells = exhibit_cells(variant, prompt)
    sources = [_source(said, index, role, cells) for index, role in enumerate(roles)]
    said = _with_units_of_cells(said, pairs, sources)
    roles = _as_told(said, pairs, roles, sources)
    paired = {index for pair in pairs for index in (pair.baseline, pair.target)}
    crowds = _crowds(said, roles, cells)
    found = [
        _figure(
            said,
            index,
            role,
            sources[index],
            _own_arithmetic(said, role, pairs, index, crowds),
            cells,
            index in paired,
        )
        for index, role in enumerate(roles)
    ]
    for pair in pairs:
        one, two = pair.baseline, pair.target
        ends = {found[one].role, found[two].role}
        if ends in ({"baseline", "target"}, {"past result"}):
            found[one] = replace(found[one], partner=two)
            found[two] = replace(found[two], partner=one)
    return tuple(found)


def advice(found: Sequence[Figure]) -> str:
    """Return what to say about the first size that rests on nothing; empty where each does.

    It never asks for another number: to say that one is a guess is enough.
    """
    sizes = [
        figure
        for figure in found
        if figure.basis == "unsupported" and figure.role in ("target", "change")
    ]
    if not sizes:
        return ""
    effects = [size for size in sizes if size.unit not in ("money", "people")]
    size = (effects or sizes)[0]
    quote = " ".join(size.said.quote.split())
    quote = f"“{quote}”" if size.noun == "times" else quote
    return (
        f"Say what {quote} rests on, or say that it is a guess; “I can’t know "
        "this from here, but a test in a week would tell” is a good answer."
    )


def _claim(said: Said, index: int, role: Role) -> Claim:
    number = said.numbers[index]
    first, last = said.own_sentence(index)
    begin, end = said.spans[first][0], said.spans[last - 1][1]
    return Claim(
        value=number.value,
        unit=number.unit,
        noun=number.noun,
        role=role,
        bare=number.bare,
        about=bool(_ABOUT.search(said.before(index, 3))),
        scaled=number.scale > 1,
        words=content_words(said.text[begin:end]),
        named=named_beside(said, index),
    )


def _source(said: Said, index: int, role: Role, cells: Cells) -> Source | None:
    number = said.numbers[index]
    if not cells.cells or number.label or role in ("refused", "slice"):
        return None
    if number.noun in LONG_TIMES or number.noun == "times":
        return None
    if number.unit == "ratio" and role == "other":
        return None
    claim = _claim(said, index, role)
    source = find_cell(claim, cells)
    if source is None and not (role == "change" and is_forecast(said.lead(index, 60))):
        source = find_derived(claim, cells)
    return source


def _with_units_of_cells(
    said: Said, pairs: Sequence[Pair], sources: Sequence[Source | None]
) -> Said:
    """Make a bare 38 a percentage where the table has it as one, and its partner with it."""
    numbers = list(said.numbers)
    partners = {pair.baseline: pair.target for pair in pairs}
    partners |= {target: baseline for baseline, target in partners.items()}
    for index, source in enumerate(sources):
        if source is None or not source.percent or numbers[index].unit != "count":
            continue
        numbers[index] = replace(numbers[index], unit="percent", noun="percent", bare=False)
        other = partners.get(index)
        if other is not None and numbers[other].bare:
            numbers[other] = replace(numbers[other], unit="percent", noun="percent", bare=False)
    return replace(said, numbers=tuple(numbers))


def _as_told(
    said: Said, pairs: Sequence[Pair], roles: Sequence[Role], sources: Sequence[Source | None]
) -> list[Role]:
    """Make a from–to that only reads the table out a past result: "820 thousand down to 405"."""
    told = list(roles)
    for pair in pairs:
        both = sources[pair.baseline] is not None and sources[pair.target] is not None
        if both and not is_forecast(said.lead(min(pair.baseline, pair.target), 60)):
            told[pair.baseline] = told[pair.target] = "past result"
    return told


def _evidence(said: Said, start: int, end: int) -> Evidence:
    return Evidence(said.text[start:end], start, end)


def _figure(
    said: Said,
    index: int,
    role: Role,
    source: Source | None,
    own: Evidence | None,
    cells: Cells,
    paired: bool,
) -> Figure:
    number = said.numbers[index]
    basis: Basis = "unsupported"
    words = None
    beside = ""
    if role == "refused":
        basis = "refused"
    elif source is not None:
        basis = "exhibit"
    elif role == "slice" or is_stop_rule(said, index) or _is_of_test(said, index, role):
        basis = "plan"
    elif role == "other" and number.unit == "ratio" and _IF.search(said.before(index)):
        basis, words = "estimate", _evidence(said, number.start, number.end)  # "if one in ten ..."
    elif role in ("other", "duration") or _is_loose(number, role, paired):
        basis = "aside"
    else:
        place = find_basis(said, index, fact=role in ("baseline", "reach"))
        if own is not None:
            words = own
        elif place is not None:
            words = _evidence(said, said.spans[place[0]][0], said.spans[place[1]][1])
        if words is not None:
            basis = "estimate"
        elif role == "past result" or (role == "reach" and number.unit != "people"):
            basis = "aside"
    if role in ("baseline", "past result") and source is None and not number.label:
        near = said.around(index, _NEAR)
        if not _TURNED.search(near):
            claim = replace(_claim(said, index, role), words=content_words(near))
            beside = find_beside(claim, cells)
    return Figure(
        said=_evidence(said, number.start, number.end),
        value=number.value,
        high=number.high,
        unit=number.unit,
        noun=number.noun,
        role=role,
        basis=basis,
        source=source.told if basis == "exhibit" and source else "",
        basis_words=words,
        beside=beside,
    )


def _is_of_test(said: Said, index: int, role: Role) -> bool:
    """Whether a length is the test's and not how long people wait or what is long ago."""
    if role != "duration" or said.numbers[index].noun not in LONG_TIMES:
        return False
    before, after = said.before(index, 4), said.after(index, 2)
    return not (_NO_PLAN.search(before) or re.match(r"(?:ago|later|old)\b", after))


def _is_loose(number: SaidNumber, role: Role, paired: bool) -> bool:
    """Whether a number alone claims nothing: "it stands at 12", "it takes six hours"."""
    return role == "baseline" and not paired and (number.bare or number.unit == "duration")


def _crowds(said: Said, roles: Sequence[Role], cells: Cells) -> set[float]:
    """Return how many there are, as the speaker or the case says."""
    crowds = {
        number.value
        for number, role in zip(said.numbers, roles, strict=True)
        if role in ("reach", "past result") and number.unit in ("people", "count")
    }
    counts = {cell.value * cell.scale for cell in cells.cells if cell.percent is False}
    return crowds | {count for count in counts if count >= _CROWD}


def _own_arithmetic(
    said: Said,
    role: Role,
    pairs: Sequence[Pair],
    index: int,
    crowds: Collection[float],
) -> Evidence | None:
    """Return the from–to that a size follows from: "from 405 to 430 thousand, 25 thousand"."""
    number = said.numbers[index]
    if role != "change" or number.unit == "money":
        return None
    for pair in pairs:
        if index in (pair.baseline, pair.target):
            continue
        if abs(said.numbers[pair.baseline].first - number.first) > SENTENCE_WORDS:
            continue
        one, two = said.numbers[pair.baseline], said.numbers[pair.target]
        moved = abs(one.value - two.value)
        if not moved:
            continue
        if number.unit in ("points", "percent") and one.unit == "percent":
            of_base = 100 * moved / one.value if one.value else 0.0
            follows = equals(number.value, moved, 0.02) or equals(number.value, of_base, 0.05)
        elif one.unit in ("percent", "ratio"):
            part = moved / 100 if one.unit == "percent" else moved
            follows = any(equals(number.value, crowd * part, 0.05) for crowd in crowds)
        else:
            follows = equals(number.value, moved, 0.02)
        if follows:
            return _evidence(said, min(one.start, two.start), max(one.end, two.end))
    return None
