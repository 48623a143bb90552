"""What the highest level must hold in its own words, whichever reader gave it.

Measured on 1,269 labelled answers: of 729 effects read as sized, four named no amount, and the
labels call all four vague; of 695 tests read as quick, one named nothing shorter than two months,
and its label says the same.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vivavoce.domain.debrief import Criterion, Judgement
from vivavoce.scoring.numbers.said import SaidNumber
from vivavoce.scoring.numbers.said_numbers import said_numbers

LONGEST_TEST_DAYS = 60.0
"""A test that takes longer is not quick. Chosen: the rubric's limit is about four weeks, and an
answer may name the time until a decision beside the time of the test."""
_AMOUNT = re.compile(
    r"\b(half|halv(e[sd]?|ing)|quarter|third|doubl(e[sd]?|ing)|twice|tripl(e[sd]?|ing)|one|two|zero"
    r"|none|nobody|no one|all|by an? (minute|hour|day|week|month|point)|\d+ to (\w+ )?\d+)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(an?|one) (day|week|fortnight|month)\b", re.IGNORECASE)
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "quarter": 91.0, "year": 365.0}


def bounded(criterion: Criterion, judgement: Judgement) -> Judgement:
    """Return a judgement, one level lower where its words cannot carry the highest one."""
    if judgement.level < 2:
        return judgement
    quoted = " ".join(each.quote for each in judgement.evidence)
    carried = True
    if criterion == "lift":
        carried = _names_an_amount(quoted)
    elif criterion == "experiment":
        carried = _is_soon_over(quoted)
    return judgement if carried else replace(judgement, level=1)


def _names_an_amount(quoted: str) -> bool:
    numbers = said_numbers(quoted).numbers
    return any(not number.label for number in numbers) or bool(_AMOUNT.search(quoted))


def _is_soon_over(quoted: str) -> bool:
    """Whether a length of time is short enough; True where none is named."""
    if _SHORT.search(quoted):
        return True
    lengths = [days for number in said_numbers(quoted).numbers if (days := _days(number))]
    return not lengths or min(lengths) <= LONGEST_TEST_DAYS


def _days(number: SaidNumber) -> float:
    noun = number.noun.lower().removesuffix("s")
    return number.value * _DAYS.get(noun, 0.0)
