"""An attempt's words, one a line, with what is written on them."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.annotation import Annotation, corrections
from vivavoce.domain.annotation_edits import heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.domain.word_place import word_id


def word_lines(attempt: Attempt) -> Iterator[str]:
    """Return the candidate's words, one a line: id, second, how sure the machine was, word.

    A correction stands on one line for all the words that it replaces, with what was heard. Notes
    and tags stand behind the last word that they are about.
    """
    made = corrections(attempt.annotations)
    for index, turn in enumerate(attempt.turns):
        corrected = {
            each.anchor.words.first: each for each in made.get(index, ()) if each.anchor.words
        }
        place = 0
        while place < len(turn.words):
            correction = corrected.get(place)
            last = place
            if correction is not None and correction.anchor.words is not None:
                last = correction.anchor.words.last
            name = word_id(index, place) + (f"-{last}" if last > place else "")
            word = turn.words[place]
            text = one_line(word.text) if correction is None else _corrected(attempt, correction)
            line = f"{name:<10} {word.start:9.2f}  {word.probability:4.2f}  {text}"
            yield "  ".join([line, *_written_on(attempt, index, place, last)])
            place = last + 1


def _corrected(attempt: Attempt, correction: Annotation) -> str:
    assert correction.anchor.words is not None
    heard = heard_text(attempt, correction.anchor.words)
    return f"{correction.text or '(nothing)'}  (heard: {heard})"


def _written_on(attempt: Attempt, turn: int, first: int, last: int) -> Iterator[str]:
    """Return the notes and tags whose last word is one of these."""
    for each in attempt.annotations:
        words = each.anchor.words
        if each.kind not in ("note", "tag") or words is None or words.turn != turn:
            continue
        if first <= words.last <= last:
            by = f"{each.author}: " if each.author else ""
            yield f"[{'#' if each.kind == 'tag' else ''}{by}{each.text}]"
