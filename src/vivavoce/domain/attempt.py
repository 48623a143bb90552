"""An attempt: one take at a case, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.turns import Turn

AttemptState = Literal["recording", "done", "restarted", "abandoned", "interrupted"]
"""`recording` while it runs or after the process died; `restarted` when the candidate began again
and this take was kept; `interrupted` when a device or a fault ended it and it was finished."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One take. `case` is a copy made at the time: later edits of the library do not touch it."""

    id: str
    """A ULID, 26 characters."""
    case: Case | None
    """None for `practice --timer`."""
    variant_id: str
    """Which variant was shown; empty without a case."""
    started_at: datetime
    """Aware, UTC."""
    state: AttemptState
    sample: bool
    """True for the shipped sample, which statistics leave out."""
    model: str
    """The Whisper model that heard it."""
    duration_s: float
    """Length of the recording."""
    turns: tuple[Turn, ...]
    """In time order."""
    debrief: Debrief | None
    """None until the attempt is finished, and for one that was abandoned."""
