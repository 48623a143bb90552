"""The patched answer as one sound: the recording up to a patch, the patch, and the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.patching import LEAD_SECONDS, TAIL_SECONDS, patch_seconds, patches
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.loudspeaker_sounddevice import SounddevicePlayback
from vivavoce.engines.protocols import Playback, Samples
from vivavoce.errors import NotFoundError
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

FADE_SECONDS = 0.01
"""On each side of a joint, so that it does not click. From the issue."""
NEAR_SECONDS = 10.0
"""The loudness of a patch follows that of so much before and after it. Chosen."""
MOST_GAIN = 4.0
"""A patch is made louder or softer by 12 dB at most: more would lift the room's noise. Chosen."""
SPEECH_RANGE_DB = 20.0
"""Speech is what is at most so much softer than the loudest tenth. Chosen."""
LIMIT = 32_000.0
"""No sample of a patch grows louder, of 32,767. Chosen."""
FRAME_SAMPLES = SAMPLE_RATE // 50
"""20 ms: in shorter ones the wave of a deep voice counts as loud and soft. Chosen."""
STEP_SAMPLES = SAMPLE_RATE // 200
REACH_SECONDS = 0.05
"""Words' times are off by about so much (docs/word-times.md)."""


def quietest_moment(recording: Samples, gap: Span) -> float:
    """Return the quietest moment in a gap between words, where a cut is heard least.

    Args:
        recording: 16 kHz mono, shape (n,).
        gap: Seconds; words' times are not exact, so a little around it is looked at, too.

    Returns:
        Seconds, within the recording; the one nearest to the middle where several are as quiet.
    """
    middle = (gap.start + gap.end) / 2
    begin = max(0, round((gap.start - REACH_SECONDS) * SAMPLE_RATE))
    end = min(len(recording), round((gap.end + REACH_SECONDS) * SAMPLE_RATE))
    starts = np.arange(begin, end - FRAME_SAMPLES + 1, STEP_SAMPLES)
    if not len(starts):
        return min(middle, len(recording) / SAMPLE_RATE)
    squares = np.concatenate([[0.0], np.cumsum(recording[begin:end].astype(np.float64) ** 2)])
    energy = squares[starts - begin + FRAME_SAMPLES] - squares[starts - begin]
    moments = (starts + FRAME_SAMPLES / 2) / SAMPLE_RATE
    return float(moments[np.lexsort((np.abs(moments - middle), energy))[0]])


def patched_sound(
    recording: Samples, said_again: Sequence[tuple[float, Samples]], span: Span
) -> Samples:
    """Return a stretch of a recording with patches in it.

    Args:
        recording: 16 kHz mono, shape (n,).
        said_again: Each patch and the moment in seconds at which it is put in, in time order.
        span: Seconds of the recording; all the moments lie in it.

    Returns:
        16 kHz mono: as long as the stretch and the patches together.
    """
    parts: list[Samples] = []
    place, end = (_sample(recording, second) for second in (span.start, span.end))
    joined = False
    for moment, patch in said_again:
        at = max(place, _sample(recording, moment))
        parts.append(_faded(recording[place:at], joined, True))
        parts.append(_faded(_as_loud(patch, _around(recording, at)), True, True))
        place, joined = at, True
    parts.append(_faded(recording[place : max(place, end)], joined, False))
    return np.concatenate(parts)


def play_patched(attempt: Attempt, store: AttemptStore, config: Config) -> Playback:
    """Begin to play the answer with its patches, from its first word to its last.

    Args:
        attempt: With a patch.
        store: Has the recordings.
        config: Names the loudspeaker.

    Raises:
        NotFoundError: A recording is gone.
        BadInputError: One cannot be read.
        AudioDeviceError: No loudspeaker works.
    """
    recording = read_recording(store.recording_path(attempt.id))
    said_again = []
    for patch in patches(attempt.annotations):
        try:
            sound = read_recording(store.patch_path(attempt.id, patch.id))
        except NotFoundError:
            raise NotFoundError(
                "The sound of your sentence is gone.", "Press u to take it back, then say it again."
            ) from None
        length = round(patch_seconds(patch) * SAMPLE_RATE)
        sound = np.pad(sound[:length], (0, max(0, length - len(sound))))
        said_again.append((patch.anchor.span.start, sound))
    span = _answer(attempt, [moment for moment, _ in said_again])
    sound = patched_sound(recording, said_again, span)
    return SounddevicePlayback(sound, SAMPLE_RATE, config.output_device)


def _answer(attempt: Attempt, moments: Sequence[float]) -> Span:
    """Return the stretch of the first answer: what the candidate was silent for is left out."""
    voiced = [span for turn in attempt.turns if turn.kind == "answer" for span in turn.voiced]
    starts, ends = [span.start for span in voiced], [span.end for span in voiced]
    start = min([*starts, *moments], default=0.0) - LEAD_SECONDS
    end = max([*ends, *moments], default=attempt.duration_s) + TAIL_SECONDS
    return Span(max(0.0, start), end)


def _sample(recording: Samples, second: float) -> int:
    return min(len(recording), max(0, round(second * SAMPLE_RATE)))


def _around(recording: Samples, at: int) -> Samples:
    reach = round(NEAR_SECONDS * SAMPLE_RATE)
    return recording[max(0, at - reach) : at + reach]


def _as_loud(patch: Samples, beside: Samples) -> Samples:
    """Return a patch about as loud as the speech beside it."""
    own, wanted = _speech_level(patch), _speech_level(beside)
    if not own or not wanted:
        return patch
    gain = min(max(wanted / own, 1.0 / MOST_GAIN), MOST_GAIN)
    peak = float(np.abs(patch.astype(np.float32)).max())
    if gain > 1.0:
        gain = max(1.0, min(gain, LIMIT / peak))
    scaled: Samples = np.clip(np.rint(patch * gain), -32768, 32767).astype(np.int16)
    return scaled


def _speech_level(samples: Samples) -> float:
    """Return the root mean square of the tenths of a second that hold speech; 0.0 for silence."""
    size = SAMPLE_RATE // 10
    whole: NDArray[np.float64] = samples[: len(samples) // size * size].astype(np.float64)
    if not len(whole):
        return 0.0
    powers = (whole.reshape(-1, size) ** 2).mean(axis=1)
    loud = powers[powers >= powers.max() * 10 ** (-SPEECH_RANGE_DB / 10)]
    return float(np.sqrt(loud.mean()))


def _faded(samples: Samples, begins: bool, ends: bool) -> Samples:
    """Return samples that grow from silence, and fall to it, where they are joined."""
    faded = samples.astype(np.float32)
    length = min(round(FADE_SECONDS * SAMPLE_RATE), len(faded) // 2)
    ramp = np.linspace(0.0, 1.0, length, dtype=np.float32)
    if begins:
        faded[:length] *= ramp
    if ends and length:
        faded[-length:] *= ramp[::-1]
    return np.rint(faded).astype(np.int16)
