"""Recorded speech with its reference texts, joined into long answers."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.store.case_library import sample_answer

SHIPPED = "daily-mix-churn"
GAP_SECONDS = (0.2, 1.2)
"""Silence between two recordings, drawn evenly: most pauses of a spoken answer. Chosen."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file of the folder."""

    name: str
    samples: Samples
    """16 kHz mono."""
    reference: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one recording stands in a joined answer."""

    name: str
    span: Span
    reference: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Recordings one after the other."""

    samples: Samples
    """16 kHz mono."""
    passages: tuple[Passage, ...]


def read_speech(folder: Path) -> list[Recording]:
    """Read a folder of speech with a `manifest.tsv`: file, seconds, reference.

    Raises:
        NotFoundError: There is no manifest, or one of its files is missing.
        BadInputError: The manifest has other columns.
    """
    manifest = folder / "manifest.tsv"
    if not manifest.is_file():
        raise NotFoundError(
            f"{folder} has no manifest.tsv.",
            "It lists the recordings, tab-separated: file, seconds, reference.",
        )
    with manifest.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not all(row.get("file") and row.get("reference") for row in rows):
        raise BadInputError(
            f"{manifest} does not have the columns file, seconds and reference.",
            "Write one recording a line, tab-separated, below these names.",
        )
    return [
        Recording(row["file"], np.concatenate(list(read_audio(folder / row["file"]))), text)
        for row in rows
        if (text := row["reference"])
    ]


def shipped_speech() -> list[Recording]:
    """Return the one recording that comes with the program; its text was read aloud."""
    file = sample_answer(SHIPPED)
    text = file.with_suffix(".txt").read_text(encoding="utf-8")
    return [Recording(file.name, np.concatenate(list(read_audio(file))), text)]


def join(recordings: Sequence[Recording], seconds: float | None, seed: int) -> Joined:
    """Join recordings with pauses of near silence.

    Args:
        recordings: In this order, again from the start where they do not suffice.
        seconds: At least this long; None takes each recording once.
        seed: Of the pauses and of the faint noise in them, so that no digital silence helps.
    """
    generator = random.Random(seed)
    noise = np.random.default_rng(seed)
    parts: list[Samples] = []
    passages: list[Passage] = []
    position = 0

    def pause(length: float) -> None:
        nonlocal position
        parts.append(noise.integers(-3, 4, int(length * SAMPLE_RATE)).astype(np.int16))
        position += len(parts[-1])

    pause(0.5)
    while True:
        for recording in recordings:
            begin = position / SAMPLE_RATE
            parts.append(recording.samples)
            position += len(recording.samples)
            span = Span(begin, position / SAMPLE_RATE)
            passages.append(Passage(recording.name, span, recording.reference))
            if seconds is not None and span.end >= seconds:
                return Joined(np.concatenate(parts), tuple(passages))
            pause(generator.uniform(*GAP_SECONDS))
        if seconds is None:
            return Joined(np.concatenate(parts), tuple(passages))
