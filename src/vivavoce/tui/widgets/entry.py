"""One entry of a debrief: a label, a text, and the stretch of the recording it rests on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.speech import Span


class Entry(Horizontal, can_focus=True):
    """Can be gone to with the arrow keys; `span` is what the space bar plays."""

    def __init__(
        self, label: Content, text: Content, span: Span | None = None, *, classes: str = ""
    ) -> None:
        super().__init__(classes=classes)
        self._label, self._text = label, text
        self.span = span

    def compose(self) -> ComposeResult:
        """Lay label and text out, side by side or one below the other."""
        yield Static(self._label, classes="entry-label")
        yield Static(self._text, classes="entry-text")

    def show_text(self, text: Content) -> None:
        """Change the text."""
        self.query_one(".entry-text", Static).update(text)

    def show_playing(self, playing: bool) -> None:
        """Mark, or no longer, that the words are being played."""
        mark = (" ▶", "$primary") if playing else ""
        self.query_one(".entry-label", Static).update(Content.assemble(self._label, mark))
