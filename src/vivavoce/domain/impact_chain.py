"""The metric chain: people × baseline × lift × conversion × value, and where it breaks.

"A 0.02 lift in click-through, what is that in monthly actives?" An answer needs each link; a lift
in per cent has two meanings, and they are far apart.
"""

from __future__ import annotations

from collections.abc import Sequence
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
WHICH_KIND = "Say which one you mean: “percent” or “points”."
"""Beside a lift that is told both ways."""


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


def told(chain: Chain, results: Sequence[Result]) -> tuple[str, ...]:
    """Return what a chain comes to, a sentence a result, and where it breaks.

    Args:
        chain: That was followed.
        results: Of `follow`, one or both kinds.
    """
    sentences = [_told_as(chain, result) for result in results]
    if len(results) > 1 and sentences[0]:
        if results[0].share_after is None:  # both say no more than the size
            sentences = [" Or: ".join(sentences)]
        sentences.append(WHICH_KIND)
    if (link := results[0].breaks_at) is not None:
        sentences.append(breaks_told(link))
    return tuple(sentence for sentence in sentences if sentence)


def breaks_told(link: Link) -> str:
    """Return what to say where a link is missing: nobody is asked to invent it."""
    return f"The chain breaks here: say {ASK[link]}, or that you cannot know it."


def _told_as(chain: Chain, result: Result) -> str:
    """Return what a chain comes to with the lift taken one way; empty where no lift was said."""
    parts = []
    if chain.lift is not None:
        word = "A lift" if chain.lift >= 0 else "A fall"
        size = f"{abs(100 * chain.lift):.4g}"
        unit = "points" if result.kind == "points" else "% of the base"
        parts.append(f"{word} of {size} {unit}")
    if chain.baseline is not None and result.share_after is not None:
        parts[-1] += f": {_percent(chain.baseline)} becomes {_percent(result.share_after)}"
    if result.more_people is not None:
        parts.append(f"That is {more_or_fewer(result.more_people)} people")
        if chain.conversion is not None and result.converted is not None:
            parts[-1] += f", of whom {abs(result.converted):,.0f} convert"
        if result.money is not None:
            parts[-1] += f", worth {abs(result.money):,.0f}"
    return ". ".join(parts) + "." if parts else ""


def more_or_fewer(people: float) -> str:
    """Return a difference as it is said: 1,000 fewer."""
    return f"{abs(people):,.0f} {'more' if people >= 0 else 'fewer'}"


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"
