"""Labels for Audacity: a line a label, its start, its end and its text, with tabs between."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.export.segments import Segment
from vivavoce.export.spoken import (
    Label,
    evidence_of,
    notes_of,
    segments_of,
    speaker_of,
    turns_to_tell,
)


def audacity_labels(attempt: Attempt, raw: bool = False) -> str:
    """Return what was said, a sentence a label, with evidence and notes, in time order.

    Args:
        attempt: As it is kept.
        raw: As the machine heard it, without corrections.
    """
    said = [
        Label(Span(part.start, part.end), f"{speaker_of(turn)}: {part.text}")
        for turn in turns_to_tell(attempt, raw)
        for part in (segments_of(turn) if turn.by_candidate else _whole(turn))
    ]
    labels = [*said, *evidence_of(attempt), *notes_of(attempt)]
    labels.sort(key=lambda label: (label.span.start, label.span.end))
    # `Label.text` is on one line and holds no tab.
    return "".join(
        f"{label.span.start:.6f}\t{max(label.span.start, label.span.end):.6f}\t{label.text}\n"
        for label in labels
    )


def _whole(turn: Turn) -> Sequence[Segment]:
    """Return a question as one: its words have no times of their own."""
    return [Segment((Word(turn.text, turn.span.start, turn.span.end, 1.0),))] if turn.text else []
