"""The transcript with its corrections: what is shown, exported and scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vivavoce.domain.annotation import Annotation, WordRange, corrections
from vivavoce.domain.speech import Word
from vivavoce.domain.turns import Turn
from vivavoce.domain.word_shares import shared_out


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word on the screen, and the words of the machine that it stands for."""

    word: Word
    """A corrected one has the probability 1; several share the time of what was heard."""
    heard: WordRange
    """One word, or all that a correction replaces."""
    correction: Annotation | None = None
    """What replaced them."""


def shown_words(turns: Sequence[Turn], annotations: Iterable[Annotation]) -> list[ShownWord]:
    """Return the candidate's words in time order, corrections in place of what was heard.

    Args:
        turns: As the machine heard them.
        annotations: Of any kind; only corrections count here.

    Returns:
        Words that a correction removed are missing.
    """
    by_turn = corrections(annotations)
    return [
        shown
        for index, turn in enumerate(turns)
        for shown in _of_turn(index, turn.words, by_turn.get(index, []))
    ]


def corrected_turns(turns: Sequence[Turn], annotations: Iterable[Annotation]) -> tuple[Turn, ...]:
    """Return the turns with corrections in place of what was heard; the voice stays as it was."""
    by_turn = corrections(annotations)
    return tuple(
        _corrected(index, turn, by_turn[index]) if index in by_turn else turn
        for index, turn in enumerate(turns)
    )


def _corrected(index: int, turn: Turn, made: list[Annotation]) -> Turn:
    words = tuple(shown.word for shown in _of_turn(index, turn.words, made))
    return replace(turn, words=words, text=" ".join(word.text for word in words))


def _of_turn(turn: int, words: Sequence[Word], made: Sequence[Annotation]) -> Iterator[ShownWord]:
    place = 0
    for correction in made:
        heard = correction.anchor.words
        assert heard is not None
        yield from (_as_heard(turn, at, words[at]) for at in range(place, heard.first))
        for word in shared_out(correction.text.split(), correction.anchor.span):
            yield ShownWord(word, heard, correction)
        place = heard.last + 1
    yield from (_as_heard(turn, at, words[at]) for at in range(place, len(words)))


def _as_heard(turn: int, place: int, word: Word) -> ShownWord:
    return ShownWord(word, WordRange(turn, place, place))
