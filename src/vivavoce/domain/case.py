"""A case: what the interviewer asks, shows, probes for and reveals afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

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
    limit_seconds: float = 900.0
    """Monologue that counts as over-engineered: 15 minutes, from the seed article."""
    tags: tuple[str, ...] = field(default=())
    """Free words for the filter, such as the product."""

    def variant(self, variant_id: str) -> Variant:
        """Return the variant with this id.

        Raises:
            KeyError: No such variant.
        """
        for variant in self.variants:
            if variant.id == variant_id:
                return variant
        raise KeyError(variant_id)
