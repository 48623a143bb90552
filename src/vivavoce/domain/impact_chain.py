"""The metric chain: people × baseline × lift × conversion × value, and where it breaks.

"A 0.02 lift in click-through, what is that in monthly actives?" An answer needs each link; a lift
in per cent has two meanings, and they are far apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LiftKind = Literal["relative", "points"]
"""A lift of 5 on a baseline of 20 per cent: relative leads to 21, points to 25 per cent."""
Link = Literal["people", "baseline", "lift", "conversion", "value"]
ASK: dict[Link, str] = {
    "people": "how many people see it",
    "baseline": "what share of them does it today",
    "lift": "how much that share moves",
    "conversion": "what share of those goes on to pay or stay",
    "value": "what one of them is worth",
}
"""What each link says."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What was said; None where nothing was."""

    people: float | None = None
    """In the period that is talked about."""
    baseline: float | None = None
    """Share, 0 to 1."""
    lift: float | None = None
    """Share, -1 or more: 0.02 is two per cent, or two points."""
    conversion: float | None = None
    """Share, 0 to 1; left out, everybody counts."""
    value: float | None = None
    """Money a person."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a chain comes to, as far as it holds."""

    kind: LiftKind
    share_after: float | None
    """The share that does it afterwards, 0 to 1."""
    more_people: float | None
    """Who do it and did not; negative where the lift is a fall."""
    converted: float | None
    """Of those, who convert."""
    money: float | None
    breaks_at: Link | None
    """The first link that is missing; None when money was reached."""


def follow(chain: Chain, kind: LiftKind) -> Result:
    """Return what a chain comes to, with the lift taken as relative or as points."""
    after = more = converted = money = None
    if chain.baseline is not None and chain.lift is not None:
        moved = chain.lift * (chain.baseline if kind == "relative" else 1.0)
        after = min(1.0, max(0.0, chain.baseline + moved))
        if chain.people is not None:
            more = chain.people * (after - chain.baseline)
            converted = more * (1.0 if chain.conversion is None else chain.conversion)
            if chain.value is not None:
                money = converted * chain.value
    return Result(kind, after, more, converted, money, _first_missing(chain))


def _first_missing(chain: Chain) -> Link | None:
    needed: tuple[Link, ...] = ("people", "baseline", "lift", "value")
    return next((link for link in needed if getattr(chain, link) is None), None)
