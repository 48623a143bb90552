"""The recording's outline, where the playhead is, and what stands along the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

import numpy as np
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from vivavoce.domain.peaks import Peaks
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.tui.widgets.braille import mirrored
from vivavoce.tui.widgets.sounding import asked_spans, silences

QUIETEST_FULL = 24.0
"""A recording whose loudest value (0 to 255) is below this is not stretched to the full height:
it is noise. Chosen: -20 dBFS."""
FLOOR = 0.03
"""What is lower than this share of the loudest is silence. Chosen: noise of a quiet room."""
SHIFTS = (0, 1, -1, 2, -2)
"""Columns that a mark may move to where another one stands. Chosen: it still points at its word."""
PLAYHEAD = "┃"


@dataclass(frozen=True, slots=True)
class WaveformMark:
    """A letter below the outline."""

    at: float
    """Seconds."""
    letter: str
    """One character: P S L E $ for evidence, ✎ a note, # a tag, ▾ a mark."""
    style: str
    """As in a Content: "$primary", "bold $accent"."""


def placed(marks: Iterable[WaveformMark], seconds: float, width: int) -> dict[int, WaveformMark]:
    """Return the marks by their column; one that finds its place taken moves aside or is left out.

    Args:
        marks: Those that matter most first.
        seconds: Length of the recording.
        width: Columns, at least 1.
    """
    places: dict[int, WaveformMark] = {}
    for mark in marks:
        column = column_of(mark.at, seconds, width)
        near = (column + shift for shift in SHIFTS)
        free = next((place for place in near if 0 <= place < width and place not in places), None)
        if free is not None:
            places[free] = mark
    return places


def column_of(at: float, seconds: float, width: int) -> int:
    """Return the column, 0 to `width - 1`, of a moment of a recording."""
    if seconds <= 0.0:
        return 0
    return max(0, min(width - 1, int(at / seconds * width)))


