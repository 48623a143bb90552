"""Numbers that the machine was not sure of, as lines: each with the command that corrects it."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.annotation_edits import heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.word_place import word_id
from vivavoce.domain.wording import clock
from vivavoce.scoring.unsure_numbers import questions


def unsure_lines(attempt: Attempt) -> Iterator[str]:
    """Return two lines a number that the screens would ask about; none where there are none."""
    for words in questions(attempt):
        at = attempt.turns[words.turn].words[words.first].start
        place = word_id(words.turn, words.first)
        if words.last > words.first:
            place += f"-{words.last}"
        heard = heard_text(attempt, words)
        yield f"Not sure about “{heard}” at {clock(at)}. If you said something else:"
        yield f"  vivavoce correct {attempt.id} {place} 'what you said'"
