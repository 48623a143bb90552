"""What the interviewer asks, with the word that is being spoken lit."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.text import strip_controls

WordStarts = Sequence[tuple[int, int, float]]


def spoken_word(words: WordStarts, heard_seconds: float) -> tuple[int, int] | None:
    """Return the characters of the word that sounds now, or None before the first one.

    Args:
        words: (start_char, end_char, seconds from the sentence's start), in time order.
        heard_seconds: How much of the sentence was heard.
    """
    current = None
    for start, end, seconds in words:
        if seconds > heard_seconds:
            break
        current = (start, end)
    return current


class Question(Static):
    """The interviewer's latest sentence."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._text = ""
        self._words: WordStarts = ()
        self._lit: tuple[int, int] | None = None

    def ask(self, text: str, words: WordStarts = ()) -> None:
        """Show a sentence, no word lit yet."""
        self._text = strip_controls(text)
        # Offsets count in the text as it was spoken: with characters gone, none can be lit.
        self._words = words if self._text == text else ()
        self._lit = None
        self.update(Content(self._text))

    def light(self, heard_seconds: float) -> None:
        """Light the word that sounds now; nothing is drawn while it stays the same."""
        lit = spoken_word(self._words, heard_seconds)
        if lit != self._lit:
            self._lit = lit
            self._draw()

    def rest(self) -> None:
        """Show the whole sentence again, as one that was spoken."""
        self._words = ()
        self._lit = None
        self._draw()

    def _draw(self) -> None:
        if self._lit is None:
            self.update(Content(self._text))
            return
        start, end = self._lit
        self.update(
            Content.assemble(
                self._text[:start],
                (self._text[start:end], "bold underline $accent"),
                self._text[end:],
            )
        )
