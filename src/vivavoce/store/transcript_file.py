"""Transcripts from elsewhere: JSON in the shape that Whisper and its relatives write."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from vivavoce.domain.speech import Span, Word
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.errors import BadInputError
from vivavoce.store.json_fields import MAX_SECONDS

JOIN_SECONDS = 0.3
"""Words closer together than this belong to one stretch of voice. Chosen."""


def turn_from_whisper_json(text: str, name: str) -> Turn:
    """Return a transcript as one answer.

    Args:
        text: {"segments": [{"start", "end", "text", "words": [{"word", "start", "end",
            "probability"}]}]}; a segment without words has its time shared out among them.
        name: The file's, for the message.

    Raises:
        BadInputError: It is not that.
    """
    try:
        data = json.loads(text)
        words = [word for segment in data["segments"] for word in _words(segment)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        # What went wrong could quote what was said.
        raise BadInputError(
            f"{name} is not a transcript in Whisper's shape.",
            'It needs {"segments": [{"text", "start", "end"}]}.',
        ) from None
    return answer_of(words)


def answer_of(words: Iterable[Word]) -> Turn:
    """Return words as one answer, in the order of their starts, with the voice that they imply."""
    said = sorted(words, key=lambda word: word.start)
    voiced: list[Span] = []
    for word in said:
        if voiced and word.start - voiced[-1].end < JOIN_SECONDS:
            voiced[-1] = Span(voiced[-1].start, max(voiced[-1].end, word.end))
        else:
            voiced.append(Span(word.start, word.end))
    end = max((word.end for word in said), default=0.0)
    told = " ".join(word.text for word in said)
    return Turn("answer", Span(0.0, end), told, tuple(said), tuple(voiced))


def _words(segment: dict[str, Any]) -> Iterator[Word]:
    timed = segment.get("words") or ()
    # WhisperX leaves the times of words out that it could not align, such as numbers.
    if timed and all("start" in word and "end" in word for word in timed):
        for word in timed:
            yield from _word(word["word"], word["start"], word["end"], word.get("probability", 1.0))
        return
    texts = one_line(segment["text"]).split()
    start, end = float(segment["start"]), float(segment["end"])
    share = (end - start) / max(1, len(texts))
    for index, text in enumerate(texts):
        yield from _word(text, start + index * share, start + (index + 1) * share, 1.0)


def _word(text: object, start: object, end: object, probability: object) -> Iterator[Word]:
    times = [float(value) for value in (start, end, probability)]  # type: ignore[arg-type]
    if not all(map(math.isfinite, times)) or not 0 <= times[0] <= MAX_SECONDS >= times[1]:
        raise ValueError("a time that is no time")
    if shown := one_line(str(text)):
        yield Word(shown, times[0], max(times[0], times[1]), min(1.0, max(0.0, times[2])))
