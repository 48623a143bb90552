"""Readings whose lift is known, so that a test of numbers does not hang on a reader."""

from __future__ import annotations

from dataclasses import replace

from vivavoce.domain.debrief import Evidence, Judgement, Level, Reading
from vivavoce.scoring.rules import read


def reading_of(text: str, lift: str, level: Level = 2, test: Level = 2) -> Reading:
    """Return a reading of an answer with a change, a lift in these words and a test."""
    start = text.index(lift)
    whole = (Evidence(text, 0, len(text)),)
    return replace(
        read(text),
        solution=Judgement(2, whole),
        experiment=Judgement(test, whole if test else ()),
        lift=Judgement(level, (Evidence(lift, start, start + len(lift)),) if level else ()),
    )
