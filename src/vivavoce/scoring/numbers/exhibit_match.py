"""Whether a number that was said stands in the case, or follows from two of its cells."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from vivavoce.scoring.numbers.exhibit_cells import (
    Cell,
    Cells,
    Name,
    content_words,
    digits,
    equals,
    stem,
)
from vivavoce.scoring.numbers.figure import Role, Unit
from vivavoce.scoring.numbers.number_words import TIMES

_OF_FRACTIONS, _OF_ABOUT = 0.09, 0.06
"""How far off "a third" and "about 400" may be. Chosen: 31 per cent is a third, 28 is none."""
_FARTHEST = 3.0
"""A baseline that is this many times a cell, or a third of it, measures something else. Chosen."""
_CROWD = 1000
"""A number so large that stands in the case is no chance. Chosen."""
_FEWEST = 10
"""A smaller number is no share of a crowd. Chosen."""
_SURE = 3
"""Digits of a percentage that is no chance product of two. Chosen."""
_MONEY_LABEL = re.compile(
    r"\b(?:euros?|dollars?|cost|fee|price|worth|cents|pounds?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the case says a number."""

    told: str
    """In words."""
    percent: bool
    """The case has it as a percentage."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number as it is held against the case."""

    value: float
    """In its unit; a share from 0 to 1 where the unit is a ratio."""
    unit: Unit
    noun: str
    role: Role
    bare: bool
    about: bool
    """A word such as "about" stood before it."""
    scaled: bool
    """ "thousand" or the like was said."""
    words: frozenset[str]
    """What its sentence is about, without endings."""
    named: frozenset[Name] = frozenset()
    """The week, the song or the shelf that was named with it."""

    @property
    def percent(self) -> float | None:
        """As a percentage; None where it is no share."""
        if self.unit in ("percent", "points"):
            return self.value
        return 100 * self.value if self.unit == "ratio" and self.noun != "times" else None

    @property
    def loose(self) -> float:
        """How far off it may be, as a share."""
        if self.unit == "ratio":
            return _OF_FRACTIONS
        return _OF_ABOUT if self.about else 0.0


def find_cell(claim: Claim, cells: Cells) -> Source | None:
    """Return where the case says a number; None where it does not."""
    best: tuple[tuple[bool, int, int], Cell] | None = None
    for cell in cells.cells:
        if not _is(claim, cell) or cell.is_elsewhere(claim.named):
            continue
        shared = _shared(claim, cell)
        needs_words = claim.role in ("target", "change", "value of one", "other", "duration")
        small = claim.value < 10 and claim.percent is None
        needs_words = needs_words and not (claim.value >= _CROWD and _is_exact(claim, cell))
        if not shared and cell.row >= -1 and (needs_words or small):
            continue
        if cell.row < 0 and (small or claim.role in ("target", "other", "duration")):
            continue
        if claim.role == "target" and not _is_exact(claim, cell):
            continue
        rank = (_is_exact(claim, cell), shared, cell.row)
        if best is None or rank > best[0]:
            best = (rank, cell)
    if best is None:
        return None
    return Source(f"{best[1].shown} in {best[1].place}", best[1].percent is True)


def find_derived(claim: Claim, cells: Cells) -> Source | None:
    """Return the cells that a number follows from; None where there are none."""
    if claim.role not in ("baseline", "past result", "reach", "change") or claim.value <= 0:
        return None
    share = claim.unit == "ratio" or claim.role == "baseline"
    if digits(claim.value) < 2 and not share and claim.percent is None:
        return None
    for exact, told, words in _derived(claim, cells):
        if (claim.role == "change" or claim.percent is not None) and not words & claim.words:
            continue
        wanted = claim.percent if claim.percent is not None else claim.value
        if equals(wanted, exact, claim.loose):
            return Source(told, claim.percent is not None)
    return None


def find_beside(claim: Claim, cells: Cells) -> str:
    """Return what the case has instead of a baseline, in words; empty where nothing is sure."""
    if claim.unit == "ratio":
        return ""  # a fraction is rounded too far
    said = claim.percent if claim.percent is not None else claim.value
    best: tuple[float, Cell] | None = None
    lines = list(cells.lines())
    named = {cell.row for cell in cells.cells if _stems(cell.row_label) & claim.words}
    for line in lines:
        in_row = len({cell.row for cell in line}) == 1
        label = line[0].row_label if in_row else line[0].column_label
        if not _stems(label) & claim.words:
            continue
        there = [cell for cell in line if not cell.is_elsewhere(claim.named)]
        alike = [cell for cell in there if _same_kind(claim, cell)]
        if any(_is(claim, cell) for cell in there):
            return ""
        # 12 is the row's, of another week: that week's may be far from it.
        in_line = in_row and any(_is(claim, cell) for cell in line)
        for cell in alike:
            column = _stems(cell.column_label)
            if in_row and column and not column & claim.words:
                continue
            if not in_row and cell.row not in named:
                continue
            exact = (
                cell.value
                if claim.percent is not None or not claim.scaled
                else cell.value * cell.scale
            )
            ratio = said / exact if exact else 0.0
            if not ratio or not (in_line or 1 / _FARTHEST <= ratio <= _FARTHEST):
                continue
            away = max(ratio, 1 / ratio)
            if best is None or away < best[0]:
                best = (away, cell)
    return f"the table has {best[1].shown} for {best[1].place}" if best else ""


