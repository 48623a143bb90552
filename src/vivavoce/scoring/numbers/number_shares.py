"""Shares in two numbers: "one in five", "38 out of every hundred", "out of 10 families 7"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vivavoce.scoring.numbers.number_part import SCALES, Found, Part
from vivavoce.scoring.numbers.number_words import DENOMINATORS, PERCENT, STOPS, TIMES, is_plural

_NOT_BETWEEN = (STOPS - {"more", "fewer"}) | TIMES | {"one", "half"}
_HUNDREDS = {"hundred": 100.0, "thousand": 1000.0}
_MOST_WORDS = 16
"""Between "out of 100 families" and the share of them. Chosen."""


def share_at(part: Part, value: float, first: int, index: int) -> Found | None:
    """Return the share whose first number ends before a word; None where it is none.

    Args:
        part: The words.
        value: The first number.
        first: Index of its first word.
        index: Index after its last word.
    """
    for gap in range(4):
        between = part.texts[index : index + gap]
        if any(word in _NOT_BETWEEN or word[0].isdigit() for word in between):
            return None
        word, place = part.at(index + gap), index + gap + 1
        if word not in ("in", "out", "of"):
            continue
        if word == "out":
            if part.at(place) != "of":
                return None
            place += 1
        if part.at(place) in ("every", "each"):
            place += 1
        whole = _HUNDREDS.get(part.at(place)) or part.number(place)
        if whole is None or not _is_whole(part, value, whole, word, between, place + 1):
            return None
        noun = between[-1] if between and between[-1] not in STOPS else ""
        return Found(value / whole, first, place + 1, "ratio", noun, whole=whole)
    return None


def _is_whole(
    part: Part, value: float, whole: float, word: str, between: Sequence[str], index: int
) -> bool:
    """Whether a second number is what the first is a share of."""
    after = part.at(index)
    if not 0 < value < whole or whole != int(whole):
        return False
    if word == "of" and between and value != 1:
        return False  # "four hand-ins of ten pages"
    if (word == "in" and after in TIMES) or after in PERCENT or after in SCALES:
        return False
    counted = word == "in" and bool(between) and between[-1] not in ("more", "fewer")
    if counted and value != 1 and is_plural(after):
        return False  # "2 stores in 5 cities"
    any_whole = word == "out" or (value == 1 and not between and word == "in")
    return int(whole) in DENOMINATORS or (any_whole and whole <= 1000)


def shares_of_whole(texts: Sequence[str], found: Sequence[Found]) -> list[Found]:
    """Turn the bare numbers behind "out of 100 families" into shares of it."""
    whole: Found | None = None
    result: list[Found] = []
    wholes = _spelled_wholes(texts)
    for number in found:
        while wholes and wholes[0].last <= number.first:
            whole = wholes.pop(0)
        crowd = number.unit in (None, "people", "count") and not number.label
        of_them = tuple(texts[max(0, number.first - 2) : number.first])
        if crowd and of_them[-1:] == ("of",) and number.value in DENOMINATORS:
            outside = of_them == ("out", "of") or number.unit == "people"
            whole = number if outside and number.value >= 10 and number.scale == 1 else None
        elif crowd and whole is not None and _is_of(number, whole):
            number = replace(
                number,
                value=number.value / whole.value,
                unit="ratio",
                last=number.first + 1 if number.unit is None else number.last,
                whole=whole.value,
            )
        result.append(number)
    return result


def _is_of(number: Found, whole: Found) -> bool:
    return number.first - whole.last <= _MOST_WORDS and number.value <= whole.value


def _spelled_wholes(texts: Sequence[str]) -> list[Found]:
    """Return each "out of every hundred": "hundred" alone is no number."""
    wholes = []
    for index, word in enumerate(texts):
        if word in _HUNDREDS and tuple(texts[max(0, index - 3) : index - 1]) == ("out", "of"):
            wholes.append(Found(_HUNDREDS[word], index, index + 1, None, ""))
    return wholes
