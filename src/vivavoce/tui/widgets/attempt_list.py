"""The attempts, one a line; thousands of them cost no more than those in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from vivavoce.tui.attempt_lines import attempt_line, found_line

if TYPE_CHECKING:
    from vivavoce.domain.attempt import AttemptSummary
    from vivavoce.tui.archive import History


class AttemptList(ScrollView, can_focus=True):
    """Draws the lines that are in view, and one more below each where something was searched."""

    DEFAULT_CSS = """
    AttemptList {
        height: 1fr;
        padding: 0 1;
        scrollbar-gutter: stable;
        background: $background;
        & > .attempt-list--chosen {
            background: $panel;
            text-style: bold;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"attempt-list--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "debrief", tooltip="Read what the chosen attempt came to"),
        Binding("down,j", "go(1)", "down", tooltip="To the next attempt", show=False),
        Binding("up,k", "go(-1)", "up", tooltip="To the attempt before", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("home", "first", "newest", show=False),
        Binding("end", "last", "oldest", show=False),
    ]

    @dataclass
    class Opened(Message):
        """The chosen attempt is to be shown."""

        attempt: AttemptSummary

    @dataclass
    class Resized(Message):
        """The lines have another width."""

        width: int

    def __init__(self) -> None:
        super().__init__()
        self._history: History | None = None
        self._attempts: Sequence[AttemptSummary] = ()
        self._place = 0
        self._compared = ""

    def show(self, history: History, from_the_first: bool = False) -> None:
        """Show attempts, the same one chosen where it is still there.

        Otherwise the one that takes its place is, as after deleting it.

        Args:
            history: The attempts, and what was found in them.
            from_the_first: Choose the first one, whatever was chosen.
        """
        chosen = self.chosen
        searched = self._history is not None and bool(self._history.found) != bool(history.found)
        self._history, self._attempts = history, history.attempts
        ids = [attempt.id for attempt in self._attempts]
        if from_the_first:
            self._place = 0
        elif chosen is not None and chosen.id in ids:
            self._place = ids.index(chosen.id)
        else:
            self._place = 0 if searched else max(0, min(self._place, len(ids) - 1))
        self._fit()
        self._show_place()

    def mark_for_comparison(self, attempt_id: str) -> None:
        """Mark the attempt that another one is to be compared with; empty for none."""
        self._compared = attempt_id
        self.refresh()

    @property
    def chosen(self) -> AttemptSummary | None:
        """The attempt that the keys are about; None where there is none."""
        return self._attempts[self._place] if self._attempts else None

    @property
    def count(self) -> int:
        """How many attempts there are to choose from."""
        return len(self._attempts)

    @property
    def line_width(self) -> int:
        """Columns of a line, the mark and a column to the right taken off."""
        return max(0, self.scrollable_content_region.width - 3)

    @property
    def _lines_each(self) -> int:
        return 2 if self._history is not None and self._history.found else 1

    def _fit(self) -> None:
        self.virtual_size = Size(
            self.scrollable_content_region.width, len(self._attempts) * self._lines_each
        )
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of what is in view."""
        width = self.scrollable_content_region.width
        place, below = divmod(y + self.scroll_offset.y, self._lines_each)
        if self._history is None or place >= len(self._attempts):
            return Strip.blank(width, self.rich_style)
        attempt = self._attempts[place]
        chosen = place == self._place
        if below:
            content = found_line(self._history.found.get(attempt.id, ""), self.line_width)
        else:
            levels = self._history.levels.get(attempt.id)
            compared = attempt.id == self._compared
            line = attempt_line(attempt, levels, self.line_width, compared)
            marks = ("▸" if chosen else " ", "$primary"), ("x" if compared else " ", "$accent")
            content = Content.assemble(*marks, line)
        style = self.get_visual_style("attempt-list--chosen") if chosen else self.visual_style
        strips = Visual.to_strips(self, content, width, 1, style, apply_selection=False, pad=True)
        return strips[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave enter to the screen where there is nothing to open."""
        return action != "open" or bool(self._attempts)

    # -- going about in it -------------------------------------------------------------------

    def _show_place(self) -> None:
        height = self._lines_each
        self.scroll_to_region(
            Region(0, self._place * height, 1, height), animate=False, immediate=True, force=True
        )

    def _go_to(self, place: int) -> None:
        self._place = max(0, min(place, len(self._attempts) - 1))
        self._show_place()
        self.refresh()
        self.screen.refresh_bindings()

    def action_go(self, step: int) -> None:
        """Go one attempt down (1) or up (-1)."""
        self._go_to(self._place + step)

    def action_page(self, step: int) -> None:
        """Go a page down (1) or up (-1)."""
        shown = self.scrollable_content_region.height // self._lines_each
        self._go_to(self._place + step * max(1, shown - 1))

    def action_first(self) -> None:
        """Go to the first attempt."""
        self._go_to(0)

    def action_last(self) -> None:
        """Go to the last attempt."""
        self._go_to(len(self._attempts) - 1)

    def action_open(self) -> None:
        """Open the chosen attempt."""
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Choose the attempt under the pointer; a second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = (offset.y + self.scroll_offset.y) // self._lines_each
        if place < len(self._attempts):
            self._go_to(place)
            if event.chain == 2:
                self.action_open()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the columns to the new width."""
        self._fit()
        self.post_message(self.Resized(self.line_width))
