"""The metric chain of an answer: what its lift comes to, with the numbers that were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.debrief import Evidence, Reading
from vivavoce.domain.impact_chain import (
    WHICH_KIND,
    Chain,
    LiftKind,
    Link,
    Result,
    breaks_told,
    follow,
    more_or_fewer,
    told,
)
from vivavoce.scoring.lexicon import METRIC
from vivavoce.scoring.numbers.exhibit_cells import content_words
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.moved import counted_noun, direction, is_of_people
from vivavoce.scoring.numbers.number_words import MONEY
from vivavoce.scoring.sentences import Sentence, cut

_NEAR = 250
"""Characters within which a baseline belongs to a lift. Chosen: the sentence before it."""
_NOT_FAR = 600
"""The same for people and what one is worth. Chosen: a long answer has more than one crowd."""
_FEWEST = 100
"""Of what is counted: 31 portions per hundred guests is a rate. Chosen."""
_WHEN = re.compile(
    r"\b(?:weeks?|days?|months?|years?|quarters?|hours?|first|second|third|fourth|last|next|now|"
    r"today|percent|points?|expect|would|should|will|they|them|their|from|people|[a-z]+day)\b",
    re.IGNORECASE,
)
"""Words that two sentences share without being about the same thing."""
_OF_THOSE = re.compile(
    r"^[^.;]{0,12}\bof (?:those|them|whom|these)\b[^.;]{0,30}\b(?:pay|convert|subscribe|stay|buy|"
    r"sign|upgrade|renew|book|keep|go on)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\b(?:in|of|out)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidChain:
    """A chain of what was said."""

    chain: Chain
    kinds: tuple[LiftKind, ...]
    """Both where "five percent" may mean either."""
    links: tuple[tuple[Link, Evidence], ...]
    """The words of each link that was said, in the chain's order; the lift's are a from–to."""
    told: tuple[str, ...]
    """A sentence a kind; one more where both are told."""
    breaks_at: Link | None
    """The first link that was not said."""


def chain_of(reading: Reading, found: Sequence[Figure]) -> SaidChain | None:
    """Return the chain of an answer, made of nothing that was not said.

    Args:
        reading: Of the answer.
        found: Its figures.

    Returns:
        None where no lift with a size was heard.
    """
    lift = _lift(reading, found)
    if lift is None:
        return None
    partner = found[lift.partner] if lift.partner is not None else None
    if partner is not None and (lift.share is None or partner.share is None):
        return _counted(reading.text, partner, lift, _value(found, lift))
    base = partner or _baseline(reading.text, found, lift)
    kinds, moved = _moved(reading.text, lift, partner)
    size = _span(reading.text, partner, lift) if partner else lift.said
    of_people = is_of_people(reading.text, size.start_char, size.end_char)
    crowds = _crowds(found, lift) if of_people else []
    people = crowds[0] if len({crowd.value for crowd in crowds}) == 1 else None
    conversion = _conversion(reading.text, found, lift)
    value = _value(found, lift)
    chain = Chain(
        people=people.value if people else None,
        baseline=base.share if base else None,
        lift=moved,
        conversion=conversion.share if conversion else None,
        value=value.value if value else None,
    )
    said: tuple[tuple[Link, Evidence | None], ...] = (
        ("people", people.said if people else None),
        ("baseline", base.said if base else None),
        ("lift", size),
        ("conversion", conversion.said if conversion else None),
        ("value", value.said if value else None),
    )
    results = [follow(chain, kind) for kind in kinds]
    open_way = partner is None and not direction(
        reading.text, lift.said.start_char, lift.said.end_char
    )
    # A multiple says itself which way it goes: "twice as many", "halved".
    sentences = (
        _without_direction(chain, results)
        if open_way and lift.noun != "times"
        else told(chain, results)
    )
    if results[0].breaks_at == "people" and len(crowds) > 1:
        quotes = dict.fromkeys(" ".join(crowd.said.quote.split()) for crowd in crowds)
        named = " and ".join(f"“{quote}”" for quote in quotes)
        named = named.replace("” and “", "”, “", len(quotes) - 2)
        sentences = (*sentences[:-1], f"You named {named}: say which of them see it.")
    return SaidChain(
        chain,
        kinds,
        tuple((link, words) for link, words in said if words is not None),
        sentences,
        results[0].breaks_at,
    )


def _without_direction(chain: Chain, results: Sequence[Result]) -> tuple[str, ...]:
    """Return what a size comes to where nobody said whether it is more or fewer."""
    sentences = []
    for result in results:
        size = f"{100 * abs(chain.lift or 0.0):.4g}"
        line = f"A move of {size} {'points' if result.kind == 'points' else '% of the base'}"
        if chain.baseline is not None and result.share_after is not None:
            line += (
                f" is {100 * abs(result.share_after - chain.baseline):.4g} points from "
                f"{100 * chain.baseline:.4g} %"
                if result.kind == "relative"
                else f" from {100 * chain.baseline:.4g} %"
            )
        if result.more_people is not None:
            line += f". That is {abs(result.more_people):,.0f} people"
        if result.money is not None:
            line += f", worth {abs(result.money):,.0f}"
        sentences.append(f"{line}.")
    if len(results) > 1:
        sentences.append(WHICH_KIND)
    # Of the chain's own words only the last ones say no direction: where it breaks.
    last = told(chain, results)[-1] if results[0].breaks_at is not None else ""
    return (*sentences, last) if last else tuple(sentences)


def _lift(reading: Reading, found: Sequence[Figure]) -> Figure | None:
    """Return the figure of the lift: in its quote, or next to it; of a from–to the target."""
    sizes = [figure for figure in found if _is_size(figure)]
    for reach in (0, 60):
        for quote in reading.lift.evidence:
            near = [
                figure
                for figure in sizes
                if figure.said.start_char < quote.end_char + reach
                and quote.start_char - reach < figure.said.end_char
            ]
            if near:
                return max(near, key=lambda figure: figure.partner is not None)
    return None


def _is_size(figure: Figure) -> bool:
    if figure.role == "target":
        return figure.partner is not None and figure.unit not in ("money", "duration")
    if figure.role != "change":
        return False
    return figure.unit in ("percent", "points", "ratio") and figure.noun not in MONEY


def _moved(
    text: str, lift: Figure, partner: Figure | None
) -> tuple[tuple[LiftKind, ...], float | None]:
    """Return what the lift can mean, and its size as a share with its sign."""
    if partner is not None and lift.share is not None and partner.share is not None:
        return ("points",), lift.share - partner.share
    sign = direction(text, lift.said.start_char, lift.said.end_char) or 1.0
    as_many = re.match(r"\s+as (?:many|much|often)\b", text[lift.said.end_char :])
    if lift.unit == "ratio" and (lift.noun == "times" or as_many):
        return ("relative",), lift.value - 1.0
    size = sign * (lift.share if lift.share is not None else lift.value)
    if lift.unit == "points":
        return ("points",), size
    if lift.unit == "ratio":
        of_all = _SHARE_OF.search(lift.said.quote)
        return ("points",) if of_all else ("relative",), size
    return ("relative", "points"), size


def _baseline(text: str, found: Sequence[Figure], lift: Figure) -> Figure | None:
    """Return the nearest share of today that is about the same thing as the lift."""
    sentences = cut(text)
    own = _sentence(sentences, lift)
    names_it = METRIC.search(own)  # "I expect five percent more" goes on with what was said before
    about = _about(own)
    near = [
        figure
        for figure in found
        if figure.role == "baseline"
        and figure.partner is None
        and figure.share is not None
        and _apart(figure, lift) <= _NEAR
        and (not names_it or _about(_sentence(sentences, figure)) & about)
    ]
    return min(near, key=lambda figure: _apart(figure, lift), default=None)


def _sentence(sentences: Sequence[Sentence], figure: Figure) -> str:
    place = figure.said.start_char
    return next((each.text for each in sentences if each.start <= place < each.end), "")


def _about(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that say what it is about, times left out."""
    return content_words(_WHEN.sub(" ", sentence))


