"""A page that follows what happens until its reader scrolls it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp


class HandScrolled(ScrollView, inherit_bindings=False):
    """Tells scrolling by hand, by keys, the wheel or the scrollbar, from its own."""

    # Left and right are a player's: only what scrolls up and down is bound.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "up", show=False),
        Binding("down", "scroll_down", "down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
        Binding("home", "scroll_home", "start", show=False),
        Binding("end", "scroll_end", "end", show=False),
    ]

    follow: reactive[bool] = reactive(True, repaint=False)
    """Whether the page moves by itself; scrolling by hand ends it."""

    def scroll_by_hand(self, lines: int) -> None:
        """Scroll as the reader asks, down or, where `lines` is negative, up."""
        self.follow = False
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """Let the reader read."""
        self.follow = False

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """Let the reader read."""
        self.follow = False

    def on_scroll_to(self, _message: ScrollTo) -> None:
        """Let the reader read: the scrollbar was dragged."""
        self.follow = False

    def on_scroll_down(self, _message: ScrollDown) -> None:
        """Let the reader read: the scrollbar was clicked."""
        self.follow = False

    def on_scroll_up(self, _message: ScrollUp) -> None:
        """Let the reader read: the scrollbar was clicked."""
        self.follow = False

    def action_scroll_down(self) -> None:
        """Go down a line."""
        self.scroll_by_hand(1)

    def action_scroll_up(self) -> None:
        """Go up a line."""
        self.scroll_by_hand(-1)

    def action_page_down(self) -> None:
        """Go down a page, a line of the last one kept."""
        self.scroll_by_hand(self._page_lines)

    def action_page_up(self) -> None:
        """Go up a page, a line of the last one kept."""
        self.scroll_by_hand(-self._page_lines)

    def action_scroll_home(self) -> None:
        """Go to the first line."""
        self.scroll_by_hand(-self.virtual_size.height)

    def action_scroll_end(self) -> None:
        """Go to the last line."""
        self.scroll_by_hand(self.virtual_size.height)

    @property
    def _page_lines(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)
