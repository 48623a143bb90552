"""A key bar where two keys that go back and forth are told as one."""

from __future__ import annotations

from textual.binding import Binding

from vivavoce.tui.widgets.key_bar import KeyBar


class PairedKeyBar(KeyBar):
    """Keys of one description stand together: `← → 3 s`. The second of them is not shown itself."""

    def __init__(self) -> None:
        super().__init__()
        self._renamed: dict[str, str] = {}

    def rename(self, action: str, description: str) -> None:
        """Describe a key otherwise from now on, while it does something else."""
        if self._renamed.get(action) != description:
            self._renamed[action] = description
            self.refresh()

    def _length(self, binding: Binding) -> int:
        return len(self._keys(binding)) + 1 + len(self._described(binding))

    def _label(self, binding: Binding, start: int) -> tuple[tuple[str, str], str]:
        self._places.append((start, start + self._length(binding), binding.key))
        return (self._keys(binding), "bold $primary"), f" {self._described(binding)}"

    def _described(self, binding: Binding) -> str:
        return self._renamed.get(binding.action, binding.description)

    def _keys(self, binding: Binding) -> str:
        """Return the keys that share a description, in the order of the screen's bindings."""
        keys = {
            active.binding.action: self.app.get_key_display(active.binding)
            for active in reversed(list(self.screen.active_bindings.values()))
            if active.binding.description == binding.description and active.enabled
        }
        return " ".join(reversed(list(keys.values())))
