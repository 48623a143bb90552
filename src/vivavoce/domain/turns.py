"""Turns: who spoke when, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vivavoce.domain.speech import Span, Word

TurnKind = Literal["prompt", "answer", "probe", "probe-answer", "cut-in"]
"""`prompt`, `probe` and `cut-in` are the interviewer's, the others the candidate's."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's say."""

    kind: TurnKind
    """What the turn was for."""
    span: Span
    """Seconds on the recording's clock."""
    text: str
    """The interviewer's sentence; for the candidate the transcript, words joined by one space."""
    words: tuple[Word, ...] = ()
    """The candidate's words in time order; empty for the interviewer."""
    voiced: tuple[Span, ...] = ()
    """Where the candidate's voice was heard, in time order."""

    @property
    def by_candidate(self) -> bool:
        """Whether the candidate spoke."""
        return self.kind in ("answer", "probe-answer")
