"""How the screens write colours, ages and text from outside."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from vivavoce.domain.debrief import Level
from vivavoce.domain.text import strip_controls

LEVEL_COLOURS: dict[Level, str] = {0: "$quiet", 1: "$accent", 2: "$success"}


def days_ago(then: datetime, now: datetime) -> str:
    """Return how many days lie between two moments: today, 1 d, 12 d.

    Args:
        then: Aware.
        now: Aware, in the time zone whose midnights count.
    """
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    return "today" if days <= 0 else f"{days} d"


def plain(text: str) -> Content:
    """Return text from outside as content: no markup is read in it, no controls are left."""
    return Content(strip_controls(text))
