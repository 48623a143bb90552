"""One sentence that is said again: what happens while it is recorded and read."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt


@dataclass(frozen=True, slots=True)
class SentenceLevel:
    """A tenth of a second was recorded."""

    left_s: float
    """Seconds until the recording ends by itself."""
    peak_dbfs: float
    """Loudest sample, decibels below full scale."""
    clipped: bool
    """Whether samples hit full scale."""
    begun: bool
    """Whether a voice has been heard."""


@dataclass(frozen=True, slots=True)
class SentenceEnded:
    """No more is recorded: the words are being read."""


@dataclass(frozen=True, slots=True)
class SentenceKept:
    """The sentence is a part of the attempt now."""

    attempt: Attempt
    """With the patch among its annotations."""


@dataclass(frozen=True, slots=True)
class SentenceFailed:
    """Nothing was kept."""

    message: str
    """What happened, in a sentence."""
    hint: str
    """What to do next; may be empty."""


SentenceEvent = SentenceLevel | SentenceEnded | SentenceKept | SentenceFailed
