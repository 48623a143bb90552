"""What a number rests on: the case, the speaker's own reason or guess, or nothing that was said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.scoring.numbers.said import Said

_GUESS = re.compile(
    r"\b(?:my (?:own |best |rough )?(?:guess|estimate|bet|hunch|gut|reckoning)|"
    r"(?:(?:it's )?a|just a|only a|pure|rough|wild|half a) (?:rough |wild |small |pure )?guess|"
    r"as a guess|i(?:'d| would|'m)?(?: just)? guess(?:ing)?|i(?:'d| would) (?:estimate|bet|wager)|"
    r"guesstimate|ballpark|back of (?:the|an) envelope|gut feeling|rough number|"
    r"(?:i (?:don't|do not|can't|cannot) (?:really )?know|not sure|no idea)"
    r"(?! (?:exactly |really )?(?:why|what|how|if|whether|who|when|where|which)\b)|"
    r"i reckon|"
    r"finger in the (?:air|wind)|i(?:'m| am)? hop(?:e|ing)|hopefully|"
    r"i (?:trust|believe) (?:it |that )?(?:the )?least|have(?: not|n't) measured|"
    r"an assumption|i(?:'m| am) assuming|i assume)\b"
)
_GUESS_BESIDE = re.compile(
    r"\b(?:my (?:own |best |rough )?(?:guess|estimate|hunch|reckoning)|"
    r"(?<!not )(?:a|just a|only a|pure|half a) (?:rough |wild |small |pure )?guess|"
    r"guesstimate|ballpark|back of (?:the|an) envelope|gut feeling|rough number|"
    r"finger in the (?:air|wind)|an assumption|guess(?:ing|work))\b"
)
"""What a sentence beside says of a number; "I hope so" there may be about anything."""
_IF = (
    r"if (?:only )?(?:half|a (?:third|quarter|fifth|tenth)|one|every|the same|they|people|\d\S*|"
    r"saving|everybody|everyone|all|the|most)"
)
_MEASURED = re.compile(
    r"\b(?:(?:we|i)(?:'ve| have)? (?:saw|seen|measured|timed|counted|tested|tried|asked|surveyed|"
    r"called|looked)|according to|(?:survey|study|sheet|logs?|data|table|report) "
    r"(?:says?|said|shows?|showed|has|had)|says the (?:survey|study|table|report|sheet)|"
    r"based on|if half|assuming)\b"
)
_REASON = re.compile(
    r"\b(?:because|'?cause|assum(?:es|ing)|based on|(?:it |that |which )?rests on|"
    r"given (?:that|how|the)|going by|judging (?:by|from)|extrapolat\w+|"
    r"as (?:we|i) (?:saw|did|had|got|found)|like (?:we|it|they) (?:saw|did)|"
    r"(?:we|i)(?:'ve| have)? (?:saw|seen|measured|timed|counted|tested|tried|asked|surveyed)|"
    r"(?:roughly|about) what|same as|the same (?:jump|move|lift|effect|thing) (?:as|happened|we)|"
    r"by (?:finance|our|the) \S+ (?:numbers?|sheet|count|sums?)|"
    + _IF
    + r"|(?:a|half|one) (?:third|quarter|fifth|tenth|half)? ?"
    r"(?:of|what) the gap|(?:trial|test|pilot|experiment|study|survey) (?:\S+ ){0,6}?(?:showed|"
    r"closed|ended|gave|found|moved|brought|says?|said|did)|(?:works?|worked) (?:for|at|in)|"
    r"halfway (?:to|between)|what (?:the )?(?:others?|competitors?|\S+ and \S+) "
    r"(?:get|have|saw|see))\b"
)
_SINCE = re.compile(
    r"\bas (?:they|we|people|it|those|their|our|users|customers|listeners|readers) |"
    r"\bsince (?!(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|last|then|the (?:start|beginning|launch)|"
    r"a|an|one|\d+)\b)\S+ \S+"
)
_WORTH = re.compile(
    r"\b(?:because|since|'?cause) (?:\S+ ){0,7}?(?:million|thousand|euros?|dollars?)\b"
)
"""A reason to want it, and none why it would come: "because it's two million for the chain"."""
_LEADING = re.compile(
    r"^(?:and|so|that's|that is|it's|it is|mostly|simply|this|that|which is|it|just) "
)
"""What only leads a sentence in."""
_STOPS = re.compile(r"\b(?:stop|drop it|switch it off|pull it|i was wrong|leave it)\b")
_ALONE = 3
"""Words of a sentence that says nothing but "I'd guess". Chosen."""
_NUMBERS = 12
"""Numbers on either side that may stand in the sentences beside. Chosen."""
_BEHIND, _AHEAD = 14, 18
"""Words around a number in which a reason is its own: sentences may run on. Chosen."""
_MOST_WORDS = 14
"""Of a basis that are quoted. Chosen."""


def find_basis(said: Said, index: int, fact: bool = False) -> tuple[int, int] | None:
    """Return the first and the last word of what the speaker rests a number on, or None.

    A reason counts in the number's own sentence, and in the next one where that begins with it;
    a guess in the sentences beside it, too.

    Args:
        said: The answer.
        index: Of the number.
        fact: The number tells what is, where "because" gives its cause and not what it rests on.
    """
    patterns = (_GUESS, _MEASURED) if fact else (_GUESS, _REASON, _SINCE)
    span = said.own_sentence(index)
    for pattern in patterns:
        for place, words in _places(said, span, pattern):
            if pattern is _GUESS:
                return place
            if _is_reason(said, index, place[0], words):
                return place[0], _clause_end(said, place[0], span[1])
    span = said.beside(index, 1)
    if not _has_size(said, index, 1):
        for place, _ in _places(said, span, _beside(said, index, 1)):
            return place
        words = _LEADING.sub("", said.told(span))
        stops = words.startswith("if") and _STOPS.search(" ".join(words.split()[:16]))
        if not fact and not stops and (_REASON.match(words) or _SINCE.match(words)):
            return span[0], _clause_end(said, *span)
    if not _has_size(said, index, -1):
        for place, _ in _places(said, said.beside(index, -1), _beside(said, index, -1)):
            return place
    return None


def _beside(said: Said, index: int, step: int) -> re.Pattern[str]:
    """Return which words of the sentence beside are a guess at a number.

    Any of them are where only a recogniser parts the two, and where nothing else is said there.
    """
    span = said.beside(index, step)
    own = said.sentences[said.numbers[index].sentence]
    if span[0] >= span[1] or own[0] >= own[1]:
        return _GUESS_BESIDE
    left, right = (own[1] - 1, span[0]) if step > 0 else (span[1] - 1, own[0])
    parted = re.search(r"[.!?;\n]", said.text[said.spans[left][1] : said.spans[right][0]])
    alone = span[1] - span[0] <= _ALONE
    return _GUESS if alone or not parted else _GUESS_BESIDE


def _places(
    said: Said, span: tuple[int, int], pattern: re.Pattern[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the first and the last word of each match in a stretch, and what follows it there."""
    text = said.told(span)
    for found in pattern.finditer(text):
        start = span[0] + text[: found.start()].count(" ")
        yield (start, start + found[0].count(" ")), text[found.start() :]


