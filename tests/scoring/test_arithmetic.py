"""Arithmetic that does not add up, and none where it may."""

from __future__ import annotations

import pytest

from tests.scoring.readings import reading_of
from vivavoce.scoring.numbers.arithmetic import sums_that_differ
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.said_chain import chain_of


def asked(text: str) -> list[str]:
    found = figures(text, None)
    return list(sums_that_differ(text, found, chain_of(reading_of(text, text), found)))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Skips go from 40 to 36, a twenty percent drop.",
            "You said from 40 to 36 and “a twenty percent drop”: which one is it?",
        ),
        (
            "Churn goes from 5 to 4 percent, so three points.",
            "You said from 5 to 4 percent and “three points”: which one is it?",
        ),
        (
            "A third fewer, from 40 to 36 percent.",
            "You said from 40 to 36 percent and “A third”: which one is it?",
        ),
        (
            "Ten percent of two million, that's twenty thousand.",
            "You said “Ten percent of two million” and “twenty thousand”: which one is it?",
        ),
        (
            "One in five, 30 percent, never come back.",
            "You said “One in five” and “30 percent”: which one is it?",
        ),
        (
            "Two million people see it. Renewals go from 38 to 40 percent, that's 400 thousand "
            "people.",
            "You said “38 to 40 percent” of “Two million people”, which is about 40 thousand, and "
            "“400 thousand people”: which one is it?",
        ),
        (
            "Skips go from 38 to between 28 and 34 percent, so about twenty points.",
            "You said from 38 to between 28 and 34 percent and “twenty points”: which one is it?",
        ),
        (
            "30 percent instead of 38, so two points.",
            "You said “30 percent instead of 38” and “two points”: which one is it?",
        ),
        (
            "One in five, or in other words 30 percent, never come back.",
            "You said “One in five” and “30 percent”: which one is it?",
        ),
        (
            "Two million people have it. Opens are at 20 percent today. Opens rise by five "
            "percent, that's 400 thousand people more.",
            "You said “five percent” of “Two million people”, which is about 20 thousand from a "
            "base of “20 percent”, or 100 thousand in points, and “400 thousand people”: which one "
            "is it?",
        ),
    ],
)
def test_two_numbers_that_do_not_fit_are_both_quoted(text: str, question: str) -> None:
    assert asked(text) == [question]


@pytest.mark.parametrize(
    "text",
    [
        "Skips go from 40 to 36, a ten percent drop.",
        "Skips go from 40 to 36 percent, so four points.",
        "Skips go from 40 to 36, about twelve percent.",
        "Skips go from 40 to 36, and twenty percent fewer calls.",
        "Skips go from 40 to 36 percent, in twenty percent of homes.",
        "Boosts go up by a quarter, so from twelve to fifteen percent.",
        "Answers double, from 9 to 18 percent.",
        "Ten percent of two million, that's two hundred thousand.",
        "Ten percent of two million people, that's 2.4 million a year.",
        "Ten percent of two million people stay for two weeks.",
        "One in five, 20 percent, never come back.",
        "One in five, about 18 percent, never come back.",
        "One in five never come back, and 30 percent of the others buy.",
        "Four in ten, 20 percent of listeners get it for a week.",
        "Two million people see it. Renewals go from 38 to 40 percent, that's 45 thousand people.",
        "Two million people a week see it. From 38 to 40 percent, that's 2 million people a year.",
        "Two million people see it, 3 million know it. From 38 to 40 percent, that's 9 thousand.",
        "I would not promise a drop from 40 to 36, a twenty percent drop.",
        "At my last company skips went from 40 to 36, a twenty percent drop.",
        "From 38 to between 28 and 34 percent, so about eight points.",
        "From 38 to between 28 and 34 percent, so about a fifth.",
        "Retention would go from 38 to 40 percent. A ten percent drop.",
        "Retention would go from 38 to 40 percent, a ten percent lift in skips.",
        "Retention would go from 38 to 40 percent, a thirty percent drop.",
        "Ten percent of two million is 50 thousand more than last year.",
        "Ten percent of two million is 50 thousand fewer.",
        "Two in ten or 30 percent stay.",
        "One in five, or 30 percent if it rains, would leave.",
        "Two million people have it. Opens are at 20 percent today. Opens rise by five percent, "
        "that's 100 thousand people more.",
        "Two million people have it. Opens are at 20 percent today. Opens rise by five percent, "
        "that's 20 thousand people more.",
        "Two million people have it. From 38 to 40 percent, that's 400 thousand baskets.",
        "",
    ],
)
def test_where_it_fits_or_may_mean_something_else_nothing_is_asked(text: str) -> None:
    assert asked(text) == []
