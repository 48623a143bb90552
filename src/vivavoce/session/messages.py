"""What reaches the runner of a round through its one queue."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.commands import Command
from vivavoce.domain.speech import Utterance, Word
from vivavoce.errors import VivavoceError
from vivavoce.session.capture import CaptureReport
from vivavoce.session.interviewer import SayingBegan, SayingEnded


@dataclass(frozen=True, slots=True)
class Heard:
    """Words are final."""

    ids: tuple[int, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Words were read early."""

    ids: tuple[int, ...]
    words: tuple[Word, ...]
    until: float
    """Seconds: where the sound that was read ends."""


@dataclass(frozen=True, slots=True)
class Flush:
    """Stands in the queue behind the last utterance, so that it is decoded before the flush."""


@dataclass(frozen=True, slots=True)
class Drained:
    """All that was to be read is read."""


@dataclass(frozen=True, slots=True)
class DecodingFailed:
    """No more words will come."""

    error: VivavoceError


@dataclass(frozen=True, slots=True)
class Relieved:
    """A smaller model has taken over."""

    model: str


@dataclass(frozen=True, slots=True)
class Close:
    """The program ends."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What a take's capture reports."""

    take: int
    """Counts from 1: what an earlier take's capture still had to say is too late."""
    report: CaptureReport


@dataclass(frozen=True, slots=True)
class Unread:
    """An utterance could not be turned into words."""

    utterance: Utterance


Message = (
    Captured
    | SayingBegan
    | SayingEnded
    | Command
    | Heard
    | Drafted
    | Unread
    | Flush
    | Drained
    | DecodingFailed
    | Relieved
    | Close
)
