"""The line in which words are searched."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static


class SearchLine(Horizontal):
    """`enter` and down go on, up goes back, `esc` ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go(1)", "next", priority=True),
        Binding("down", "go(1)", "down", priority=True, show=False),
        Binding("up", "go(-1)", "up", priority=True, show=False),
        Binding("escape", "end", "end the search", priority=True),
    ]

    class Went(Message):
        """The next place (1) or the one before (-1) is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """Nothing is searched any more."""

    def compose(self) -> ComposeResult:
        """Lay the line out: what is searched, and how much was found."""
        yield Input(placeholder="Search the words", compact=True)
        yield Static("", id="hits", markup=False)

    @property
    def searched(self) -> str:
        """What is searched."""
        return self.query_one(Input).value

    def begin(self) -> None:
        """Be typed into."""
        line = self.query_one(Input)
        line.select_all()
        line.focus()

    def tell(self, told: str) -> None:
        """Say how much was found."""
        self.query_one("#hits", Static).update(told)

    def action_go(self, step: int) -> None:
        """Go to the next place, or back."""
        self.post_message(self.Went(step))

    def action_end(self) -> None:
        """End the search."""
        self.post_message(self.Ended())
