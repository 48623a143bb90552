"""The exhibit: a small table that stays in view while the candidate answers."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.case import Exhibit
from vivavoce.domain.text import one_line, strip_controls


class ExhibitTable(Static):
    """The table of the variant that is asked: headings, rows, note. Where it is too wide for the
    screen, each row becomes a line of its values."""

    def __init__(self, exhibit: Exhibit) -> None:
        self._width = exhibit.width
        self._table = _text([strip_controls(line) for line in exhibit.lines()], exhibit.note)
        rows = [exhibit.columns, *exhibit.rows]
        narrow = [one_line(f"{row[0]}: {', '.join(row[1:])}") for row in rows]
        self._lines = _text(narrow, exhibit.note)
        super().__init__(self._table)

    def on_resize(self, _event: events.Resize) -> None:
        """Choose what fits."""
        fits = self.content_region.width >= self._width
        self.update(self._table if fits else self._lines)


def _text(lines: list[str], note: str) -> Content:
    headings, *rows = lines
    parts: list[str | tuple[str, str]] = [(headings, "$quiet"), *(f"\n{row}" for row in rows)]
    if note:
        parts.append((f"\n{one_line(note)}", "$quiet"))
    return Content.assemble(*parts)
