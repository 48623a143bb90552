"""Tenses: whether words speak of what is, what has been or what is to come."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.said import Said

NOW_BEFORE = re.compile(
    r"\b(?:today(?:'s)?|now|currently|at (?:present|the moment)|so far|these days|we're at|"
    r"we are at|is at|are at|was at|used to be|stuck (?:at|on)|stands? at|sits? at)(?: \S+){0,2}$"
)
NOW_AFTER = re.compile(
    r"^(?:(?!pay|buy|book|but|and|or|so|because)\S+ ){0,4}?(?:today|now|right now|currently|"
    r"at present|at the moment|used to|so far|these days|any ?more|as it is|as we speak|already|"
    r"on average)\b"
)
FORECAST = re.compile(
    r"\b(?:expect\w*|would|should|could|will|ll|\w+'ll|(?:i|we|they|it|that)'d(?! (?:already|been|"
    r"had|\w+ed\b))|guess\w*|bet\w*|forecast\w*|estimat\w*|predict\w*|hop(?:e|ing)|aim(?:ing)?|target\w*|"
    r"reckon|think|might|may|ought|going to|gonna|want|go(?:es)? (?:up|down|from|to)|if we|maybe|"
    r"probably|looking (?:for|at)|after is|doesn't feel|make it|call it|let's say|nearer|"
    r"get (?:\S+ )?(?:back|down|up|from) |comfortable|confident)\b"
)
PAST = re.compile(
    r"\b(?:last (?:year|quarter|month|week|spring|summer|autumn|fall|winter|time|company|job|"
    r"christmas)|(?:at|in) my (?:last|old|previous|former)|in (?:19|20)\d\d|"
    r"(?:years?|months?|weeks?) ago|back then|when i (?:was|worked)|"
    r"we (?:brought|saw|got|had|ran|did|tried|cut)|"
    r"(?:test|pilot|experiment|trial) \S{0,12} ?(?:showed|brought|gave|moved|took|did)|"
    r"went (?:up|down|from)|fell|rose|dropped|climbed|grew|came down|has gone|have gone|brought|"
    r"(?:was|were) (?:up|down)|(?<!if )we (?!need)[a-z]+ed|gave us|showed)\b"
)


def is_forecast(words: str) -> bool:
    """Whether the words speak of what is to come."""
    return bool(FORECAST.search(words))


def is_past(said: Said, index: int) -> bool:
    """Whether the words before a number tell what has happened."""
    lead = said.lead(index, 14)
    around = f"{lead} {said.within(index)} {said.after(index, 5)}"
    return bool(PAST.search(around)) and not is_forecast(lead)


def is_now(said: Said, index: int) -> bool:
    """Whether the words around a number say that it is what holds today."""
    if NOW_AFTER.match(said.after(index, 6)):
        return True
    return bool(NOW_BEFORE.search(said.before(index, 6)))
