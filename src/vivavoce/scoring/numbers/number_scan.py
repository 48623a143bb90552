"""Finding the numbers of one sentence: digits, fractions, shares and multiples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.scoring.numbers.number_digits import digits_at
from vivavoce.scoring.numbers.number_fractions import fraction_at, half_at, multiple_at
from vivavoce.scoring.numbers.number_part import Found, Part
from vivavoce.scoring.numbers.number_shares import shares_of_whole
from vivavoce.scoring.plain_words import PlainWord

_PAUSE = re.compile(r"[,;:.!?]\s")
"""No number looks for its unit behind one."""


def find_numbers(text: str, words: Sequence[PlainWord]) -> list[Found]:
    """Return the numbers of one sentence, in order.

    Args:
        text: What the words' offsets count in.
        words: One sentence.
    """
    found: list[Found] = []
    first = 0
    for last in range(1, len(words) + 1):
        if last < len(words) and not _PAUSE.search(text, words[last - 1].end, words[last].start):
            continue
        for number in _in_part(Part(text, words[first:last])):
            found.append(replace(number, first=number.first + first, last=number.last + first))
        first = last
    return shares_of_whole([word.text for word in words], found)


def _in_part(part: Part) -> list[Found]:
    found: list[Found] = []
    index = 0
    while index < len(part):
        number = (
            half_at(part, index)
            or fraction_at(part, index)
            or multiple_at(part, index)
            or digits_at(part, index)
        )
        if number is None:
            index += 1
        else:
            found.append(number)
            index = max(number.last, index + 1)
    return found
