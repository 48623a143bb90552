"""The cases, one a line, each with what the latest attempt at it left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import LEVEL_MARKS, ROUND_NAMES
from vivavoce.tui.words import LEVEL_COLOURS, days_ago

if TYPE_CHECKING:
    from vivavoce.domain.attempt import LastResult

NARROW_COLUMNS = 64
"""Below this width only title and marks are shown. Chosen: the full line needs as much."""
TITLE_COLUMNS = 48
"""A title's longest; wider screens leave the rest empty, so that a line stays one line."""
SHOWN: tuple[tuple[Criterion, str], ...] = (
    ("problem", "problem"),
    ("solution", "change"),
    ("lift", "lift"),
)
"""The three sentences, as the columns name them."""
AGE_COLUMNS = 7


def headings(width: int) -> Content:
    """Return the names of the columns, `width` columns wide."""
    names = "  ".join(word for _, word in SHOWN)
    return _line("case", "round", f"{names}{'':{AGE_COLUMNS}}", width)


def case_line(case: Case, result: LastResult | None, width: int, now: datetime) -> Content:
    """Return the line of a case, `width` columns wide."""
    outcome = _outcome(result, now, narrow=width < NARROW_COLUMNS)
    return _line(case.title, ROUND_NAMES[case.round], outcome, width)


def marked(line: Content, chosen: bool) -> Content:
    """Return a line with the mark of the chosen one before it, or as much empty room."""
    return Content.assemble(("▸ " if chosen else "  ", "$primary"), line)


def _line(title: str, panel: str, outcome: Content | str, width: int) -> Content:
    room = max(8, width - len(str(outcome)) - 2)
    if width < NARROW_COLUMNS:
        return Content.assemble(_column(title, room), "  ", outcome)
    return Content.assemble(
        _column(title, min(TITLE_COLUMNS, room - 16)),
        "  ",
        (_column(panel, 14), "$quiet"),
        "  ",
        outcome,
    )


def _column(text: str, width: int) -> str:
    line = one_line(text)
    if cell_len(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(line, width - 1) + "…"


def _outcome(result: LastResult | None, now: datetime, narrow: bool) -> Content:
    """Return what the latest attempt was heard to say: always as wide, so that columns align."""
    if result is None:
        width = 9 if narrow else sum(len(word) + 2 for _, word in SHOWN) - 2 + AGE_COLUMNS
        return Content.styled("not tried".ljust(width), "$quiet")
    parts: list[str | tuple[str, str]] = []
    for criterion, word in SHOWN:
        level = result.levels[criterion]
        mark = (LEVEL_MARKS[level], LEVEL_COLOURS[level])
        after = " " if narrow else " " * (len(word) + 1)
        parts += [*((word[0].upper(),) if narrow else ()), mark, after]
    if narrow:
        return Content.assemble(*parts).rstrip()
    age = days_ago(result.at, now)
    return Content.assemble(
        *parts[:-1], " " * (len(SHOWN[-1][1]) - 1), (age.rjust(AGE_COLUMNS), "$quiet")
    )


class CaseList(OptionList):
    """The cases that match the filter; an option's id is the case's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "start", tooltip="Begin the chosen case: it is read to you"),
    ]

    @dataclass
    class Resized(Message):
        """The lines have another width."""

        width: int

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._cases: Sequence[Case] = ()
        self._results: Mapping[str, LastResult] = {}
        self._filter = ""
        self._drawn: list[Content] = []
        """As drawn, without the mark."""

    def show(self, cases: Sequence[Case], results: Mapping[str, LastResult]) -> None:
        """Show the cases with the latest attempt at each."""
        self._cases, self._results = cases, results
        self._fill()

    def narrow_to(self, words: str) -> None:
        """Show only the cases whose title, round, id or tags hold all the words."""
        self._filter = words.casefold()
        self._fill()

    @property
    def chosen(self) -> Case | None:
        """The highlighted case."""
        option = self.highlighted_option
        return next((case for case in self._cases if option and case.id == option.id), None)

    @property
    def line_width(self) -> int:
        """Columns of a line, the mark and a column to the right taken off."""
        return self.scrollable_content_region.width - 3

    def _matching(self) -> list[Case]:
        words = self._filter.split()
        texts = (
            (case, " ".join((case.title, ROUND_NAMES[case.round], case.id, *case.tags)).casefold())
            for case in self._cases
        )
        return [case for case, text in texts if all(word in text for word in words)]

    def _fill(self) -> None:
        """Draw all lines anew, the same case highlighted where it is still there."""
        chosen = self.chosen
        now = datetime.now().astimezone()
        width = self.line_width
        matching = self._matching()
        self._drawn = [case_line(case, self._results.get(case.id), width, now) for case in matching]
        self.set_options(
            Option(marked(line, False), id=case.id)
            for line, case in zip(self._drawn, matching, strict=True)
        )
        ids = [case.id for case in matching]
        if ids:
            self.highlighted = ids.index(chosen.id) if chosen and chosen.id in ids else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to start only where there is a case."""
        return action != "select" or bool(self.option_count)

    @on(OptionList.OptionHighlighted)
    def _mark(self, message: OptionList.OptionHighlighted) -> None:
        """Move the mark to the chosen line."""
        message.stop()
        for index, line in enumerate(self._drawn):
            chosen = index == self.highlighted
            if self.options[index].prompt != (content := marked(line, chosen)):
                self.replace_option_prompt_at_index(index, content)

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the columns to the new width."""
        self._fill()
        self.post_message(self.Resized(self.line_width))
