"""Whether an answer says when one will know: the rubric's exception for a missing effect."""

from __future__ import annotations

import re

from vivavoce.scoring.plain_words import plain_words

_TIME = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|(?:day|week|morning|night|sprint)s?|"
    r"fortnight|month|tomorrow|january|february|march|april|may|june|july|august|september|october|"
    r"november|december"
)
_WILL = r"(?:we|you|i|they|everybody)(?:'ll|'d|ll| will| would| can| could)"
_ADVERB = r"(?: (?:then|all|really|at least|already|also|probably))*"
_KNOWING = (
    rf"{_WILL}{_ADVERB} (?:know|have (?:your|an|the|my|our|that) (?:answer|result)|decide)\b|"
    r"\b(?:we|you|i) (?:then )?know (?:if|whether|how|enough|which)\b|"
    r"\b(?:we|you|i) (?:then )?know$|\byou have your answer\b|"
    r"\b(?:and|to|then|we|you|could|can) decide\b|"
    r"\btells? (?:us|you|me) (?:whether|if|how)\b"
)
_SOON = re.compile(
    rf"\b(?:{_TIME})\b(?: \S+){{0,14}}? (?:{_KNOWING})|"
    rf"(?:{_KNOWING})(?: \S+){{0,8}}? \b(?:{_TIME})\b"
)
"""On plain words: no punctuation is left in them. The distances are chosen."""


def says_how_soon(text: str) -> bool:
    """Return whether a text says, near a day or a length of time, that one will know or decide."""
    return bool(_SOON.search(" ".join(word.text for word in plain_words(text))))
