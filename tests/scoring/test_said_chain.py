"""The metric chain of what was said: nothing is taken that was not."""

from __future__ import annotations

import pytest

from tests.scoring.exhibits import MIX
from tests.scoring.readings import reading_of
from vivavoce.scoring.numbers.said_chain import SaidChain, said_chain


def chain_of(text: str, lift: str) -> SaidChain:
    chain = said_chain(reading_of(text, lift), MIX)
    assert chain is not None
    return chain


def test_a_whole_chain_is_followed_to_the_money() -> None:
    text = (
        "Two million people see it. Sign-ups go from 4 to 4.8 percent, a tenth of those pay, and "
        "each is worth 9 euros."
    )
    said = chain_of(text, "from 4 to 4.8 percent")
    assert said.kinds == ("points",)
    assert said.breaks_at is None
    assert said.told == (
        "A lift of 0.8 points: 4 % becomes 4.8 %. That is 16,000 more people, of whom 1,600 "
        "convert, worth 14,400.",
    )
    assert [(link, words.quote) for link, words in said.links] == [
        ("people", "Two million people"),
        ("baseline", "4"),
        ("lift", "4 to 4.8 percent"),
        ("conversion", "a tenth"),
        ("value", "9 euros"),
    ]


def test_a_fall_from_a_to_b_is_in_points_and_below_zero() -> None:
    said = chain_of("I expect skips to go from 38 to 30 percent.", "from 38 to 30 percent")
    assert said.kinds == ("points",)
    assert said.chain.baseline == pytest.approx(0.38)
    assert said.chain.lift == pytest.approx(-0.08)
    assert said.breaks_at == "people"
    assert said.told[-1] == "The chain breaks here: say how many people see it."


def test_a_lift_in_percent_is_told_both_ways() -> None:
    said = chain_of(
        "Click-outs are at 20 percent today. I expect 5 percent more.", "I expect 5 percent more"
    )
    assert said.kinds == ("relative", "points")
    assert "20 % becomes 21 %" in said.told[0]
    assert "20 % becomes 25 %" in said.told[1]
    assert said.told[2] == "Say which one you mean: “percent” or “points”."


@pytest.mark.parametrize(
    ("words", "kind", "lift"),
    [
        ("cancellations drop by 5 percent", "relative", -0.05),
        ("5 percent fewer cancellations", "relative", -0.05),
        ("renewals rise by 5 percent", "relative", 0.05),
        ("two points fewer", "points", -0.02),
        ("up half a point", "points", 0.005),
        ("a third fewer cancellations", "relative", -1 / 3),
        ("6 more out of every hundred", "points", 0.06),
        ("renewals would double", "relative", 1.0),
        ("calls would halve", "relative", -0.5),
    ],
)
def test_the_direction_and_the_kind_come_from_the_words(words: str, kind: str, lift: float) -> None:
    said = chain_of(f"I think we get {words}.", words)
    assert kind == said.kinds[0]
    assert said.chain.lift == pytest.approx(lift)


def test_a_number_of_the_table_counts_only_where_it_was_said() -> None:
    lift = "from 38 to 30 percent"
    said = chain_of(f"Cancellations go {lift}.", lift)
    assert said.chain.people is None
    said = chain_of(f"820 thousand people have it. Cancellations go {lift}.", lift)
    assert said.chain.people == 820_000


def test_a_share_of_songs_is_no_share_of_people() -> None:
    lift = "repeats go from 38 to 30 percent"
    said = chain_of(f"820 thousand people have it. I expect {lift}.", lift)
    assert said.chain.people is None


def test_a_from_to_in_people_needs_no_share() -> None:
    said = chain_of("I expect openers to go from 405 to 430 thousand.", "from 405 to 430 thousand")
    assert said.told == (
        "From 405,000 to 430,000 is 25,000 more people. The chain breaks here: say what one of "
        "them is worth.",
    )
    assert said.breaks_at == "value"


@pytest.mark.parametrize(
    "text",
    [
        "Skips should fall.",
        "Two million people see it.",
        "I would not promise 2 percent.",
        "We try it on 5 percent of listeners.",
        "Boxes go from 2.6 to 2.8 a month.",
        "Revenue goes up by 2 million dollars.",
    ],
)
def test_without_a_size_in_shares_or_people_there_is_no_chain(text: str) -> None:
    assert said_chain(reading_of(text, text), None) is None


def test_without_a_lift_there_is_no_chain() -> None:
    text = "Churn goes from 5 to 4 percent."
    assert said_chain(reading_of(text, text, level=0), None) is None


def test_a_baseline_of_another_metric_is_no_link() -> None:
    said = chain_of(
        "In the fourth week thirty nine percent are repeats. I expect openers in the fourth week "
        "to rise by five percent.",
        "openers in the fourth week to rise by five percent",
    )
    assert said.chain.baseline is None
    assert said.breaks_at == "people"
