"""The first line of a screen: where you are on the left, how things stand on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.case import Case
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import ROUND_NAMES
from vivavoce.tui.widgets.line import Line


def case_name(case: Case | None) -> Content:
    """Return what a round on this case is called; None only times an answer."""
    if case is None:
        return Content.styled("Timer", "bold")
    return Content.assemble(
        (one_line(case.title), "bold"), (f"  {ROUND_NAMES[case.round]}", "$quiet")
    )


class TitleBar(Horizontal):
    """Two texts on one line; the left one is shortened when both do not fit."""

    def __init__(self, left: Content, right: Content | None = None) -> None:
        super().__init__()
        self._left = left
        self._right = right or Content()

    def compose(self) -> ComposeResult:
        """Lay the two texts out."""
        yield Static(self._left, classes="title-left")
        yield Line(self._right, classes="title-right")

    def show_left(self, text: Content) -> None:
        """Change the left text."""
        self.query_one(".title-left", Static).update(text)

    def show_right(self, text: Content) -> None:
        """Change the right text."""
        self.query_one(".title-right", Line).show(text)
