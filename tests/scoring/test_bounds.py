from __future__ import annotations

import pytest

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import Criterion, Evidence, Judgement, Level
from vivavoce.scoring.bounds import bounded


@pytest.mark.parametrize(
    ("criterion", "quote", "level"),
    [
        ("lift", "I expect openers to rise a lot", 1),
        ("lift", "I expect openers to rise by If people skip", 1),
        ("lift", "skips fall from four to three in five", 2),
        ("lift", "a quarter fewer wasted trips", 2),
        ("lift", "the queue would halve", 2),
        ("lift", "up by 3%", 2),
        ("experiment", "We run this test for nine months on 10% of people", 1),
        ("experiment", "for six months in all twenty-two houses", 1),
        ("experiment", "for 5% of listeners, for two weeks", 2),
        (
            "experiment",
            "renewals at least six months out, and read the numbers after three weeks",
            2,
        ),
        ("experiment", "on a slice of new accounts, before we build anything", 2),
        ("problem", "they leave", 2),
    ],
)
def test_the_highest_level_needs_words_that_carry_it(
    criterion: Criterion, quote: str, level: Level
) -> None:
    judgement = Judgement(2, (Evidence(quote, 0, len(quote)),))
    assert bounded(criterion, judgement).level == level
    assert bounded(criterion, judgement).evidence == judgement.evidence


def test_a_lower_level_is_left_alone() -> None:
    vague = Judgement(1, (Evidence("they rise", 0, 9),))
    assert bounded("lift", vague) == vague
    assert bounded("lift", Judgement(0)) == Judgement(0)


def test_the_trained_reader_calls_no_effect_sized_that_has_no_size() -> None:
    said = (
        "The mix repeats. For 10% of new listeners we leave out last week's songs for {time}. "
        "I expect openers in the fourth week to rise {by}."
    )
    vague = trained_reader().read(said.format(time="nine months", by="a lot"))
    assert (vague.lift.level, vague.experiment.level) == (1, 1)
    clear = trained_reader().read(said.format(time="two weeks", by="by 5%"))
    assert (clear.lift.level, clear.experiment.level) == (2, 2)
