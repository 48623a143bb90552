"""Annotations: what is written on top of a transcript, which itself never changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vivavoce.domain.debrief import Criterion
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

AnnotationKind = Literal["mark", "note", "tag", "correction", "confirmed", "patch"]
"""`mark`: a moment to come back to · `note`, `tag`: words about what was said · `correction`: what
was really said there · `confirmed`: the machine heard these words right · `patch`: one sentence
said again, heard in its place."""
STARTING_TAGS = ("jargon", "good metric", "no size", "rambling", "strong close")
"""Offered before one's own; from the rubric. Chosen."""
MAX_CHARACTERS = 2000
"""Of a note, a tag or a correction. Chosen: two minutes of speech."""


@dataclass(frozen=True, slots=True)
class WordRange:
    """Consecutive words of one turn, as the machine heard them."""

    turn: int
    """Index in `Attempt.turns`."""
    first: int
    """Index in that turn's words."""
    last: int
    """Likewise, inclusive; not before `first`."""

    def touches(self, other: WordRange) -> bool:
        """Return whether the two share a word."""
        return self.turn == other.turn and self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an annotation stands."""

    span: Span
    """Seconds on the recording's clock; a moment has no length."""
    words: WordRange | None = None
    """None for a moment, and where the words are not there any more."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One of them. It is never changed: to edit one is to replace it."""

    id: str
    """A ULID, 26 characters."""
    kind: AnnotationKind
    anchor: Anchor
    text: str
    """The note, the tag, what was really said (empty: nothing was), or the patch's words; empty for
    a mark and for words that were heard right."""
    made_at: datetime
    """Aware, UTC."""
    author: str = ""
    """Who wrote it; empty for the candidate."""
    criterion: Criterion | None = None
    """Of a patch: which judgement it was said for."""
    said: tuple[Word, ...] = ()
    """Of a patch: its words, in seconds from the start of its own recording."""


def anchor_at(turns: Sequence[Turn], words: WordRange) -> Anchor:
    """Return the anchor of words.

    Args:
        turns: All of the attempt's, as the machine heard them.
        words: In them.

    Raises:
        IndexError: There are no such words.
    """
    heard = turns[words.turn].words
    if not 0 <= words.first <= words.last < len(heard):
        raise IndexError("no such words")
    said = heard[words.first : words.last + 1]
    return Anchor(Span(said[0].start, max(word.end for word in said)), words)


def corrections(annotations: Iterable[Annotation]) -> dict[int, list[Annotation]]:
    """Return the corrections by their turn, each in the order of the words; none share a word."""
    found: dict[int, list[Annotation]] = {}
    for each in annotations:
        if each.kind == "correction" and each.anchor.words is not None:
            found.setdefault(each.anchor.words.turn, []).append(each)
    for turn in found.values():
        turn.sort(key=_first_word)
    return found


def _first_word(annotation: Annotation) -> int:
    assert annotation.anchor.words is not None
    return annotation.anchor.words.first
