"""The exhibit: a small table that stays in view while the candidate answers."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.case import Exhibit
from vivavoce.domain.text import one_line, strip_controls


class ExhibitTable(Static):
    """The table of the variant that is asked: headings, rows, note."""

    def __init__(self, exhibit: Exhibit) -> None:
        headings, *rows = (strip_controls(line) for line in exhibit.lines())
        parts: list[str | tuple[str, str]] = [(headings, "$quiet"), *(f"\n{row}" for row in rows)]
        if exhibit.note:
            parts.append((f"\n{one_line(exhibit.note)}", "$quiet"))
        super().__init__(Content.assemble(*parts))
