"""Number names: numbers that name a thing and count none, such as "week four" and "level 8"."""

from __future__ import annotations

import re
from dataclasses import replace

from vivavoce.scoring.numbers.said import Said, SaidNumber

NAMED = re.compile(
    r"(?<!\bper )(?<!\beach )(?<!\bevery )(?<!\blast )(?<!\bthis )(?<!\bnext )"
    r"(?<!\ba (?=week|month|year))\b(?:weeks?|days?|months?|quarters?|levels?|lesson|page|row|step|"
    r"chapter|songs?|shelf|shelves|version|number|line|top|round|tier|group|cohort|"
    r"phase|season|episode|lag|place|option|iphone|year|class|grade|room|gate|platform|route|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|"
    r"june|july|august|september|october|november|december)$"
)
"""Before a number that names a thing and counts none: "level 8", "week four"."""
_PERCENT_AFTER = re.compile(r"(?:percent|points?)\b")
_NAMES = 12
"""Between two names that are told together: "weeks three to eight". Chosen."""
_LAST_NAME = 99
"""A larger number counts what follows it. Chosen."""
_ON_AXIS = re.compile(
    r"(?:^|\b(?:by|in|at|on|from|to|until|till|after|since|of|and|or|through|before|for) )"
    r"(?:week|day|month|quarter|level|song|shelf)$"
)


def with_names(said: Said) -> tuple[SaidNumber, ...]:
    """Mark what names a thing, before any range: "12 in week four to 9 percent" has none."""
    numbers: list[SaidNumber] = []
    for index, number in enumerate(said.numbers):
        if _is_name_with_noun(said, index):
            number = _without_noun(said, number)
        named = number is not said.numbers[index] or is_name(said, index)
        if not named and numbers and numbers[-1].label:
            named = _is_next_name(said, index, numbers[-1])
        numbers.append(replace(number, label=True) if named else number)
    return tuple(numbers)


def _is_name_with_noun(said: Said, index: int) -> bool:
    """Whether what follows a name was read as counted: "by week four repeats are at 12"."""
    number = said.numbers[index]
    counted = not number.bare and number.unit in ("count", "people") and number.scale == 1
    return (
        counted
        and number.value <= _LAST_NAME
        and said.words[number.first].isdigit()
        and bool(_ON_AXIS.search(said.lead(index, 2)))
    )


def _without_noun(said: Said, number: SaidNumber) -> SaidNumber:
    end = said.spans[number.first][1]
    while said.text[end - 1] in ", ":
        end -= 1
    return replace(number, unit="count", noun="", last=number.first + 1, end=end, bare=True)


def is_name(said: Said, index: int) -> bool:
    """Return whether a number that counts nothing stands behind what it names: "week 4".

    Args:
        said: The answer.
        index: Of the number.
    """
    number = said.numbers[index]
    if not number.bare or number.scale > 1 or number.value != int(number.value):
        return False
    return bool(NAMED.search(said.before(index))) and not _PERCENT_AFTER.match(said.after(index))


def _is_next_name(said: Said, index: int, before: SaidNumber) -> bool:
    """Whether a number goes on with the names: "weeks three and four", "week one to four"."""
    number = said.numbers[index]
    if not number.bare or number.scale > 1 or number.sentence != before.sentence:
        return False
    if not before.value < number.value <= before.value + _NAMES or number.value % 1:
        return False
    of_a_move = re.search(r"\d", said.lead(index - 1, 5))  # "12 in week one to 39 in week four"
    gap = " ".join(said.words[before.last : number.first])
    return gap in ("to", "or", "and", "through") and not of_a_move
