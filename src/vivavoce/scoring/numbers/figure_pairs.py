"""Pairs: which two numbers are a from–to, and which one stands for today."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vivavoce.scoring.numbers.number_words import LONG_TIMES
from vivavoce.scoring.numbers.said import Said, SaidNumber
from vivavoce.scoring.numbers.slices import is_share_slice
from vivavoce.scoring.numbers.tenses import NOW_AFTER, NOW_BEFORE, is_forecast, is_now, is_past

_FAR = 9
"""Words between the two numbers of a from–to, at most. Chosen: "12 percent of the bread to 9"."""
_FROM = re.compile(r"\bfrom(?: \S+){0,4}$")
_TO = re.compile(r"^(?:\S+ ){0,6}?(?:down |up |back )?(?:to|towards?|becomes?|into)(?: \S+){0,3}$")
_MOVED_TO = re.compile(
    r"^(?:\S+ ){0,6}?(?:becomes?|become|became|becoming|(?:goes|go|going|gets?|moves?|turns?|"
    r"rises?|falls?|drops?|grows?|climbs?|jumps?|shrinks?|went|came) (?:\S+ )?"
    r"(?:up |down )?(?:to|into)|"
    r"(?:down|up) to|down to)(?: (?:about|around|maybe|like|roughly|only|just|some|say))*$"
)
_PLAIN_TO = re.compile(r"^(?:percent )?to(?: (?:about|around|maybe|like|roughly|some|say|just))*$")
_INSTEAD = re.compile(
    r"^(?:\S+ ){0,6}?(?:instead of|rather than|in place of|in lieu of|(?:and )?not(?: the)?|"
    r"no longer|compared (?:with|to)|up from|down from|from(?: today's)?|where \S+(?: \S+){0,3}|"
    r"when (?:today|now|it)\S*(?: \S+){0,3}|on (?:today's|top of)(?: the)?|against(?: today's)?|"
    r"versus|vs)(?: (?:about|the|today's|like|maybe))*$"
)
_WHERE_NOW = re.compile(
    r"\b(?:where|when) (?:it's|today|now|it is|we're|we are|we've|it was)\b|"
    r"\b(?:we're at|today it's|now it's|it's now)\b"
)
_RISES = r"(?:go(?:es)? up|rises?|rising|grows?|growing|climbs?|increases?|gains?)"
_FALLS = r"(?:go(?:es)? down|drops?|dropping|falls?|falling|shrinks?|declines?|decreases?)"
_SMALL = (
    r"(?: (?:about|around|maybe|like|roughly|some|say|only|just|at|least|most|nearly|almost|a|an|"
    r"another|by|over|under))*$"
)
_MOVES = re.compile(
    rf"\b(?:{_RISES}|{_FALLS}|improves?|improving|moves?|moving|changes?|shifts?)(?: up| down)?"
    rf"{_SMALL}|"
    rf"\b(?:rise|growth|drop|fall|gain|increase|decrease|lift|reduction|improvement|decline|cut|"
    rf"uplift|jump|bump) of{_SMALL}"
)
"""Right before a size: a move by it, and none to it."""
_MOVE_AFTER = re.compile(
    r"^(?:relative |absolute )?(?:rise|growth|drop|fall|gain|increase|decrease|lift|reduction|"
    r"improvement|decline|uplift|jump|bump)\b"
)
_UP_TO = re.compile(rf"\b{_RISES} (?:\S+ ){{0,2}}?to{_SMALL}")
_DOWN_TO = re.compile(rf"\b{_FALLS} (?:\S+ ){{0,2}}?to{_SMALL}")
_UPON = re.compile(
    r"(?:on|over|from|above|up from|on top of|to|off)(?: (?:today's|the|our|about|like|to))*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A from–to: the indexes of its two numbers."""

    baseline: int
    target: int
    past: bool
    """It tells what has happened."""


