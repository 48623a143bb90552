"""Transcripts for the tests of what shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from vivavoce.domain.annotation import Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.corrected import shown_words
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.tui.widgets.transcript import TranscriptView
from vivavoce.tui.widgets.transcript_layout import TranscriptLayout
from vivavoce.tui.widgets.transcript_pieces import paragraphs, signs_of

Evidence = tuple[int, int, str]
PROMPT = Turn("prompt", Span(0.0, 3.0), "What would you do?")


def answer(text: str, start: float = 3.0, every: float = 0.5) -> Turn:
    """Return an answer of a word each half second."""
    words = tuple(
        Word(word, start + every * index, start + every * index + 0.4, 0.9)
        for index, word in enumerate(text.split(" "))
    )
    return Turn("answer", Span(start, words[-1].end), text, words)


def noted(
    turns: Sequence[Turn],
    kind: AnnotationKind,
    first: int,
    last: int,
    text: str = "",
    turn: int = 1,
) -> Annotation:
    """Return an annotation of words of a turn."""
    anchor = anchor_at(turns, WordRange(turn, first, last))
    return Annotation(f"{kind}-{first}", kind, anchor, text, datetime(2026, 3, 1, tzinfo=UTC))


def layout_of(
    turns: Sequence[Turn],
    annotations: Sequence[Annotation] = (),
    evidence: Sequence[Evidence] = (),
    width: int = 40,
) -> TranscriptLayout:
    """Return a transcript's lines."""
    words = shown_words(turns, annotations)
    signs = signs_of(words, annotations, evidence)
    found = paragraphs(turns, words, annotations, signs)
    return TranscriptLayout(found, len(words), evidence, width)


def texts(layout: TranscriptLayout) -> list[str]:
    """Return the lines as they are read, with their margins."""
    lines = []
    for index, line in enumerate(layout.lines):
        text = "".join(layout.margin_of(index))
        assert len(text) == layout.margin
        for column, piece in zip(line.columns, line.pieces, strict=True):
            text += " " * bool(column) + piece.text
        lines.append(text.rstrip())
    return lines


def show(
    view: TranscriptView,
    turns: Sequence[Turn],
    annotations: Sequence[Annotation] = (),
    evidence: Sequence[Evidence] = (),
) -> None:
    """Show a transcript."""
    view.show(turns, shown_words(turns, annotations), annotations, evidence)
