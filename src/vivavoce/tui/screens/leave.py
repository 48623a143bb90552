"""Asking before a round is left."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from vivavoce.tui.widgets.key_bar import KeyBar


class LeaveScreen(ModalScreen[bool]):
    """Dismissed with True when the round is to be left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "leave", "leave", tooltip="Leave the round"),
        Binding("escape", "stay", "stay", tooltip="Go on with the round"),
        Binding("enter,n", "stay", "stay", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box"):
            yield Static("Leave this round?", classes="box-title")
            yield Static("The recording is kept, nothing is scored.", classes="box-text")
            yield KeyBar()

    def action_leave(self) -> None:
        """Leave the round."""
        self.dismiss(True)

    def action_stay(self) -> None:
        """Go on with it."""
        self.dismiss(False)
