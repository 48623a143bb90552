"""The metric chain: two meanings of a per cent, and where it breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.impact_chain import Chain, LiftKind, follow, told

WHOLE = Chain(people=2_000_000, baseline=0.04, lift=0.008, conversion=0.5, value=10.0)


def test_relative_and_points_are_far_apart() -> None:
    relative, points = follow(WHOLE, "relative"), follow(WHOLE, "points")
    assert relative.share_after == pytest.approx(0.04032)
    assert relative.more_people == pytest.approx(640)
    assert points.share_after == pytest.approx(0.048)
    assert points.more_people == pytest.approx(16_000)
    assert points.converted == pytest.approx(8_000)
    assert points.money == pytest.approx(80_000)
    assert relative.breaks_at is points.breaks_at is None


@pytest.mark.parametrize(
    ("chain", "breaks_at"),
    [
        (Chain(), "people"),
        (Chain(people=1.0), "baseline"),
        (Chain(people=1.0, baseline=0.1), "lift"),
        (Chain(people=1.0, baseline=0.1, lift=0.1), "value"),
        (Chain(baseline=0.1, lift=0.1, value=1.0), "people"),
    ],
)
def test_the_first_missing_link_is_named(chain: Chain, breaks_at: str) -> None:
    result = follow(chain, "points")
    assert result.breaks_at == breaks_at
    assert result.money is None


def test_a_share_stays_between_nobody_and_everybody() -> None:
    assert follow(Chain(100, 0.9, 0.5), "points").share_after == 1.0
    assert follow(Chain(100, 0.1, -0.5), "points").more_people == pytest.approx(-10)


SHARES = st.floats(min_value=0, max_value=1)


@given(st.floats(min_value=0, max_value=1e10), SHARES, SHARES)
def test_a_relative_lift_is_never_more_than_the_same_in_points(
    people: float, baseline: float, lift: float
) -> None:
    chain = Chain(people, baseline, lift)
    relative, points = follow(chain, "relative").more_people, follow(chain, "points").more_people
    assert relative is not None
    assert points is not None
    assert 0 <= relative <= points * (1 + 1e-9) + 1e-6 * people


@pytest.mark.parametrize(
    ("chain", "kind", "sentence"),
    [
        (
            WHOLE,
            "points",
            "A lift of 0.8 points: 4 % becomes 4.8 %. That is 16,000 more people, of whom 8,000 "
            "convert, worth 80,000.",
        ),
        (
            Chain(people=1000, baseline=0.2, lift=-0.05),
            "relative",
            "A fall of 5 % of the base: 20 % becomes 19 %. That is 10 fewer people.|The chain "
            "breaks here: say what one of them is worth, or that you cannot know it.",
        ),
        (
            Chain(),
            "points",
            "The chain breaks here: say how many people see it, or that you cannot know it.",
        ),
    ],
)
def test_a_chain_is_told_up_to_where_it_breaks(chain: Chain, kind: LiftKind, sentence: str) -> None:
    assert "|".join(told(chain, [follow(chain, kind)])) == sentence
