"""Said numbers: each number of an answer with its unit, before anybody asks what it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vivavoce.scoring.numbers.number_names import NAMED, is_name, with_names
from vivavoce.scoring.numbers.number_part import Found
from vivavoce.scoring.numbers.number_scan import find_numbers
from vivavoce.scoring.numbers.said import Said, SaidNumber
from vivavoce.scoring.plain_words import PlainWord, plain_words
from vivavoce.scoring.sentences import cut

_CLOCK_BEFORE = re.compile(r"\b(?:night|morning|evening|afternoon|noon|day) at$")
_CLOCK_AFTER = re.compile(
    r"^(?:o'clock|a m|p m|am|pm|in the (?:morning|evening|afternoon)|at night|sharp|each evening|"
    r"every (?:morning|evening))\b"
)
_RATE = re.compile(
    r"\b(?:rates?|share|percentage|retention|churn|click-?through)(?! of)(?: (?:of|is|at|was|goes|"
    r"from|to|up|down|i'd|say|should|be|would|now|about|like|maybe)){0,5}$"
)
_THERE = re.compile(r"\bthere(?: are|'s| were|'re)(?: about)?$")
_TEN_TO = re.compile(r"\bat \| (?:to|past)$|\bat \d+ (?:to|past) \| ")
_MOVES = re.compile(
    r"\b(?:from|go|goes|going|went|gone|rises?|rose|falls?|fell|drops?|dropped|climbs?|climbed|"
    r"grows?|grew|moves?|moved|up|down|comes?|came|take|bring|brings|gets?)\b(?: \S+){0,3}$"
)
_PARTS = re.compile(r"(?:[^,:;.!?]|[,:;.!?](?!\s)|(?<=\d)\.(?=\s\d))+")
_JOINS = re.compile(
    r"(?:(?:down |up )?to|becomes?|or|instead of|rather than|not|and not|of)"
    r"(?: (?:about|maybe|like|roughly|around|only|just|over|under|the|at most)){0,2}"
)
_MONEY_AFTER = re.compile(
    r"^(?:(?:a|per|each|every|over the|over a) (?:year|month|quarter|week|season|summer|winter|day)"
    r"|in (?:extra |lost |more )?(?:loans|sales|revenue|fees|margin|refunds?|renewals|premiums?|"
    r"commission|savings?|fuel|overdrafts?|shipping|profit|money)"
    r"|of (?:extra )?(?:sales|revenue|margin|refunds?|premiums?|commission|profit))\b"
)
_OF_MONEY = re.compile(
    r"\b(?:money|worth|revenue|sales|margin|profit|fees|commission|savings?|euros?|dollars?|"
    r"pounds?|premiums?|refunds?|cash|earn|earns|costs?|costing|spend|bill)\b"
)
_PRICE_BEFORE = re.compile(r"\b(?:costs?|costing|pays?|paying|price of|priced at)(?: us| them)?$")


def said_numbers(text: str) -> Said:
    """Return the words and the numbers of an answer.

    Args:
        text: A transcript or a typed answer; punctuation may be missing.
    """
    words: list[PlainWord] = []
    sentences: list[tuple[int, int]] = []
    numbers: list[SaidNumber] = []
    for sentence in cut(text):
        own = _words(text, sentence.start, sentence.end)
        first = len(words)
        numbers += [
            _said(text, found, own, first, len(sentences)) for found in find_numbers(text, own)
        ]
        words += own
        sentences.append((first, len(words)))
    said = Said(
        text,
        tuple(word.text for word in words),
        tuple((word.start, word.end) for word in words),
        tuple(sentences),
        tuple(numbers),
    )
    said = replace(said, numbers=with_names(said))
    said = replace(said, numbers=_with_ranges(said))
    said = replace(said, numbers=_with_scales(said))
    return replace(said, numbers=tuple(_settled(said, index) for index in range(len(said.numbers))))


def _words(text: str, start: int, end: int) -> list[PlainWord]:
    """Return the plain words of a stretch, read between commas: "a hundred, eleven" is two."""
    words: list[PlainWord] = []
    for part in _PARTS.finditer(text, start, end):
        words += [
            PlainWord(word.text, word.start + part.start(), word.end + part.start())
            for word in plain_words(part[0])
        ]
    return words


def _said(
    text: str, found: Found, words: Sequence[PlainWord], first: int, sentence: int
) -> SaidNumber:
    start, end = words[found.first].start, words[found.last - 1].end
    while text[end - 1] in ", ":  # a token of digits takes its comma along
        end -= 1
    return SaidNumber(
        value=found.value,
        high=found.value,
        unit=found.unit or "count",
        noun=found.noun,
        first=first + found.first,
        last=first + found.last,
        start=start,
        end=end,
        sentence=sentence,
        bare=found.unit is None,
        scale=found.scale,
        label=found.label,
        whole=found.whole,
    )


def _with_ranges(said: Said) -> tuple[SaidNumber, ...]:
    """Make one of "10 to 15 percent", "four or five", "between 3 and 4"; a from–to stays two."""
    numbers = list(said.numbers)
    result: list[SaidNumber] = []
    index = 0
    while index < len(numbers):
        if index + 1 < len(numbers) and _is_range(said, index):
            low, high = numbers[index], numbers[index + 1]
            scale = high.scale if high.scale > 1 and low.scale == 1 and low.value < 1000 else 1.0
            value = low.value * scale
            if value < high.value:
                result.append(
                    replace(high, value=value, high=high.value, first=low.first, start=low.start)
                )
                index += 2
                continue
        result.append(numbers[index])
        index += 1
    return tuple(result)


def _is_range(said: Said, index: int) -> bool:
    low, high = said.numbers[index], said.numbers[index + 1]
    if low.sentence != high.sentence or low.label or high.label:
        return False
    if not (low.bare or (low.unit, low.noun) == (high.unit, high.noun)):
        return False
    if low.unit == high.unit == "ratio":
        return False  # "two in ten to four in ten" is a from–to
    gap = " ".join(said.words[low.last : high.first])
    dashed = not gap and bool(re.fullmatch(r"\s?[-–—‑]\s?", said.between(index)))
    listed = re.fullmatch(r"[\s,]*", said.between(index)) and high.value <= 2 * low.value
    adjacent = not gap and bool(listed) and high.unit in ("percent", "points")
    lead = said.lead(index, 4)
    if gap in ("to", "to maybe", "to about"):
        return not _MOVES.search(lead)
    if gap in ("and", "and about", "and maybe"):
        return lead.endswith("between") or " between " in f" {lead} "
    return dashed or adjacent or (gap in ("or", "or maybe", "maybe") and low.bare)


def _with_scales(said: Said) -> tuple[SaidNumber, ...]:
    """Give "405 to 430 thousand" and "820 thousand to 405" their thousands on both sides."""
    numbers = list(said.numbers)
    for index in range(len(numbers) - 1):
        left, right = numbers[index], numbers[index + 1]
        if left.sentence != right.sentence or right.first - left.last > 5:
            continue
        gap = " ".join(said.words[left.last : right.first])
        if not _JOINS.fullmatch(gap):
            continue
        if _lacks_scale(left, right):
            numbers[index] = _scaled(left, right)
        elif _lacks_scale(right, left):
            numbers[index + 1] = _scaled(right, left)
    return tuple(numbers)


def _lacks_scale(number: SaidNumber, other: SaidNumber) -> bool:
    if not number.bare or number.label or number.scale > 1 or other.scale == 1:
        return False
    if not other.value:
        return False
    return number.value >= 1 and 0.1 <= number.value * other.scale / other.value <= 10


def _scaled(number: SaidNumber, other: SaidNumber) -> SaidNumber:
    return replace(
        number,
        value=number.value * other.scale,
        high=number.high * other.scale,
        scale=other.scale,
    )


def _settled(said: Said, index: int) -> SaidNumber:
    """Tell names from numbers, and find money where no currency was said."""
    number = said.numbers[index]
    before, after = said.before(index), said.after(index)
    # "level 60 of 100", but "of the songs one in three"
    if number.unit == "ratio" and number.whole and NAMED.search(before) and before[-1] != "s":
        return replace(number, label=True)
    if number.bare and number.scale == 1 and number.value == int(number.value):
        named = is_name(said, index)
        clock = number.value <= 24 and (_CLOCK_AFTER.match(after) or _CLOCK_BEFORE.search(before))
        hour = f"{said.lead(index, 4)} | {after}"  # "at ten to eight"
        spelled = number.value <= 30 and _TEN_TO.search(hour)
        year = 1900 <= number.value < 2100 and said.words[number.first] == f"{number.value:.0f}"
        if (
            named
            or clock
            or spelled
            or (year and re.search(r"\b(?:in|since|of|from|until|by)$", before))
        ):
            return replace(number, label=True)
    if number.unit != "count" or number.label:
        return number
    if number.bare and number.scale == 1 and number.value <= 100 and _RATE.search(before):
        return replace(number, unit="percent", noun="percent", bare=False)
    sentence = said.sentence(index)
    money = _MONEY_AFTER.match(after) if number.bare and not _THERE.search(before) else None
    if (
        money
        and number.scale >= 1000
        and (money[0][:2] in ("in", "of") or _OF_MONEY.search(sentence))
    ):
        return replace(number, unit="money", noun="", bare=False)
    if number.bare and number.scale >= 1e6 and money:
        return replace(number, unit="money", noun="", bare=False)
    if number.bare and _PRICE_BEFORE.search(before):
        return replace(number, unit="money", noun="", bare=False)
    return number
