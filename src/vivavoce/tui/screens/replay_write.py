"""Writing on words of a replay: a note, or what was really said."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from vivavoce.domain.annotation import MAX_CHARACTERS
from vivavoce.domain.text import one_line
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.words import plain

QUOTED_CHARACTERS = 120
"""Of the words that are written on. Chosen: two lines of the box."""


def quoted(text: str) -> str:
    """Return words in quotes, shortened to what a box has room for."""
    line = one_line(text)
    short = line if len(line) <= QUOTED_CHARACTERS else f"{line[: QUOTED_CHARACTERS - 1]}…"
    return f"“{short}”"


class WriteScreen(ModalScreen[str | None]):
    """Dismissed with the text on one line, which may be empty, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the text area, which would begin a new line.
        Binding("enter", "keep", "keep", priority=True),
        Binding("escape", "go_back", "back", priority=True),
    ]

    def __init__(self, title: str, about: str, text: str) -> None:
        """Ask for a text.

        Args:
            title: What is asked.
            about: A sentence on the words that are written on.
            text: What stands there already.
        """
        super().__init__()
        self._title, self._about, self._text = title, about, one_line(text)

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(plain(self._title), classes="box-title")
            yield Static(plain(self._about), classes="box-text")
            yield TextArea(self._text, compact=True, highlight_cursor_line=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Go on writing where the text ends."""
        area = self.query_one(TextArea)
        self.begin(area)
        area.focus()

    def begin(self, area: TextArea) -> None:
        """Put the cursor where writing begins."""
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        """Go back with the text, once the letters typed before this key stand in it."""
        self.query_one(TextArea).call_later(self._keep)

    def _keep(self) -> None:
        text = one_line(self.query_one(TextArea).text)
        if len(text) <= MAX_CHARACTERS:
            self.dismiss(text)
            return
        told = f"That has {len(text):,} characters; there is room for {MAX_CHARACTERS:,}."
        self.query_one(".box-text", Static).update(plain(told))

    def action_go_back(self) -> None:
        """Go back and change nothing."""
        self.dismiss(None)


class NoteScreen(WriteScreen):
    """A note on words."""

    def __init__(self, words: str, text: str) -> None:
        """Ask for a note on `words`; `text` is the one that stands there."""
        hint = " An empty note goes away." if text else ""
        super().__init__("Your note" if text else "A note", f"On {quoted(words)}.{hint}", text)


class CorrectScreen(WriteScreen):
    """What was really said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "as_heard", "as heard", priority=True),
        Binding("ctrl+l", "hear", "hear it", priority=True),
    ]

    def __init__(self, heard: str, text: str, hear: Callable[[], None]) -> None:
        """Ask what was said.

        Args:
            heard: The words as the machine heard them.
            text: As they are corrected now.
            hear: Plays them.
        """
        about = f"The machine heard {quoted(heard)}. Leave it empty if you said nothing here."
        super().__init__("What did you say?", about, text)
        self._heard, self._hear = one_line(heard), hear

    def begin(self, area: TextArea) -> None:
        """Let the first letter replace what was misheard."""
        area.select_all()

    def action_as_heard(self) -> None:
        """Go back to what the machine heard."""
        self.dismiss(self._heard)

    def action_hear(self) -> None:
        """Hear the words."""
        self._hear()
