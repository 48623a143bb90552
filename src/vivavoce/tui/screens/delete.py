"""Asking before an attempt is deleted."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.words import plain


class DeleteScreen(ModalScreen[bool]):
    """Dismissed with True when the attempt is to be deleted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "delete", "delete", tooltip="Delete it for good"),
        Binding("escape", "keep", "keep", tooltip="Keep it"),
        Binding("enter,n", "keep", "keep", show=False),
    ]

    def __init__(self, title: str, began: str) -> None:
        """Ask about the attempt at `title` that began at `began`."""
        super().__init__()
        self._title, self._began = title, began

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box"):
            yield Static(plain(f"Delete “{self._title}” of {self._began}?"), classes="box-title")
            yield Static(
                "Its recording, words, notes and debrief go for good. It cannot be undone.",
                classes="box-text",
                markup=False,
            )
            yield KeyBar()

    def action_delete(self) -> None:
        """Delete it."""
        self.dismiss(True)

    def action_keep(self) -> None:
        """Keep it."""
        self.dismiss(False)
