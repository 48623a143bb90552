"""Arithmetic that does not add up, and none where it may."""

from __future__ import annotations

import pytest

from tests.scoring.readings import reading_of
from vivavoce.scoring.also_ask import also_ask


def asked(text: str) -> list[str]:
    reading = reading_of(text, text)
    return [question for question in also_ask(reading) if question.startswith("You said")]


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
        "",
    ],
)
def test_where_it_fits_or_may_mean_something_else_nothing_is_asked(text: str) -> None:
    assert asked(text) == []
