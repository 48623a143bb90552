"""Arithmetic that does not add up: two numbers of one answer that cannot both be right.

Biased to silence: a wrong accusation is worse than a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vivavoce.domain.impact_chain import follow
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.said_chain import SaidChain

_SPOKEN = 0.2
"""How far off a spoken number may be, as a share: people round. Chosen."""
_OF_A_CHAIN = 0.5
"""The same for what follows from three numbers. Chosen."""
_LINK = re.compile(
    r"\W*(?:(?:a|an|so|that's|that’s|that is|is|which|or|about|roughly|around|it's|like|maybe|"
    r"down|up|by|of|drop|fall|rise|lift|increase|in|other|words|nearly|almost|meaning|means|uh|um|i|mean|"
    r"from|it|this|would|be|another|makes|make|equals|gives|us|"
    r"fewer|less|more)\b\W*){0,6}",
    re.IGNORECASE,
)
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
            if _is_move(text, size) and not _fits_move(start, end, size):
                yield (
                    f"You said from {start.said.quote} to {end.said.quote} and "
                    f"“{_phrase(text, size)}”: which one is it?"
                )


def _is_move(text: str, size: Figure) -> bool:
    if (
        size.role != "change"
        or size.noun == "times"
        or size.unit not in ("percent", "points", "ratio")
    ):
        return False
    after = text[size.said.end_char : size.said.end_char + 30]
    return bool(_ENDS_IT.match(after)) and not _OF_OTHERS.match(after)


def _fits_move(start: Figure, end: Figure, size: Figure) -> bool:
    low, high = start.value, end.value
    if start.share is not None and end.share is not None:
        low, high = 100 * start.share, 100 * end.share
    if not low:
        return True
    of_base, points = 100 * abs(high - low) / low, abs(high - low)
    said = 100 * size.value if size.unit == "ratio" else size.value
    most = 100 * size.high if size.unit == "ratio" else size.high
    right = [points] if size.unit == "points" else [of_base, points, 100 * high / low]
    if start.unit not in ("percent", "ratio") and max(low, high) > 100 and size.unit == "points":
        return True
    return any(said * (1 - _SPOKEN) <= each <= most * (1 + _SPOKEN) for each in right)


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
            r"\s*,?\s*(?:(?:or|so|that's|that’s|that is|which is|i mean|in other words)\s*,?\s*)?"
            r"(?:(?:about|around|roughly|like)\s+)?",
            between,
            re.IGNORECASE,
        )
        told_so = re.search(r"[a-z]", between, re.IGNORECASE)
        after = text[two.said.end_char :]
        if not same or not (told_so or _ENDS_IT.match(after[:3])):
            continue
        if re.match(r"\s*(?:of|more|fewer|less)\b", after, re.IGNORECASE) or not between.strip():
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
        if stated.value < 10:
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
            yield (
                f"You said “{said['lift'].quote}” of “{said['people'].quote}”, which is about "
                f"{spoken_count(right[0])}, and “{stated.said.quote}”: which one is it?"
            )
        return


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
