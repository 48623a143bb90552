"""Timing: speaking time, monologues and pauses, from what was heard when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.pace import Pace, sliding_pace, words_per_minute
from vivavoce.domain.speech import Span
from vivavoce.domain.turns import Turn

OVER_ENGINEERING_SECONDS = 900.0
"""Fifteen minutes of monologue: the seed article's threshold."""
MARK_SECONDS = (120.0, 300.0, 600.0)
"""Warnings on the way: ten minutes is the article's "ten minutes on hyper-parameter tuning";
two and five are chosen."""
PAUSE_SECONDS = 1.5
"""A silence this long inside an answer is reported as a pause. Chosen: shorter is breathing."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How an attempt was spoken. All figures in seconds unless the name says otherwise."""

    speaking_s: float
    """Voiced time of the candidate."""
    answer_s: float
    """From the first word of the first answer to its last, pauses included."""
    monologue_s: float
    """The longest stretch from a first word after an interviewer's turn to the last word before
    the next one, pauses included."""
    first_word_s: float | None
    """From the moment the answer could begin to its first word; None when nothing was heard."""
    first_metric_s: float | None
    """From the first answer's beginning to the first metric named."""
    first_tool_s: float | None
    """From the first answer's beginning to the first tool named."""
    pauses: tuple[Span, ...]
    """Silences of at least `PAUSE_SECONDS` between two words of one turn."""
    wpm: float
    """Words per minute of voiced time; 0.0 when nothing was heard."""
    over_threshold_at: float | None
    """When, on the recording's clock, a monologue passed the limit; None if none did."""
    limit_s: float = OVER_ENGINEERING_SECONDS
    """The limit that was applied."""
    pace: tuple[Pace, ...] = ()
    """Over a sliding window; empty where no turn is as long as one."""


def _monologues(turns: Sequence[Turn]) -> list[Span]:
    """Return the stretches of unbroken candidate speech: only the interviewer ends one."""
    stretches: list[Span] = []
    start: float | None = None
    end = 0.0
    for turn in turns:
        if not turn.by_candidate:
            if start is not None:
                stretches.append(Span(start, end))
            start = None
            continue
        if turn.voiced:
            if start is None:
                start = turn.voiced[0].start
            end = turn.voiced[-1].end
    if start is not None:
        stretches.append(Span(start, end))
    return stretches


def _pauses(turn: Turn) -> list[Span]:
    """Return the silences between consecutive voiced spans that are long enough to report."""
    gaps = (
        Span(before.end, after.start)
        for before, after in zip(turn.voiced, turn.voiced[1:], strict=False)
    )
    return [gap for gap in gaps if gap.seconds >= PAUSE_SECONDS]


def _after(begin: float, moment: float) -> float:
    """Return how long after `begin` something was: a word may begin a breath before its turn."""
    return max(0.0, moment - begin)


def measure(
    turns: Sequence[Turn],
    limit_seconds: float = OVER_ENGINEERING_SECONDS,
    first_metric_at: float | None = None,
    first_tool_at: float | None = None,
) -> Timing:
    """Measure an attempt from its turns.

    Args:
        turns: In time order. The candidate's carry `voiced` spans; an answer that a cut-in split
            is two turns with the cut-in between them.
        limit_seconds: Monologue longer than this is flagged.
        first_metric_at: Seconds on the recording's clock, from the reading's evidence.
        first_tool_at: Likewise.

    Returns:
        The figures; all zero or None when nobody spoke.
    """
    candidate = [turn for turn in turns if turn.by_candidate]
    answers = [turn for turn in candidate if turn.kind == "answer"]
    begin = answers[0].span.start if answers else 0.0
    voiced = [span for turn in candidate for span in turn.voiced]
    answer_voiced = [span for turn in answers for span in turn.voiced]
    speaking = sum(span.seconds for span in voiced)
    stretches = _monologues(turns)
    over = next((s.start + limit_seconds for s in stretches if s.seconds > limit_seconds), None)
    return Timing(
        speaking_s=speaking,
        answer_s=answer_voiced[-1].end - answer_voiced[0].start if answer_voiced else 0.0,
        monologue_s=max((s.seconds for s in stretches), default=0.0),
        first_word_s=_after(begin, answer_voiced[0].start) if answer_voiced else None,
        first_metric_s=None if first_metric_at is None else _after(begin, first_metric_at),
        first_tool_s=None if first_tool_at is None else _after(begin, first_tool_at),
        pauses=tuple(gap for turn in candidate for gap in _pauses(turn)),
        wpm=words_per_minute(sum(len(turn.words) for turn in candidate), speaking),
        over_threshold_at=over,
        limit_s=limit_seconds,
        pace=sliding_pace(candidate),
    )
