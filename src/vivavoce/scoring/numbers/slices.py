"""Slices: the share or the people on whom a change is tried, and where a test would stop."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.number_words import LONG_TIMES, PEOPLE
from vivavoce.scoring.numbers.said import Said
from vivavoce.scoring.numbers.tenses import is_now

HEDGES = (
    r"(?: (?:of|it|them|that|by|about|around|maybe|like|roughly|say|let's|some|only|us|at|least|a|"
    r"an|another|something|up|down|the|over|for|to|just|or|so|in|almost|nearly|i|think|i'd|be|"
    r"would|that's|most|out|under|first|next|random|our)){0,4}$"
)
"""Small words between a telling word and its number."""
FOR_A_TIME = re.compile(
    r"\b(?:for|over)(?: (?:about|like|just|the next|the first|another|at least|only))?"
    r" (?:\d+|one|a|a few|a couple of)(?: \S+)? (?:weeks?|days|months?|sprints?|fortnight|"
    r"(?:sun|mon|tues|wednes|thurs|fri|satur)days|weekends)\b|\b(?:in|within) (?:one|a) sprint\b|"
    r"\bweek (?:test|trial|pilot)\b"
)
EXPECTS = re.compile(r"\b(?:expect|guess|bet|hope|forecast|predict|should|ought)\b")
IS_BEFORE = re.compile(r"\b(?:is|are|was|were|has|have|had|says?)(?: (?:about|like|only|just))?$")
_OF_A_SHARE, _OF_PEOPLE, _OF_THINGS = 12, 1e5, 1e3
"""Words of a sentence that is only a slice; the largest slices of people and things. Chosen."""
_BEFORE_SHARE = re.compile(r"(?:^|\b)(?:on|for|with|among|in|at|to|from|over|take|random)" + HEDGES)
_BEFORE_COUNT = re.compile(
    r"(?:^|\b)(?:with|on|for|among|in|to|at|take|channel|next|first|just|only)" + HEDGES
)
_OF_THEM = re.compile(
    r"^(?:of )?(?:\S+ ){0,3}?(?:users?|listeners?|people|traffic|accounts?|customers?|members?|"
    r"subscribers?|openers?|installs?|readers?|players?|shoppers?|sellers?|buyers?|homes?|"
    r"households?|visitors?|students?|drivers?|riders?|guests?|patients?|sign-?ups?|volume|base|"
    r"tickets|stores?|shops?|sessions?|requests?|starts|phones|iphones|parcels|pushes|them|those|"
    r"viewers?|fans|rides?|slots?|kinds?|followers?|subs|sites?|mailboxes|newcomers?|owners?|"
    r"artists?|travellers?|families|hosts?|list|recipients?|deliveries|orders|searches|bookings|"
    r"trials?|devices|offices|clubs|gyms|branches|schools|beginners|leavers?|android|iphone|ios|web)\b"
)
_GET_IT = re.compile(r"\b(?:gets?|see|sees|have|has) (?:it|the|that|this|a)\b")
_GIVEN_TO = re.compile(
    r"\b(?:give|gives|ship|open|show|shows|roll|send|offer|hand|extend|goes?|live)(?: \S+){0,4}? "
    r"(?:to|for)"
    + HEDGES
    + r"|\b(?:leave|(?:hide|keep)(?: \S+){1,3} from|let|split|take|hold (?:back|out))"
    + HEDGES
)
_TEST_NEAR = re.compile(
    r"\b(?:tests?|tested|trial|pilot|experiment|try|run|beta|weeks?|days|fortnight|sprint|slice|"
    r"random\w*|hold-?outs?|control|switch|roll|launch|weekends?|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)days?|start|begin|only|live|volunteers?|sample)\b"
)
_TELLS = re.compile(r"\b(?:it's|is|are|so|that's|they|we|have|had|can)\b")
_UNTIL_TIME = re.compile(
    r"(?:of (?:\S+ ){0,2}\S+ ?)?(?:(?:for|over|during|and)(?: (?:like|about|just|the first))?)?"
)
_OF_COUNTS = re.compile(
    r"\b(?:tests?|trial|pilot|try (?:it|this|that)|beta|start with|begin with|fortnight|sample)\b"
)
_IF = re.compile(
    r"\b(?:if|unless|until|once|when)\b(?: \S+){0,8}$|\b(?:under|below|over|above|past)$"
)
_STOPS = re.compile(
    r"\b(?:stop|drop (?:it|this|that)|kill|switch(?:es)? (?:it )?off|pull|rolls? (?:it )?back|"
    r"give up|close it|put it back|leave it|call it off|we're done|i was wrong|been wrong|"
    r"misread|scrap|bin it)\b"
)


def is_share_slice(said: Said, index: int) -> bool:
    """Whether a share is what a change is tried on: "on 5 percent of listeners"."""
    number = said.numbers[index]
    before, after = said.before(index, 5), said.after(index, 6)
    sentence = said.sentence(index)
    of_people = number.noun in PEOPLE or bool(_OF_THEM.match(f"{number.noun} {after}".strip()))
    of_people = of_people or _is_of_crowd(said, index, after)
    if of_people and _is_tried(said, index, before, after):
        return True
    if said.words[number.first] == "every" and _precedes_time(said, index, 3):
        return True
    led = before in ("", "on", "for", "with", "in") or (before == "and" and of_people)
    if led and _follows_time(said, index):
        return True
    if _precedes_time(said, index, 5) and _UNTIL_TIME.fullmatch(after):
        return True
    if not before:
        around = f"{said.told(said.beside(index, -1))} {sentence}"
        short = len(sentence.split()) <= _OF_A_SHARE
        return of_people and short and bool(re.search(r"\b(?:weeks?|days|sprint)\b", around))
    found = _BEFORE_SHARE.search(before)
    if not found or is_now(said, index) or re.match(r"(?:to|at|from)\b", found[0]):
        return False
    test = bool(_TEST_NEAR.search(sentence))
    if re.match(r"(?:over|in)\b", found[0]):
        return of_people and test
    return of_people or test


def _is_of_crowd(said: Said, index: int, after: str) -> bool:
    """Whether a share is one of a number that follows: "5 percent of the 38 million"."""
    if index + 1 >= len(said.numbers) or not re.fullmatch(
        r"of(?: (?:the|our|those|these))?", after
    ):
        return False
    crowd = said.numbers[index + 1]
    return crowd.unit == "people" or crowd.scale > 1


def _is_tried(said: Said, index: int, before: str, after: str) -> bool:
    """Whether something is done to the people of a share."""
    if _GET_IT.search(after):
        return True
    if _GIVEN_TO.search(before) and not IS_BEFORE.search(before):
        return True
    if re.search(r"\b(?:to|from|than)(?: \S+)?$", before):
        return False
    sentence = said.sentence(index)
    return bool(FOR_A_TIME.search(sentence)) and not EXPECTS.search(said.lead(index))


def is_count_slice(said: Said, index: int) -> bool:
    """Whether a number of people or things is what a change is tried on: "30 shops, 3 weeks"."""
    number = said.numbers[index]
    if number.bare:
        return False
    before, after = said.before(index, 5), said.after(index, 7)
    starts = not before or not said.is_joined(index)
    prepared = bool(_BEFORE_COUNT.search(before))
    if _precedes_time(said, index, 5) and not re.search(
        r"\b(?:in|within|after|by|every|per|ago)(?: (?:about|like|the|first|next|just))*$", after
    ):
        timed = re.fullmatch(r"|(?:for|over)(?: like| about)?", after)
        if starts or prepared or timed:
            return True
    follows = _follows_time(said, index) and not _TELLS.search(before)
    if follows or re.search(r"\b(?:for|on|with|to) the (?:next|first)$", before):
        return True
    sentence = said.sentence(index)
    if FOR_A_TIME.search(sentence) and _GET_IT.search(after):
        return True
    if not prepared or number.value > (_OF_PEOPLE if number.unit == "people" else _OF_THINGS):
        return False
    return bool(_OF_COUNTS.search(sentence) or FOR_A_TIME.search(sentence))


def _precedes_time(said: Said, index: int, most: int) -> bool:
    """Whether a length in weeks or days is said within so many words after a number."""
    number, numbers = said.numbers[index], said.numbers
    if index + 1 >= len(numbers):
        return False
    time = numbers[index + 1]
    near = time.sentence == number.sentence and time.first - number.last <= most
    return near and time.noun in LONG_TIMES


def _follows_time(said: Said, index: int) -> bool:
    """Whether a length in weeks or days was said right before a number."""
    time = said.numbers[index - 1] if index else None
    return (
        time is not None and time.noun in LONG_TIMES and said.numbers[index].first - time.last <= 2
    )


def is_stop_rule(said: Said, index: int) -> bool:
    """Whether a number is where the speaker would stop: "if it stays under 2 percent, I stop"."""
    number = said.numbers[index]
    last = said.sentences[number.sentence][1]
    following = " ".join(said.words[number.last : min(last, number.last + 14)])
    return bool(_IF.search(said.lead(index, 12)) and _STOPS.search(following))
