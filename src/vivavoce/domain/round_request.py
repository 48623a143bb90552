"""What a person asked to practise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vivavoce.domain.case import Case

SAMPLE_CASE = "daily-mix-churn"
"""The case that the shipped sample answers."""


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """What a person asked for."""

    case: Case | None
    """None only times an answer."""
    variant_id: str = ""
    """Empty for the case as written."""
    answers: tuple[Path, ...] = ()
    """Recorded answers in the microphone's place, one a turn."""
    sample: bool = False
    """Use the shipped answer."""
    fast: bool = False
    """Feed recorded answers faster than real time."""
    interrupts: bool = False
    """The interviewer may cut in where engineering terms run on with no outcome."""
