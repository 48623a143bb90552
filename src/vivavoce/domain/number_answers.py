"""What the candidate answers when asked whether a number was heard right."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vivavoce.domain.annotation import Annotation, WordRange, anchor_at
from vivavoce.domain.annotation_edits import Edit, Stamp, correct
from vivavoce.domain.attempt import Attempt

Answer = tuple[WordRange, str | None]
"""A number and what was really said; None where it was heard right."""


def answered(attempt: Attempt, answers: Iterable[Answer], stamp: Callable[[], Stamp]) -> Edit:
    """Return the step that keeps answers, so that none of them is asked for again.

    Args:
        attempt: As it is.
        answers: No two about the same words.
        stamp: Called once an answer.

    Returns:
        A step that changes nothing where there are no answers.
    """
    added: list[Annotation] = []
    removed: list[str] = []
    for words, said in answers:
        made = stamp()
        edit = Edit("") if said is None else correct(attempt, words, said, made)
        added += edit.added
        removed += edit.removed
        if not edit.added:  # also where what was heard was written once more
            anchor = anchor_at(attempt.turns, words)
            added.append(Annotation(made.id, "confirmed", anchor, "", made.at))
    return Edit("answers about numbers", tuple(added), tuple(removed))
