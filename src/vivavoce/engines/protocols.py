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


class Player(Protocol):
    """A recording that can be heard from any place, on a device that is kept open.

    Places are seconds on the recording's clock. One thread calls it.
    """

    @property
    def playing(self) -> bool:
        """False once the end was heard, after `pause`, and where the device fails."""
        ...

    def play(
        self, start: float, end: float | None = None, speed: float = 1.0, loop: bool = False
    ) -> None:
        """Play from a place, at once, whatever was played before.

        Args:
            start: Where to begin; a place outside the recording is moved to its nearest end.
            end: Where to end; None for the recording's end.
            speed: 0.5 to 2, with the pitch kept.
            loop: Repeat without a gap until something else is asked for.
        """
        ...

    def pause(self) -> None:
        """Send the device no more sound. What it has taken, 0.2 s at most, is still heard."""
        ...

    def position(self) -> float:
        """Return the place that is being heard.

        It is the start from `play` on until the first sound from there is heard; after `pause` it
        goes on to the last place that is heard and stays there.
        """
        ...

    def check(self) -> None:
        """Return where all is well.

        Raises:
            AudioDeviceError: The device is gone or has stopped playing.
        """
        ...

    def close(self) -> None:
        """Free the device; blocks for half a second at most. May be repeated."""
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
