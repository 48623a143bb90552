"""What stands beside a replay: the debrief's quotes, notes, tags, corrections and marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.annotation_edits import heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.debrief import Criterion, Evidence, Judgement
from vivavoce.domain.debrief_told import made_better
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, LEVEL_MARKS, clock, level_word
from vivavoce.tui.replaying import stretch_in
from vivavoce.tui.widgets.waveform import WaveformMark
from vivavoce.tui.words import LEVEL_COLOURS

LETTERS: dict[Criterion, str] = {
    "problem": "P",
    "solution": "C",
    "experiment": "T",
    "lift": "L",
    "impact": "$",
}
"""The first letter of the name that the screens give a criterion; money has its own sign."""
NOTE_MARK, TAG_MARK, CORRECTION_MARK, MOMENT_MARK, SENTENCE_MARK = "✎", "#", "≈", "▾", "+"
SIGNS = {
    "mark": MOMENT_MARK,
    "note": NOTE_MARK,
    "tag": TAG_MARK,
    "correction": CORRECTION_MARK,
    "patch": SENTENCE_MARK,
}
"""Words that were only confirmed have no sign: nothing is to be seen there."""
NO_NOTES = "Nothing yet. {note} writes a note on a word, {mark} marks a moment."
NOTHING_HEARD = "Nothing was judged here."


@dataclass(frozen=True, slots=True)
class Row:
    """One line or two beside the transcript."""

    text: Content
    span: Span | None = None
    """What it plays; None for one that is only to be read."""
    annotation: Annotation | None = None
    """What it tells of, where it can be changed."""


def rows_beside(attempt: Attempt, note_key: str, mark_key: str) -> list[Row]:
    """Return all rows: what was judged, then what was written.

    Args:
        attempt: As it is now.
        note_key: What to press for a note.
        mark_key: Likewise for a mark.
    """
    nothing = NO_NOTES.format(note=note_key, mark=mark_key)
    return [
        _heading("HEARD"),
        *(list(_judged(attempt)) or [_to_read(NOTHING_HEARD)]),
        _heading("\nWRITTEN"),
        *(list(_written(attempt)) or [_to_read(nothing)]),
    ]


def evidence_in(attempt: Attempt, words: Sequence[ShownWord]) -> list[tuple[int, int, str]]:
    """Return the quotes' first and last index in `words`, each with its criterion's letter."""
    placed = ((criterion, quote.span) for criterion, quote in _quotes(attempt))
    return [
        (*stretch, LETTERS[criterion])
        for criterion, span in placed
        if span is not None and (stretch := stretch_in(words, span)) is not None
    ]


def marks_of(attempt: Attempt) -> list[WaveformMark]:
    """Return what stands along the recording, one's own first: of two at a place it stays."""
    written = [
        WaveformMark(each.anchor.span.start, sign, "$accent")
        for each in attempt.annotations
        if (sign := SIGNS.get(each.kind)) is not None
    ]
    quoted = [
        WaveformMark(span.start, LETTERS[criterion], "bold $success")
        for criterion, quote in _quotes(attempt)
        if (span := quote.span) is not None
    ]
    return [*written, *quoted]


def told(attempt: Attempt, annotation: Annotation) -> Content:
    """Return an annotation on one line: whose it is, and what it says."""
    sign = SIGNS.get(annotation.kind, "")
    by = f"{one_line(annotation.author)}: " if annotation.author else ""
    return Content.assemble((f"{sign} ", "bold $accent"), (by, "bold"), _said(attempt, annotation))


def _said(attempt: Attempt, annotation: Annotation) -> str:
    text = one_line(annotation.text)
    if annotation.kind == "mark":
        return "a moment you marked"
    if annotation.kind == "patch":
        return f"said again: “{text}”"
    if annotation.kind == "correction":
        words = annotation.anchor.words
        heard = f", heard “{heard_text(attempt, words)}”" if words is not None else ""
        return (f"“{text}”" if text else "nothing said") + heard
    return text


def _judged(attempt: Attempt) -> Iterator[Row]:
    debrief = attempt.debrief
    if debrief is None or not debrief.heard or attempt.case is None:
        return
    if debrief.first_heard:
        for criterion in CRITERION_NAMES:
            yield _judgement_row(criterion, debrief.first.judgement(criterion))
    for criterion, judgement, _ in made_better(debrief):
        yield _judgement_row(criterion, judgement, " in a follow-up")


def _judgement_row(criterion: Criterion, judgement: Judgement, where: str = "") -> Row:
    level = judgement.level
    best = judgement.evidence[0] if judgement.evidence else None
    span = best.span if best is not None else None
    text = Content.assemble(
        (f"{LETTERS[criterion]} ", "bold $success" if span is not None else "$quiet"),
        (f"{CRITERION_NAMES[criterion]} ", "bold"),
        (f"{LEVEL_MARKS[level]} {level_word(criterion, level)}{where}", LEVEL_COLOURS[level]),
        "\n" if best is not None else "",
        (f"{clock(span.start)} " if span is not None else "", "$quiet"),
        f"“{one_line(best.quote)}”" if best is not None else "",
    )
    return Row(text, span)


def _written(attempt: Attempt) -> Iterator[Row]:
    for each in attempt.annotations:
        if each.kind in SIGNS:
            at = (f"  {clock(each.anchor.span.start)}", "$quiet")
            yield Row(Content.assemble(told(attempt, each), at), each.anchor.span, each)


def _quotes(attempt: Attempt) -> Iterator[tuple[Criterion, Evidence]]:
    """Give the best quote of each criterion, and the follow-ups' where they made it better."""
    debrief = attempt.debrief
    if debrief is None or not debrief.heard or attempt.case is None:
        return
    first = ((criterion, debrief.first.judgement(criterion)) for criterion in CRITERION_NAMES)
    better = ((criterion, judgement) for criterion, judgement, _ in made_better(debrief))
    for criterion, judgement in (*first, *better):
        yield from ((criterion, quote) for quote in judgement.evidence[:1])


def _heading(text: str) -> Row:
    return Row(Content.styled(text, "bold $quiet"))


def _to_read(text: str) -> Row:
    return Row(Content.styled(text, "$quiet"))
