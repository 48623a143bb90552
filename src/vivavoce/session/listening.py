"""Listening: from a stream of samples to utterances with their sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Span, Utterance
from vivavoce.engines.protocols import Samples, VoiceActivity
from vivavoce.session.endpointing import Closed, Endpointer

QUIET_FRAMES = 4
"""0.13 s; closures within words are shorter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An utterance and its sound."""

    utterance: Utterance
    samples: Samples
    """16 kHz mono, exactly the utterance's span."""
    provisional: bool = False
    """The speaker has paused and may go on: a longer piece with the same id may follow."""


class Listening:
    """One stretch of listening. Holds at most one utterance's sound, so memory stays bounded."""

    def __init__(self, activity: VoiceActivity, origin: int, next_id: int) -> None:
        """Begin to listen.

        Args:
            activity: The detector; it is reset here and after each pause, since its state drifts.
            origin: Where on the recording's clock the first sample stands, in samples.
            next_id: The id of the first utterance.
        """
        self._activity = activity
        self._origin = origin
        self._next_id = next_id
        self._endpointer = Endpointer()
        self._rest: Samples = np.zeros(0, np.int16)
        self._kept: list[Samples] = []
        self._kept_from = 0
        self._voice_start: float | None = None
        self._last_voice: float | None = None
        activity.reset()

    @property
    def next_id(self) -> int:
        """The id that the next utterance gets."""
        return self._next_id

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open."""
        return self._endpointer.speaking

    @property
    def quiet(self) -> bool:
        """Whether no word is being said: so much silence is more than a stop consonant's."""
        return not self.speaking or self._endpointer.silent_frames >= QUIET_FRAMES

    @property
    def voice_start(self) -> float | None:
        """Seconds on the recording's clock; None until a voice is heard."""
        return self._voice_start

    @property
    def last_voice(self) -> float | None:
        """Seconds on the recording's clock; None until a voice is heard."""
        return self._last_voice

    def feed(self, samples: Samples) -> list[Piece]:
        """Take samples, shape (n,), and return the utterances that they close.

        Where the speaker pauses, the utterance as it would stand then comes first, as provisional.
        """
        size = self._activity.frame_samples
        self._rest = np.concatenate([self._rest, samples])
        pieces: list[Piece] = []
        whole = len(self._rest) // size * size
        for start in range(0, whole, size):
            frame = self._rest[start : start + size]
            self._kept.append(frame)
            probability = self._activity.probability(frame.astype(np.float32) / 32768.0)
            closed = self._endpointer.push(probability)
            if voiced := self._endpointer.voiced_frames:
                if self._voice_start is None:
                    self._voice_start = self._seconds(voiced[0])
                self._last_voice = self._seconds(voiced[1])
            if self._endpointer.pausing and (so_far := self._endpointer.if_closed_now()):
                pieces.append(self._piece(so_far, provisional=True))
            if closed is not None:
                pieces.append(self._piece(closed))
                if not self._endpointer.speaking:
                    self._activity.reset()
            self._forget()
        self._rest = self._rest[whole:]
        return pieces

    def flush(self) -> list[Piece]:
        """Close what is open and return it."""
        closed = self._endpointer.flush()
        return [] if closed is None else [self._piece(closed)]

    def _seconds(self, frame: int) -> float:
        return (self._origin + frame * self._activity.frame_samples) / SAMPLE_RATE

    def _piece(self, closed: Closed, provisional: bool = False) -> Piece:
        frames = self._kept[closed.start - self._kept_from : closed.end - self._kept_from]
        utterance = Utterance(
            self._next_id,
            Span(self._seconds(closed.start), self._seconds(closed.end)),
            Span(self._seconds(closed.voiced_start), self._seconds(closed.voiced_end)),
        )
        self._next_id += not provisional
        return Piece(utterance, np.concatenate(frames), provisional)

    def _forget(self) -> None:
        """Drop the sound that no coming utterance can include."""
        surplus = self._endpointer.needed_from - self._kept_from
        if surplus > 0:
            del self._kept[:surplus]
            self._kept_from += surplus
