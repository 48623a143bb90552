"""Subtitles of an attempt: both speakers, one after the other."""

from __future__ import annotations

from vivavoce.domain.attempt import Attempt
from vivavoce.export.spoken import audible_segments, turns_to_tell
from vivavoce.export.subtitles import SubtitleFormat, Subtitler


def attempt_subtitles(attempt: Attempt, kind: SubtitleFormat, raw: bool = False) -> str:
    """Return the whole file.

    Args:
        attempt: As it is kept.
        kind: The format.
        raw: As the machine heard it, without corrections.
    """
    subtitler = Subtitler(kind)
    segments = audible_segments(turns_to_tell(attempt, raw))
    return subtitler.begin() + "".join(map(subtitler.push, segments)) + subtitler.finish()
