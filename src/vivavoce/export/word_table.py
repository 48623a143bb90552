"""A table of the words for spreadsheets: CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.export.spoken import Label, evidence_names, notes_of, speaker_of

COLUMNS = (
    *("turn", "speaker", "start", "end", "word", "probability"),
    *("corrected", "heard", "evidence", "notes"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so may be run; OWASP's list (CSV Injection), with the full-width signs."""

_Cell = str | int | float


def word_table(attempt: Attempt, raw: bool = False) -> str:
    """Return a row a word of the candidate, and one a sentence of the interviewer.

    Columns: the turn's number from 1; “you” or “panel”; start and end in seconds; the word; how
    sure the machine was, 0 to 1; 1 where it was corrected, and what was heard there; what it
    earned (“Lift (sized)”); the notes on it. Texts are quoted; one that a spreadsheet would run
    as a formula begins with an apostrophe, as OWASP advises.

    Args:
        attempt: As it is kept.
        raw: As the machine heard it, without corrections.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for row in _rows(attempt, raw):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _rows(attempt: Attempt, raw: bool) -> Iterator[Sequence[_Cell]]:
    earned, notes = evidence_names(attempt), notes_of(attempt)
    by_turn: dict[int, list[ShownWord]] = {}
    for shown in shown_words(attempt.turns, () if raw else attempt.annotations):
        by_turn.setdefault(shown.heard.turn, []).append(shown)
    for index, turn in enumerate(attempt.turns):
        speaker = speaker_of(turn).lower()
        if not turn.by_candidate:
            span = turn.span
            yield index + 1, speaker, *_times(span), one_line(turn.text), "", 0, "", "", ""
            continue
        for shown in by_turn.get(index, ()):
            word = shown.word
            span = Span(word.start, word.end)
            heard = turn.words[shown.heard.first : shown.heard.last + 1]
            yield (
                *(index + 1, speaker, *_times(span)),
                *(one_line(word.text), round(word.probability, 3)),
                *((1, one_line(" ".join(w.text for w in heard))) if shown.correction else (0, "")),
                *("; ".join(_touching(labels, span)) for labels in (earned, notes)),
            )


def _times(span: Span) -> tuple[float, float]:
    return round(span.start, 3), round(span.end, 3)


def _touching(labels: Iterable[Label], span: Span) -> Iterator[str]:
    """Yield the labels that a word belongs to: its middle lies in them, or they in it."""
    middle = (span.start + span.end) / 2
    for label in labels:
        moment = label.span.seconds <= 0
        inside = label.span.start <= middle <= label.span.end
        if inside or (moment and span.start <= label.span.start < span.end):
            yield label.text


def _harmless(cell: _Cell) -> _Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
