"""What moves, and which way: the words around a size that say so."""

from __future__ import annotations

import re

from vivavoce.scoring.lexicon import METRIC
from vivavoce.scoring.numbers.number_words import PEOPLE

_FAR = 160
"""Characters before a size in which its clause begins. Chosen."""
_CLAUSE = re.compile(r"[,;:.!?–—](?=\s)|\b(?:and|but|so|because|if|while|when|since|then)\b", re.I)
_STOP = re.compile(r"[;:.!?](?=\s)")
_FALL = (
    r"(?:falls?|falling|fell|drops?|dropping|fewer|less|down|cuts?|lower|lowers?|shrinks?|"
    r"reduc\w+|declines?|decreases?|minus|shorter|halv\w+|lose|loses)"
)
_RISE = (
    r"(?:rises?|rising|rose|grows?|growing|growth|climbs?|climbing|increas\w+|more|up|higher|"
    r"lifts?|gains?|adds?|jumps?|plus|extra|raises?|uplift|doubl\w+|tripl\w+)"
)
_WAY = re.compile(rf"\b(?:(?P<fall>{_FALL})|(?P<rise>{_RISE}))\b", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\s*(?:relative |absolute |better |smaller |larger )?(?:(?P<fall>{_FALL}|off|smaller)|"
    rf"(?P<rise>{_RISE}|on top))\b",
    re.IGNORECASE,
)
_RIGHT_BEFORE = re.compile(
    rf"\b(?:(?P<fall>{_FALL})|(?P<rise>{_RISE}))(?:\s+(?:by|of|up|down|about|around|maybe|like|"
    r"roughly|some|another|at|least|most|an?|nearly|almost|to|uh|um))*\s*$",
    re.IGNORECASE,
)
_NO_PEOPLE = (
    r"repeats?|songs?|tracks?|plays|minutes|hours|views?|pages?|hits|impressions|ads|e?-?mails?|"
    r"parcels?|clicks?|click-?through"
)
_SUBJECT = re.compile(
    rf"\b(?:(?P<things>{_NO_PEOPLE})|(?P<people>{'|'.join(sorted(PEOPLE))}))\b|"
    rf"(?P<other>{METRIC.pattern})",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\s*(?:more|fewer|less|extra)\s+(?:[a-z-]+\s+)?(?=([a-z-]+))", re.IGNORECASE)


def direction(text: str, start: int, end: int) -> float:
    """Return -1.0 for a fall, 1.0 for a rise, and 0.0 where the words leave it open.

    The word behind a size says it ("five percent fewer"), then the one that leads to it ("rise by
    five percent"), then the only ones in its clause.

    Args:
        text: The answer.
        start: Offset of the size.
        end: Offset after it.
    """
    if way := way_beside(text, start, end):
        return way
    ways = list(_WAY.finditer(text, _clause(text, start), start))
    if len({bool(way["fall"]) for way in ways}) != 1:
        return 0.0
    return -1.0 if ways[-1]["fall"] else 1.0


def way_beside(text: str, start: int, end: int) -> float:
    """Return the direction that the words right beside a size say; 0.0 where none does.

    Args:
        text: The answer.
        start: Offset of the size.
        end: Offset after it.
    """
    clause = text[_clause(text, start) : start]
    found = _WAY.search(text, start, end) or _BEHIND.match(text, end)
    found = found or _RIGHT_BEFORE.search(clause)
    if found is None:
        return 0.0
    return -1.0 if found["fall"] else 1.0


def is_of_people(text: str, start: int, end: int) -> bool:
    """Return whether a share can be one of people: it is none of songs or views.

    Args:
        text: The answer.
        start: Offset of the size, or of its from–to.
        end: Offset after it.
    """
    behind = _OF_WHAT.match(text, end)
    if behind and (noun := _SUBJECT.match(text, behind.end())):
        return not noun["things"]
    subject = _subject(text, start)
    return subject is None or not subject["things"]


def counted_noun(text: str, start: int) -> str:
    """Return "people" where a from–to moves people by its words, and nothing where it may not.

    Args:
        text: The answer.
        start: Offset of the from–to.
    """
    subject = _subject(text, start)
    return "people" if subject is not None and subject["people"] else ""


def _subject(text: str, start: int) -> re.Match[str] | None:
    """Return the last word before a size that names what moves, in its clause or its sentence."""
    for first in (_clause(text, start), _sentence(text, start)):
        named = list(_SUBJECT.finditer(text, first, start))
        if named:
            return named[-1]
    return None


def _clause(text: str, start: int) -> int:
    floor = max(0, start - _FAR)
    return max((stop.end() for stop in _CLAUSE.finditer(text, floor, start)), default=floor)


def _sentence(text: str, start: int) -> int:
    floor = max(0, start - _FAR)
    return max((stop.end() for stop in _STOP.finditer(text, floor, start)), default=floor)
