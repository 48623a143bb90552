"""What another reading changed: after a correction or a patch, or in another attempt."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.debrief import Debrief
from vivavoce.domain.wording import CRITERION_NAMES, level_word


def changes(before: Debrief, after: Debrief) -> tuple[str, ...]:
    """Return what is judged otherwise, a line each: “Lift: no size → sized”; the vote first."""
    return tuple(_changes(before, after))


def _changes(before: Debrief, after: Debrief) -> Iterator[str]:
    was, now = before.first, after.first
    if was.vote != now.vote:
        yield f"Vote: {was.vote} → {now.vote}"
    for criterion, name in CRITERION_NAMES.items():
        old, new = was.judgement(criterion).level, now.judgement(criterion).level
        if old != new:
            yield f"{name}: {level_word(criterion, old)} → {level_word(criterion, new)}"
    if was.summary != now.summary:
        yield "Three sentences: yes" if now.summary else "Three sentences: no longer"
    if was.over_engineered != now.over_engineered:
        yield "Over-engineered: yes" if now.over_engineered else "Over-engineered: no longer"
