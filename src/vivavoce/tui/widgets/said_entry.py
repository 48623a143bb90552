"""The entry of a debrief that tells a sentence which was said again."""

from __future__ import annotations

from textual.content import Content

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES
from vivavoce.tui.widgets.entry import Entry


class SaidEntry(Entry):
    """Plays the answer with the sentence in its place."""

    def __init__(self, patch: Annotation) -> None:
        super().__init__(
            Content.styled("YOUR SENTENCE", "bold $quiet"), Content(), classes="-section"
        )
        self.patch = patch
        self._outcome = ""
        self._text = self._told()

    def show_outcome(self, outcome: str) -> None:
        """Tell what it changes, in a sentence; empty where another entry tells it."""
        self._outcome = outcome
        self._text = self._told()
        if self.is_mounted:
            self.show_text(self._text)

    def on_resize(self) -> None:
        """Stay in view: it has just come here, or its outcome has made it grow."""
        if self.has_focus:
            self.scroll_visible(animate=False)

    def _told(self) -> Content:
        criterion = self.patch.criterion
        name = f"  {CRITERION_NAMES[criterion]}" if criterion is not None else ""
        quote = f"“{one_line(self.patch.text)}”"
        outcome = ("\n", (self._outcome, "bold")) if self._outcome else ()
        return Content.assemble(quote, (name, "$quiet"), *outcome)
