"""The roles that engines fill. An engine imports its library only in its own module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import Word

Samples = NDArray[np.int16]
"""Mono PCM at 16 kHz, shape (n,)."""
Audio = NDArray[np.float32]
"""Mono audio at 16 kHz in -1 to 1, shape (n,)."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a microphone delivered."""

    samples: Samples
    """16 kHz mono, any length."""
    lost: int = 0
    """Samples that went missing just before these; they count on the clock."""
    last: bool = False
    """True when a recorded answer ends with this block; a live device never says so."""


class Microphone(Protocol):
    """A source of the candidate's voice."""

    live: bool
    """True for a device; False for recorded answers, whose silence is nobody's fault."""

    @property
    def name(self) -> str:
        """What to call it on a screen."""
        ...

    def open(self) -> None:
        """Begin to deliver.

        Raises:
            AudioDeviceError: No such device, or it refuses.
        """
        ...

    def read(self, timeout: float) -> Block | None:
        """Return the next block, or None when none came within `timeout` seconds.

        Raises:
            AudioDeviceError: The device is gone.
        """
        ...

    def set_turn(self, candidate: bool) -> None:
        """Tell whether it is the candidate's turn. A live device ignores it; recorded answers
        deliver silence while it is not, and the next file when it becomes so."""
        ...

    def close(self) -> None:
        """Stop delivering; never blocks for more than two seconds."""
        ...


class Playback(Protocol):
    """One sound on its way to the loudspeaker."""

    def position(self) -> float:
        """Return the seconds heard so far: frames the device took, less its latency."""
        ...

    def wait(self, timeout: float) -> bool:
        """Return True once the sound has ended or was stopped, False after `timeout` seconds.

        Raises:
            AudioDeviceError: The device is gone.
        """
        ...

    def stop(self) -> None:
        """Silence it at once; calling it again does nothing."""
        ...


class Loudspeaker(Protocol):
    """Where the interviewer's voice goes."""

    @property
    def name(self) -> str:
        """What to call it on a screen."""
        ...

    def play(self, wav: Path) -> Playback:
        """Begin to play a PCM WAV file.

        Raises:
            AudioDeviceError: No such device, or it refuses.
        """
        ...


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word of a rendered sentence."""

    start_char: int
    """Offset in the text that was rendered."""
    end_char: int
    """Exclusive."""
    start: float
    """Seconds from the start of the WAV."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence as sound."""

    wav: Path
    """PCM16 mono; stays in the cache."""
    seconds: float
    words: tuple[SpokenWord, ...]
    """In time order; exact or estimated, for lighting the word that is being spoken."""


class Voice(Protocol):
    """The interviewer's voice."""

    def render(self, text: str) -> Rendered:
        """Turn text into sound, or find it in the cache.

        Raises:
            AudioDeviceError: No voice works on this machine.
        """
        ...


class VoiceActivity(Protocol):
    """Frame-wise speech detection. Stateful: one instance a stream."""

    frame_samples: int
    """Samples a call takes."""

    def probability(self, frame: Audio) -> float:
        """Return how likely the frame, shape (frame_samples,), is speech: 0 to 1."""
        ...

    def reset(self) -> None:
        """Forget what came before."""
        ...


class Transcriber(Protocol):
    """Speech to words."""

    def transcribe(self, audio: Audio, before: str = "") -> Sequence[Word]:
        """Return the words of up to 30 s of audio, times in seconds from its start.

        Args:
            audio: 16 kHz mono.
            before: What was said before it.

        Raises:
            ModelError: The model cannot be used.
        """
        ...
