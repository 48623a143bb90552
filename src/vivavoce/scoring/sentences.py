"""Sentences: cutting a spoken answer so that missing punctuation does not matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vivavoce.scoring.remembered import remembered

MAX_WORDS = 28
"""A stretch longer than this without a full stop is recogniser output: it is cut where a speaker
begins anew. Chosen: the longest sentence of a fluent answer has about 40 words."""
_STOP = re.compile(r"(?<!\d)[.!?…]+[\"'”’)]*(?=\s|$)|(?<=\d)[.!?](?=\s+[A-Z\"“]|\s*$)|\n+|;\s")
_RESTART = re.compile(
    r"\s(?=(?:(?:and|so|but|because|then|right|yeah|okay|uh|um)\s+){0,4}"
    r"(?:(?:uh|um|like|maybe|just)\s+)?"
    r"(?:what (?:i|we)(?:'d| would) do|i(?:'d| would)|we(?:'d| would)?\s+(?:just|try|could|can|"
    r"do)\b|"
    r"we(?:'d| would| should)|i think|i(?:'d| would)? guess|i expect|i reckon|that's (?:like|it)|"
    r"you know maybe|try it|how we do|the thing is|for a beta|run it|if we|when our|people "
    r"(?:stop|leave|get)|my guess)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text that says one thing."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character, punctuation excluded."""
    text: str
    """`full_text[start:end]`."""


def cut(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of an answer, in order; empty ones are dropped."""
    sentences: list[Sentence] = []
    start = 0
    for stop in [*_STOP.finditer(text), None]:
        end = stop.start() if stop else len(text)
        sentences += (
            Sentence(start + piece.start, start + piece.end, piece.text)
            for piece in _pieces(text[start:end])
        )
        start = stop.end() if stop else end
    return tuple(sentences)


def first_place(look: Callable[[str], int | None], sentences: Iterable[Sentence]) -> int | None:
    """Return where something first stands in an answer, or None.

    Args:
        look: Returns where it stands in a sentence.
        sentences: In order.
    """
    for sentence in sentences:
        if (place := look(sentence.text)) is not None:
            return sentence.start + place
    return None


@remembered
def _pieces(stretch: str) -> tuple[Sentence, ...]:
    """Cut one stretch at the places where a speaker begins anew, if it is too long to be one."""
    if len(_WORD.findall(stretch)) <= MAX_WORDS or stretch.count(",") >= 2:
        return _trimmed(stretch, 0, len(stretch))
    pieces: tuple[Sentence, ...] = ()
    begin = 0
    for restart in _RESTART.finditer(stretch):
        if len(_WORD.findall(stretch[begin : restart.start()])) >= 4:
            pieces += _trimmed(stretch, begin, restart.start())
            begin = restart.start()
    return pieces + _trimmed(stretch, begin, len(stretch))


def _trimmed(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    while start < end and not text[start].isalnum() and text[start] not in "$€£'\"":
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%'\")"):
        end -= 1
    return (Sentence(start, end, text[start:end]),) if end > start else ()
