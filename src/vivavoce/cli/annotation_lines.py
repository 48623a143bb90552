"""What is written on an attempt, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.annotation_edits import heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, clock

_QUOTED = 60
"""Characters of the words that a note is about. Chosen: the rest of a line."""


def annotation_lines(attempt: Attempt) -> Iterator[str]:
    """Return a line an annotation, in the order of their places; none where there are none."""
    for each in attempt.annotations:
        if told := _told(attempt, each):
            yield f"{clock(each.anchor.span.start):>7}  {told}"


def _told(attempt: Attempt, annotation: Annotation) -> str:
    words = annotation.anchor.words
    quote = heard_text(attempt, words) if words is not None else ""
    quote = quote if len(quote) <= _QUOTED else f"{quote[: _QUOTED - 1]}…"
    about = f" on “{quote}”" if quote else ""
    by = f"{annotation.author}’s " if annotation.author else ""
    text = one_line(annotation.text)
    match annotation.kind:
        case "mark":
            return "mark"
        case "note":
            return f"{by}note{about}: {text}"
        case "tag":
            return f"{by}tag{about}: {text}"
        case "correction":
            return f"corrected: heard “{quote}”, you said {f'“{text}”' if text else 'nothing'}"
        case "patch":
            assert annotation.criterion is not None
            return f"said again, for {CRITERION_NAMES[annotation.criterion]}: “{text}”"
        case _:
            return ""
