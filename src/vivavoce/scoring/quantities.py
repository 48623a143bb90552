"""Quantities: the numbers in an answer, what they count and what they are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["percent", "money", "people", "ratio", "duration", "count", "change"]
"""`change`: a size without a number, such as "halve". `count`: a number with no known unit."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).replace(" ", "|")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALES = "hundred|thousand|million|billion|mill?|bn|k|m"
_WORDS = (
    rf"(?:(?:{_TENS}|{_UNITS})(?:[ -](?:{_TENS}|{_UNITS}|hundred|thousand|million|billion|mill?|"
    rf"and (?:a (?:half|quarter)|{_TENS}|{_UNITS})|point))*)"
)
_DIGITS = rf"(?:\d[\d,]*(?:\s?\.\s?\d+)?(?:\s?(?:{_SCALES})\b)?)"
_FRACTION = (
    r"(?:(?:a|one|two|three)[ -](?:half|third|quarter|fifth|tenth)s?|half a|a couple of|a few|"
    r"a hundred|a thousand|a million|half)"
)
NUMBER = rf"(?:{_DIGITS}|\b{_WORDS}\b|\b{_FRACTION}\b)"

_PEOPLE = (
    r"(?:people|users?|listeners?|subscribers?|subscriptions?|customers?|members?|readers?|"
    r"players?|"
    r"drivers?|riders?|actives|weekly|monthly|daily|accounts?|households?|homes|families|"
    r"shoppers?|"
    r"graduates|learners?|patients?|guests?|sellers?|buyers?|teams?|visits|rides|bookings|"
    r"openers?|"
    r"artists|plays|orders|sign-?ups|installs|parents|viewers|drinkers|travellers|baskets|sales)"
)
_MONEY = (
    r"(?:dollars?|euros?|pounds?|bucks|quid|revenue|renewals|commission|in sales|savings?|"
    r"a (?:year|quarter|month|winter|summer)|per (?:year|quarter|month)|over the summer|"
    r"each winter|"
    r"in (?:fuel|extra sales|overdrafts|shipping))"
)
_TIME = r"(?:day|week|month|year|hour|minute|second|quarter|sprint|fort ?night|weekend|night)"

_SHAPES: tuple[tuple[Kind, str], ...] = (
    ("money", rf"[$€£]\s?{_DIGITS}(?:\s?(?:{_SCALES})\b)?"),
    (
        "percent",
        rf"{NUMBER}(?:\s(?:and a half|to {NUMBER}|or {NUMBER}))?\s?"
        r"(?:%|per ?cent\b|(?:extra |percentage |basis )?points?\b|pp\b)",
    ),
    (
        "ratio",
        rf"\b{NUMBER}\s(?:in(?: every)?|out of(?: every)?|of every)\s(?:a hundred|hundred|"
        rf"{NUMBER})\b|"
        rf"\b{NUMBER} in a hundred\b|\b(?:a|one|two) (?:half|third|quarter|fifth|tenth)s?\b",
    ),
    (
        "money",
        rf"{NUMBER}\s?(?:{_SCALES})?\s?(?:(?:extra|incremental|more|less|fewer)\s)?{_MONEY}\b",
    ),
    (
        "duration",
        rf"{NUMBER}(?:[ -](?:or|to) {NUMBER})?[ -](?:extra |full |more )?{_TIME}s?\b|"
        rf"\b(?:a|one|this|next|the) (?:{_TIME})\b",
    ),
    (
        "people",
        rf"{NUMBER}(?:\s(?:of our|more|fewer|extra|new|paying|active|weekly|monthly|daily|"
        rf"completed|finished|logged|of them|of the|or so|additional|"
        rf"paid)){{0,3}}\s{_PEOPLE}\b",
    ),
    (
        "change",
        r"\b(?:halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|twice as|"
        r"half of what|cut in half)\b",
    ),
    ("count", NUMBER),
)
_PATTERNS = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _SHAPES)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as it was said."""

    kind: Kind
    start: int
    """Offset in the text that was read."""
    end: int


def find_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """Return the quantities in `text`, in order, none overlapping another.

    Args:
        text: One sentence or clause.
        offset: Added to every position.
    """
    taken: list[Quantity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.start() + offset, match.end() + offset
            if all(end <= other.start or start >= other.end for other in taken):
                taken.append(Quantity(kind, start, end))
    return tuple(sorted(taken, key=lambda quantity: quantity.start))
