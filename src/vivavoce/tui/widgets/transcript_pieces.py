"""What a transcript is made of on the screen: paragraphs of pieces, before they have a width."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rich.cells import cell_len

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.timing import PAUSE_SECONDS
from vivavoce.domain.turns import Turn
from vivavoce.domain.unsure_word import is_unsure

SENTENCE_BREAK, PAUSE_BREAK, ANY_BREAK = 40, 80, 120
"""An answer breaks at a sentence's end after so many words, at a pause after so many, anywhere
after so many. Chosen: 15, 30 and 45 seconds of speech, so that a time is never far."""
SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
UNSURE_SIGN, NOTE_SIGN, TAG_SIGN, MARK_SIGN, REMOVED = "(?)", "✎", "#", "▾", "[–]"
NO_WORD = -1
NOTHING_HEARD = "Nothing was heard here."
NO_TURNS = "There are no words in this recording."

PieceKind = Literal["said", "asked", "quiet"]
"""`said` by the candidate, `asked` by the interviewer, or a remark of ours."""


class Piece(NamedTuple):
    """What stays on one line where it can: a word with its signs. A tuple: there are thousands."""

    text: str
    """Safe for a terminal."""
    cells: int
    """Columns that it takes."""
    kind: PieceKind = "said"
    word: int = NO_WORD
    """Index of the shown word."""
    lead: int = 0
    """Characters of signs before the word."""
    tail: int = 0
    """Characters of signs after it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that begin on a line of their own."""

    start: float
    """Seconds."""
    pieces: list[Piece]
    opens_turn: bool
    """Whether a line stays empty before it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is written on top of words; every index is that of a shown word."""

    leads: dict[int, str] = field(default_factory=dict)
    tails: dict[int, str] = field(default_factory=dict)
    underlined: frozenset[int] = frozenset()


def safe(text: str) -> str:
    """Return a text without controls, on one line; quick for what needs no change."""
    return text if text.isprintable() else one_line(text)


def signs_of(
    words: Sequence[ShownWord],
    annotations: Sequence[Annotation],
    evidence: Sequence[tuple[int, int, str]],
) -> Signs:
    """Return the signs of annotations and the lines under noted words and evidence.

    Args:
        words: In time order.
        annotations: Of any kind; corrections tell themselves, patches are no words of this take.
        evidence: First and last index in `words`, and a letter.
    """
    places = _Places(words)
    underlined = {
        index for first, last, _ in evidence for index in range(first, min(last + 1, len(words)))
    }
    leads: dict[int, str] = {}
    tails: dict[int, str] = {}
    confirmed: set[int] = set()
    for each in annotations:
        if each.kind == "mark":
            if (at := places.at(each.anchor.span.start)) is not None:
                leads[at] = MARK_SIGN
        elif each.kind == "confirmed":
            confirmed.update(places.under(each))
        elif each.kind in ("note", "tag"):
            under = places.under(each)
            underlined.update(under)
            if under:
                sign = NOTE_SIGN if each.kind == "note" else TAG_SIGN
                before = tails.get(under[-1], "")
                tails[under[-1]] = before if sign in before else before + sign
    for index, shown in enumerate(words):
        if shown.correction is not None:
            if index == 0 or words[index - 1].correction is not shown.correction:
                leads[index] = leads.get(index, "") + "["
            if index + 1 == len(words) or words[index + 1].correction is not shown.correction:
                tails[index] = "]" + tails.get(index, "")
        elif index not in confirmed and is_unsure(shown.word):
            tails[index] = UNSURE_SIGN + tails.get(index, "")
    return Signs(leads, tails, frozenset(underlined))


class _Places:
    """Finds shown words by what the machine heard, and by time."""

    def __init__(self, words: Sequence[ShownWord]) -> None:
        self._starts = [shown.word.start for shown in words]
        self._heard = [(shown.heard.turn, shown.heard.first) for shown in words]
        self._ends = [(shown.heard.turn, shown.heard.last) for shown in words]

    def at(self, seconds: float) -> int | None:
        """Return the word that sounds at a moment or last before it, or the first one."""
        if not self._starts:
            return None
        return max(0, bisect_right(self._starts, seconds) - 1)

    def under(self, annotation: Annotation) -> range:
        """Return the words that an annotation stands on; one, where its own are gone."""
        heard: WordRange | None = annotation.anchor.words
        if heard is not None:
            first = bisect_left(self._ends, (heard.turn, heard.first))
            end = bisect_right(self._heard, (heard.turn, heard.last))
            if first < end:
                return range(first, end)
        at = self.at(annotation.anchor.span.start)
        return range(0) if at is None else range(at, at + 1)


def paragraphs(
    turns: Sequence[Turn],
    words: Sequence[ShownWord],
    annotations: Sequence[Annotation],
    signs: Signs,
) -> list[Paragraph]:
    """Return a transcript's paragraphs, in time order; at least one.

    Args:
        turns: As the machine heard them.
        words: The candidate's, corrected, in time order.
        annotations: What corrections removed is told by a sign.
        signs: Of these words.
    """
    removed: dict[int, list[int]] = {}
    for each in annotations:
        if each.kind == "correction" and not each.text.split() and each.anchor.words is not None:
            removed.setdefault(each.anchor.words.turn, []).append(each.anchor.words.last)
    found: list[Paragraph] = []
    place = 0
    for index, turn in enumerate(turns):
        first = place
        while place < len(words) and words[place].heard.turn == index:
            place += 1
        if not turn.by_candidate:
            found.append(Paragraph(turn.span.start, _asked(turn.text), True))
            continue
        gone = sorted(removed.get(index, []))
        found += _answer(turn.span, words, range(first, place), gone, signs)
    return found or [Paragraph(0.0, _remark(NO_TURNS), False)]


def _asked(text: str) -> list[Piece]:
    return [Piece(part, cell_len(part), "asked") for part in one_line(text).split()]


def _remark(text: str) -> list[Piece]:
    return [Piece(part, cell_len(part), "quiet") for part in text.split()]


def _answer(
    span: Span, words: Sequence[ShownWord], indices: range, gone: list[int], signs: Signs
) -> Iterator[Paragraph]:
    """Return the paragraphs of one turn of the candidate's."""
    sign = Piece(REMOVED, len(REMOVED), "quiet")
    pieces: list[Piece] = []
    start, opens, count = span.start, True, 0
    for index in indices:
        shown = words[index]
        while gone and gone[0] < shown.heard.first:
            gone.pop(0)
            pieces.append(sign)
        if count == 0:
            start = shown.word.start
        piece = _word(safe(shown.word.text), index, signs)
        if piece.text:
            pieces.append(piece)
            count += 1
        if index + 1 == indices.stop:
            break
        pause = words[index + 1].word.start - shown.word.end
        if pause >= PAUSE_SECONDS:
            text = f"· {pause:.1f} s ·"
            pieces.append(Piece(text, len(text), "quiet"))
        if (
            (count >= SENTENCE_BREAK and shown.word.text.endswith(SENTENCE_ENDS))
            or (count >= PAUSE_BREAK and pause >= PAUSE_SECONDS)
            or count >= ANY_BREAK
        ):
            yield Paragraph(start, pieces, opens)
            pieces, opens, count = [], False, 0
    pieces += [sign] * len(gone)
    yield Paragraph(start, pieces or _remark(NOTHING_HEARD), opens)


def _word(text: str, index: int, signs: Signs) -> Piece:
    lead, tail = signs.leads.get(index, ""), signs.tails.get(index, "")
    whole = f"{lead}{text}{tail}" if lead or tail else text
    cells = len(whole) if whole.isascii() else cell_len(whole)
    return Piece(whole, cells, "said", index, len(lead), len(tail))
