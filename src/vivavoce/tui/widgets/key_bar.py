"""The last line of a screen: the keys that do something now, as many as fit."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class KeyBar(Widget):
    """Keys in the order of the screen's bindings; `?` always keeps its place at the end."""

    GAP = 3
    """Columns between two keys. Chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """Return the line; a key is left out whole when it does not fit."""
        width = self.content_size.width
        shown: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                shown.setdefault(active.binding.action, active.binding)
        last = shown.pop("help", None)
        room = width - (self._length(last) + self.GAP if last else 0)
        self._places = []
        parts: list[str | tuple[str, str]] = []
        used = 0
        for binding in shown.values():
            length = self._length(binding)
            if used + length > room:
                break
            parts += [*self._label(binding, used), " " * self.GAP]
            used += length + self.GAP
        if last is not None:
            start = max(0, width - self._length(last))
            parts += [" " * (start - used), *self._label(last, start)]
        return Content.assemble(*parts)

    def _length(self, binding: Binding) -> int:
        return len(self.app.get_key_display(binding)) + 1 + len(binding.description)

    def _label(self, binding: Binding, start: int) -> tuple[tuple[str, str], str]:
        self._places.append((start, start + self._length(binding), binding.key))
        return (self.app.get_key_display(binding), "bold $primary"), f" {binding.description}"

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        x = event.x - self.content_region.x + self.region.x
        for start, end, key in self._places:
            if start <= x < end:
                self.app.simulate_key(key)
