"""A text that changes often, like a clock."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Has the screen laid out anew only where another text may take other room."""

    def show(self, text: Content) -> None:
        """Change the text; nothing is drawn where it stays the same."""
        before = self.content
        assert isinstance(before, Content)
        if not text.is_same(before):
            self.update(text, layout=_room(text) != _room(before))


def _room(text: Content) -> list[int]:
    """Return what the wrapping of a text depends on: the widths of its words."""
    return [cell_len(word) for word in text.plain.split(" ")]
