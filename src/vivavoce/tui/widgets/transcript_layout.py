"""The lines of a transcript at one width: where each word stands, and which word stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, chop_cells

from vivavoce.domain.wording import clock
from vivavoce.tui.widgets.transcript_pieces import NO_WORD, Paragraph, Piece

LETTERS_FROM, LETTERS, NARROW_LETTERS = 56, 3, 1
"""From how many columns on there is room for so many letters before a line. Chosen."""
NARROWEST_TEXT = 16
"""Columns; with less than this beside them, times and letters are left out. Chosen."""
MORE = "+"
"""Stands for the letters for which there is no room."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen."""

    pieces: list[Piece] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    """Where each piece begins, counted from the end of the margin."""
    time: str = ""
    """When its paragraph begins; empty but on the first line."""


class TranscriptLayout:
    """A transcript, wrapped."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        count: int,
        evidence: Sequence[tuple[int, int, str]],
        width: int,
    ) -> None:
        """Wrap paragraphs.

        Args:
            paragraphs: At least one.
            count: How many shown words there are.
            evidence: First and last index of shown words, and a letter for the margin.
            width: Columns, the margin included; at least 1.
        """
        times = [clock(paragraph.start) for paragraph in paragraphs]
        letters = LETTERS if width >= LETTERS_FROM else NARROW_LETTERS
        time_columns = max(map(len, times))
        self.margin = time_columns + letters + 2
        """Columns before the text."""
        if width - self.margin < NARROWEST_TEXT:
            self.margin = time_columns = letters = 0
        self._room = max(2, width - self.margin)  # a wide character's
        self._time_columns, self._letter_columns = time_columns, letters
        self.lines: list[Line] = []
        self._first_lines = [NO_WORD] * count
        self._last_lines = [NO_WORD] * count
        for paragraph, time in zip(paragraphs, times, strict=True):
            if paragraph.opens_turn and self.lines:
                self.lines.append(Line())
            self._wrap(paragraph.pieces, time)
        self._give_places_to_the_invisible()
        self._letters: dict[int, str] = {}
        for first, _, letter in evidence:
            if 0 <= first < count:
                line = self._first_lines[first]
                before = self._letters.get(line, "")
                self._letters[line] = before if letter in before else before + letter

    def _wrap(self, pieces: Sequence[Piece], time: str) -> None:
        line = Line(time=time)
        self.lines.append(line)
        column = 0
        for piece in self._fitting(pieces):
            at = column + (1 if line.pieces else 0)
            if line.pieces and at + piece.cells > self._room:
                line = Line()
                self.lines.append(line)
                at = 0
            line.pieces.append(piece)
            line.columns.append(at)
            column = at + piece.cells
            if piece.word != NO_WORD:
                if self._first_lines[piece.word] == NO_WORD:
                    self._first_lines[piece.word] = len(self.lines) - 1
                self._last_lines[piece.word] = len(self.lines) - 1

    def _fitting(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Cut what is longer than a line."""
        for piece in pieces:
            if piece.cells <= self._room:
                yield piece
                continue
            for part in chop_cells(piece.text, self._room):
                yield Piece(part, cell_len(part), piece.kind, piece.word)

    def _give_places_to_the_invisible(self) -> None:
        """Let a word that belongs to no turn stand where the one before it does."""
        line = 0
        for index, first in enumerate(self._first_lines):
            if first == NO_WORD:
                self._first_lines[index] = self._last_lines[index] = line
            line = self._last_lines[index]

    def lines_of(self, word: int) -> tuple[int, int]:
        """Return the first and the last line that a word stands on."""
        return self._first_lines[word], self._last_lines[word]

    def first_word_from(self, line: int) -> int | None:
        """Return the first word that begins on a line or below it."""
        for below in self.lines[line:]:
            for piece in below.pieces:
                if piece.word != NO_WORD:
                    return piece.word
        return None

    def word_at(self, column: int, line: int) -> int | None:
        """Return the word at a place, None between words and beside them."""
        found = self._piece_at(column, line)
        if found is None:
            return None
        piece, start = found
        inside = piece.word != NO_WORD and column - self.margin < start + piece.cells
        return piece.word if inside else None

    def word_near(self, column: int, line: int) -> int | None:
        """Return the word at a place, or the nearest before it on that line, or its first."""
        if not 0 <= line < len(self.lines):
            return None
        pieces, columns = self.lines[line].pieces, self.lines[line].columns
        end = max(1, bisect_right(columns, column - self.margin))
        said = [piece.word for piece in pieces if piece.word != NO_WORD]
        before = [piece.word for piece in pieces[:end] if piece.word != NO_WORD]
        return before[-1] if before else said[0] if said else None

    def _piece_at(self, column: int, line: int) -> tuple[Piece, int] | None:
        if not 0 <= line < len(self.lines) or column < self.margin:
            return None
        columns = self.lines[line].columns
        place = bisect_right(columns, column - self.margin) - 1
        return (self.lines[line].pieces[place], columns[place]) if place >= 0 else None

    def margin_of(self, line: int) -> tuple[str, str]:
        """Return a line's time and its letters, together as wide as the margin."""
        if not self.margin:
            return "", ""
        letters = self._letters.get(line, "")
        if len(letters) > self._letter_columns:
            letters = letters[: self._letter_columns - 1] + MORE
        time = self.lines[line].time.rjust(self._time_columns)
        return f"{time} ", f"{letters.ljust(self._letter_columns)} "
