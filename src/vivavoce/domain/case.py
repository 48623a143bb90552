"""A case: what the interviewer asks, shows, probes for and reveals afterwards."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from vivavoce.domain.timing import OVER_ENGINEERING_SECONDS

Round = Literal["phone-screen", "technical", "recommendation-case", "hiring-manager"]
ProbeTag = Literal[
    "size", "base", "cause", "test", "cost", "tool", "why", "cfo", "long", "stop", "sure"
]
"""What the answer lacked. size: metric without a size · base: no baseline · cause · test · cost:
who loses · tool: a tool before an outcome · why: why not simpler · cfo: say it to an executive ·
long: too long · stop: when to give up · sure: an overclaimed number."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A small table that stays in view."""

    columns: tuple[str, ...]
    """Headings, at least two; the first names the rows."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as printed, at most five rows, each as long as `columns`."""
    note: str = ""
    """One line under the table: the rest of the baseline."""

    def lines(self) -> tuple[str, ...]:
        """Return headings and rows as printed: names to the left, figures to the right."""
        rows = (self.columns, *self.rows)
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        return tuple(
            "   ".join(
                cell + gap if index == 0 else gap + cell
                for index, (cell, gap) in enumerate(
                    (cell, " " * (width - _width(cell)))
                    for cell, width in zip(row, widths, strict=True)
                )
            )
            for row in rows
        )

    @property
    def width(self) -> int:
        """Terminal columns that `lines` takes."""
        return _width(self.lines()[0])


def _width(text: str) -> int:
    """Terminal columns: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


@dataclass(frozen=True, slots=True)
class Probe:
    """One follow-up question."""

    tag: ProbeTag
    """What must be missing for it to be asked."""
    text: str
    """At most 20 spoken words, one question; `{tool}` style braces hold the candidate's word."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The same prompt with other figures and another cause, against memorised answers."""

    id: str
    """Unique within the case; `a` is the case as written."""
    exhibit: Exhibit
    """The figures shown."""
    twist: str
    """What punishes the first idea; shown in the debrief only."""
    model_answer: str
    """Three sentences: problem, solution, expected lift."""
    probes: tuple[Probe, ...] = ()
    """The probes that fit these figures."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the library. `variants[0]` is the case as written."""

    id: str
    """A slug: lower-case letters, digits and hyphens."""
    title: str
    """At most 48 characters."""
    round: Round
    """Which panel asks it."""
    prompt: str
    """Spoken: at most 45 words, no symbols."""
    variants: tuple[Variant, ...]
    """At least one."""
    think_seconds: float = 45.0
    """Time to think before the answer; may be skipped. Chosen."""
    target_seconds: float = 120.0
    """A good answer's length; the answer bar is scaled to it. Chosen."""
    limit_seconds: float = OVER_ENGINEERING_SECONDS
    """Monologue that counts as over-engineered: 15 minutes, from the seed article."""
    tags: tuple[str, ...] = field(default=())
    """Free words for the filter, such as the product."""
    order: int = 0
    """Where the library lists it, from 1; 0 comes after those that say so."""

    def variant(self, variant_id: str) -> Variant:
        """Return the variant with this id.

        Raises:
            KeyError: No such variant.
        """
        for variant in self.variants:
            if variant.id == variant_id:
                return variant
        raise KeyError(variant_id)

    def variant_or_first(self, variant_id: str) -> Variant:
        """Return the variant with this id, or the case as written where there is none."""
        found = (variant for variant in self.variants if variant.id == variant_id)
        return next(found, self.variants[0])

    def variant_in_turn(self, taken: int) -> Variant:
        """Return the variant that comes after `taken` earlier attempts: other figures each time."""
        return self.variants[taken % len(self.variants)]


def over_engineering_limit(case: Case | None) -> float:
    """Return the seconds of monologue from which an answer is over-engineered.

    Args:
        case: Which was answered; None where an answer was only timed.
    """
    return OVER_ENGINEERING_SECONDS if case is None else case.limit_seconds
