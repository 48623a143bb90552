"""Exhibit cells: a case's figures as numbers, so that what was said can be held against them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vivavoce.domain.case import Exhibit, Variant
from vivavoce.scoring.numbers.number_words import word_set
from vivavoce.scoring.numbers.said import SaidNumber
from vivavoce.scoring.numbers.said_numbers import said_numbers

_CELL = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|k\b|M\b|h\b)?(?P<rest>.*)")
Name = tuple[str, float]
"""What a row or a column is called with a number: ("week", 4)."""
AXES = word_set("week day month quarter year level song shelf hour")
_NUMBERED = re.compile(r"(?P<word>[a-z]+|\bq) ?(?P<number>\d+)\b")
_SCALES = {"k": 1e3, "M": 1e6}
_IN_HEADING = re.compile(r"\((?P<scale>[kM])\)|(?P<percent>%)")
_SAME_BUT_ENDING = re.compile(r"(?:s|es|ed|ing|er|ers|r|rs)$")
_WEAK_WORDS = word_set(
    "week weeks month months year day days the and for from with that this them those than into "
    "first last next all other others more less most none under over count which what who people "
    "person share total each also who's are was were has have had not but"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a case."""

    value: float
    """As printed: 820 where the heading says "(k)"."""
    scale: float
    """1,000 for "(k)"."""
    percent: bool | None
    """None where the case leaves it open."""
    row: int
    """-1 for the note, -2 for the prompt."""
    column: int
    row_label: str
    column_label: str
    shown: str
    """The number as it stands in the case."""
    axis: str = ""
    """What the first column's heading says of the others: "Weeks since first open"."""
    names: frozenset[Name] = frozenset()
    """What its row and its column are called with a number: week 4."""

    @property
    def place(self) -> str:
        """Where the case says it."""
        if self.row == -3:
            return "the headings"
        if self.row == -2:
            return "the question"
        if self.row == -1:
            return "the note under the table"
        label = self.row_label
        named = f"“{label}”" if _has_letter(label) else f"“{self.axis} {label}”"
        if _has_letter(self.column_label):
            return f"{named}, “{self.column_label}”"
        first = first_word(self.axis)
        if first in AXES:
            return f"{named} in {first} {self.column_label}"
        return f"{named}, “{self.axis} {self.column_label}”" if self.axis else named

    def is_elsewhere(self, named: frozenset[Name]) -> bool:
        """Whether another week or song than this cell's was named."""
        axes = {axis for axis, _ in self.names}
        return self.names.isdisjoint(named) and any(axis in axes for axis, _ in named)


@dataclass(frozen=True, slots=True)
class Cells:
    """All numbers of a case."""

    cells: tuple[Cell, ...]

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each row, then of each column, of the table."""
        for row in sorted({cell.row for cell in self.cells if cell.row >= 0}):
            yield tuple(cell for cell in self.cells if cell.row == row)
        for column in sorted({cell.column for cell in self.cells if cell.row >= 0}):
            yield tuple(c for c in self.cells if c.row >= 0 and c.column == column)


def exhibit_cells(variant: Variant | None, prompt: str) -> Cells:
    """Return the numbers of a case's table, of its note and of its prompt."""
    cells: list[Cell] = []
    if variant is not None:
        cells += _of_table(variant.exhibit)
        for row in variant.exhibit.rows:
            cells += (c for c in _of_text(row[0], -3) if c.value >= 10)
        cells += _of_text(variant.exhibit.note, -1)
    return Cells((*cells, *_of_text(prompt, -2)))


