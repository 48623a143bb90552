"""The list beside a replay: what was judged, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from vivavoce.tui.replay_rows import Row


class ReplaySide(OptionList, inherit_bindings=False):
    """Up and down go from row to row; `enter` or a click chooses one."""

    # Left and right are the player's: only what moves in the list is bound here.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "hear it", tooltip="Hear what is chosen in the list beside"),
        Binding("down", "cursor_down", "down", show=False),
        Binding("up", "cursor_up", "up", show=False),
        Binding("home", "first", "first", show=False),
        Binding("end", "last", "last", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; the highlighted one stays where it can."""
        place = self.highlighted
        self._rows = tuple(rows)
        self.clear_options()
        self.add_options([Option(row.text, disabled=row.span is None) for row in rows])
        if place is not None and self._rows:
            self.highlighted = min(place, len(self._rows) - 1)

    def on_focus(self) -> None:
        """Begin at the first row that can be heard."""
        if self.highlighted is None:
            self.action_first()

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    @property
    def row(self) -> Row | None:
        """The highlighted row while the list is what the keys go to."""
        if not self.has_focus or self.highlighted is None:
            return None
        return self._rows[self.highlighted]
