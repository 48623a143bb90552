"""Which words a second text adds to a first one, and which it drops: in stretches of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vivavoce.domain.text import one_line

_EDGES = ".,;:!?…—–-\"'()[]{}“”‘’"
_SENTENCE_ENDS = ".?!"
_ARTICLES = ("a", "an", "the", "this", "that", "it")
_LINKS = ("of", "in", "on", "at", "to", "for", "from", "with", "by", "as", "and", "or", "so")
_OTHERS = ("i", "we", "you", "is", "are", "was", "be", "um", "uh", "er")
_SMALL = frozenset((*_ARTICLES, *_LINKS, *_OTHERS))
"""They tell nothing by themselves: a stretch of nothing else is not told."""


@dataclass(frozen=True, slots=True)
class WordChanges:
    """Stretches of words within a sentence, as they were said, in the order of their text."""

    added: tuple[str, ...]
    """Only in the second text."""
    dropped: tuple[str, ...]
    """Only in the first one."""


@dataclass(frozen=True, slots=True)
class _Word:
    said: str
    compared: str
    """Without case and punctuation."""


def word_changes(before: str, after: str) -> WordChanges:
    """Return what was added and dropped; case and punctuation do not count.

    A single word that both share between two changes belongs to the changes: “five percent”
    against “ten percent of them” is easier to read than its pieces.

    Args:
        before: Any text.
        after: Any text.
    """
    first, second = _words(before), _words(after)
    matcher = SequenceMatcher(
        None,
        [word.compared for word in first],
        [word.compared for word in second],
        autojunk=False,  # it would take frequent words for no match at all
    )
    added: list[str] = []
    dropped: list[str] = []
    for here, there in _changes(matcher, len(first), len(second)):
        dropped += _told(first[here])
        added += _told(second[there])
    return WordChanges(tuple(added), tuple(dropped))


def _words(text: str) -> list[_Word]:
    words = (_Word(said, said.strip(_EDGES).casefold()) for said in one_line(text).split())
    return [word for word in words if word.compared]


def _changes(
    matcher: SequenceMatcher[str], first: int, second: int
) -> Iterator[tuple[slice, slice]]:
    """Return the stretches between what both share, in the first text and in the second.

    Args:
        matcher: Of both.
        first: How many words the first has.
        second: How many the second has.
    """
    here = there = 0
    for block in matcher.get_matching_blocks():
        last = (block.a + block.size, block.b + block.size) == (first, second)
        alone = block.size == 1 and block.a > here and block.b > there and not last
        if alone or not block.size:
            continue
        if block.a > here or block.b > there:
            yield slice(here, block.a), slice(there, block.b)
        here, there = block.a + block.size, block.b + block.size
    if here < first or there < second:
        yield slice(here, first), slice(there, second)


def _told(words: Sequence[_Word]) -> Iterator[str]:
    """Return a stretch as it was said, a sentence's share each."""
    begun = 0
    for place, word in enumerate(words, 1):
        if place < len(words) and word.said[-1] not in _SENTENCE_ENDS:
            continue
        share = words[begun:place]
        begun = place
        if not all(each.compared in _SMALL for each in share):
            yield " ".join(each.said for each in share).strip(_EDGES)
