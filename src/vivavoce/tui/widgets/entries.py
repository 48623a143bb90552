"""The page of a debrief: its entries one below the other."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from vivavoce.tui.widgets.entry import Entry


class Entries(VerticalScroll, can_focus=False):
    """Up and down go from entry to entry, and through one that is higher than the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", "down", tooltip="To the next entry", show=False),
        Binding("up,k", "go(-1)", "up", tooltip="To the entry before", show=False),
    ]

    def on_mount(self) -> None:
        """Begin at the first entry, with all that stands above it in view."""
        for entry in self.query(Entry).results():
            entry.focus(scroll_visible=False)
            break

    def action_go(self, step: int) -> None:
        """Go one entry down (1) or up (-1)."""
        entries = list(self.query(Entry).results())
        focused = self.screen.focused
        if not isinstance(focused, Entry) or focused not in entries:
            return
        page, region = self.region, focused.region
        if (region.bottom > page.bottom) if step > 0 else (region.y < page.y):
            self.scroll_relative(y=step * max(1, page.height // 2), animate=False)
            return
        place = entries.index(focused) + step
        if place <= 0:
            self.scroll_home(animate=False)
        if 0 <= place < len(entries):
            entries[place].focus(scroll_visible=place > 0)