class Waveform(Widget):
    """Lines of the outline, then a line of marks; its height is the stylesheet's (4 by default).

    The interviewer's stretches are of half the dots, a pause is a thin rule.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "waveform--ahead",
        "waveform--played",
        "waveform--asked-ahead",
        "waveform--asked-played",
        "waveform--rule",
        "waveform--playhead",
        "waveform--loop",
    }
    DEFAULT_CSS = """
    Waveform {
        height: 4;
        width: 1fr;
        .waveform--ahead { color: $quiet; }
        .waveform--played { color: $primary; }
        .waveform--asked-ahead { color: $quiet 60%; }
        .waveform--asked-played { color: $primary 60%; }
        .waveform--rule { color: $rule; }
        .waveform--playhead { color: $accent; text-style: bold; }
        .waveform--loop { background: $panel; }
    }
    """

    @dataclass
    class Sought(Message):
        """A moment was pointed at, by a click or while the mouse is dragged."""

        seconds: float

    def __init__(self, peaks: Peaks | None, seconds: float) -> None:
        """Draw an outline over the whole width.

        Args:
            peaks: None where there is no recording: a rule stands for it.
            seconds: Length of the recording.
        """
        super().__init__()
        self._peaks, self._seconds = peaks, seconds
        self._position = 0.0
        self._selection: Span | None = None
        self._marks: tuple[WaveformMark, ...] = ()
        self._asked: list[Span] = []
        self._silences: list[Span] = []
        self._held: int | None = None
        """The column that the mouse holds down."""
        self._drawn_for: Size | None = None
        self._lines: list[str] = []
        """The outline without the playhead."""
        self._kinds: list[str] = []
        """Of each column: `rule`, `asked` or nothing."""
        self._places: dict[int, WaveformMark] = {}

    # -- what it shows -----------------------------------------------------------------------

    @property
    def position(self) -> float:
        """Seconds; where the playhead is. Only the columns that it passes are drawn again."""
        return self._position

    @position.setter
    def position(self, seconds: float) -> None:
        before = self._column(self._position)
        self._position = seconds
        after = self._column(seconds)
        if before != after:
            low, high = sorted((before, after))
            self.refresh(Region(low, 0, high - low + 1, self._outline_lines))

    @property
    def selection(self) -> Span | None:
        """The stretch that is played again and again."""
        return self._selection

    @selection.setter
    def selection(self, span: Span | None) -> None:
        if span != self._selection:
            self._selection = span
            self.refresh()

    def show_sound(self, peaks: Peaks | None, seconds: float) -> None:
        """Show another recording; the arguments are those of the constructor."""
        self._peaks, self._seconds = peaks, seconds
        self._draw_anew()

    def show_marks(self, marks: Sequence[WaveformMark]) -> None:
        """Show these marks, and no others, below the outline; those that matter most come first."""
        self._marks = tuple(marks)
        self._draw_anew()

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Dim the interviewer's stretches and rule the pauses."""
        self._asked = asked_spans(turns)
        self._silences = silences(turns, self._seconds)
        self._draw_anew()

    # -- the mouse ---------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go where the mouse points."""
        offset = event.get_content_offset(self)
        if event.button != 1 or offset is None:
            return
        event.stop()
        self.capture_mouse()
        self._held = offset.x
        mark = self._places.get(offset.x) if offset.y >= self._outline_lines else None
        self.post_message(self.Sought(mark.at if mark else self._middle(offset.x)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go along with a mouse that is held down."""
        if self._held is None:
            return
        event.stop()
        column = event.get_content_offset_capture(self).x
        column = max(0, min(self.content_size.width - 1, column))
        if column != self._held:
            self._held = column
            self.post_message(self.Sought(self._middle(column)))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let go."""
        if self._held is not None:
            self._held = None
            self.release_mouse()

    def _middle(self, column: int) -> float:
        return (column + 0.5) / max(1, self.content_size.width) * self._seconds

    # -- drawing -----------------------------------------------------------------------------

    @property
    def _outline_lines(self) -> int:
        """Lines of the outline: all but the one of the marks, where there is room for one."""
        return max(1, self.content_size.height - 1)

    def _column(self, seconds: float) -> int:
        return column_of(seconds, self._seconds, max(1, self.content_size.width))

    def _draw_anew(self) -> None:
        self._drawn_for = None
        self.refresh()

    def _draw(self) -> None:
        """Draw everything that stays while it plays."""
        width, lines = max(1, self.content_size.width), self._outline_lines
        asked = _columns_within(self._asked, self._seconds, width)
        quiet = _columns_within(self._silences, self._seconds, width)
        if self._peaks is None:
            quiet[:] = True
        heights = _heights(self._peaks, self._seconds, 2 * width)
        heights[1::2][asked] = 0.0
        heights[np.repeat(quiet, 2)] = 0.0
        self._lines = mirrored(heights, lines)
        # In a space of its own between two lines of dots where their number is even.
        middle, rule = (lines // 2, "─") if lines % 2 else (lines // 2 - 1, "▁")
        ruled = "".join(
            rule if silent else character
            for character, silent in zip(self._lines[middle], quiet, strict=True)
        )
        self._lines[middle] = ruled
        self._kinds = [
            "rule" if silent else "asked" if other else ""
            for silent, other in zip(quiet.tolist(), asked.tolist(), strict=True)
        ]
        self._places = placed(self._marks, self._seconds, width)
        self._drawn_for = self.content_size

    def render_line(self, y: int) -> Strip:
        """Return a line of the outline, or that of the marks."""
        if self._drawn_for != self.content_size:
            self._draw()
        width = len(self._kinds)
        looped = range(0)
        if self._selection is not None:
            looped = range(
                self._column(self._selection.start), self._column(self._selection.end) + 1
            )
        cells = self._outline(y) if y < self._outline_lines else self._mark_line()
        loop = self.get_component_rich_style("waveform--loop", partial=True)
        styled = [
            (character, style + loop if column in looped else style)
            for column, (character, style) in enumerate(cells)
        ]
        return Strip(
            [
                Segment("".join(character for character, _ in run), style)
                for style, run in groupby(styled, key=lambda cell: cell[1])
            ],
            width,
        )

    def _outline(self, y: int) -> list[tuple[str, RichStyle]]:
        now = self._column(self._position)
        styles = {
            (kind, played): self.get_component_rich_style(
                "waveform--rule"
                if kind == "rule"
                else f"waveform--{f'{kind}-' if kind else ''}{'played' if played else 'ahead'}"
            )
            for kind in ("", "asked", "rule")
            for played in (True, False)
        }
        line = self._lines[y]
        cells = [
            (line[column], styles[kind, column < now]) for column, kind in enumerate(self._kinds)
        ]
        cells[now] = (PLAYHEAD, self.get_component_rich_style("waveform--playhead"))
        return cells

    def _mark_line(self) -> list[tuple[str, RichStyle]]:
        base = self.visual_style
        cells = [(" ", base.rich_style)] * len(self._kinds)
        for column, mark in self._places.items():
            cells[column] = (_one_cell(mark.letter), (base + Style.parse(mark.style)).rich_style)
        return cells


def _heights(
    peaks: Peaks | None, seconds: float, count: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the outline's heights, 0 to 1, the loudest stretch at full height."""
    if peaks is None or seconds <= 0.0:
        return np.zeros(count)
    levels = peaks.averages(0.0, seconds, count)
    loudest = max(float(levels.max(initial=0.0)), QUIETEST_FULL)
    shares = levels / loudest
    return np.where(shares < FLOOR, 0.0, shares)


def _columns_within(
    spans: Iterable[Span], seconds: float, width: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which columns' middles lie within one of the spans."""
    middles = (np.arange(width) + 0.5) / width * seconds
    within = np.zeros(width, np.bool_)
    for span in spans:
        within |= (middles >= span.start) & (middles < span.end)
    return within


def _one_cell(letter: str) -> str:
    """Return one character of one column, whatever was given."""
    first = one_line(letter)[:1]
    return first if cell_len(first) == 1 else "•"