def _of_table(exhibit: Exhibit) -> Iterator[Cell]:
    for row, texts in enumerate(exhibit.rows):
        for column, text in enumerate(texts):
            found = _CELL.fullmatch(text.strip()) if column else None
            if found is None:
                continue
            headings = (texts[0], exhibit.columns[column])
            marks = [mark for heading in headings for mark in _IN_HEADING.finditer(heading)]
            unit = found["unit"] or ""
            if unit:
                marks = []  # the heading "30 % or more" is none of a cell "1.9 M"
            scale = _SCALES.get(unit, 1.0)
            for mark in marks:
                scale = max(scale, _SCALES.get(mark["scale"] or "", 1.0))
            yield Cell(
                value=float(found["number"].replace(",", "")),
                scale=scale,
                percent=unit == "%" or any(mark["percent"] for mark in marks),
                row=row,
                column=column,
                row_label=texts[0],
                column_label=exhibit.columns[column],
                shown=f"{found['number']} {unit}".strip(),
                axis=exhibit.columns[0],
                names=_names(exhibit.columns[0], texts[0])
                | _names(exhibit.columns[0], exhibit.columns[column]),
            )


def first_word(heading: str) -> str:
    """Return the first word of a heading, in the singular: "Weeks since first open" is "week"."""
    words = heading.lower().split()
    word = words[0].strip(",") if words else ""
    return word.removesuffix("s") if word.removesuffix("s") in AXES else word


def _has_letter(label: str) -> bool:
    return any(letter.isalpha() for letter in label)


def _names(axis: str, label: str) -> frozenset[Name]:
    if label.isdigit():
        return frozenset({(first_word(axis), float(label))})
    found = _NUMBERED.finditer(label.lower())
    named = (("quarter" if name["word"] == "q" else name["word"], name["number"]) for name in found)
    return frozenset((first_word(word), float(number)) for word, number in named)


def _of_text(text: str, row: int) -> Iterator[Cell]:
    """Yield the numbers of a note: a list of them may share one unit, so it is left open."""
    said = said_numbers(text)
    last_scale, last_sentence = 1.0, -1
    for number in said.numbers:
        if number.unit == "duration":
            continue
        scale = number.scale
        if number.bare and scale == 1 and number.sentence == last_sentence and number.value < 1000:
            yield _note_cell(text, number, number.value, last_scale, None, row)
            continue
        last_scale, last_sentence = scale, number.sentence
        percent: bool | None = number.unit in ("percent", "points")
        value = number.value
        if number.unit == "ratio":
            percent, value = True, 100 * value
            if number.noun == "times":
                continue
        elif number.bare and scale == 1:
            percent = None
        yield _note_cell(text, number, value / scale, scale, percent, row)


def _note_cell(
    text: str, number: SaidNumber, value: float, scale: float, percent: bool | None, row: int
) -> Cell:
    return Cell(
        value=value,
        scale=scale,
        percent=percent,
        row=row,
        column=-1 - number.first,
        row_label="",
        column_label="",
        shown=text[number.start : number.end],
    )


def content_words(text: str) -> frozenset[str]:
    """Return the words of a label or a sentence that say what it is about, endings cut off."""
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return frozenset(stem(word) for word in words if word not in _WEAK_WORDS)


def stem(word: str) -> str:
    """Return a word without its ending: "openers", "opened" and "opens" are one."""
    shorter = _SAME_BUT_ENDING.sub("", word)
    return shorter if len(shorter) >= 3 else word


def equals(said: float, exact: float, loose: float = 0.0) -> bool:
    """Whether a number is another one as people round it.

    Args:
        said: As it was spoken.
        exact: As the case has it, in the same unit.
        loose: How far off it may be besides, as a share: "about", a fraction.
    """
    if math.isclose(said, exact, rel_tol=1e-6):
        return True
    if not said or not exact:
        return False
    off = abs(said - exact) / abs(exact)
    # 400 for 405 and 20 for 21, but not 20 for 24. Chosen.
    return off <= loose or (off <= 0.05 and math.isclose(_rounded(exact, digits(said)), said))


def digits(value: float) -> int:
    """Return how many digits a number has before its zeros: 400 has one, 0.85 has two."""
    mantissa = f"{abs(value):.6g}".partition("e")[0].replace(".", "").strip("0")
    return max(1, len(mantissa))


def _rounded(value: float, places: int) -> float:
    return float(f"{value:.{places}g}")
