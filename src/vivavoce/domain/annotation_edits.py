"""The steps in which an attempt is annotated: what each adds and what it takes away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vivavoce.domain.annotation import (
    MAX_CHARACTERS,
    Anchor,
    Annotation,
    WordRange,
    anchor_at,
)
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line

_SHOWN_CHARACTERS = 40
_STOPS = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Edit:
    """One step, which is undone whole."""

    what: str
    """In a few words, for “Undone: ...”."""
    added: tuple[Annotation, ...] = ()
    removed: tuple[str, ...] = ()
    """Ids."""

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a new annotation is known by."""

    id: str
    """A ULID that no other annotation has."""
    at: datetime
    """Aware, UTC."""


def mark(seconds: float, stamp: Stamp) -> Edit:
    """Return the step that marks a moment.

    Args:
        seconds: On the recording's clock.
        stamp: Of the mark.
    """
    anchor = Anchor(Span(seconds, seconds))
    return Edit("mark", (Annotation(stamp.id, "mark", anchor, "", stamp.at),))


def note(attempt: Attempt, words: WordRange, text: str, stamp: Stamp) -> Edit:
    """Return the step that writes a note on words, in place of one's earlier note on just these.

    Args:
        attempt: As it is.
        words: As the machine heard them.
        text: Empty takes the note away.
        stamp: Of the new note.
    """
    there = [
        each for each in attempt.annotations if _own(each, "note") and each.anchor.words == words
    ]
    removed = tuple(each.id for each in there)
    shown = one_line(text)[:MAX_CHARACTERS]
    if [each.text for each in there] == [shown]:
        return Edit("")
    if not shown:
        return Edit("note taken away", (), removed)
    made = Annotation(stamp.id, "note", anchor_at(attempt.turns, words), shown, stamp.at)
    return Edit("note", (made,), removed)


def tag(attempt: Attempt, words: WordRange, text: str, stamp: Stamp) -> Edit:
    """Return the step that tags words; a tag that is there already is taken away.

    Args:
        attempt: As it is.
        words: As the machine heard them.
        text: The tag; an empty one changes nothing.
        stamp: Of the new tag.
    """
    shown = one_line(text)[:MAX_CHARACTERS]
    there = tuple(
        each.id
        for each in attempt.annotations
        if _own(each, "tag") and each.anchor.words == words and each.text == shown
    )
    if there or not shown:
        return Edit(f"tag “{_short(shown)}” taken away", (), there)
    made = Annotation(stamp.id, "tag", anchor_at(attempt.turns, words), shown, stamp.at)
    return Edit(f"tag “{_short(shown)}”", (made,))


def correct(attempt: Attempt, words: WordRange, text: str, stamp: Stamp) -> Edit:
    """Return the step that corrects words; corrections that it touches go into it.

    Args:
        attempt: As it is.
        words: As the machine heard them.
        text: What was really said in their place; empty when nothing was. What the machine heard
            takes the corrections back.
        stamp: Of the correction.
    """
    touched = _corrections_of(attempt.annotations, words)
    ranges = [words, *(each.anchor.words for each in touched if each.anchor.words is not None)]
    whole = WordRange(
        words.turn, min(each.first for each in ranges), max(each.last for each in ranges)
    )
    heard = heard_text(attempt, whole)
    shown = one_line(text)[:MAX_CHARACTERS]
    removed = tuple(each.id for each in touched)
    if shown == heard:
        return Edit("correction taken back", (), removed)
    if [(each.anchor.words, each.text) for each in touched] == [(words, shown)]:
        return Edit("")
    made = Annotation(stamp.id, "correction", anchor_at(attempt.turns, whole), shown, stamp.at)
    return Edit(f"correction of “{_short(heard.rstrip(_STOPS))}”", (made,), removed)


def revert(attempt: Attempt, words: WordRange | None = None) -> Edit:
    """Return the step back to what the machine heard.

    Args:
        attempt: As it is.
        words: Only corrections that touch these; None for all.
    """
    taken = tuple(each.id for each in _corrections_of(attempt.annotations, words))
    return Edit("correction taken back" if words else "all corrections taken back", (), taken)


def heard_text(attempt: Attempt, words: WordRange) -> str:
    """Return words as the machine heard them, on one line."""
    said = attempt.turns[words.turn].words[words.first : words.last + 1]
    return one_line(" ".join(word.text for word in said))


def _corrections_of(
    annotations: Iterable[Annotation], words: WordRange | None
) -> Sequence[Annotation]:
    return [
        each
        for each in annotations
        if each.kind == "correction"
        and each.anchor.words is not None
        and (words is None or each.anchor.words.touches(words))
    ]


def _own(annotation: Annotation, kind: str) -> bool:
    return annotation.kind == kind and not annotation.author


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