def _apart(one: Figure, other: Figure) -> int:
    return max(
        one.said.start_char - other.said.end_char, other.said.start_char - one.said.end_char, 0
    )


def _crowds(found: Sequence[Figure], lift: Figure) -> list[Figure]:
    """Return how many there are; more than one where nobody can tell who is meant."""
    return [
        figure
        for figure in found
        if figure.role == "reach"
        and (figure.unit == "people" or not figure.noun)
        and _apart(figure, lift) <= _NOT_FAR
    ]


def _conversion(text: str, found: Sequence[Figure], lift: Figure) -> Figure | None:
    for figure in found:
        after = figure.said.start_char >= lift.said.end_char
        share = figure.share is not None and figure.unit != "points"
        if after and share and _OF_THOSE.match(text[figure.said.end_char :]):
            return figure
    return None


def _value(found: Sequence[Figure], lift: Figure) -> Figure | None:
    values = [
        figure
        for figure in found
        if figure.role == "value of one" and _apart(figure, lift) <= _NOT_FAR
    ]
    return min(values, key=lambda figure: _apart(figure, lift), default=None)


def _span(text: str, one: Figure, other: Figure) -> Evidence:
    start = min(one.said.start_char, other.said.start_char)
    end = max(one.said.end_char, other.said.end_char)
    return Evidence(text[start:end], start, end)


def _counted(text: str, before: Figure, after: Figure, value: Figure | None) -> SaidChain | None:
    """Return the chain of a from–to in people: it needs no share, only what one is worth."""
    if before.unit not in ("people", "count") or not before.value:
        return None
    more = after.value - before.value
    if min(before.value, after.value) < _FEWEST:
        return None
    size = _span(text, before, after)
    noun = after.noun or before.noun or counted_noun(text, size.start_char)
    sentence = f"From {before.value:,.0f} to {after.value:,.0f} is {more_or_fewer(more)}" + (
        f" {noun}" if noun else ""
    )
    sentence += f", worth {abs(more) * value.value:,.0f}." if value else "."
    breaks_at: Link | None = None if value else "value"
    if breaks_at:
        sentence += f" {breaks_told(breaks_at)}"
    links: list[tuple[Link, Evidence]] = [
        ("people", before.said),
        ("lift", size),
    ]
    if value:
        links.append(("value", value.said))
    chain = Chain(
        people=before.value, lift=more / before.value, value=value.value if value else None
    )
    return SaidChain(chain, ("relative",), tuple(links), (sentence,), breaks_at)
