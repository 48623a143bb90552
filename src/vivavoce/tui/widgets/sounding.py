"""Where a recording is the interviewer's, and where it is silent: for drawing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vivavoce.domain.speech import Span
from vivavoce.domain.timing import PAUSE_SECONDS
from vivavoce.domain.turns import Turn


def asked_spans(turns: Iterable[Turn]) -> list[Span]:
    """Return the interviewer's stretches."""
    return [turn.span for turn in turns if not turn.by_candidate]


def silences(turns: Sequence[Turn], seconds: float) -> list[Span]:
    """Return the stretches of at least `PAUSE_SECONDS` in which nobody speaks, in time order.

    Args:
        turns: In time order.
        seconds: Length of the recording.
    """
    found: list[Span] = []
    silent_from = 0.0
    for span in sorted(_spoken(turns), key=lambda span: span.start):
        found.append(Span(silent_from, span.start))
        silent_from = max(silent_from, span.end)
    found.append(Span(silent_from, seconds))
    return [span for span in found if span.seconds >= PAUSE_SECONDS]


def _spoken(turns: Sequence[Turn]) -> list[Span]:
    spans = asked_spans(turns)
    for turn in turns:
        if turn.by_candidate:
            words = (Span(word.start, word.end) for word in turn.words)
            spans += turn.voiced or words  # what came from elsewhere has no voice of its own
    return spans
