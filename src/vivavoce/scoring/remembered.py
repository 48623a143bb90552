"""What was found in a sentence: an answer is read again and again while it grows."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

LONGEST_KEPT = 500
"""Characters of a sentence that is remembered: where full stops are missing, the whole of a growing
answer would be, again and again. Chosen."""
KEPT_SENTENCES = 1024
"""Twice an hour of speech. Chosen."""

Found = TypeVar("Found")


def remembered(look: Callable[[str], Found]) -> Callable[[str], Found]:
    """Return a function of one sentence that remembers what it returned.

    Args:
        look: Depends on nothing else, and returns what nobody changes.
    """
    kept = functools.lru_cache(KEPT_SENTENCES)(look)

    @functools.wraps(look)
    def look_once(sentence: str) -> Found:
        return kept(sentence) if len(sentence) <= LONGEST_KEPT else look(sentence)

    return look_once
