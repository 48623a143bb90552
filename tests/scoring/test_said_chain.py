"""The metric chain of what was said: nothing is taken that was not."""

from __future__ import annotations

import pytest

from tests.scoring.exhibits import MIX
from tests.scoring.readings import reading_of
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.said_chain import SaidChain, chain_of


def followed(text: str, lift: str) -> SaidChain:
    chain = chain_of(reading_of(text, lift), figures(text, MIX))
    assert chain is not None
    return chain


def test_a_whole_chain_is_followed_to_the_money() -> None:
    text = (
        "Two million people see it. Sign-ups go from 4 to 4.8 percent, a tenth of those pay, and "
        "each is worth 9 euros."
    )
    said = followed(text, "from 4 to 4.8 percent")
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
    said = followed("I expect skips to go from 38 to 30 percent.", "from 38 to 30 percent")
    assert said.kinds == ("points",)
    assert said.chain.baseline == pytest.approx(0.38)
    assert said.chain.lift == pytest.approx(-0.08)
    assert said.breaks_at == "people"
    assert (
        said.told[-1]
        == "The chain breaks here: say how many people see it, or that you cannot know it."
    )


def test_a_lift_in_percent_is_told_both_ways() -> None:
    said = followed(
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
    said = followed(f"I think we get {words}.", words)
    assert kind == said.kinds[0]
    assert said.chain.lift == pytest.approx(lift)


def test_a_number_of_the_table_counts_only_where_it_was_said() -> None:
    lift = "from 38 to 30 percent"
    said = followed(f"Cancellations go {lift}.", lift)
    assert said.chain.people is None
    said = followed(f"820 thousand people have it. Cancellations go {lift}.", lift)
    assert said.chain.people == 820_000


def test_a_share_of_songs_is_no_share_of_people() -> None:
    lift = "repeats go from 38 to 30 percent"
    said = followed(f"820 thousand people have it. I expect {lift}.", lift)
    assert said.chain.people is None


def test_a_from_to_in_people_needs_no_share() -> None:
    said = followed("I expect openers to go from 405 to 430 thousand.", "from 405 to 430 thousand")
    assert said.told == (
        "From 405,000 to 430,000 is 25,000 more people. The chain breaks here: say what one of "
        "them is worth, or that you cannot know it.",
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
    assert chain_of(reading_of(text, text), figures(text, None)) is None


def test_without_a_lift_there_is_no_chain() -> None:
    text = "Churn goes from 5 to 4 percent."
    assert chain_of(reading_of(text, text, level=0), figures(text, None)) is None


def test_a_baseline_of_another_metric_is_no_link() -> None:
    said = followed(
        "In the fourth week thirty nine percent are repeats. I expect openers in the fourth week "
        "to rise by five percent.",
        "openers in the fourth week to rise by five percent",
    )
    assert said.chain.baseline is None
    assert said.breaks_at == "people"


@pytest.mark.parametrize(
    ("words", "lift"),
    [
        ("If we drop repeats, opens should rise by five percent", 0.05),
        ("If we drop repeats and opens rise five percent", 0.05),
        ("With more mixes skips should fall by five percent", -0.05),
        ("We cut the list and expect five percent more opens", 0.05),
    ],
)
def test_the_word_that_governs_the_size_gives_the_direction(words: str, lift: float) -> None:
    assert followed(f"{words}.", words).chain.lift == pytest.approx(lift)


def test_without_a_word_for_it_no_direction_is_told() -> None:
    text = (
        "Two million people see it. Opens are at 20 percent. I expect opens to improve by five "
        "percent, and each is worth 9 euros."
    )
    assert followed(text, "opens to improve by five percent").told == (
        "A move of 5 % of the base is 1 points from 20 %. That is 20,000 people, worth 180,000.",
        "A move of 5 points from 20 %. That is 100,000 people, worth 900,000.",
        "Say which one you mean: “percent” or “points”.",
    )


def test_only_the_metric_that_moves_says_whether_it_is_of_people() -> None:
    lift = "retention should go from 38 to 42 percent"
    text = f"With fewer repeats, {lift}. Two million people have it."
    assert followed(text, lift).chain.people == 2e6
    lift = "five percent fewer songs"
    assert followed(f"Two million people have it. {lift}.", lift).chain.people is None


def test_two_crowds_are_named_and_none_is_taken() -> None:
    text = (
        "Two million people see it and 300 thousand people leave each month. Churn goes from 5 to "
        "4 percent."
    )
    said = followed(text, "Churn goes from 5 to 4 percent")
    assert said.breaks_at == "people"
    assert said.told[-1] == (
        "You named “Two million people” and “300 thousand people”: say which of them see it."
    )


def test_minutes_are_no_people() -> None:
    said = followed("Minutes go from 405 to 430 thousand.", "from 405 to 430 thousand")
    assert said.told[0].startswith("From 405,000 to 430,000 is 25,000 more. ")
