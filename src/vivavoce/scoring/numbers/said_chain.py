"""The metric chain of an answer: what its lift comes to, with the numbers that were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.case import Variant
from vivavoce.domain.debrief import Evidence, Reading
from vivavoce.domain.impact_chain import (
    ASK,
    Chain,
    LiftKind,
    Link,
    follow,
    more_or_fewer,
    told,
)
from vivavoce.scoring.lexicon import METRIC
from vivavoce.scoring.numbers.exhibit_cells import content_words
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.number_words import MONEY
from vivavoce.scoring.sentences import Sentence, cut

_NEAR = 250
"""Characters within which a baseline belongs to a lift. Chosen: the sentence before it."""
_NOT_FAR = 600
"""The same for people and what one is worth. Chosen: a long answer has more than one crowd."""
_FEWEST = 100
"""Of what is counted: 31 portions per hundred guests is a rate. Chosen."""
_FALL = re.compile(
    r"\b(?:falls?|falling|drops?|dropping|fewer|less|down|cut|cuts|lower|shrinks?|reduc\w+|"
    r"declines?|decreases?|minus|shorter|halv\w+)\b",
    re.IGNORECASE,
)
_NO_PEOPLE = re.compile(
    r"\b(?:repeats?|songs?|tracks?|plays|minutes|hours|views?|pages?|hits|impressions|ads|e?-?mails?|"
    r"parcels?|clicks?|click-?through)\b",
    re.IGNORECASE,
)
"""A share of these is no share of people."""
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


def said_chain(reading: Reading, variant: Variant | None, prompt: str = "") -> SaidChain | None:
    """Return the chain of an answer, made of nothing that was not said.

    Args:
        reading: Of the answer.
        variant: The case's figures; None where there was no case.
        prompt: The case's question.

    Returns:
        None where no lift with a size was heard.
    """
    return chain_of(reading, figures(reading.text, variant, prompt))


def chain_of(reading: Reading, found: Sequence[Figure]) -> SaidChain | None:
    """Return the chain of an answer whose figures are known; see `said_chain`."""
    lift = _lift(reading, found)
    if lift is None:
        return None
    partner = found[lift.partner] if lift.partner is not None else None
    if partner is not None and (lift.share is None or partner.share is None):
        return _counted(reading.text, partner, lift, _value(found, lift))
    base = partner or _baseline(reading.text, found, lift)
    kinds, moved = _moved(reading.text, lift, partner)
    first = min(lift.said.start_char, partner.said.start_char if partner else lift.said.start_char)
    of_people = not _NO_PEOPLE.search(reading.text, max(0, first - 50), first)
    people, conversion = (
        _people(found, lift) if of_people else None,
        _conversion(reading.text, found, lift),
    )
    value = _value(found, lift)
    chain = Chain(
        people=people.value if people else None,
        baseline=base.share if base else None,
        lift=moved,
        conversion=conversion.share if conversion else None,
        value=value.value if value else None,
    )
    size = _span(reading.text, partner, lift) if partner else lift.said
    said: tuple[tuple[Link, Evidence | None], ...] = (
        ("people", people.said if people else None),
        ("baseline", base.said if base else None),
        ("lift", size),
        ("conversion", conversion.said if conversion else None),
        ("value", value.said if value else None),
    )
    results = [follow(chain, kind) for kind in kinds]
    return SaidChain(
        chain,
        kinds,
        tuple((link, words) for link, words in said if words is not None),
        told(chain, results),
        results[0].breaks_at,
    )


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
    around = text[max(0, lift.said.start_char - 40) : lift.said.end_char + 25]
    sign = -1.0 if _FALL.search(around) else 1.0
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


def _people(found: Sequence[Figure], lift: Figure) -> Figure | None:
    """Return how many there are: the last that was said before the lift, or else the first."""
    crowds = [
        figure
        for figure in found
        if figure.role == "reach"
        and (figure.unit == "people" or not figure.noun)
        and _apart(figure, lift) <= _NOT_FAR
    ]
    before = [figure for figure in crowds if figure.said.end_char <= lift.said.start_char]
    return before[-1] if before else crowds[0] if crowds else None


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
    noun = after.noun or before.noun or "people"
    sentence = f"From {before.value:,.0f} to {after.value:,.0f} is {more_or_fewer(more)} {noun}" + (
        f", worth {abs(more) * value.value:,.0f}." if value else "."
    )
    breaks_at: Link | None = None if value else "value"
    if breaks_at:
        sentence += f" The chain breaks here: say {ASK[breaks_at]}."
    links: list[tuple[Link, Evidence]] = [
        ("people", before.said),
        ("lift", _span(text, before, after)),
    ]
    if value:
        links.append(("value", value.said))
    chain = Chain(
        people=before.value, lift=more / before.value, value=value.value if value else None
    )
    return SaidChain(chain, ("relative",), tuple(links), (sentence,), breaks_at)
