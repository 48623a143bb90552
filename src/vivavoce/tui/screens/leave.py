"""Asking before a round is left."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static


class LeaveScreen(ModalScreen[bool]):
    """Dismissed with True when the round is to be left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "leave", "leave"),
        Binding("escape,n", "stay", "stay"),
    ]

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box"):
            yield Static("Leave this round?", classes="box-title")
            yield Static("The recording is kept, nothing is scored.", classes="box-text")
            yield Static("enter  leave      esc  stay", classes="box-keys")

    def action_leave(self) -> None:
        """Leave the round."""
        self.dismiss(True)

    def action_stay(self) -> None:
        """Go on with it."""
        self.dismiss(False)
