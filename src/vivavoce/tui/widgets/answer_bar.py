"""The answer's length against its target, the limit and an earlier take."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vivavoce.domain.ghost import Ghost
from vivavoce.domain.timing import MARK_SECONDS, OVER_ENGINEERING_SECONDS
from vivavoce.domain.wording import clock

TARGET_PLACE = 0.45
"""Where on the bar the target stands: half of it is the time that matters, and the marks beyond
have room for their labels at 80 columns. Chosen."""


GHOST_GAP = 2
"""Columns between the letters of an earlier take and the words about it, at least. Chosen."""


class AnswerBar(Widget):
    """Two lines: the bar, and under it the target, the marks and the limit.

    The bar has two scales: up to the target, and from there to the limit at its end. Where there is
    an earlier take to go by, a line over the bar has the letters of its marks.
    """

    seconds: reactive[int] = reactive(0)
    """Whole seconds of the running monologue."""
    over: reactive[bool] = reactive(False)
    """Whether the limit was passed in this take."""

    def __init__(
        self,
        target_seconds: float | None = None,
        limit_seconds: float = OVER_ENGINEERING_SECONDS,
        mark_seconds: tuple[float, ...] = MARK_SECONDS,
    ) -> None:
        super().__init__()
        fits = target_seconds is not None and target_seconds < limit_seconds
        self._target = target_seconds if fits else None
        self._limit = limit_seconds
        self._marks = tuple(mark for mark in mark_seconds if mark < limit_seconds)
        self._ghost = Ghost()
        self._ghost_line = False

    def show_ghost(self, ghost: Ghost) -> None:
        """Set an earlier take beside the clock; without marks its line stays, empty."""
        self._ghost = ghost
        if ghost.marks and not self._ghost_line:
            self._ghost_line = True
            self.styles.height = 3
        self.refresh()

    def place(self, seconds: float, width: int) -> int:
        """Return the column, 0 to `width`, where a length stands."""
        if self._target is None:
            part = seconds / self._limit
        elif seconds <= self._target:
            part = TARGET_PLACE * seconds / self._target
        else:
            beyond = (seconds - self._target) / (self._limit - self._target)
            part = TARGET_PLACE + (1 - TARGET_PLACE) * beyond
        return round(min(1.0, part) * width)

    def render(self) -> Content:
        """Return the lines at the widget's width."""
        width = max(2, self.content_size.width)
        filled = self.place(self.seconds, width)
        colour = "$error" if self.over else "$primary"
        line = ["━" if column < filled else "─" for column in range(width)]
        labels = [" "] * width
        for seconds, label in self._flags():
            column = min(width - 1, self.place(seconds, width))
            start = max(0, min(width - len(label), column - len(label) // 2))
            free = labels[max(0, start - 1) : start + len(label) + 1]
            if any(character != " " for character in free):
                continue
            labels[start : start + len(label)] = label
            line[column] = "╋" if column < filled else "┿"
        bar = "".join(line)
        lines = [
            Content.assemble((bar[:filled], colour), (bar[filled:], "$quiet")),
            Content.styled("".join(labels).rstrip(), "bold $error" if self.over else "$quiet"),
        ]
        if self._ghost_line:
            lines.insert(0, self._ghost_of(width))
        return Content("\n").join(lines)

    def _ghost_of(self, width: int) -> Content:
        """Return the letters over their times, those that have passed dim, and the next in words.

        The words stand at the right, or at the left where letters stand there; they are left out
        where neither end has room.
        """
        parts: list[tuple[str, str]] = []
        used = 0
        marks = self._ghost.marks
        for index, mark in enumerate(marks):
            last_free = width - (len(marks) - index)
            column = max(used, min(last_free, self.place(mark.seconds, width)))
            passed = mark.seconds <= self.seconds
            parts += [(" " * (column - used), ""), (mark.letter, "$quiet" if passed else "$accent")]
            used = column + 1
        following = self._ghost.next_mark(self.seconds)
        if following is None:
            return Content.assemble(*parts)
        words = f"last time: {following.told}"
        before = len(parts[0][0])
        if width - used >= len(words) + GHOST_GAP:
            parts += [(" " * (width - used - len(words)), ""), (words, "$quiet")]
        elif before >= len(words) + GHOST_GAP:
            parts[0] = (words.ljust(before), "$quiet")
        return Content.assemble(*parts)

    def _flags(self) -> list[tuple[float, str]]:
        """Return what is written under the bar, the most important first."""
        flags = [(self._limit, f"{'over' if self.over else 'limit'} {clock(self._limit)}")]
        if self._target is not None:
            flags.append((self._target, f"aim {clock(self._target)}"))
        flags += [(mark, clock(mark)) for mark in self._marks if mark != self._target]
        return flags
