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

    def __init__(
        self,
        question: str = "Leave this round?",
        outcome: str = "The recording is kept, nothing is scored.",
    ) -> None:
        """Ask `question` and tell what a yes does."""
        super().__init__()
        self._question, self._outcome = question, outcome

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box"):
            yield Static(self._question, classes="box-title")
            yield Static(self._outcome, classes="box-text")
            yield KeyBar()

    def action_leave(self) -> None:
        """Leave the round."""
        self.dismiss(True)

    def action_stay(self) -> None:
        """Go on with it."""
        self.dismiss(False)
