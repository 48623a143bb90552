"""A comparison as lines of text: in two columns where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size

from vivavoce.domain.comparison import Comparison, Heard, Slot
from vivavoce.domain.comparison_told import (
    FIGURE_NAMES,
    begun,
    change_word,
    figure_text,
    fillers_told,
    headline,
    vote_text,
)
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, clock, level_word

SIDE_BY_SIDE = 72
"""From so many columns on. Chosen: less leaves under thirty for each attempt."""
WIDEST = 120
"""Columns that are used at most: longer lines are hard to read. Chosen."""
_LABEL = 14
_GAP = "  "

Row = tuple[str, Sequence[str], Sequence[str]]
"""A label, and what is told of A and of B, a paragraph each."""


def comparison_lines(compared: Comparison, width: int) -> Iterator[str]:
    """Return a comparison as lines.

    Args:
        compared: Two attempts.
        width: Columns of the terminal.
    """
    width = min(width, WIDEST)
    rows = list(_rows(compared))
    assert compared.b.case is not None
    yield from _wrapped(one_line(compared.b.case.title), width)
    yield from _wrapped(headline(compared), width)
    yield ""
    if width >= SIDE_BY_SIDE:
        for row in (("", ["A"], ["B"]), *rows):
            yield from _beside(row, (width - _LABEL - len(_GAP)) // 2)
        return
    for name, of_a, of_b in rows:
        yield name
        for letter, told in (("A", of_a), ("B", of_b)):
            for start, part in zip_longest([letter], told, fillvalue=""):
                for first, line in enumerate(_wrapped(part, max(1, width - 4))):
                    yield f"  {'' if first else start:<1} {line}".rstrip()


def _rows(compared: Comparison) -> Iterator[Row]:
    a, b = compared.a, compared.b
    yield "Begun", [begun(a)], [begun(b)]
    yield "Vote", [vote_text(a)], [vote_text(b)]
    for slot in compared.slots:
        name = CRITERION_NAMES[slot.criterion]
        yield name, _heard(slot, slot.a, ""), _heard(slot, slot.b, change_word(slot))
    for figure in compared.figures:
        told = [figure_text(figure.name, value) for value in (figure.a, figure.b)]
        yield FIGURE_NAMES[figure.name], [told[0]], [told[1]]
    yield "Fillers", [fillers_told(a.fillers)], [fillers_told(b.fillers)]
    yield "Only here", _quoted(compared.words.dropped), _quoted(compared.words.added)


def _heard(slot: Slot, heard: Heard, change: str) -> list[str]:
    at = clock(heard.span.start) if heard.span else ""
    word = level_word(slot.criterion, heard.level)
    told = "  ".join(filter(None, (word, at, change)))
    return [told, f"“{heard.quote}”"] if heard.quote else [told]


def _quoted(stretches: Iterable[str]) -> list[str]:
    return [f"“{stretch}”" for stretch in stretches] or ["nothing"]


def _beside(row: Row, width: int) -> Iterator[str]:
    name, of_a, of_b = row
    columns = [[line for part in told for line in _wrapped(part, width)] for told in (of_a, of_b)]
    for label, left, right in zip_longest([name], *columns, fillvalue=""):
        yield f"{label:<{_LABEL}}{set_cell_size(left, width)}{_GAP}{right}".rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph; wide characters take two columns."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += chop_cells(word, width) if cell_len(word) > width else [word]
    return lines
