"""Something did not work: what happened, and what to do next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.words import plain


class TroubleScreen(ModalScreen[None]):
    """An error that the program goes on after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,q", "dismiss", "back"),
    ]

    def __init__(self, message: str, hint: str) -> None:
        """Prepare the two sentences; the hint may be empty."""
        super().__init__()
        self._message, self._hint = message, hint

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box"):
            yield Static(plain(self._message), classes="box-title")
            yield Static(plain(self._hint), classes="box-text")
            yield KeyBar()
