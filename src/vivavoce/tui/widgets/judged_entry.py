"""The entry of a debrief that tells one judgement."""

from __future__ import annotations

from textual.content import Content

from vivavoce.domain.debrief import Criterion
from vivavoce.domain.speech import Span
from vivavoce.tui.widgets.entry import Entry


class JudgedEntry(Entry):
    """Knows which criterion it tells of, so that the judgement can be disputed."""

    def __init__(
        self, criterion: Criterion, label: Content, text: Content, span: Span | None
    ) -> None:
        super().__init__(label, text, span, classes="-proof")
        self.criterion = criterion

    def on_resize(self) -> None:
        """Stay in view: the candidate's words may have made it grow past the end of the page."""
        if self.has_focus:
            self.scroll_visible(animate=False)
