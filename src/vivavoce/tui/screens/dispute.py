"""“I did say it”: the candidate marks the words that a judgement missed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from vivavoce.domain.debrief import Criterion
from vivavoce.domain.dispute import whole_words
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES
from vivavoce.tui.widgets.key_bar import KeyBar

WHAT_TO_DO = (
    "Mark the words in which you said it: shift with the arrow keys, or drag. "
    "Enter keeps them, esc goes back."
)
NOTHING_MARKED = (
    "Nothing is marked yet. Hold shift and press an arrow key, or drag over the words; then enter."
)


class DisputeScreen(ModalScreen[tuple[int, int] | None]):
    """Dismissed with the offsets of the whole words that were marked, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep"),
        Binding("escape", "go_back", "back"),
    ]

    def __init__(self, criterion: Criterion, text: str) -> None:
        """Ask for words.

        Args:
            criterion: Whose judgement is disputed.
            text: The answer, words with single spaces between them.
        """
        super().__init__()
        self._criterion, self._text = criterion, text

    def compose(self) -> ComposeResult:
        """Lay the box out, the answer in its middle."""
        # One character for one and on one line: a column of the area is an offset in the text.
        shown = "".join(one_line(character) or " " for character in self._text)
        with Vertical(classes="box"):
            yield Static(f"{CRITERION_NAMES[self._criterion]}: I did say it", classes="box-title")
            yield Static(WHAT_TO_DO, id="what-to-do")
            yield TextArea(shown, read_only=True, soft_wrap=True, highlight_cursor_line=False)
            yield KeyBar()

    def action_keep(self) -> None:
        """Go back with the marked words, if there are any."""
        (_, start), (_, end) = sorted(self.query_one(TextArea).selection)
        stretch = whole_words(self._text, start, end)
        if stretch is None:
            self._say(NOTHING_MARKED, nothing_marked=True)
        else:
            self.dismiss(stretch)

    @on(TextArea.SelectionChanged)
    def _marking(self) -> None:
        self._say(WHAT_TO_DO, nothing_marked=False)

    def _say(self, words: str, *, nothing_marked: bool) -> None:
        line = self.query_one("#what-to-do", Static)
        line.update(words)
        line.set_class(nothing_marked, "-nothing-marked")

    def action_go_back(self) -> None:
        """Go back and keep nothing."""
        self.dismiss(None)
