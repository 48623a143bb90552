"""Speech as data: words, spans and utterances on the recording's clock."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_RATE = 16_000
"""Samples per second of every recording: what Whisper and Silero VAD both take."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording."""

    start: float
    """Seconds."""
    end: float
    """Seconds, not before `start`."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Word:
    """One word that the recogniser heard."""

    text: str
    """As printed, punctuation attached, no spaces around it."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""
    probability: float
    """0 to 1, the recogniser's own."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech between two pauses, as the endpointer closed it."""

    id: int
    """Counts from 0 within a round."""
    span: Span
    """With pre-roll and post-roll: what is decoded."""
    voiced: Span
    """From the first to the last frame of speech; pauses within are shorter than half a second."""
