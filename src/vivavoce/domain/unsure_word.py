"""Which words the machine was unsure of."""

from __future__ import annotations

from vivavoce.domain.speech import Word

UNSURE = 0.5
"""Below this probability something else was about as likely. Chosen."""
UNSURE_NUMBER = 0.8
"""Likewise of a number: the score hangs on it, and a wrong one reads as well as a right one."""
_SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion percent half third quarter double triple twice"
)
NUMBER_WORDS = frozenset(_SPELLED.split())
"""Numbers that are spelled out; those in figures are told by a figure."""


def is_unsure(word: Word) -> bool:
    """Return whether a word is worth a second look."""
    if word.probability >= UNSURE_NUMBER:
        return False
    return word.probability < UNSURE or _is_number(word.text)


def _is_number(text: str) -> bool:
    if any(character.isdigit() for character in text):
        return True
    parts = text.casefold().replace("-", " ").split()
    return any(part.strip(".,;:!?%$()") in NUMBER_WORDS for part in parts)
