"""A figure: one number that was said, what it measures, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vivavoce.domain.debrief import Evidence

Unit = Literal["percent", "points", "money", "people", "ratio", "duration", "count"]
"""`points`: percentage points. `ratio`: a share ("one in five") or a multiple ("twice")."""
Role = Literal[
    "baseline",
    "target",
    "change",
    "reach",
    "slice",
    "duration",
    "past result",
    "value of one",
    "refused",
    "other",
]
"""What the number is for. `reach`: how many there are, before anything changes."""
Basis = Literal["exhibit", "estimate", "plan", "aside", "refused", "unsupported"]
"""`exhibit`: it stands in the case, or follows from it. `estimate`: the speaker said what it rests
on, or that it is a guess. `plan`: of the test, the speaker's own choice. `aside`: claims nothing
about the effect. `unsupported`: claimed, and no basis was said."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it was said. A range is one figure, a from–to is two."""

    said: Evidence
    """The number with its unit."""
    value: float
    """In `unit`: 38 per cent is 38, half a point is 0.5, one in five is 0.2, twice is 2, "405 to
    430 thousand" is 405,000. The lower end of a range."""
    high: float
    """The upper end of a range; equal to `value` where there is none."""
    unit: Unit
    noun: str
    """The word of what is counted or measured: "weeks", "euros", "listeners"; empty without one."""
    role: Role
    basis: Basis
    partner: int | None = None
    """Index of the other figure of a from–to: the target's of a baseline, and back."""
    source: str = ""
    """Where the case says it; empty unless the basis is `exhibit`."""
    basis_words: Evidence | None = None
    """The words of the basis; None unless the basis is `estimate`."""
    beside: str = ""
    """What the case says instead, where a baseline contradicts it."""

    @property
    def share(self) -> float | None:
        """A share of 0 to 1, or of a point; None where the figure is no share."""
        if self.unit in ("percent", "points"):
            return self.value / 100
        return self.value if self.unit == "ratio" and self.value <= 1 else None
