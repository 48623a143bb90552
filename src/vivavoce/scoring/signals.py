"""The signals beside the three slots: the test, the impact, tools first, over-engineering."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.scoring.lexicon import (
    HEAVY,
    INTERNALS,
    MONEY_WORD,
    MORE_PEOPLE,
    NO_TEST,
    PAST,
    SHORT,
    SLICE,
    TEST_WORD,
)
from vivavoce.scoring.quantities import Quantity, find_quantities
from vivavoce.scoring.sentences import Sentence
from vivavoce.scoring.slots import Found, clauses, is_denied

INTERNALS_PER_WORD = 0.07
"""Above this share of engineering words the substance is internals. Chosen on labelled answers."""

LONGEST_QUOTE = 90
"""Characters: a time and a slice further apart are quoted one by one. Chosen."""
SHORT_SENTENCE_WORDS = 14
"""A short sentence with a time or a slice in it is a test. Chosen."""
_PROPOSING = re.compile(
    r"\b(?:we|i|i'?d|we'?d|could|let|run|try|give|only|first|start|put|leave|in front of|know)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:floor of|costs? us|up to|capped?|more than|shipping|each one)\b", re.IGNORECASE
)
_GAINED = re.compile(
    r"\b(?:more|fewer|keep|save|recover\w*|otherwise|still|don'?t leave|hold on|reach|worth|per|"
    r"a (?:year|month|week|quarter)|by spring)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"thousand|million|hundred|\d{3}|k\b", re.IGNORECASE)
_COMING = re.compile(r"\b(?:more|will|would|so|less)\b", re.IGNORECASE)


def find_experiment(sentences: Sequence[Sentence]) -> Found:
    """Return the test of the idea: shaped by a short time or a slice, or only named."""
    named = Found(0)
    for sentence in sentences:
        text = sentence.text
        word = TEST_WORD.search(text)
        if NO_TEST.search(text) or (PAST.search(text) and not word):
            continue
        short, part = SHORT.search(text), SLICE.search(text)
        marks = [mark for mark in (short, part) if mark]
        if len(marks) == 2 or (marks and (word or _proposes(text))):
            start, end = min(m.start() for m in marks), max(m.end() for m in marks)
            if end - start > LONGEST_QUOTE:
                start, end = marks[0].span()
            return Found(2, sentence.start + start, sentence.start + end)
        if named.level == 0 and word:
            named = Found(1, sentence.start + word.start(), sentence.start + word.end())
    return named


def _proposes(text: str) -> bool:
    return len(text.split()) <= SHORT_SENTENCE_WORDS or bool(_PROPOSING.search(text))


def find_impact(sentences: Sequence[Sentence]) -> Found:
    """Return what the effect means in users or money."""
    worded = Found(0)
    for index, sentence in enumerate(sentences):
        if is_denied(sentences, index) or len(INTERNALS.findall(sentence.text)) >= 3:
            continue
        for clause in clauses(sentence):
            for quantity in find_quantities(clause.text, clause.start):
                if _is_impact(quantity, clause, sentence):
                    return Found(2, quantity.start, quantity.end)
            if worded.level == 0:
                worded = _impact_in_words(clause)
    return worded


def _is_impact(quantity: Quantity, clause: Sentence, sentence: Sentence) -> bool:
    if quantity.kind == "money":
        return not _PRICE.search(clause.text)
    words = sentence.text[quantity.start - sentence.start : quantity.end - sentence.start]
    return (
        quantity.kind == "people"
        and not SLICE.search(clause.text)
        and bool(_GAINED.search(sentence.text))
        and bool(_MANY.search(words))
    )


def _impact_in_words(clause: Sentence) -> Found:
    if word := MORE_PEOPLE.search(clause.text):
        return Found(1, clause.start + word.start(), clause.start + word.end())
    if MONEY_WORD.search(clause.text) and _COMING.search(clause.text):
        return Found(1, clause.start, clause.end)
    return Found(0)


def is_tool_first(tool: int | None, problem: Found, lift: Found) -> bool:
    """Whether a model, tool or infrastructure came before any goal or outcome.

    Args:
        tool: Where the first one is named.
        problem: What goes wrong.
        lift: The expected movement.
    """
    if tool is None:
        return False
    goals = [found.start for found in (problem, lift) if found.level]
    return all(tool < goal for goal in goals)


def is_over_engineered(text: str, experiment: Found, lift: Found) -> bool:
    """Whether internals fill the answer, or a heavy build comes with no small test first."""
    words = len(text.split())
    if not words:
        return False
    share = len(INTERNALS.findall(text)) / words
    heavy = bool(HEAVY.search(text))
    if experiment.level < 2 and heavy:
        return True
    return share > INTERNALS_PER_WORD and not (lift.level == 2 and experiment.level == 2)
