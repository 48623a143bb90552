"""A comparison in words: what both the command line and the screen say of it."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.comparison import Comparison, Slot
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.wording import CRITERION_NAMES, clock, day_and_time

FIGURE_NAMES = {
    "answer_s": "Answer",
    "speaking_s": "Speaking, in all",
    "monologue_s": "Monologue",
    "first_word_s": "First word",
    "first_metric_s": "First metric",
    "first_tool_s": "First tool",
    "wpm": "Pace",
}
"""By the names of `domain.comparison.FIGURES`."""
_LENGTHS = ("answer_s", "speaking_s", "monologue_s")
NOTHING_CHANGED = "Every sentence is heard as clearly as before."


def headline(comparison: Comparison) -> str:
    """Return what became of the vote and of the sentences, in two or three short sentences."""
    return " ".join(_headline(comparison))


def _headline(comparison: Comparison) -> Iterator[str]:
    was, now = comparison.a.vote, comparison.b.vote
    if was is not None and now is not None:
        yield f"The vote stays {now}." if was == now else f"The vote went from {was} to {now}."
    gained = [_name(slot) for slot in comparison.slots if slot.change > 0]
    lost = [_name(slot) for slot in comparison.slots if slot.change < 0]
    if gained:
        yield f"Gained: {', '.join(gained)}."
    if lost:
        yield f"Lost: {', '.join(lost)}."
    if not gained and not lost:
        yield NOTHING_CHANGED


def _name(slot: Slot) -> str:
    return CRITERION_NAMES[slot.criterion].lower()


def change_word(slot: Slot) -> str:
    """Return “gained” or “lost”; empty where the level is the same."""
    if not slot.change:
        return ""
    return "gained" if slot.change > 0 else "lost"


def figure_text(name: str, value: float | None) -> str:
    """Return a figure as it is read: 0:52, 14 s in, 142 words a minute.

    Args:
        name: Of `domain.comparison.FIGURES`.
        value: Seconds, or words a minute.
    """
    if value is None:
        return "none"
    if name == "wpm":
        return f"{value:.0f} words a minute" if value else "none"
    return clock(value) if name in _LENGTHS else f"{value:.0f} s in"


def vote_text(attempt: Attempt) -> str:
    """Return the vote of an attempt in a word or two."""
    return attempt.vote or "no vote"


def fillers_told(fillers: Fillers | None) -> str:
    """Return how many fillers were counted; the count is approximate."""
    if fillers is None:
        return "not counted"
    return f"about {fillers.total}" if fillers.total else "none"


def begun(attempt: Attempt) -> str:
    """Return when an attempt began, and whether it is the sample."""
    return f"{day_and_time(attempt.started_at)}{', sample' if attempt.sample else ''}"
