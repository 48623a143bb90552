"""The sentence to say next: the candidate's own material, and blanks."""

from __future__ import annotations

import re

import pytest

from tests.scoring.trained_reader import trained_reader

TEST = "I'd cap each song at one play a day, for two weeks on five percent of listeners."


def say_next(text: str) -> str:
    return trained_reader().read(text).say_next


def test_a_missing_effect_is_framed_with_the_metric_the_start_and_the_length_that_were_said() -> (
    None
):
    told = say_next(f"One in six listeners never comes back for more sessions. {TEST}")
    assert told.startswith("You already gave the starting point, one in six. Finish it: ")
    assert "we expect sessions to go from one in six to ___ within two weeks" in told


def test_what_was_vague_is_quoted_and_made_one_thing() -> None:
    told = say_next(
        "Listeners leave after a week. We would improve the algorithm. Two weeks on five percent "
        "of listeners, and retention goes from 38 to 41 percent."
    )
    assert told.startswith("You said “")
    assert "improve the algorithm" in told
    assert told.endswith(
        "Make it one thing: “On Monday we change ___ for listeners, and nothing else.”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for having me.",
        "Churn is important.",
        f"Listeners skip the same songs. {TEST}",
        "Listeners leave. I'd cap songs. Retention goes from 38 to 41 percent.",
    ],
)
def test_it_holds_no_number_that_was_not_said(text: str) -> None:
    said = set(re.findall(r"\d+", text))
    assert set(re.findall(r"\d+", say_next(text))) <= said
