"""Numbers as people say them and as recognisers write them, each with its unit."""

from __future__ import annotations

import pytest

from vivavoce.scoring.numbers.said import SENTENCE_WORDS
from vivavoce.scoring.numbers.said_numbers import said_numbers


def told(text: str) -> list[tuple[str, object, str]]:
    return [
        (text[number.start : number.end], number.value, number.unit)
        for number in said_numbers(text).numbers
        if not number.label
    ]


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("38 percent", 38, "percent"),
        ("0. 8 %", 0.8, "percent"),
        ("half a percent", 0.5, "percent"),
        ("a quarter of a percent", 0.25, "percent"),
        ("half a point", 0.5, "points"),
        ("six percentage points", 6, "points"),
        ("30 basis points", 0.3, "points"),
        ("$12 million", 12e6, "money"),
        ("£3,500", 3500, "money"),
        ("fifty cents", 0.5, "money"),
        ("four pounds fifty", 4.5, "money"),
        ("forty grand", 40_000, "money"),
        ("two hundred and fifty thousand people", 250_000, "people"),
        ("five thousand six hundred listeners", 5600, "people"),
        ("half a million members", 500_000, "people"),
        ("eighty thousand weekend people", 80_000, "people"),
        ("20k paying subscribers", 20_000, "people"),
        ("60 000 users", 60_000, "people"),
        ("one in five", 0.2, "ratio"),
        ("one new opener in ten", 0.1, "ratio"),
        ("four songs in ten", 0.4, "ratio"),
        ("38 out of a hundred", 0.38, "ratio"),
        ("6 more in every hundred", 0.06, "ratio"),
        ("a third", 1 / 3, "ratio"),
        ("two thirds", 2 / 3, "ratio"),
        ("halves", 0.5, "ratio"),
        ("ten working days", 10, "duration"),
        ("half an hour", 0.5, "duration"),
        ("three hot weeks", 3, "duration"),
        ("480 tickets", 480, "count"),
    ],
)
def test_a_number_is_read_with_its_unit(said: str, value: float, unit: str) -> None:
    assert told(f"Well, {said}, yes.") == [(said, pytest.approx(value), unit)]


def test_what_is_told_beside_a_share_is_no_part_of_it() -> None:
    assert told("Every second ride, it is") == [("Every second", 0.5, "ratio")]
    assert told("Twice as many, it is") == [("Twice", 2, "ratio")]


@pytest.mark.parametrize(
    "said",
    [
        "no one",
        "the first one",
        "the 15th",
        "a week and a half",
        "half past",
        "the other half",
        "a third mail",
        "every quarter",
        "kind of",
        "half a lap",
        "double-check it",
    ],
)
def test_what_sounds_like_a_number_is_none(said: str) -> None:
    assert told(f"Well, {said} it was") == []


@pytest.mark.parametrize(
    "said",
    [
        "week four",
        "level 8",
        "quarter two",
        "shelf five",
        "song 2",
        "3:40",
        "24/7",
        "the A100",
        "day-30",
        "at ten to eight",
        "in 2022",
        "in weeks three and four",
        "in week three or four",
    ],
)
def test_a_number_that_names_something_is_marked_as_a_name(said: str) -> None:
    numbers = said_numbers(f"It was {said} then.").numbers
    assert numbers
    assert all(number.label for number in numbers)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("about ten to fifteen percent", 10, 15),
        ("between 3 and 4 percent", 3, 4),
        ("10–15 percent", 10, 15),
        ("four or five clips", 4, 5),
        ("12 to 15 million users", 12e6, 15e6),
    ],
)
def test_a_range_is_one_number(said: str, low: float, high: float) -> None:
    (number,) = said_numbers(f"I'd say {said}.").numbers
    assert (number.value, number.high) == (low, high)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("from 12 percent in week four to 9 percent", [12, 9]),
        ("from 12 on day 30 to 14 percent", [12, 14]),
        ("in quarter two 5 to 9 percent", [5]),
        ("39 percent in week three and 41 in week four", [39, 41]),
        ("by week four repeats are at 12 percent", [12]),
        ("every week four people leave", [4]),
        ("this week 400 listeners left", [400]),
        ("in week four 400 listeners left", [400]),
    ],
)
def test_a_week_is_told_from_the_numbers_beside_it(said: str, numbers: list[float]) -> None:
    assert [value for _, value, _ in told(f"It is {said}.")] == numbers


def test_out_of_a_hundred_makes_shares_of_what_follows() -> None:
    said = told("Out of 100 families, three sign up instead of one.")
    assert ("three", 0.03, "ratio") in said
    said = told("Out of every hundred enrolled I'd see 57 instead of today's 49.")
    assert [value for _, value, _ in said] == [0.57, 0.49]


def test_a_thousand_that_was_left_out_is_put_back_on_both_sides() -> None:
    assert [value for _, value, _ in told("from 405 to about 430 thousand")] == [405_000, 430_000]
    assert [value for _, value, _ in told("820 thousand down to 405")] == [820_000, 405_000]
    assert [value for _, value, _ in told("from 30 to 60, 360 thousand more")] == [30, 60, 360_000]


def test_no_unit_is_taken_from_behind_a_comma() -> None:
    assert told("from 38 to 30, people leave")[-1] == ("30", 30, "count")
    assert told("fourteen in a hundred, eleven would come")[1] == ("eleven", 11, "count")


def test_a_number_is_read_with_a_sentence_and_not_with_a_whole_monologue() -> None:
    said = said_numbers(" ".join(f"row {number}" for number in range(2, 2000)))
    assert len(said.numbers) == 1998
    assert max(len(said.sentence(index).split()) for index in range(1998)) <= 2 * SENTENCE_WORDS + 1