def alike(one: SaidNumber, other: SaidNumber) -> bool:
    """Whether two numbers can measure the same thing."""
    if one.label or other.label:
        return False
    if {one.unit, other.unit} == {"percent", "ratio"}:
        return True
    if one.unit == other.unit:
        return not (one.noun and other.noun and one.noun.rstrip("s") != other.noun.rstrip("s"))
    return one.bare or other.bare


def find_pairs(said: Said) -> tuple[list[Pair], list[SaidNumber]]:
    """Return the from–tos of an answer, and its numbers with their units shared out."""
    numbers = list(said.numbers)
    pairs: list[Pair] = []
    taken: set[int] = set()
    for find in (_from_to, _instead, _from_today):
        for index in range(len(numbers) - 1):
            for other in (index + 1, index + 2):
                if index in taken or other >= len(numbers) or other in taken:
                    break
                if other == index + 2 and (
                    find is not _from_to or not _is_aside(numbers[index + 1])
                ):
                    break
                pair = (
                    find(said, numbers, index, other)
                    if _may_pair(numbers[index], numbers[other])
                    else None
                )
                if pair is not None:
                    numbers[index], numbers[other] = _shared(numbers[index], numbers[other])
                    pairs.append(pair)
                    taken |= {index, other}
    _make_percent(said, pairs, numbers)
    return sorted(pairs, key=lambda pair: pair.baseline), numbers


def _make_percent(said: Said, pairs: list[Pair], numbers: list[SaidNumber]) -> None:
    """Make percentages of bare numbers beside points: "four points, from 19 to 15"."""
    partners = {pair.baseline: pair.target for pair in pairs}
    partners |= {target: baseline for baseline, target in partners.items()}
    for index, number in enumerate(numbers):
        if number.unit != "points":
            continue
        for other in (index - 1, index + 1):
            if not 0 <= other < len(numbers) or not _is_bare_share(numbers[other], number):
                continue
            gap = " ".join(said.words[number.last : numbers[other].first])
            if other not in partners and not (other > index and _UPON.fullmatch(gap)):
                continue
            for place in {other, partners.get(other, other)}:
                if numbers[place].bare:
                    numbers[place] = replace(
                        numbers[place], unit="percent", noun="percent", bare=False
                    )


def _is_bare_share(number: SaidNumber, points: SaidNumber) -> bool:
    near = abs(number.first - points.first) <= 14 and number.sentence == points.sentence
    return (
        near and number.bare and number.unit == "count" and number.value <= 100 and not number.label
    )


def _is_aside(number: SaidNumber) -> bool:
    return number.label or number.noun in LONG_TIMES


def _may_pair(one: SaidNumber, two: SaidNumber) -> bool:
    if not alike(one, two) or two.sentence - one.sentence > 1 or two.first - one.last > 18:
        return False
    if "points" in (one.unit, two.unit) or "times" in (one.noun, two.noun):
        return False
    if not one.value or not two.value or "ratio" in (one.unit, two.unit):
        return True
    furthest = 10 if one.unit == "money" else 50
    return 1 / furthest <= one.value / two.value <= furthest


def _gap(said: Said, one: SaidNumber, two: SaidNumber) -> str:
    return " ".join(said.words[one.last : two.first])


def _from_to(said: Said, numbers: list[SaidNumber], index: int, other: int) -> Pair | None:
    """Find "from 38 to 30", "38 becomes 30", "38 → 30"."""
    one, two = numbers[index], numbers[other]
    if one.sentence != two.sentence or two.first - one.last > _FAR:
        return None
    gap = _gap(said, one, two)
    arrow = re.search(r"→|->|=>", said.text[one.end : two.start])
    alone = not index or one.first - numbers[index - 1].last > 4
    turned = re.search(
        r"\b(?:instead of|rather than|no longer|where it's|where it is)$", said.before(index)
    )
    if (
        arrow
        or (turned and alone and "," in said.text[one.end : two.start])
        or (_FROM.search(said.before(index)) and _TO.match(gap))
        or _MOVED_TO.match(gap)
        or _PLAIN_TO.match(gap)  # what is a range was made one number before
    ):
        return Pair(index, other, is_past(said, index) and not is_forecast(gap))
    return None