@functools.lru_cache(maxsize=256)
def _stems(label: str) -> frozenset[str]:
    """Return what a label is about; a case has few, and each number is held against all."""
    return content_words(label)


def _shared(claim: Claim, cell: Cell) -> int:
    labels = _stems(cell.row_label) | _stems(cell.column_label)
    return len(labels & claim.words)


def _same_kind(claim: Claim, cell: Cell) -> bool:
    if claim.percent is not None:
        return cell.percent is True
    labels = f"{cell.row_label} {cell.column_label}"
    if claim.unit == "duration":
        return cell.percent is False and (
            stem(claim.noun) in _time_stems(labels) or cell.shown.endswith("h")
        )
    if claim.unit == "money":
        return cell.percent is False and bool(_MONEY_LABEL.search(labels))
    return cell.percent is not True or claim.bare


def _time_stems(labels: str) -> frozenset[str]:
    return frozenset(stem(word) for word in labels.lower().split() if word in TIMES)


def _is(claim: Claim, cell: Cell) -> bool:
    if cell.percent is None:
        kind = claim.unit not in ("duration", "money")
    else:
        kind = _same_kind(claim, cell) or (claim.unit == "money" and cell.row == -1)
    if not kind:
        return False
    if claim.percent is not None:
        return equals(claim.percent, cell.value, claim.loose)
    if claim.unit == "duration" and cell.row < 0:
        return False
    if equals(claim.value, cell.value * cell.scale, claim.loose):
        return True
    return not claim.scaled and equals(claim.value, cell.value, claim.loose)


def _is_exact(claim: Claim, cell: Cell) -> bool:
    said = claim.percent if claim.percent is not None else claim.value
    return said in (cell.value, cell.value * cell.scale)


def _comparable(one: Cell, two: Cell) -> bool:
    """Whether two cells of a row or a column measure the same thing."""
    if one.percent != two.percent:
        return False
    if one.row != two.row:
        return one.column == two.column
    first, second = _stems(one.column_label), _stems(two.column_label)
    return first == second or bool(first & second)


def _derived(claim: Claim, cells: Cells) -> Iterator[tuple[float, str, frozenset[str]]]:
    """Yield what follows from two cells: the number, how, and the words of their labels."""
    counts = [cell for cell in cells.cells if cell.percent is False]
    shares = [cell for cell in cells.cells if cell.percent is not False and cell.row >= -1]
    for line in cells.lines():
        for one, two in combinations(line, 2):
            if not _comparable(one, two):
                continue
            if one.is_elsewhere(claim.named) and two.is_elsewhere(claim.named):
                continue
            first, second = one.value * one.scale, two.value * two.scale
            # "half of them are gone" names no label: it is a row from its first cell to its last.
            whole_row = claim.unit == "ratio" and (one, two) == (line[0], line[-1])
            words = claim.words if whole_row else _words(one, two)
            told = f"{one.shown} and {two.shown} in {_both(one, two)}"
            if claim.percent is None:
                if not one.percent:
                    yield abs(first - second), told, words
                    yield first + second, told, words
                continue
            if one.percent and (claim.role == "change" or claim.unit == "points"):
                yield abs(first - second), told, words
            of_all = "all" in (one.row_label.lower(), two.row_label.lower())
            if one.percent and one.column == two.column and digits(claim.value) >= _SURE:
                # 24 per cent are closed, of which 6 come back: 22.6 stay closed.
                yield one.value * (100 - two.value) / 100, told, words
                yield two.value * (100 - one.value) / 100, told, words
            if one.percent:
                continue  # 12 of 39 per cent is a share of nothing that anybody counts
            if (one.row == two.row or of_all) and max(first, second) and min(first, second):
                share = 100 * min(first, second) / max(first, second)
                yield share, told, words
                yield 100 - share, told, words
    if claim.percent is not None:
        for one in (cell for cell in counts if cell.row >= 0 and cell.value):
            wholes = (cell for cell in counts if cell.row == -1 and cell.value)
            for two in (cell for cell in wholes if cell.scale == one.scale):
                told = f"{one.shown} and {two.shown} in {one.place}"
                yield 100 * one.value / two.value, told, _words(one, two)
        for cell in shares:
            yield 100 - cell.value, f"100 less {cell.shown} in {cell.place}", _words(cell, cell)
        return
    if claim.value < _FEWEST:
        return
    for cell in shares:
        for count in counts:
            if count.row not in (cell.row, -1) and count.column != cell.column:
                continue
            total = count.value * count.scale
            told = f"{cell.shown} of {count.shown} in {cell.place}"
            yield total * cell.value / 100, told, _words(cell, count)
            yield total * (100 - cell.value) / 100, told, _words(cell, count)


def _words(one: Cell, two: Cell) -> frozenset[str]:
    labels = (one.row_label, one.column_label, two.row_label, two.column_label)
    return frozenset().union(*map(_stems, labels))


def _both(one: Cell, two: Cell) -> str:
    if one.row == two.row:
        return f"“{one.row_label}”" if one.row >= 0 else one.place
    return f"“{one.column_label}”"
