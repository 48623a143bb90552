"""Arithmetic that does not add up: two numbers of one answer that cannot both be right.

Biased to silence: a wrong accusation is worse than a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vivavoce.domain.impact_chain import LiftKind, follow
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.moved import way_beside
from vivavoce.scoring.numbers.said_chain import SaidChain

_SPOKEN = 0.2
"""How far off a spoken number may be, as a share: people round. Chosen."""
_OF_A_CHAIN = 0.5
"""The same for what follows from three numbers. Chosen."""
_SMALL = r"(?:[^\w.!?;]|[.](?=\d))*"
"""Between the words of one sentence."""
_LINK = re.compile(
    rf"{_SMALL}(?:(?:a|an|so|that's|that’s|that is|is|which|or|about|roughly|around|it's|like|"
    r"maybe|down|up|by|of|drop|fall|rise|lift|increase|in other words|nearly|almost|meaning|means|"
    rf"uh|um|i|mean|from|it|this|would|be|another|makes|make|equals|gives|us|fewer|less|more)\b{_SMALL}){{0,6}}",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\s*(?:relative |absolute )?(?:lower|higher|drop|fall|decline|cut|rise|lift|increase|gain|"
    r"jump|reduction|improvement|growth|fewer|less|more)s?\s+(?:in|of|for|on|among|than)\b",
    re.IGNORECASE,
)
"""A drop of something: it may be of another metric than the from–to."""
_COMPARED = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}?(?:more|fewer|less|than|extra|higher|lower)\b", re.IGNORECASE
)
_THAN = re.compile(r"\s*(?:[a-z]+\s+){0,2}?than\b", re.IGNORECASE)
_ENDS_IT = re.compile(
    r"\W*(?:$|[.,;:!?]|(?:more|fewer|less)[.,;:]|(?:relative |lower|higher|drop|fall|decline|cut|"
    r"rise|lift|increase|gain|jump|reduction|improvement|growth|up|down|less|more|and|so|but|which|"
    r"i)\b)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\s*(?:more|fewer|less|extra|lower|higher)\s+[a-z]+", re.IGNORECASE)
_EQUALS = re.compile(
    r"[\s\w]{0,24}?[\s,;:.–—-]*(?:so |and )?(?:that's|that’s|that is|which is|makes|is|equals|"
    r"that makes|so|=)(?: (?:about|around|roughly|like|maybe|some|uh|um))*\s+",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\W*(?:\w+ )?(?:a|per|each|every|over the) (day|week|month|quarter|year|season|summer)\b|"
    r"\W*(?:\w+ )?(yearly|monthly|weekly|daily|annually)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more|fewer|less|extra)\b", re.IGNORECASE)
_NOUN_AFTER = re.compile(
    r"\s+(?:drop|fall|decline|cut|rise|lift|increase|gain|jump|reduction|improvement)s?\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?)\s+$", re.IGNORECASE)


def sums_that_differ(
    text: str, found: Sequence[Figure], chain: SaidChain | None
) -> tuple[str, ...]:
    """Return a question for each pair of numbers that do not fit each other.

    Args:
        text: The answer.
        found: Its figures.
        chain: Its chain, where there is one.
    """
    sure = [figure for figure in found if figure.role != "refused"]
    questions = [*_moves(text, found), *_parts(text, sure), *_twice(text, sure)]
    if chain is not None:
        questions += _people(text, found, chain)
    return tuple(dict.fromkeys(questions))


def _moves(text: str, found: Sequence[Figure]) -> Iterator[str]:
    """Compare a from–to with the size that is said beside it: "from 40 to 36, a tenth less"."""
    for index, start in enumerate(found):
        if start.role != "baseline" or start.partner is None:
            continue
        end = found[start.partner]
        first, last = sorted((index, start.partner))
        beside = []
        if last + 1 < len(found) and _links(text, found[last], found[last + 1]):
            beside.append(found[last + 1])
        if first and _links(text, found[first - 1], found[first]):
            beside.append(found[first - 1])
        for size in beside:
            if (
                _is_move(text, size)
                and _goes_alike(text, start, end, size)
                and not _fits_move(start, end, size)
            ):
                yield (
                    f"You said {_from_to(text, start, end)} and “{_phrase(text, size)}”: which "
                    "one is it?"
                )


def _from_to(text: str, start: Figure, end: Figure) -> str:
    """Return the words of a from–to as they stand, in quotes unless they begin with "from"."""
    first = min(start.said.start_char, end.said.start_char)
    last = max(start.said.end_char, end.said.end_char)
    words = " ".join(text[first:last].split())
    led = re.search(r"\bfrom\s+$", text[:first], re.IGNORECASE)
    return f"from {words}" if led else f"“{words}”"


def _goes_alike(text: str, start: Figure, end: Figure, size: Figure) -> bool:
    """Whether a size may be the from–to's: a rise is none of what falls."""
    way = way_beside(text, size.said.start_char, size.said.end_char)
    return not way or (end.value - start.value) * way > 0


