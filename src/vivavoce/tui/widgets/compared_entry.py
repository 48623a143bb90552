"""One cell of a comparison: what one of two attempts has there, and the words it rests on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.speech import Span
from vivavoce.tui.widgets.entry import Entry


class ComparedEntry(Entry):
    """Can be gone to where there is something to hear; on a narrow screen it names its attempt."""

    DEFAULT_CSS = """
    ComparedEntry {
        width: 1fr;
        height: auto;
        padding: 0 1 0 0;
        border-left: blank;
        .entry-told, .entry-label, .entry-text { height: auto; width: 1fr; }
        .entry-letter { display: none; width: 2; color: $quiet; }
        &.-no-label .entry-label, &.-no-text .entry-text { display: none; }
        &:focus { background: $panel; border-left: outer $primary; }
    }
    """

    def __init__(
        self,
        letter: str,
        label: Content,
        text: Content,
        span: Span | None = None,
        attempt_id: str = "",
    ) -> None:
        """Make a cell.

        Args:
            letter: Of the attempt.
            label: In its first line; may be empty.
            text: Below it; may be empty.
            span: What can be heard; None where nothing can.
            attempt_id: In whose recording.
        """
        classes = " ".join(
            name
            for name, given in (
                ("-quoted", span is not None),
                ("-no-label", not label.plain),
                ("-no-text", not text.plain),
            )
            if given
        )
        super().__init__(label, text, span, classes=classes)
        self.can_focus = span is not None
        self.attempt_id = attempt_id
        self._letter = letter

    def compose(self) -> ComposeResult:
        """Put the attempt's letter before the rest."""
        yield Static(self._letter, classes="entry-letter", markup=False)
        with Vertical(classes="entry-told"):
            yield from super().compose()
