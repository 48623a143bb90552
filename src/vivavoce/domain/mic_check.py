"""The microphone check: what a second of silence and three of speech say about the set-up."""

from __future__ import annotations

from dataclasses import dataclass

SILENCE_SECONDS = 1.0
SPEECH_SECONDS = 3.0
LOUDEST_DBFS = -6.0
QUIETEST_DBFS = -18.0
"""A speech peak between these leaves room for an emphatic word and stays clear of the noise."""
HEADROOM_DB = 15.0
"""Speech must stand this far above the noise floor to be recognised well."""
UNSAID_DBFS = -45.0
"""Peaks below are no speech. Chosen."""
DEAD_DBFS = -99.0
"""No working microphone is this silent."""


@dataclass(frozen=True, slots=True)
class MicLevel:
    """A tenth of a second of the check."""

    phase: str
    """`silence` or `speech`."""
    left_s: float
    """What is left of the phase."""
    rms_dbfs: float
    peak_dbfs: float


@dataclass(frozen=True, slots=True)
class MicVerdict:
    """What the check found."""

    good: bool
    sentence: str
    """The finding and, if something is wrong, what to do."""
    device: str
    noise_dbfs: float
    """RMS of the silence."""
    speech_dbfs: float
    """RMS of the loudest tenth of a second of speech."""
    peak_dbfs: float
    """Of the speech."""
    clipped: bool


@dataclass(frozen=True, slots=True)
class MicFailed:
    """The check could not be made."""

    message: str
    hint: str


MicCheckEvent = MicLevel | MicVerdict | MicFailed


def judge(
    device: str, noise_dbfs: float, speech_dbfs: float, peak_dbfs: float, clipped: bool
) -> MicVerdict:
    """Return the verdict on a check.

    Args:
        device: The microphone's name.
        noise_dbfs: RMS of the second of silence.
        speech_dbfs: RMS of the loudest tenth of a second of speech.
        peak_dbfs: Highest sample of the speech.
        clipped: Whether a sample reached full scale.
    """
    good = False
    if peak_dbfs <= DEAD_DBFS:
        sentence = (
            "Nothing arrives from this microphone. Check that it is not muted and that this "
            "terminal may use it."
        )
    elif clipped:
        sentence = "Too loud: your loudest words distort. Lower the input level or move back a bit."
    elif peak_dbfs > LOUDEST_DBFS:
        sentence = (
            "A little too loud: a word said louder would distort. Lower the input level or move "
            "back a bit."
        )
    elif peak_dbfs < UNSAID_DBFS:
        sentence = (
            "Nothing was heard. Press r and say the sentence aloud. If you did, check that the "
            "microphone is not muted, and raise the input level."
        )
    elif speech_dbfs - noise_dbfs < HEADROOM_DB:
        sentence = (
            "Your voice hardly stands out from the room. Move closer, or find a quieter place."
        )
    elif peak_dbfs < QUIETEST_DBFS:
        sentence = "Too quiet. Raise the input level, or move closer."
    else:
        good = True
        sentence = "Good: loud enough, and clear of the noise."
    return MicVerdict(good, sentence, device, noise_dbfs, speech_dbfs, peak_dbfs, clipped)
