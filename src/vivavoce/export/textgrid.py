"""A TextGrid for Praat: who spoke, phrases, words, evidence and notes in tiers of their own.

Praat wants the intervals of a tier to fill it without gaps, and none without length.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span
from vivavoce.export.spoken import (
    Label,
    evidence_of,
    notes_of,
    segments_of,
    turns_to_tell,
)

TICKS = 1000
"""A second; times are whole milliseconds, so that one interval ends exactly where the next begins.
"""


@dataclass(frozen=True, slots=True)
class _Interval:
    start: int
    """Milliseconds."""
    end: int
    """Milliseconds, after `start`."""
    text: str


def textgrid(attempt: Attempt, raw: bool = False) -> str:
    """Return an attempt as a TextGrid in Praat's long format.

    Tiers: `interviewer` and `candidate` (phrases), `words`, `evidence`, `notes` (intervals; where
    several share a time their texts are joined), and `marks` (points) where there are any.

    Args:
        attempt: As it is kept.
        raw: As the machine heard it, without corrections.
    """
    turns = turns_to_tell(attempt, raw)
    asked = [Label(turn.span, turn.text) for turn in turns if not turn.by_candidate and turn.text]
    own = [turn for turn in turns if turn.by_candidate]
    phrases = [
        Label(Span(segment.start, segment.end), segment.text)
        for turn in own
        for segment in segments_of(turn)
    ]
    words = [Label(Span(word.start, word.end), word.text) for turn in own for word in turn.words]
    notes = notes_of(attempt)
    long = [note for note in notes if note.span.seconds > 0]
    moments = [note for note in notes if note.span.seconds <= 0]
    intervals = {
        "interviewer": _one_after_another(asked),
        "candidate": _one_after_another(phrases),
        "words": _one_after_another(words),
        "evidence": _laid_over(evidence_of(attempt)),
        "notes": _laid_over(long),
    }
    ends = [tier[-1].end for tier in intervals.values() if tier]
    ends += [_ticks(moment.span.start) for moment in moments]
    end = max([1, _ticks(attempt.duration_s), *ends])
    tiers = [_interval_tier(name, tier, end) for name, tier in intervals.items()]
    if moments:
        tiers.append(_point_tier("marks", moments, end))
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {_seconds(end)}",
        "tiers? <exists>",
        f"size = {len(tiers)}",
        "item []:",
    ]
    for number, tier in enumerate(tiers, start=1):
        lines += [f"    item [{number}]:", *(f"        {line}" for line in tier)]
    return "\n".join([*lines, ""])


def _one_after_another(labels: Iterable[Label]) -> list[_Interval]:
    """Return intervals in the labels' order: one that overlaps the next is cut short, one without
    length lasts a millisecond."""
    found: list[_Interval] = []
    for label in sorted(labels, key=lambda label: label.span.start):
        start = _ticks(label.span.start)
        if found:
            before = found[-1]
            start = max(start, before.start + 1)
            found[-1] = _Interval(before.start, min(before.end, start), before.text)
        found.append(_Interval(start, max(start + 1, _ticks(label.span.end)), label.text))
    return found


def _laid_over(labels: Sequence[Label]) -> list[_Interval]:
    """Return intervals without overlap; where labels share a time their texts are joined."""
    spans = [(_ticks(each.span.start), _ticks(each.span.end), each.text) for each in labels]
    spans = [(start, max(end, start + 1), text) for start, end, text in spans]
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    found = []
    for begin, finish in itertools.pairwise(edges):
        texts = [text for start, end, text in spans if start <= begin and end >= finish]
        if texts:
            found.append(_Interval(begin, finish, "; ".join(texts)))
    return found


def _interval_tier(name: str, intervals: Sequence[_Interval], end: int) -> Iterator[str]:
    filled = list(_filled(intervals, end))
    yield 'class = "IntervalTier"'
    yield f"name = {_quoted(name)}"
    yield "xmin = 0"
    yield f"xmax = {_seconds(end)}"
    yield f"intervals: size = {len(filled)}"
    for number, interval in enumerate(filled, start=1):
        yield f"intervals [{number}]:"
        yield f"    xmin = {_seconds(interval.start)}"
        yield f"    xmax = {_seconds(interval.end)}"
        yield f"    text = {_quoted(interval.text)}"


def _filled(intervals: Sequence[_Interval], end: int) -> Iterator[_Interval]:
    """Yield the intervals and, where nothing is between them, empty ones."""
    place = 0
    for interval in intervals:
        if interval.start > place:
            yield _Interval(place, interval.start, "")
        yield interval
        place = interval.end
    if place < end:
        yield _Interval(place, end, "")


def _point_tier(name: str, moments: Sequence[Label], end: int) -> Iterator[str]:
    at: dict[int, list[str]] = {}
    for moment in moments:
        at.setdefault(_ticks(moment.span.start), []).append(moment.text)
    yield 'class = "TextTier"'
    yield f"name = {_quoted(name)}"
    yield "xmin = 0"
    yield f"xmax = {_seconds(end)}"
    yield f"points: size = {len(at)}"
    for number, (tick, texts) in enumerate(sorted(at.items()), start=1):
        yield f"points [{number}]:"
        yield f"    number = {_seconds(tick)}"
        yield f"    mark = {_quoted('; '.join(texts))}"


def _ticks(seconds: float) -> int:
    return max(0, round(seconds * TICKS))


def _seconds(ticks: int) -> str:
    return f"{ticks // TICKS}.{ticks % TICKS:03}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
