"""The transcript as words that can be gone to, with what the machine heard where it was mended."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.domain.annotation import Annotation, WordRange, corrections
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.speech import Span
from vivavoce.domain.turns import Turn, TurnKind
from vivavoce.domain.wording import clock
from vivavoce.export.page.markup import Html, element, hidden, joined, moment, section

HOW = "Click a word to go there. Space plays and stops; more under “Keys”."
LEAST_WORDS = 40
"""A paragraph ends with the first sentence after so many words. Chosen: a dozen seconds."""
PAUSE_SECONDS = 2.0
"""A silence of this length ends one, too, as it ends a segment in the other formats."""
_ENDS = (".", "?", "!", "…")
_SPEAKERS: dict[TurnKind, str] = {
    "prompt": "Panel",
    "answer": "You",
    "probe": "Panel, a follow-up",
    "probe-answer": "You",
    "cut-in": "Panel, cutting in",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that stand for the same words of the machine: one, or a correction's."""

    words: tuple[ShownWord, ...]
    """Empty where a correction left nothing."""
    heard: WordRange
    correction: Annotation | None
    start: float
    end: float


def transcript(attempt: Attempt, playable: bool) -> Html:
    """Return what everybody said, in time order.

    Args:
        attempt: As it is kept; its corrections stand in place of what was heard.
        playable: Whether the page has sound.
    """
    shown = shown_words(attempt.turns, attempt.annotations)
    by_turn = {
        turn: tuple(words)
        for turn, words in itertools.groupby(shown, key=lambda word: word.heard.turn)
    }
    removed = corrections(each for each in attempt.annotations if not each.text.split())
    noted = [
        each.anchor.words
        for each in attempt.annotations
        if each.kind in ("note", "tag", "patch") and each.anchor.words is not None
    ]
    turns = (
        _turn(index, turn, _pieces(by_turn.get(index, ()), removed.get(index, [])), noted, playable)
        for index, turn in enumerate(attempt.turns)
        if turn.text or turn.words
    )
    told = joined(turns) or element("p", "Nobody said anything.", class_="quiet")
    how = element("p", HOW, class_="how quiet only-playing") if playable else Html()
    return section("transcript", "What was said", how, told)


def _pieces(words: Sequence[ShownWord], removed: Sequence[Annotation]) -> list[_Piece]:
    """Return the pieces of one turn, those that a correction emptied in their places."""
    pieces = []
    for heard, group in itertools.groupby(words, key=lambda word: word.heard):
        said = tuple(group)
        start, end = said[0].word.start, said[-1].word.end
        pieces.append(_Piece(said, heard, said[0].correction, start, end))
    for each in removed:
        if each.anchor.words is not None:
            span = each.anchor.span
            pieces.append(_Piece((), each.anchor.words, each, span.start, span.end))
    return sorted(pieces, key=lambda piece: piece.heard.first)


def _turn(
    index: int, turn: Turn, pieces: Sequence[_Piece], noted: Sequence[WordRange], playable: bool
) -> Html:
    here = [words for words in noted if words.turn == index]
    if turn.by_candidate:
        told = joined(
            _paragraph(turn, paragraph, here, playable) for paragraph in _paragraphs(pieces)
        )
    else:
        told = element(
            "p", _place(turn.span, playable), " ", element("span", turn.text, class_="said")
        )
    return element(
        "section",
        element("h3", _SPEAKERS[turn.kind], hidden(f", {clock(turn.span.start)}")),
        told or element("p", "Nothing heard.", class_="quiet"),
        class_="turn you" if turn.by_candidate else "turn panel",
        data_turn=str(index),
    )


def _place(span: Span, playable: bool) -> Html:
    return moment(span, "and go on", playable, onward=True)


def _paragraphs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    paragraph: list[_Piece] = []
    for piece, following in itertools.zip_longest(pieces, pieces[1:]):
        paragraph.append(piece)
        if following is None:
            yield paragraph
            return
        ended = bool(piece.words) and piece.words[-1].word.text.endswith(_ENDS)
        silent = following.start - piece.end >= PAUSE_SECONDS
        if silent or (ended and len(paragraph) >= LEAST_WORDS):
            yield paragraph
            paragraph = []


def _paragraph(
    turn: Turn, pieces: Sequence[_Piece], noted: Sequence[WordRange], playable: bool
) -> Html:
    span = Span(pieces[0].start, max(piece.end for piece in pieces))
    spaced = (part for piece in pieces for part in (_piece(turn, piece, noted), " "))
    return element("p", _place(span, playable), " ", element("span", spaced, class_="said"))


def _piece(turn: Turn, piece: _Piece, noted: Sequence[WordRange]) -> Html:
    marked = any(piece.heard.touches(words) for words in noted)
    words = [_word(word, marked) for word in piece.words]
    told = joined(part for word in words for part in (word, " "))
    if piece.correction is None:
        return words[0]
    heard = " ".join(word.text for word in turn.words[piece.heard.first : piece.heard.last + 1])
    said = "left out" if not words else "heard as"
    return joined(told, element("span", f"({said} “{heard}”)", class_="misheard"))


def _word(shown: ShownWord, marked: bool) -> Html:
    word, heard = shown.word, shown.heard
    kinds = ("w", "noted" * marked, "mended" * (shown.correction is not None))
    return element(
        "span",
        word.text,
        class_=" ".join(filter(None, kinds)),
        data_start=word.start,
        data_end=max(word.start, word.end),
        data_first=str(heard.first),
        data_last=str(heard.last) if heard.last > heard.first else None,
    )
