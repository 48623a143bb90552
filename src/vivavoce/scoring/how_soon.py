"""Whether an answer says when one will know: the rubric's exception for a missing effect."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoce.domain.debrief import Evidence
from vivavoce.scoring.plain_words import plain_words

_BEFORE, _AFTER = 200, 260
"""Characters around the words of a test in which its answer is looked for: the sentences beside
it. Chosen."""
_TIME = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|(?:day|week|morning|night|sprint)s?|"
    r"fortnight|month|tomorrow|january|february|april|june|july|august|september|october|november|"
    r"december|(?:in|by|of|until|till|before|through) (?:march|may)"
)
_WE = r"(?:we|you|i|everybody)"
_WILL = rf"{_WE}(?:'ll|'d|ll| will| would| can| could)"
_ADVERB = r"(?: (?:then|all|really|at least|already|also|probably))*"
_LEARN = r"(?:know|have (?:your|an|the|my|our|that) (?:answer|result)|decide)\b"
_KNOWING = (
    rf"{_WILL}{_ADVERB} {_LEARN}(?! (?:nothing|little|that|about)\b)|"
    rf"\b{_WE} (?:then )?know (?:if|whether|enough)\b|\b{_WE} (?:then )?know$|"
    rf"\b{_WE} (?:then )?decide\b|\b(?:and|could|can) decide(?! to\b)|enough to decide\b|"
    rf"\b{_WE} have (?:your|our|an|the) answer\b|"
    r"\btells? (?:us|you|me) (?:whether|if|how)\b|"
    r"\b(?:would|will) (?:tell\b|show (?:us |you |me )?(?:whether|if)\b)"
)
_SOON = re.compile(
    rf"\b(?:{_TIME})\b(?: \S+){{0,14}}? (?:{_KNOWING})|"
    rf"(?:{_KNOWING})(?: \S+){{0,8}}? \b(?:{_TIME})\b|"
    # "by the tuesday we know how many": a day that is still to come
    rf"\b(?:by|on|until|next) (?:\S+ ){{0,3}}?(?:{_TIME}) {_WE} (?:then )?know\b"
)
"""On plain words: no punctuation is left in them. The distances are chosen."""


def says_how_soon(text: str, tests: Iterable[Evidence]) -> bool:
    """Return whether an answer says, beside its test, on which day or how soon one will know.

    Args:
        text: The answer.
        tests: The quotes of its test.
    """
    return any(
        _SOON.search(" ".join(word.text for word in plain_words(_beside(text, quote))))
        for quote in tests
    )


def _beside(text: str, quote: Evidence) -> str:
    """Return the quote with the words around it, none of them cut."""
    start, end = max(0, quote.start_char - _BEFORE), quote.end_char + _AFTER
    around = text[start:end]
    if start:
        around = around[around.find(" ") + 1 :]
    return around[: around.rfind(" ")] if end < len(text) else around
