"""The transcript of an attempt, its words lit as they are spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.turns import Turn
from vivavoce.tui.widgets.hand_scrolled import HandScrolled
from vivavoce.tui.widgets.transcript_layout import TranscriptLayout
from vivavoce.tui.widgets.transcript_pieces import (
    NO_WORD,
    Paragraph,
    Piece,
    Signs,
    paragraphs,
    signs_of,
)

_Looks = tuple[str, ...]
"""Component classes, each on top of the one before."""


class TranscriptView(HandScrolled):
    """Words are counted as in the `words` that were shown last."""

    ALLOW_SELECT = False  # the mouse selects words here, not the screen's text
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--time",
        "transcript--letter",
        "transcript--said",
        "transcript--asked",
        "transcript--quiet",
        "transcript--sign",
        "transcript--underlined",
        "transcript--found",
        "transcript--selected",
        "transcript--lit",
    }
    DEFAULT_CSS = """
    TranscriptView {
        height: 1fr;
        width: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        .transcript--time { color: $quiet; }
        .transcript--letter { color: $success; text-style: bold; }
        .transcript--asked { color: $quiet; text-style: italic; }
        .transcript--quiet { color: $quiet; }
        .transcript--sign { color: $accent; }
        .transcript--underlined { text-style: underline; }
        .transcript--found { background: $panel; color: $primary; text-style: bold; }
        .transcript--selected { background: $primary; color: $background; }
        .transcript--lit { background: $accent; color: $background; text-style: bold underline; }
    }
    """

    @dataclass
    class WordClicked(Message):
        """A word was clicked."""

        index: int
        shift: bool
        """Whether shift was held: to select up to here."""

    @dataclass
    class WordsDragged(Message):
        """The mouse is dragged over words; sent again whenever they change."""

        first: int
        last: int
        """Inclusive, not before `first`."""

    def __init__(self) -> None:
        super().__init__()
        self._lit: int | None = None
        self._selected: tuple[int, int] | None = None
        self._found: tuple[int, ...] = ()
        self._found_set: frozenset[int] = frozenset()
        self._count = 0
        self._paragraphs: Sequence[Paragraph] = paragraphs((), (), (), Signs())
        self._evidence: Sequence[tuple[int, int, str]] = ()
        self._signs = Signs()
        self._width = 80  # until it is laid out
        self._layout = self._wrapped()
        self._styles: dict[_Looks, RichStyle] = {}
        self._pressed: int | None = None
        """The word on which the mouse went down."""
        self._dragged: tuple[int, int] | None = None

    # -- what it shows -----------------------------------------------------------------------

    def show(
        self,
        turns: Sequence[Turn],
        words: Sequence[ShownWord],
        annotations: Sequence[Annotation],
        evidence: Sequence[tuple[int, int, str]],
    ) -> None:
        """Show a transcript, nothing lit, selected or found; the place in it stays where it can.

        Args:
            turns: The attempt's, as the machine heard them.
            words: From `shown_words`.
            annotations: The attempt's.
            evidence: First and last index in `words`, and the criterion's letter.
        """
        self._count = len(words)
        self._signs = signs_of(words, annotations, evidence)
        self._paragraphs = paragraphs(turns, words, annotations, self._signs)
        self._evidence = tuple(evidence)
        self._lit = self._selected = None
        self.found = ()
        self._layout = self._wrapped()
        self.virtual_size = Size(self._width, len(self._layout.lines))
        self.refresh()

    @property
    def lit(self) -> int | None:
        """The word that is being spoken; only its lines are drawn again."""
        return self._lit

    @lit.setter
    def lit(self, index: int | None) -> None:
        index = self._known(index)
        if index == self._lit:
            return
        before, self._lit = self._lit, index
        for word in (before, index):
            if word is not None:
                self._refresh_lines(*self._layout.lines_of(word))
        if self.follow:
            self._bring_into_view(index)

    @property
    def selected(self) -> tuple[int, int] | None:
        """First and last word that are chosen, shown in reverse."""
        return self._selected

    @selected.setter
    def selected(self, words: tuple[int, int] | None) -> None:
        if words == self._selected:
            return
        before, self._selected = self._selected, words
        for chosen in (before, words):
            if chosen is not None and self._count:
                first, last = (max(0, min(self._count - 1, index)) for index in chosen)
                self._refresh_lines(self._layout.lines_of(first)[0], self._layout.lines_of(last)[1])

    @property
    def found(self) -> Sequence[int]:
        """The words that a search found."""
        return self._found

    @found.setter
    def found(self, words: Sequence[int]) -> None:
        if tuple(words) != self._found:
            self._found, self._found_set = tuple(words), frozenset(words)
            self.refresh()

    # -- where it stands ---------------------------------------------------------------------

    def back_to_now(self) -> None:
        """Follow the lit word again."""
        self.follow = True
        self._bring_into_view(self._lit)

    def scroll_to_word(self, index: int) -> None:
        """Bring a word into view, and follow the lit one no longer."""
        self.follow = False
        self._bring_into_view(self._known(index))

    def _bring_into_view(self, index: int | None) -> None:
        """Scroll only if a word is out of view, or on the last line: then to the middle."""
        region = self.scrollable_content_region
        height = region.height
        if index is None or height < 1 or region.width != self._width:
            return  # in the latter case it is wrapped anew first: see on_resize
        first, last = self._layout.lines_of(index)
        top = self.scroll_offset.y
        # A line to come is seen below the one that is read, where there are three or more.
        ahead = 1 if height > 2 and last + 1 < len(self._layout.lines) else 0
        if first < top or last + ahead >= top + height:
            self._centre(first)

    def _centre(self, line: int) -> None:
        height = self.scrollable_content_region.height
        self.scroll_to(y=max(0, line - height // 2), animate=False)

    def _known(self, index: int | None) -> int | None:
        return index if index is not None and 0 <= index < self._count else None

    def _wrapped(self) -> TranscriptLayout:
        return TranscriptLayout(self._paragraphs, self._count, self._evidence, self._width)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap at the new width, the lit word in the middle, or what is read at the top."""
        height = self.scrollable_content_region.height
        width = max(1, self.scrollable_content_region.width)
        if width == self._width:
            if self.follow and height:
                self._bring_into_view(self._lit)
            return
        top = self.scroll_offset.y
        first = self._layout.first_word_from(top) if top else None
        self._width = width
        self._layout = self._wrapped()
        self.virtual_size = Size(width, len(self._layout.lines))
        self.refresh()
        if self.follow and self._lit is not None:
            self._centre(self._layout.lines_of(self._lit)[0])
        elif first is not None:
            self.scroll_to(y=self._layout.lines_of(first)[0], animate=False)

    # -- the mouse on words ------------------------------------------------------------------

    def word_at(self, x: int, y: int) -> int | None:
        """Return the word at a place of the widget's content, None between words.

        Args:
            x: Columns from the left edge.
            y: Lines from the top edge, as scrolled.
        """
        return self._layout.word_at(x, y + self.scroll_offset.y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a click or a drag."""
        offset = event.get_content_offset(self)
        if event.button != 1 or offset is None:
            return
        self._pressed = self.word_at(offset.x, offset.y)
        self._dragged = None
        if self._pressed is not None:
            event.stop()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the mouse went down to where it is; beyond an edge, scroll."""
        if self._pressed is None:
            return
        event.stop()
        x, y = event.get_content_offset_capture(self)
        height = self.scrollable_content_region.height
        if not 0 <= y < height:
            self.scroll_by_hand(-1 if y < 0 else 1)
            y = max(0, min(height - 1, y))
        now = self._layout.word_near(x, y + self.scroll_offset.y)
        if now is None or (now == self._pressed and self._dragged is None):
            return
        words = min(now, self._pressed), max(now, self._pressed)
        if words != self._dragged:
            self._dragged = words
            self.follow = False  # the words must not move away under the mouse
            self.post_message(self.WordsDragged(*words))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End it; where nothing was dragged it was a click."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self.release_mouse()
        if self._dragged is None:
            self.post_message(self.WordClicked(pressed, event.shift))

    # -- drawing -----------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget the colours: the theme may be another."""
        self._styles = {}
        super().notify_style_update()

    def _refresh_lines(self, first: int, last: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        low, high = max(first - top, 0), min(last - top + 1, height)
        if low < high:
            self.refresh(Region(0, low, self._width, high - low))

    def render_line(self, y: int) -> Strip:
        """Return a line of the page."""
        line = y + self.scroll_offset.y
        if line >= len(self._layout.lines):
            return Strip.blank(self._width, self._style(()))
        segments = [
            Segment("".join(text for text, _ in run), self._style(looks))
            for looks, run in groupby(self._runs(line), key=_looks_of)
        ]
        return Strip(segments).adjust_cell_length(self._width, self._style(()))

    def _runs(self, line: int) -> Iterator[tuple[str, _Looks]]:
        """Return a line's texts, each with its looks."""
        time, letters = self._layout.margin_of(line)
        yield time, ("transcript--time",)
        yield letters, ("transcript--letter",) if letters.strip() else ()
        before: _Looks | None = None
        for piece in self._layout.lines[line].pieces:
            looks = self._looks(piece)
            if before is not None:
                # A line or a ground goes on between two words that share it.
                yield " ", tuple(look for look in before if look in looks and look != _LIT)
            before = looks
            end = len(piece.text) - piece.tail
            sign = ("transcript--sign", *(look for look in looks if look in _GROUNDS))
            if piece.lead:
                yield piece.text[: piece.lead], sign
            yield piece.text[piece.lead : end], looks
            if piece.tail:
                yield piece.text[end:], sign

    def _looks(self, piece: Piece) -> _Looks:
        looks = [f"transcript--{piece.kind}"]
        word = piece.word
        if word != NO_WORD:
            if word in self._signs.underlined:
                looks.append("transcript--underlined")
            if word in self._found_set:
                looks.append("transcript--found")
            if self._selected is not None and self._selected[0] <= word <= self._selected[1]:
                looks.append("transcript--selected")
            if word == self._lit:
                looks.append(_LIT)
        return tuple(looks)

    def _style(self, looks: _Looks) -> RichStyle:
        style = self._styles.get(looks)
        if style is None:
            style = self.rich_style
            for look in looks:
                style += self.get_component_rich_style(look, partial=True)
            self._styles[looks] = style
        return style


_looks_of = itemgetter(1)
_LIT = "transcript--lit"
_GROUNDS = ("transcript--selected", "transcript--found")