def _is_move(text: str, size: Figure) -> bool:
    if (
        size.role != "change"
        or size.noun == "times"
        or size.unit not in ("percent", "points", "ratio")
    ):
        return False
    after = text[size.said.end_char : size.said.end_char + 40]
    if _OF_ANOTHER.match(after):
        return False
    return bool(_ENDS_IT.match(after)) and not _OF_OTHERS.match(after)


def _fits_move(start: Figure, end: Figure, size: Figure) -> bool:
    """Whether a size is one that the from–to can have, any of its ranges' numbers taken."""
    scale = 100 if start.share is not None and start.unit == "ratio" else 1
    to_scale = 100 if end.share is not None and end.unit == "ratio" else 1
    lows = [scale * start.value, scale * start.high]
    highs = [to_scale * end.value, to_scale * end.high]
    if not all(lows):
        return True
    if start.unit not in ("percent", "ratio") and size.unit == "points":
        return True
    said = 100 * size.value if size.unit == "ratio" else size.value
    most = 100 * size.high if size.unit == "ratio" else size.high
    both = [(low, high) for low in lows for high in highs]
    ways = [[high - low for low, high in both]]
    if size.unit != "points":
        ways.append([100 * (high - low) / low for low, high in both])
        ways.append([100 * high / low for low, high in both])
    return any(_overlap(said, most, way) for way in ways)


def _overlap(said: float, most: float, moves: Sequence[float]) -> bool:
    """Whether a size lies among the moves of a range, as people round."""
    apart = min(moves) < 0 < max(moves)  # it may rise or fall
    least = 0.0 if apart else min(abs(move) for move in moves)
    largest = max(abs(move) for move in moves)
    return said * (1 - _SPOKEN) <= largest and least <= most * (1 + _SPOKEN)


def _parts(text: str, found: Sequence[Figure]) -> Iterator[str]:
    """Compare "ten percent of two million" with what it is said to be."""
    for part, whole, result in zip(found, found[1:], found[2:], strict=False):
        if (
            part.share is None
            or part.unit == "points"
            or whole.unit not in ("people", "count", "money")
        ):
            continue
        between = text[part.said.end_char : whole.said.start_char]
        if not re.fullmatch(
            r"\s+of\s+(?:(?:the|our|about|those|these|all)\s+)*", between, re.IGNORECASE
        ):
            continue
        joined = text[whole.said.end_char : result.said.start_char]
        if not _EQUALS.fullmatch(joined):
            continue
        if result.unit not in ("people", "count", "money") or result.value < 10:
            continue
        if result.noun and whole.noun and result.unit != whole.unit:
            continue
        if _COMPARED.match(text[result.said.end_char :]) or _MORE.search(result.said.quote):
            continue
        if _period(text, result) not in ("", _period(text, whole)):
            continue
        right = part.share * whole.value
        if not (1 - _SPOKEN) * right <= result.high or not result.value <= (1 + _SPOKEN) * right:
            words = text[part.said.start_char : whole.said.end_char]
            yield f"You said “{words}” and “{result.said.quote}”: which one is it?"


