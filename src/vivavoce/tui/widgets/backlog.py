"""How much speech is still to be read, once that needs explaining."""

from __future__ import annotations

from textual.content import Content

from vivavoce.tui.widgets.line import Line

EXPLAINED_SECONDS = 30.0
"""Words that lag behind by more than this are explained. Speech is read in batches of up to 28 s,
so less is the normal way and marked by three dots only."""


class Backlog(Line):
    """Empty while reading keeps up."""

    def __init__(self) -> None:
        super().__init__(Content())

    def tell(self, seconds: float) -> None:
        """Say how far the words lag behind."""
        late = seconds > EXPLAINED_SECONDS
        self.show(Content(f"{seconds:.0f} s still to be read" if late else ""))
