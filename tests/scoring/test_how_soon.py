"""Whether an answer says when one will know."""

from __future__ import annotations

import pytest

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import Evidence
from vivavoce.scoring.how_soon import says_how_soon
from vivavoce.scoring.numbers.figures import advice, figures
from vivavoce.scoring.verdict import Levels, vote

TEST = "We try it on two percent"


def heard(text: str) -> bool:
    """Read a text that stands behind its test."""
    return says_how_soon(f"{TEST}. {text}", [Evidence(TEST, 0, len(TEST))])


@pytest.mark.parametrize(
    "text",
    [
        "We run a prototype on ten percent of users, gather results in five days, and decide.",
        "A hundred drivers, starting Monday, and, um, by the Friday after you'll know.",
        "five nights and then by the tuesday we know how many she would have stopped",
        "You'll have your answer on the eighth day.",
        "By Sunday night the curve tells us whether people stayed.",
        "We will know within two weeks.",
        "I can't know this from here, but a test in a week would tell.",
    ],
)
def test_a_day_on_which_one_knows_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two weeks on ten percent of users.",
        "We don't know if they come back within a week.",
        "You know, people leave after a week.",
        "I know from my last company that retention matters.",
        "I know how much a week of outage hurts.",
        "We know how many listeners leave every week.",
        "Listeners may skip the mix and decide to cancel.",
        "Listeners take weeks to decide whether to stay.",
        "A week later you can know nothing.",
    ],
)
def test_a_length_alone_is_no_answer_to_how_soon(text: str) -> None:
    assert not heard(text)


def test_it_turns_a_missing_effect_only_with_a_shaped_test() -> None:
    assert vote(Levels(2, 2, 0, 2, 0, False, how_soon=True)) == "yes"
    assert vote(Levels(2, 2, 0, 2, 0, False)) == "no"
    assert vote(Levels(2, 2, 0, 1, 0, False, how_soon=True)) == "no"
    assert vote(Levels(2, 2, 0, 2, 0, True, how_soon=True)) == "no"


def test_what_the_advice_calls_a_good_answer_is_one() -> None:
    told = advice(figures("I expect skips to fall by 15 percent.", None))
    assert heard(told.split("“")[-1].split("”")[0])


def test_far_from_the_test_it_is_about_something_else() -> None:
    text = f"By Friday we know whether it rains. {'We talk about the weather. ' * 20}{TEST}."
    assert not says_how_soon(text, [Evidence(TEST, text.find(TEST), len(text) - 1)])


def test_a_day_of_knowing_is_the_change_that_turns_a_vote_without_a_size_or_a_change() -> None:
    turned = trained_reader().read(
        "Listeners leave after a week because they hear the same songs. We run a test for two "
        "weeks on five percent of listeners."
    )
    assert turned.vote == "no"
    assert turned.solution.level < 2
    assert turned.turning == "Say on which day your test will tell."
