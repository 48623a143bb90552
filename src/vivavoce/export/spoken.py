"""What an export tells of an attempt: who said what when, what earned a judgement, what was noted.

Everything that leaves is on one line and without control characters, whatever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import CRITERIA, Criterion, Judgement
from vivavoce.domain.debrief_told import made_better
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.domain.word_shares import shared_out
from vivavoce.domain.wording import CRITERION_NAMES, level_word
from vivavoce.export.segments import Segment, Segmenter

Speaker = Literal["You", "Panel"]
LEAST_SECONDS = 0.1
"""Nobody asks a question in less. Chosen."""
_NAMES = {"mark": "Mark", "note": "Note", "tag": "Tag", "patch": "Said again"}
"""Of the annotations that are told; corrections are in the words already."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of the recording and what is said about it."""

    span: Span
    """Seconds; a moment has no length."""
    text: str
    """On one line."""


def speaker_of(turn: Turn) -> Speaker:
    """Return who speaks in a turn."""
    return "You" if turn.by_candidate else "Panel"


def turns_to_tell(attempt: Attempt, raw: bool) -> tuple[Turn, ...]:
    """Return the turns of an attempt, fit to leave.

    Args:
        attempt: As it is kept.
        raw: As the machine heard it, without corrections.

    Returns:
        All turns, so that their indices stay; words without a letter left are missing.
    """
    return tuple(_safe(turn) for turn in (attempt.turns if raw else attempt.corrected))


def _safe(turn: Turn) -> Turn:
    words = tuple(replace(word, text=text) for word in turn.words if (text := one_line(word.text)))
    text = " ".join(word.text for word in words) if turn.by_candidate else one_line(turn.text)
    return replace(turn, text=text, words=words)


def segments_of(turn: Turn) -> list[Segment]:
    """Return what was said in a turn, a sentence each, with its speaker.

    The interviewer's words have no times of their own: the turn's time is shared out among them.
    """
    words: Sequence[Word] = turn.words
    if not turn.by_candidate:
        words = shared_out(turn.text.split(), turn.span)
    segmenter = Segmenter()
    found = [*segmenter.push(words), *segmenter.finish()]
    return [replace(segment, speaker=speaker_of(turn)) for segment in found]


def audible_segments(turns: Iterable[Turn]) -> list[Segment]:
    """Return what was heard, turn by turn: a question that was only shown has no length."""
    return [
        segment
        for turn in turns
        if turn.by_candidate or turn.span.seconds >= LEAST_SECONDS
        for segment in segments_of(turn)
    ]


def evidence_of(attempt: Attempt) -> list[Label]:
    """Return what earned each judgement, in time order: “Lift (sized): from 38 to 30 percent”."""
    labels = [
        Label(Span(start, max(start, end)), f"{name}: {one_line(quote)}")
        for criterion, name, judgement in _judgements(attempt)
        for quote, start, end in _timed(judgement)
    ]
    return sorted(labels, key=_place)


def evidence_names(attempt: Attempt) -> list[Label]:
    """Return the same stretches, named by what they were heard as: “Lift (sized)”."""
    labels = [
        Label(Span(start, max(start, end)), name)
        for criterion, name, judgement in _judgements(attempt)
        for _, start, end in _timed(judgement)
    ]
    return sorted(labels, key=_place)


def _judgements(attempt: Attempt) -> Iterator[tuple[Criterion, str, Judgement]]:
    """Yield the judgements on the first answer, or on all answers where those added to it; none
    without a case, as in the debrief."""
    if attempt.debrief is None or attempt.case is None:
        return
    better = {criterion: later for criterion, later, _ in made_better(attempt.debrief)}
    for criterion in CRITERIA:
        judgement = better.get(criterion) or attempt.debrief.first.judgement(criterion)
        name = f"{CRITERION_NAMES[criterion]} ({level_word(criterion, judgement.level)})"
        yield criterion, name, judgement


def _timed(judgement: Judgement) -> Iterator[tuple[str, float, float]]:
    for evidence in judgement.evidence:
        if evidence.start is not None and evidence.end is not None:
            yield evidence.quote, evidence.start, evidence.end


def notes_of(attempt: Attempt) -> list[Label]:
    """Return marks, notes, tags and sentences said again, in time order, with their authors."""
    labels = [
        Label(each.anchor.span, _note(each)) for each in attempt.annotations if each.kind in _NAMES
    ]
    return sorted(labels, key=_place)


def _note(annotation: Annotation) -> str:
    name = _NAMES[annotation.kind]
    if author := one_line(annotation.author):
        name += f" by {author}"
    text = one_line(annotation.text)
    return f"{name}: {text}" if text else name


def _place(label: Label) -> tuple[float, float]:
    return label.span.start, label.span.end
