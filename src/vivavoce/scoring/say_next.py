"""The sentence to say next: a frame around the weakest part, in the candidate's own material, with
___ where nothing was said. It invents no fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vivavoce.domain.debrief import Criterion, Judgement
from vivavoce.scoring.numbers.figure import Role
from vivavoce.scoring.numbers.figures import figures

BLANK = "___"
LONGEST_QUOTE, LONGEST_EFFECT = 60, 70
"""Characters; a longer quote ends with an ellipsis."""
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


def say_next(judged: Mapping[Criterion, Judgement], text: str) -> str:
    """Return what to say next, for the part that would change the vote first.

    Args:
        judged: Each criterion's judgement.
        text: The answer.
    """
    lift = judged["lift"]
    people = _first(_PEOPLE, text)
    if lift.level < 2:
        return _size(judged, text)
    if judged["solution"].level < 2:
        said = _said(judged["solution"], "Make it one thing: ")
        return f"{said}“On Monday we change {BLANK} for {people}, and nothing else.”"
    if judged["problem"].level < 2:
        said = _said(judged["problem"], "Say whom it hurts: ")
        return f"{said}“{people[0].upper()}{people[1:]} {BLANK} because {BLANK}.” Say it first."
    if judged["experiment"].level < 2:
        effect = shortened(lift.evidence[0].quote, LONGEST_EFFECT)
        return (
            f"“We show it to {BLANK} percent of {people} for {BLANK} weeks, and look whether "
            f"{effect[:1].lower()}{effect[1:]}.”"
        )
    if judged["impact"].level < 2:
        effect = shortened(lift.evidence[0].quote)
        return f"“{effect}, and that is {BLANK} people, or {BLANK} a month.”"
    return "Say the same three sentences again, in half the time."


def shortened(quote: str, most: int = LONGEST_QUOTE) -> str:
    """Return a quote, cut at a word where it is longer than `most` characters."""
    return quote if len(quote) <= most else quote[: quote.rfind(" ", 0, most)] + " …"


def _size(judged: Mapping[Criterion, Judgement], text: str) -> str:
    """Return the frame for an effect: the metric, its start and the test's length where said."""
    told = [quote.quote for name in ("lift", "problem") for quote in judged[name].evidence]
    metric = next(
        (found for each in (*told, text) if (found := _first(_METRIC, each)) != BLANK), BLANK
    )
    # Of the quotes alone: the whole of a long answer would take too long while it is spoken.
    start = _number(told, "baseline")
    tests = [quote.quote for quote in judged["experiment"].evidence]
    length = _number(tests, "duration")
    said = _said(judged["lift"], "Give it a size: ")
    if not said and start != BLANK:
        said = f"You already gave the starting point, {start}. Finish it: "
    return (
        f"{said}“… so we expect {metric} to go from {start} to {BLANK} within "
        f"{length if length != BLANK else f'{BLANK} weeks'}.” "
        "Say what your number rests on, or say that it is a guess."
    )


def _number(quotes: Iterable[str], role: Role) -> str:
    """Return the first number of that role in the quotes, as it was said."""
    for quote in quotes:
        for figure in figures(quote, None):
            if figure.role == role:
                words = figure.said.quote
                return words[:1].lower() + words[1:]
    return BLANK


def _said(judgement: Judgement, then: str) -> str:
    if not judgement.evidence:
        return ""
    return f"You said “{shortened(judgement.evidence[0].quote)}”. {then}"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].lower() if found else BLANK
