"""Correcting the recogniser's word times by the sound itself.

Whisper tells words too early, and lets a word begin where the one before it ends: the pause between
the two becomes part of the second. Figures: docs/word-times.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE, Span, Word

EARLY_SECONDS = 0.07
"""So much too early are Whisper's times; 0.09 serves Piper's voice better, 0.05 eSpeak's."""
FRAME_SECONDS = 0.01
PAUSE_SECONDS = 0.1
"""Shorter silences are the closures of stop consonants; 0.06 was worse, 0.15 the same."""
CLICK_SECONDS = 0.03
"""A sound so short between two pauses is no word. Chosen."""
FLOOR_SHARE, MOST_DB = 0.2, 35.0
"""A frame sounds when it is so far up from the noise to the loudest speech, in dB, and at most so
much below the latter. 0.15 to 0.4 served equally well, with noise at 20 dB and without."""
CLEAR_DB = 15.0
"""With less between noise and speech, pauses cannot be told from the sound. Chosen."""
VOICE_LATE_SECONDS = 0.05
"""The voice detector's spans may begin so late: its frames are 32 ms."""
REACH_SECONDS = 0.2
"""A word that ends so near to the end of the sound ends with it, and so for starts. 0.08 was worse,
0.3 the same."""


def settle(words: Sequence[Word], samples: NDArray[np.int16], voiced: Sequence[Span]) -> list[Word]:
    """Return the words, each within one stretch of sound, in the same order.

    Args:
        words: In time order, seconds from the first sample.
        samples: 16 kHz mono, what was decoded.
        voiced: Where the voice detector heard speech, in time order, on the same clock.
    """
    sounds = stretches_of_sound(samples, voiced)
    if not sounds:
        return list(words)
    moved = [Span(word.start + EARLY_SECONDS, word.end + EARLY_SECONDS) for word in words]
    homes = _homes(moved, sounds)
    settled: list[Word] = []
    for i, (word, span) in enumerate(zip(words, moved, strict=True)):
        sound = sounds[homes[i]]
        first = i == 0 or homes[i - 1] != homes[i]
        last = i == len(words) - 1 or homes[i + 1] != homes[i]
        start = min(max(span.start, sound.start), sound.end)
        end = min(max(span.end, start), sound.end)
        if first and start - sound.start < REACH_SECONDS:
            start = sound.start
        if last and sound.end - end < REACH_SECONDS:
            end = sound.end
        elif not last and end <= start:  # it stood in the pause before: up to the next word
            end = min(max(moved[i + 1].start, start), sound.end)
        settled.append(Word(word.text, start, end, word.probability))
    return settled


def stretches_of_sound(samples: NDArray[np.int16], voiced: Sequence[Span]) -> list[Span]:
    """Return what lies between the pauses, within the voiced spans.

    Args:
        samples: 16 kHz mono.
        voiced: In time order, seconds from the first sample.
    """
    size = int(FRAME_SECONDS * SAMPLE_RATE)
    frames = samples[: len(samples) // size * size].astype(np.float32).reshape(-1, size)
    if not len(frames):
        return list(voiced)
    level = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1.0)
    floor, loud = np.percentile(level, [5, 95])
    if loud - floor < CLEAR_DB:
        return list(voiced)
    sounds = level >= max(floor + FLOOR_SHARE * (loud - floor), loud - MOST_DB)
    found: list[Span] = []
    for span in voiced:
        begin = max(0, round((span.start - VOICE_LATE_SECONDS) / FRAME_SECONDS))
        end = round(span.end / FRAME_SECONDS)
        inside = np.flatnonzero(sounds[begin:end]) + begin
        stretches = np.split(
            inside, np.flatnonzero(np.diff(inside) > PAUSE_SECONDS / FRAME_SECONDS) + 1
        )
        kept = [
            Span(float(stretch[0]) * FRAME_SECONDS, float(stretch[-1] + 1) * FRAME_SECONDS)
            for stretch in stretches
            if len(stretch) * FRAME_SECONDS > CLICK_SECONDS
        ]
        found += kept or [span]
    return found


def _homes(spans: Sequence[Span], sounds: Sequence[Span]) -> list[int]:
    """Return for each word the stretch it was said in: that of which it covers most, or, where it
    lies wholly in a pause, the next one, since Whisper stretches words backwards."""
    homes: list[int] = []
    home = 0
    for span in spans:
        shared = [
            min(span.end, sound.end) - max(span.start, sound.start) for sound in sounds[home:]
        ]
        if max(shared) > 0.0:
            home += int(np.argmax(shared))
        else:
            later = (i for i in range(home, len(sounds)) if sounds[i].start >= span.start)
            home = next(later, len(sounds) - 1)
        homes.append(home)
    return homes
