"""Naming words of an attempt: by their ids, by a time, or by quoting them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.dispute import find_words
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn

_ID = re.compile(r"(\d{1,9})\.(\d{1,9})(?:-(?:(\d{1,9})\.)?(\d{1,9}))?", re.ASCII)
_CLOCK = re.compile(r"(?:(?:(\d{1,9}):)?(\d{1,9}):)?(\d{1,9}(?:\.\d{1,9})?)", re.ASCII)


def word_id(turn: int, place: int) -> str:
    """Return what a word is called on the command line: 1.17 is word 17 of turn 1, from 0."""
    return f"{turn}.{place}"


def find_place(
    place: str, turns: Sequence[Turn], annotations: Iterable[Annotation]
) -> WordRange | None:
    """Return the words that a person names.

    Args:
        place: `1.17`, `1.17-1.20` or `1.17-20`: ids of words; `0:41` or `1:02:03`: the word being
            said then; else words that were said, as they are shown.
        turns: As the machine heard them.
        annotations: The attempt's.

    Returns:
        Words as the machine heard them; None where nothing is named so.
    """
    if match := _ID.fullmatch(place):
        return _by_id(match, turns)
    words = shown_words(turns, annotations)
    if ":" in place and (match := _CLOCK.fullmatch(place)):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        at = 3600 * hours + 60 * minutes + seconds
        return _by_time(at, words) if turns and at <= turns[-1].span.end else None
    return _by_quote(place, words)


def _by_id(match: re.Match[str], turns: Sequence[Turn]) -> WordRange | None:
    turn, first, last_turn, last = match.groups()
    found = WordRange(int(turn), int(first), int(last or first))
    if int(last_turn or turn) != found.turn or found.turn >= len(turns):
        return None
    return found if found.first <= found.last < len(turns[found.turn].words) else None


def _by_time(seconds: float, words: Sequence[ShownWord]) -> WordRange | None:
    at = bisect_right(words, seconds, key=lambda shown: shown.word.start) - 1
    return words[at].heard if at >= 0 else None


def _by_quote(quote: str, words: Sequence[ShownWord]) -> WordRange | None:
    """Return the first stretch of one turn that reads so, whole corrections in it."""
    for turn in dict.fromkeys(shown.heard.turn for shown in words):
        said = [shown for shown in words if shown.heard.turn == turn]
        transcript = Transcript.of(shown.word for shown in said)
        stretch = find_words(transcript.text, quote)
        if stretch is not None:
            first, last = (
                bisect_right(transcript.starts, at) - 1 for at in (stretch[0], stretch[1] - 1)
            )
            return WordRange(turn, said[first].heard.first, said[last].heard.last)
    return None
