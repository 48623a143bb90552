"""Refusals: numbers that the speaker will not stand by."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.said_numbers import Said

_LEAD, _FOLLOWING = 16, 14
"""Words before and after a number in which it is taken back. Chosen."""
_BEFORE = re.compile(
    r"(?:\b(?:won't|will not|would not|wouldn't|can't|cannot|could not|couldn't|don't|do not|"
    r"not going to|not gonna|refuse to|never|rather not|nobody (?:can|should)|not)\b(?: \S+){0,3}? "
    r"(?:promise|commit|say|give|expect|claim|put|quote|write (?:it|that|this|down)|name|tell|"
    r"guarantee|sign|believe|ask|bet)\b(?: \S+){0,6}|\b(?:forget|ignore|scrap)\b(?: \S+){0,3}|"
    r"\b(?:could|might|easy to|tempting to|people|anybody|somebody|brochure|slide|deck) "
    r"(?:says?|hears?|wrote)\b(?: \S+){0,2}|\b(?:anyone|anybody|everybody|they|you) (?:can|could) "
    r"say(?: \S+){0,2}|\banybody who (?:says|hears)(?: \S+){0,2})$"
)
_AFTER = re.compile(
    r"^(?:\S+ ){0,8}?(?:(?:isn't|is not|aren't) mine|(?:not|\S+n't) (?:stand (?:by|behind)|sign|"
    r"believe|promise|defend|put my name (?:to|on)) (?:it|that|this|them|me)\b|from me\b|"
    r"not a chance|no chance|would be a lie|i(?:'d| would) be lying|out of me\b|"
    r"(?:made|making) (?:it|that|this) up|out of thin air)"
)
_NOT = re.compile(r"\b(?:not|nor|neither)(?: (?:even|by|to|minus|plus|the|a))?$")
_TURNS = re.compile(
    r"\b(?:but|because|so|instead|rather than|what i|however|i'd expect|if|which|"
    r"what|when|whether|how|who|where)\b"
)
"""Between a refusal and a number: the number is what they say instead."""


def is_refused(said: Said, index: int) -> bool:
    """Whether the speaker takes a number back: "I would not promise 2 percent"."""
    found = _BEFORE.search(said.joined_lead(index, _LEAD))
    if found and not _TURNS.search(found[0]):
        return True
    if said.numbers[index].unit == "duration":
        return False
    after = said.after(index, _FOLLOWING)
    if len(after.split()) <= 6:
        following = said.told(said.beside(index, 1))
        after = f"{after} {' '.join(following.split()[:5])}".strip()
    return bool(_AFTER.match(after))


def is_denied(said: Said, index: int) -> bool:
    """Whether "not" stands right before a number; a colon between them ends it."""
    return bool(_NOT.search(said.before(index))) and said.is_joined(index)