def _instead(said: Said, numbers: list[SaidNumber], index: int, other: int) -> Pair | None:
    """Find "30 instead of 38", "30, from 38", "30 where it's 38 today"."""
    one, two = numbers[index], numbers[other]
    if one.sentence != two.sentence or two.first - one.last > _FAR or _is_change(said, index):
        return None
    if one.noun in LONG_TIMES and two.bare:
        return None
    gap = _gap(said, one, two)
    if not _INSTEAD.match(gap) or re.search(r"\b(?:not|nor)(?: \S+)?$", said.before(index)):
        return None
    compared = re.search(r"\b(?:against|versus|vs|where|compared)\b", gap)
    if compared and not is_forecast(said.lead(index, 14)) and not is_now(said, other):
        return None  # two facts: "31 percent against 9"
    return Pair(other, index, is_past(said, index))


def _from_today(said: Said, numbers: list[SaidNumber], index: int, other: int) -> Pair | None:
    """Find "it is 38 now; I want 30", "30, we're at 38 now"."""
    one, two = numbers[index], numbers[other]
    if _is_change(said, index) or _is_change(said, other) or (one.bare and two.bare):
        return None
    if one.noun in LONG_TIMES or two.noun in LONG_TIMES or is_share_slice(said, other):
        return None
    gap, after = _gap(said, one, two), said.after(other)
    if two.first - one.last <= _FAR + 3 and not NOW_AFTER.match(gap):
        holds = NOW_AFTER.match(after) or _WHERE_NOW.search(gap)
        if holds:
            return Pair(other, index, False)
    now = NOW_AFTER.match(gap) or NOW_BEFORE.search(said.before(index))
    if (
        now
        and is_forecast(f"{gap} {after}")
        and two.unit != "duration"
        and not NOW_AFTER.match(after)
        and not _is_against(said.before(other), one, two)
    ):
        return Pair(index, other, False)
    return None


def _is_against(before: str, one: SaidNumber, two: SaidNumber) -> bool:
    """Whether the verb says the other direction: what grows to 5 does not stand at 38."""
    if (one.unit, two.unit) != (two.unit, one.unit):
        return False
    up, down = _UP_TO.search(before), _DOWN_TO.search(before)
    return bool((up and two.value < one.value) or (down and two.value > one.value))


def _is_change(said: Said, index: int) -> bool:
    words = f"{said.within(index)} {said.after(index, 3)}"
    return bool(
        said.numbers[index].unit == "points"
        or _MOVES.search(said.before(index))
        or _MOVE_AFTER.match(said.after(index, 3))
        or re.search(r"\b(?:more|fewer|less|extra|lower|higher)\b", words)
        or re.search(
            r"\b(?:(?<!used )(?<!opened )(?<!started )by|plus|minus|another)(?: \S+)?$",
            said.before(index, 4),
        )
    )


def _shared(one: SaidNumber, two: SaidNumber) -> tuple[SaidNumber, SaidNumber]:
    """Give a bare number the unit of the other: "from 38 to 30 percent", "22 in 100 to 12"."""
    if one.bare and not two.bare:
        one = _like(one, two)
    elif two.bare and not one.bare:
        two = _like(two, one)
    return one, two


def _like(bare: SaidNumber, full: SaidNumber) -> SaidNumber:
    value, high = bare.value, bare.high
    if full.unit == "ratio" and full.noun != "times" and value > 1:
        whole = full.whole or 100.0
        value, high = value / whole, high / whole
    return replace(bare, value=value, high=high, unit=full.unit, noun=full.noun, bare=False)
