"""Attempts to measure the replay on: an hour of speech, and a library of thousands."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.scoring.reader import Reader
from vivavoce.session.debriefing import make_debrief
from vivavoce.store.attempt_store import AttemptStore

HOUR_SECONDS = 3600.0
HOUR_WORDS = 20_000
"""Twice what a fast speaker says in an hour: what the issue asks the transcript to scroll."""
SHORT_WORDS = 300
"""Of one attempt of the library: two minutes of speech."""
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


def speech(recording: Path, seconds: float) -> Samples:
    """Return a recording, repeated until it is `seconds` long."""
    once = np.concatenate(list(read_audio(recording)))
    return np.resize(once, round(seconds * SAMPLE_RATE))


def add_attempt(
    store: AttemptStore, case: Case, words: Sequence[str], sound: Samples, reader: Reader
) -> Attempt:
    """Keep an attempt that says these words, evenly spread over the sound, and return it."""
    seconds = len(sound) / SAMPLE_RATE
    step = (seconds - 10.0) / max(1, len(words))
    said = tuple(
        Word(word, 10.0 + place * step, 10.0 + (place + 0.9) * step, 0.9)
        for place, word in enumerate(words)
    )
    turns = (
        Turn("prompt", Span(0.0, 9.0), case.prompt),
        Turn("answer", Span(9.0, seconds), " ".join(words), said, (Span(10.0, seconds),)),
    )
    opened = store.begin(case, case.variants[0].id, False, "base")
    opened.recording.write(sound)
    return store.finish(opened.id, "done", turns, seconds, make_debrief(turns, reader))


def words_at_random(generator: random.Random) -> Iterator[str]:
    """Yield words of two or three syllables, about 3,000 different ones, with full stops."""
    while True:
        word = "".join(generator.choices(_SYLLABLES, k=generator.choice((2, 3))))
        yield f"{word}." if generator.random() < 0.06 else word
