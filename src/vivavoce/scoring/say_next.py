"""The sentence to say next: a frame around the weakest part, in the candidate's own material, with
___ where nothing was said. It invents no fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vivavoce.domain.debrief import Criterion, Judgement
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.remembered import remembered

BLANK = "___"
ASKED_FIRST: tuple[Criterion, ...] = ("lift", "solution", "problem", "experiment", "impact")
"""What would change the vote first."""
LONGEST_QUOTE = 60
"""Characters; a longer quote ends with an ellipsis."""
LONGEST_GAP = 30
"""Characters before a starting point in which its metric is named. Chosen."""
_METRIC = re.compile(
    r"\b(?:retention|churn|conversion|click[- ]?through(?: rate)?|session length|sessions|opens|"
    r"skips|cancellations|sign-?ups|bookings|orders|revenue|sales|streams|plays|minutes|"
    r"hours|returns|refunds|tickets|trips|rides|satisfaction|engagement|replies|renewals|visits|"
    r"no-?shows|completion|repeats|listens|saves|searches|drop-?off|attendance|usage)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:(?:new|paying|young|older|active|free|premium|returning) )?(?:listeners|users|"
    r"subscribers|customers|members|readers|players|drivers|riders|households|families|shoppers|"
    r"learners|students|patients|guests|sellers|buyers|viewers|travellers|creators|artists|"
    r"passengers|parents|teachers|nurses|hosts|tenants|commuters|runners|openers)\b",
    re.IGNORECASE,
)


def asked_for(judged: Mapping[Criterion, Judgement]) -> Criterion | None:
    """Return the criterion that `say_next` asks a sentence for; None where nothing is missing."""
    return next((name for name in ASKED_FIRST if judged[name].level < 2), None)


def say_next(judged: Mapping[Criterion, Judgement], sentences: Sequence[str]) -> str:
    """Return what to say next, for the part that would change the vote first.

    Args:
        judged: Each criterion's judgement.
        sentences: The answer, in order.
    """
    asked = asked_for(judged)
    if asked == "lift":
        return _size(judged, sentences)
    people = _first(_people_in, sentences)
    if asked == "solution":
        said = _said(judged["solution"], "Make it one thing: ")
        return f"{said}“On Monday we change {BLANK} for {people}, and nothing else.”"
    if asked == "problem":
        said = _said(judged["problem"], "Say whom it hurts: ")
        return f"{said}“{people[0].upper()}{people[1:]} {BLANK} because {BLANK}.” Say it first."
    effect = shortened(judged["lift"].evidence[0].quote)
    if asked == "experiment":
        return (
            f"Before “{effect}” say: “We show it to {BLANK} percent of {people} for {BLANK} weeks.”"
        )
    if asked == "impact":
        return (
            f"After “{effect}” say: “That is {BLANK} people, or {BLANK} a month.” "
            "Where you cannot know it, say that."
        )
    return "Say the same three sentences again, in half the time."


def shortened(quote: str, most: int = LONGEST_QUOTE) -> str:
    """Return a quote, cut at a word where it is longer than `most` characters."""
    return quote if len(quote) <= most else quote[: quote.rfind(" ", 0, most)] + " …"


def _size(judged: Mapping[Criterion, Judgement], sentences: Sequence[str]) -> str:
    """Return the frame for an effect: the metric, its start and the test's length where said."""
    quotes = [quote.quote for name in ("lift", "problem") for quote in judged[name].evidence]
    metric, start = _metric_and_start(quotes, sentences)
    tests = (quote.quote for quote in judged["experiment"].evidence)
    length = next((_length(f) for f in _numbers(tests) if f.role == "duration"), f"{BLANK} weeks")
    said = _said(judged["lift"], "Give it a size: ")
    if not said and start != BLANK:
        said = f"You already gave the starting point, {start}. Finish it: "
    return (
        f"{said}“… so we expect {metric} to go from {start} to {BLANK} within {length}.” "
        "Say what your number rests on, or say that it is a guess."
    )


def _metric_and_start(quotes: Sequence[str], sentences: Sequence[str]) -> tuple[str, str]:
    """Return a metric and its start where both were said together, or else the one of them.

    Of the quotes alone: the whole of a long answer would take too long while it is spoken.
    """
    for quote in quotes:
        start = next((f for f in _numbers([quote]) if f.role == "baseline"), None)
        if start is None:
            continue
        before = quote[max(0, start.said.start_char - LONGEST_GAP) : start.said.start_char]
        words = start.said.quote
        return _metric_in(before), words[:1].lower() + words[1:]
    return _first(_metric_in, (*quotes, *sentences)), BLANK


def _numbers(quotes: Iterable[str]) -> Iterator[Figure]:
    for quote in quotes:
        yield from figures(quote, None)


def _length(figure: Figure) -> str:
    """Return a length of time as one says it behind "within": "a two-week test" is two weeks."""
    words = figure.said.quote.replace("-", " ")
    return words if figure.value == 1 or words.endswith("s") else f"{words}s"


def _said(judgement: Judgement, then: str) -> str:
    if not judgement.evidence:
        return ""
    return f"You said “{shortened(judgement.evidence[0].quote)}”. {then}"


@remembered
def _metric_in(sentence: str) -> str:
    return _found(_METRIC, sentence)


@remembered
def _people_in(sentence: str) -> str:
    return _found(_PEOPLE, sentence)


def _found(pattern: re.Pattern[str], sentence: str) -> str:
    found = pattern.search(sentence)
    return found[0].lower() if found else BLANK


def _first(look: Callable[[str], str], sentences: Iterable[str]) -> str:
    return next((found for found in map(look, sentences) if found != BLANK), BLANK)
