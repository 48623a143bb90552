"""An attempt's words, one a line, with what is written on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

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
    made, written = corrections(attempt.annotations), _written(attempt)
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
            told = (written.get((index, at), ()) for at in range(place, last + 1))
            yield "  ".join([line, *chain.from_iterable(told)])
            place = last + 1


def _corrected(attempt: Attempt, correction: Annotation) -> str:
    assert correction.anchor.words is not None
    heard = heard_text(attempt, correction.anchor.words)
    return f"{one_line(correction.text) or '(nothing)'}  (heard: {heard})"


def _written(attempt: Attempt) -> dict[tuple[int, int], list[str]]:
    """Return the notes and tags by the turn and the place of the last word that they are about."""
    written: dict[tuple[int, int], list[str]] = {}
    for each in attempt.annotations:
        words = each.anchor.words
        if each.kind in ("note", "tag") and words is not None:
            by = f"{each.author}: " if each.author else ""
            told = f"[{'#' if each.kind == 'tag' else ''}{by}{one_line(each.text)}]"
            written.setdefault((words.turn, words.last), []).append(told)
    return written
