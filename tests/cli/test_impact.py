"""`vivavoce impact`: numbers as people say them."""

from __future__ import annotations

import json

import pytest

from vivavoce.cli.main import run


def test_both_meanings_are_told_until_one_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    chain = ["impact", "--people", "2M", "--base", "4%", "--lift", "0.8%", "--value", "9.99"]
    assert run(chain) == 0
    assert capsys.readouterr().out.splitlines() == [
        "A lift of 0.8 % of the base: 4 % becomes 4.032 %. That is 640 more people, worth 6,394.",
        "A lift of 0.8 points: 4 % becomes 4.8 %. That is 16,000 more people, worth 159,840.",
        "Say which one you mean: “percent” or “points”.",
    ]
    assert run([*chain, "--points"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("people", ["2M", "2,000,000", "two million", "2 mil", "2000k"])
@pytest.mark.parametrize("lift", ["0.5%", "half a percent", "0.005", "point five percent"])
def test_numbers_are_read_as_they_are_said(
    people: str, lift: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = ["impact", "--people", people, "--base", "4 percent", "--lift", lift, "--points"]
    assert run([*chain, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["people"] == 2_000_000
    assert data["lift"] == pytest.approx(0.005)
    assert data["results"][0]["more_people"] == pytest.approx(10_000)
    assert data["results"][0]["breaks_at"] == "value"


def test_a_fall_is_told_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    chain = ["impact", "--people", "100k", "--base", "20%", "--lift=-5%", "--relative"]
    assert run(chain) == 0
    assert capsys.readouterr().out == (
        "A fall of 5 % of the base: 20 % becomes 19 %. That is 1,000 fewer people.\n"
        "The chain breaks here: say what one of them is worth, or that you cannot know it.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--people", "lots"), "holds no number"),
        (("--base", "400"), "more than everybody"),
        (("--base=-4%",), "below zero"),
    ],
)
def test_what_is_no_number_is_refused(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["impact", *arguments]) == 2
    assert said in capsys.readouterr().err
