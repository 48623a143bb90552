"""Refusals: numbers that the speaker will not stand by."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.number_words import PEOPLE
from vivavoce.scoring.numbers.said import Said

_LEAD, _FOLLOWING = 16, 14
"""Words before and after a number in which it is taken back. Chosen."""
_BEFORE = re.compile(
    r"(?:\b(?:won't|will not|would not|wouldn't|can't|cannot|could not|couldn't|don't|do not|"
    r"not going to|not gonna|refuse to|never|rather not|nobody (?:can|should)|not)\b(?: \S+){0,3}? "
    r"(?:promise|commit|say|give|expect|claim|put|quote|write (?:it|that|this|down)|name|tell|"
    r"guarantee|sign|believe|ask me|bet)\b(?: \S+){0,6}|\b(?:forget|ignore|scrap)\b(?: \S+){0,3}|"
    r"\b(?:could|might|easy to|tempting to|anybody|somebody|brochure|slide|deck) "
    r"(?:says?|hears?|wrote)\b(?: \S+){0,2}|\b(?:anyone|anybody|everybody|they|you) (?:can|could) "
    r"say(?: \S+){0,2}|\banybody who (?:says|hears)(?: \S+){0,2})$"
)
_AFTER = re.compile(
    r"^(?:\S+ ){0,8}?(?:(?:isn't|is not|aren't) mine|(?:not|\S+n't) (?:stand (?:by|behind)|sign|"
    r"believe|promise|defend|put my name (?:to|on)) (?:it|that|this|them|me)\b|"
    r"(?P<mine>from me\b(?! and\b| or\b)|out of me\b)|"
    r"not a chance|no chance|would be a lie|i(?:'d| would) be lying|"
    r"(?:made|making) (?:it|that|this) up|out of thin air)"
)
_NOT = re.compile(r"\b(?:not|nor|neither)(?: (?:even|by|to|minus|plus|the|a))?$")
_NEVER = re.compile(
    r"\b(?:not|never|no|nobody|nor|\w+n't|if (?:someone|somebody|anyone|anybody|you|they) wants?)\b"
)
_TO_OTHERS = re.compile(
    rf"\b(?:give|put|tell|name|sign|expect)\b.*\b(?:all|every|each|{'|'.join(sorted(PEOPLE))})\b"
)
"""What is not given to people is no number that is not promised."""
_TURNS = re.compile(
    r"\b(?:but|because|so|instead|rather than|what i|however|i'd expect|if|which|"
    r"what|when|whether|how|who|where)\b"
)
"""Between a refusal and a number: the number is what they say instead."""


def is_refused(said: Said, index: int) -> bool:
    """Whether the speaker takes a number back: "I would not promise 2 percent"."""
    found = _BEFORE.search(said.joined_lead(index, _LEAD))
    if found and not _TURNS.search(found[0]) and not _TO_OTHERS.search(found[0]):
        return True
    if said.numbers[index].unit == "duration":
        return False
    after = said.after(index, _FOLLOWING)
    if len(after.split()) <= 6:
        following = said.told(said.beside(index, 1))
        after = f"{after} {' '.join(following.split()[:5])}".strip()
    taken = _AFTER.match(after)
    if taken and taken["mine"]:
        return bool(_NEVER.search(f"{said.lead(index)} {taken[0]}"))
    return taken is not None


def is_denied(said: Said, index: int) -> bool:
    """Whether "not" stands right before a number; a colon between them ends it."""
    return bool(_NOT.search(said.before(index))) and said.is_joined(index)
