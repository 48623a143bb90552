"""Exhibit names: which week, song or shelf of a table was named with a number."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.exhibit_cells import AXES, Name, first_word
from vivavoce.scoring.numbers.said import Said, SaidNumber

_BEHIND = re.compile(r"(?:(?:in|by|at|on|of|after|for|from) )?(?:the )?\S+")
"""Between a number and the name that is told behind it: "12 percent in week one"."""

_FROM_ONE = re.compile(rf"\b(?:{'|'.join(sorted(AXES))}) (?:one|1)\b|\bfrom \S+$")
"""Another name before it, of which "one" is not read as a number."""


def named_beside(said: Said, index: int) -> frozenset[Name]:
    """Return what was named with a number; empty where nothing was, or more than one thing.

    A name behind a number is its own: "12 percent in week one". One before it is, where no other
    number stands between them: "by week four repeats are at 12 percent".

    Args:
        said: The answer.
        index: Of the number.
    """
    numbers, number = said.numbers, said.numbers[index]
    if index + 1 < len(numbers) and _is_behind(said, number, numbers[index + 1]):
        return _name(said, index + 1)
    if not index or not _is_named(numbers[index - 1], number):
        return frozenset()
    before = numbers[index - 2] if index > 1 else None
    near = before is not None and before.sentence == number.sentence
    if near and before and (before.label or _is_behind(said, before, numbers[index - 1])):
        return frozenset()  # "from week 2 to week 4", "12 in week 2, later 39"
    if _FROM_ONE.search(said.lead(index - 1)):
        return frozenset()
    return _name(said, index - 1)


def _is_named(name: SaidNumber, number: SaidNumber) -> bool:
    return name.label and name.sentence == number.sentence


def _is_behind(said: Said, number: SaidNumber, name: SaidNumber) -> bool:
    if not _is_named(name, number) or number.label:
        return False
    gap = said.text[number.end : name.start]
    between = " ".join(said.words[number.last : name.first])
    return bool(_BEHIND.fullmatch(between)) and not re.search(r"[,;:]", gap)


def _name(said: Said, index: int) -> frozenset[Name]:
    words = said.before(index).split()
    word = first_word(words[-1]) if words else ""
    return frozenset({(word, said.numbers[index].value)}) if word in AXES else frozenset()
