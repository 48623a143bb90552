"""The keys of the screen underneath, with what each does."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from vivavoce.tui.widgets.key_bar import KeyBar


class KeysScreen(ModalScreen[None]):
    """Every key that does something now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,q", "dismiss", "back"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        """Collect the keys of `screen`: those that explain themselves."""
        super().__init__()
        self._lines: dict[str, tuple[list[str], str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.tooltip and active.enabled:
                keys, _ = self._lines.setdefault(binding.action, ([], binding.tooltip))
                keys.append(screen.app.get_key_display(binding))

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        lines = [("  ".join(keys), tooltip) for keys, tooltip in self._lines.values()]
        width = max(len(keys) for keys, _ in lines)
        with VerticalScroll(classes="box"):
            yield Static("Keys", classes="box-title")
            for keys, tooltip in lines:
                yield Static(Content.assemble((keys.ljust(width + 3), "bold $primary"), tooltip))
            yield KeyBar()