def _has_size(said: Said, index: int, step: int) -> bool:
    """Whether the sentence beside has a share of its own that the basis may belong to."""
    sentence = said.numbers[index].sentence + step
    near = said.numbers[max(0, index - _NUMBERS) : index + _NUMBERS]
    return any(n.sentence == sentence and n.unit in ("percent", "points") for n in near)


def _is_reason(said: Said, index: int, start: int, words: str) -> bool:
    """Whether a reason that was found is the number's own."""
    number = said.numbers[index]
    if not number.first - _BEHIND <= start <= number.last + _AHEAD or _WORTH.match(words):
        return False
    if not words.startswith("if"):
        return True
    if start > number.first:
        return not _STOPS.search(" ".join(words.split()[:16]))
    # "if we get that down from 21 to 15 percent" holds the number itself
    return bool(re.search(r"[,;:]\s", said.text[said.spans[start][0] : number.start]))


def _clause_end(said: Said, start: int, last: int) -> int:
    """Return the last word of the clause that begins at a word."""
    for place in range(start + 3, min(last, start + _MOST_WORDS)):
        gap = (
            said.text[said.spans[place][1] : said.spans[place + 1][0]] if place + 1 < last else "."
        )
        if re.search(r"[,;:.!?]\s|\.$", gap) and place - start >= 2:
            return place
    return min(last, start + _MOST_WORDS) - 1
