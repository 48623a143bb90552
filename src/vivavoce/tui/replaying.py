"""Finding one's way in a replay: from word to word, by phrase, by what was searched. Pure."""

from __future__ import annotations

import string
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line

Stretch = tuple[int, int]
"""First and last index in the words that are shown, inclusive."""
PHRASE_PAUSE_SECONDS = 0.5
"""A gap that ends a phrase: as long as what ends an utterance while recording."""
SAME_PLACE_SECONDS = 0.01
"""Two places that are nearer are one. Chosen: below what a word or a key press takes."""
_PHRASE_ENDS = (".", "?", "!")
_EDGES = string.punctuation.replace("$", "").replace("%", "") + "“”‘’…"


def word_at(words: Sequence[ShownWord], seconds: float) -> int | None:
    """Return the index of the last word that has begun at a time; None before the first."""
    index = bisect_right(words, seconds, key=_start) - 1
    return index if index >= 0 else None


def nearest_word(words: Sequence[ShownWord], seconds: float) -> int | None:
    """Return the word that is meant at a time: the last that has begun, else the first.

    Returns:
        None where there are no words.
    """
    if not words:
        return None
    return word_at(words, seconds) or 0


def word_after(words: Sequence[ShownWord], seconds: float, step: int) -> int | None:
    """Return the word to go to from a place that need not be a word's.

    Args:
        words: In time order.
        seconds: The place.
        step: 1 for the next word, -1 for the one before; within a gap that is the one just heard.

    Returns:
        None where there are no words; the first or the last where there are no more.
    """
    if not words:
        return None
    here = word_at(words, seconds)
    if here is None:
        return 0
    if step > 0:
        return min(here + 1, len(words) - 1)
    return here if seconds > words[here].word.end else max(0, here - 1)


def phrase_at(words: Sequence[ShownWord], seconds: float) -> Stretch | None:
    """Return the phrase that is being said at a time, or the last that was.

    A phrase ends with a sentence, at a pause, and with the turn.

    Returns:
        None where there are no words.
    """
    first = last = nearest_word(words, seconds)
    if first is None or last is None:
        return None
    while first > 0 and not _ends_phrase(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and not _ends_phrase(words[last], words[last + 1]):
        last += 1
    return first, last


def span_of(words: Sequence[ShownWord], stretch: Stretch) -> Span:
    """Return the seconds in which words are said."""
    said = words[stretch[0] : stretch[1] + 1]
    return Span(said[0].word.start, max(shown.word.end for shown in said))


def stretch_in(words: Sequence[ShownWord], span: Span) -> Stretch | None:
    """Return the words that begin within a span; None where none does."""
    first = bisect_left(words, span.start - SAME_PLACE_SECONDS, key=_start)
    last = bisect_left(words, span.end - SAME_PLACE_SECONDS, key=_start) - 1
    return (first, last) if first <= last else None


def heard_range(words: Sequence[ShownWord], stretch: Stretch) -> WordRange:
    """Return what the machine heard where shown words stand, all of it in one turn.

    Args:
        words: In time order.
        stretch: Words of one turn; those of another than the first word's are left out.
    """
    heard = [shown.heard for shown in words[stretch[0] : stretch[1] + 1]]
    turn = heard[0].turn
    ours = [each for each in heard if each.turn == turn]
    return WordRange(turn, min(each.first for each in ours), max(each.last for each in ours))


def shown_range(words: Sequence[ShownWord], heard: WordRange) -> Stretch | None:
    """Return the shown words that stand for what was heard; None where a correction removed it."""
    first = bisect_left(words, (heard.turn, heard.first), key=_last_heard)
    last = bisect_right(words, (heard.turn, heard.last), key=_first_heard) - 1
    return (first, last) if first <= last else None


def extended(words: Sequence[ShownWord], anchor: int, to: int) -> Stretch:
    """Return the selection from one word to another, kept within the turn of the first."""
    turn = words[anchor].heard.turn
    step = 1 if to >= anchor else -1
    reached = anchor
    while reached != to and words[reached + step].heard.turn == turn:
        reached += step
    return min(anchor, reached), max(anchor, reached)


class WordSearch:
    """Finds words in any case, whatever punctuation stands between them."""

    def __init__(self, words: Sequence[ShownWord]) -> None:
        """Prepare; an hour's words take a few milliseconds."""
        bare = [_bare(shown.word.text) for shown in words]
        self._text = " ".join(bare)
        self._starts: list[int] = []
        place = 0
        for word in bare:
            self._starts.append(place)
            place += len(word) + 1

    def find(self, query: str) -> list[Stretch]:
        """Return where a query stands, in order; nothing for a query without letters or figures.

        Args:
            query: Words; the first may lack its beginning and the last its end.
        """
        wanted = " ".join(filter(None, map(_bare, one_line(query).split())))
        if not wanted:
            return []
        found: list[Stretch] = []
        place = self._text.find(wanted)
        while place >= 0:
            end = place + len(wanted)
            stretch = bisect_right(self._starts, place) - 1, bisect_left(self._starts, end) - 1
            if found[-1:] != [stretch]:  # a letter may stand in a word twice
                found.append(stretch)
            place = self._text.find(wanted, end)
        return found


def next_annotation(
    annotations: Sequence[Annotation], seconds: float, step: int
) -> Annotation | None:
    """Return the annotation to go to from a place.

    Args:
        annotations: In the order of their places.
        seconds: The place.
        step: 1 for the next place, -1 for the one before.
    """
    if step > 0:
        later = (a for a in annotations if a.anchor.span.start > seconds + SAME_PLACE_SECONDS)
        return next(later, None)
    earlier = [a for a in annotations if a.anchor.span.start < seconds - SAME_PLACE_SECONDS]
    return earlier[-1] if earlier else None


def next_word(
    words: Sequence[ShownWord], after: int | None, wanted: Callable[[ShownWord], bool]
) -> int | None:
    """Return the next word of a kind, beginning again at the front after the last.

    Args:
        words: In time order.
        after: The word to look behind; None to begin with the first.
        wanted: Tells the kind.

    Returns:
        None where there is none.
    """
    first = 0 if after is None else after + 1
    order = (*range(first, len(words)), *range(min(first, len(words))))
    return next((index for index in order if wanted(words[index])), None)


def _ends_phrase(word: ShownWord, following: ShownWord) -> bool:
    return (
        word.heard.turn != following.heard.turn
        or following.word.start - word.word.end >= PHRASE_PAUSE_SECONDS
        or word.word.text.endswith(_PHRASE_ENDS)
    )


def _bare(text: str) -> str:
    lowered = text.lower()
    return lowered.strip(_EDGES) or lowered


def _start(shown: ShownWord) -> float:
    return shown.word.start


def _first_heard(shown: ShownWord) -> tuple[int, int]:
    return shown.heard.turn, shown.heard.first


def _last_heard(shown: ShownWord) -> tuple[int, int]:
    return shown.heard.turn, shown.heard.last
