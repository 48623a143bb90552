"""Whether an answer says when one will know."""

from __future__ import annotations

import pytest

from vivavoce.scoring.how_soon import says_how_soon
from vivavoce.scoring.verdict import Levels, vote


@pytest.mark.parametrize(
    "text",
    [
        "We run a prototype on ten percent of users, gather results in five days, and decide.",
        "A hundred drivers, starting Monday, and, um, by the Friday after you'll know.",
        "five nights and then by the tuesday we know how many she would have stopped",
        "You'll have your answer on the eighth day.",
        "By Sunday night the curve tells us whether people stayed.",
        "We will know within two weeks.",
    ],
)
def test_a_day_on_which_one_knows_is_heard(text: str) -> None:
    assert says_how_soon(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two weeks on ten percent of users.",
        "We don't know if they come back within a week.",
        "You know, people leave after a week.",
        "I know from my last company that retention matters.",
    ],
)
def test_a_length_alone_is_no_answer_to_how_soon(text: str) -> None:
    assert not says_how_soon(text)


def test_it_turns_a_missing_effect_only_with_a_shaped_test() -> None:
    assert vote(Levels(2, 2, 0, 2, 0, False, how_soon=True)) == "yes"
    assert vote(Levels(2, 2, 0, 2, 0, False)) == "no"
    assert vote(Levels(2, 2, 0, 1, 0, False, how_soon=True)) == "no"
    assert vote(Levels(2, 2, 0, 2, 0, True, how_soon=True)) == "no"
