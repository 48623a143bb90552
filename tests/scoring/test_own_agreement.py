"""The scorer beside one person, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.debrief import CRITERIA
from vivavoce.domain.dispute import Dispute, JudgedAttempt
from vivavoce.scoring.own_agreement import own_agreement, wilson

LIFT = Dispute("lift", 1, "skips fall", 0, 10, 3.0, 4.0, "t", datetime(2026, 5, 4, tzinfo=UTC))
IMPACT = replace(LIFT, criterion="impact", level=0, made_at=LIFT.made_at + timedelta(days=1))
LATEST = replace(LIFT, made_at=LIFT.made_at + timedelta(days=2))


def test_each_criterion_counts_one_judgement_an_attempt_and_what_was_disputed_of_them() -> None:
    attempts = [
        JudgedAttempt("C", (LATEST,)),
        JudgedAttempt("B", ()),
        JudgedAttempt("A", (LIFT, IMPACT)),
        JudgedAttempt("0", ()),
    ]
    result = own_agreement(attempts)
    assert result.attempts == 4
    assert [agreed.criterion for agreed in result.criteria] == list(CRITERIA)
    told = {each.criterion: (each.judgements, each.disputed) for each in result.criteria}
    assert told == {
        "problem": (4, 0),
        "solution": (4, 0),
        "lift": (4, 2),
        "experiment": (4, 0),
        "impact": (4, 1),
    }
    shares = {each.criterion: each.agreement for each in result.criteria}
    assert (shares["problem"], shares["lift"], shares["impact"]) == (1.0, 0.5, 0.75)
    lift = result.criteria[CRITERIA.index("lift")]
    assert (lift.low, lift.high) == wilson(2, 4)


def test_disputes_stand_newest_first_with_their_attempt() -> None:
    attempts = [JudgedAttempt("A", (LIFT, IMPACT)), JudgedAttempt("C", (LATEST,))]
    told = [(each.attempt_id, each.dispute) for each in own_agreement(attempts).disputes]
    assert told == [("C", LATEST), ("A", IMPACT), ("A", LIFT)]


def test_without_attempts_nothing_is_known() -> None:
    result = own_agreement([])
    assert result.attempts == 0
    assert all(math.isnan(agreed.agreement) for agreed in result.criteria)
    assert all(math.isnan(agreed.low) for agreed in result.criteria)


@pytest.mark.parametrize(
    ("successes", "count", "low", "high"),
    [
        # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I,
        # method 3 (score without continuity correction), and two ends by the formula.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_interval_is_wilsons(successes: int, count: int, low: float, high: float) -> None:
    assert wilson(successes, count) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_lies_within_0_and_1(
    count: int, data: st.DataObject
) -> None:
    successes = data.draw(st.integers(0, count))
    low, high = wilson(successes, count)
    assert 0 <= low <= successes / count + 1e-12
    assert successes / count - 1e-12 <= high <= 1
    assert low < high
