"""The answer's length against its target and the limit."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vivavoce.domain.timing import MARK_SECONDS, OVER_ENGINEERING_SECONDS
from vivavoce.domain.wording import clock

TARGET_PLACE = 0.45
"""Where on the bar the target stands: half of it is the time that matters, and the marks beyond
have room for their labels at 80 columns. Chosen."""


class AnswerBar(Widget):
    """Two lines: the bar, and under it the target, the marks and the limit.

    The bar has two scales: up to the target, and from there to the limit at its end.
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
        """Return both lines at the widget's width."""
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
        return Content.assemble(
            (bar[:filled], colour),
            (bar[filled:], "$quiet"),
            "\n",
            ("".join(labels).rstrip(), "bold $error" if self.over else "$quiet"),
        )

    def _flags(self) -> list[tuple[float, str]]:
        """Return what is written under the bar, the most important first."""
        flags = [(self._limit, f"{'over' if self.over else 'limit'} {clock(self._limit)}")]
        if self._target is not None:
            flags.append((self._target, f"aim {clock(self._target)}"))
        flags += [(mark, clock(mark)) for mark in self._marks if mark != self._target]
        return flags