def _twice(text: str, found: Sequence[Figure]) -> Iterator[str]:
    """Compare a share with the same share in other words: "one in five, 30 percent"."""
    for one, two in pairwise(found):
        if {one.unit, two.unit} != {"ratio", "percent"} or one.share is None or two.share is None:
            continue
        if "times" in (one.noun, two.noun) or one.partner is not None or two.partner is not None:
            continue
        ratio = one if one.unit == "ratio" else two
        if not re.search(r"\b(?:in|of)\b", ratio.said.quote):
            continue
        between = text[one.said.end_char : two.said.start_char]
        same = re.fullmatch(
            r"\s*,?\s*(?:(?:so|that's|that’s|that is|which is|i mean|(?:or )?in other words)"
            r"\s*,?\s*)?"
            r"(?:(?:about|around|roughly|like)\s+)?",
            between,
            re.IGNORECASE,
        )
        told_so = re.search(r"[a-z]", between, re.IGNORECASE)
        after = text[two.said.end_char :]
        if not same or not (told_so or _ENDS_IT.match(after[:3])):
            continue
        if re.match(r"\s*(?:of|more|fewer|less|if|than)\b", after, re.IGNORECASE):
            continue
        if not between.strip():
            continue
        if abs(one.share - two.share) > _SPOKEN * max(one.share, two.share):
            yield f"You said “{one.said.quote}” and “{two.said.quote}”: which one is it?"


def _people(text: str, found: Sequence[Figure], chain: SaidChain) -> Iterator[str]:
    """Compare the people that were said with what the chain comes to."""
    said = dict(chain.links)
    crowds = [figure for figure in found if figure.role == "reach"]
    if "people" not in said or "lift" not in said or len(crowds) != 1:
        return
    results = [follow(chain.chain, kind) for kind in chain.kinds]
    for stated in found:
        if stated.role != "change" or stated.unit not in ("people", "count", "money"):
            continue
        if stated.value < 10 or (stated.unit == "count" and stated.noun):
            continue  # baskets are no people
        if _THAN.match(text[stated.said.end_char :]):
            continue
        sums = [r.money if stated.unit == "money" else r.more_people for r in results]
        right = [abs(each) for each in sums if each]
        between = text[said["lift"].end_char : stated.said.start_char]
        if not 0 < len(between) <= 60 or not _LINK.fullmatch(between):
            continue
        if not right or _period(text, stated) not in ("", _period(text, crowds[0])):
            return
        if all(
            not each / (1 + _OF_A_CHAIN) <= stated.value <= each * (1 + _OF_A_CHAIN)
            for each in right
        ):
            base = said["baseline"].quote
            yield (
                f"You said “{said['lift'].quote}” of “{said['people'].quote}”, which is about "
                f"{_told_sums(chain.kinds, right, base)}, and “{stated.said.quote}”: which one is "
                "it?"
            )
        return


def _told_sums(kinds: Sequence[LiftKind], sums: Sequence[float], base: str) -> str:
    """Return what a lift comes to; relative to the base that was said, where it is."""
    told = [
        f"{spoken_count(each)} from a base of “{base}”"
        if kind == "relative"
        else spoken_count(each) + (" in points" if len(kinds) > 1 else "")
        for kind, each in zip(kinds, sums, strict=False)
    ]
    return ", or ".join(told)


def spoken_count(count: float) -> str:
    """Return a number of people as it is said, to two digits: 26 thousand, 2,100."""
    rounded = float(f"{count:.2g}")
    if rounded >= 1e6:
        return f"{rounded / 1e6:g} million"
    if rounded >= 1e4:
        return f"{rounded / 1e3:g} thousand"
    return f"{rounded:,.0f}"


def _period(text: str, figure: Figure) -> str:
    found = _PERIOD.match(text[figure.said.end_char : figure.said.end_char + 40])
    return (found[1] or found[2]).lower() if found else ""


def _links(text: str, one: Figure, other: Figure) -> bool:
    """Whether only small words stand between two figures."""
    between = text[one.said.end_char : other.said.start_char]
    return len(between) <= 60 and bool(_LINK.fullmatch(between))


def _phrase(text: str, size: Figure) -> str:
    """Return a size with its article and its noun: "a twenty percent drop"."""
    start, end = size.said.start_char, size.said.end_char
    if article := _ARTICLE.search(text[:start]):
        start = article.start()
    if noun := _NOUN_AFTER.match(text, end):
        end = noun.end()
    return text[start:end]
