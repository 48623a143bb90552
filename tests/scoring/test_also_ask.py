"""What a panel would ask next, once the answer has its parts."""

from __future__ import annotations

import pytest

from tests.scoring.exhibits import MIX
from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.case import Variant
from vivavoce.scoring.also_ask import also_ask
from vivavoce.scoring.numbers.detectability import PLAIN
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.said_chain import chain_of

WHOLE = (
    "Listeners skip the same songs. I'd cap each song at one play a day, for two weeks on five "
    "percent of listeners. Skips should fall from 24 to 22 percent."
)
COMPARE, STOP, ELSE = (
    "Who keeps it as it is, so that you can compare?",
    "What does it cost, and when would you stop?",
    "What else could explain it?",
)


def asked(text: str, variant: Variant | None = None) -> tuple[str, ...]:
    reading = trained_reader().read(text)
    numbers = figures(reading.text, variant)
    return also_ask(reading, numbers, chain_of(reading, numbers), in_round=variant is not None)


def test_a_whole_answer_is_asked_what_it_left_open() -> None:
    assert asked(WHOLE) == (COMPARE, STOP, ELSE)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("The other half keeps it as it is.", COMPARE),
        ("A random holdout stays without it.", COMPARE),
        ("If it doesn't move in a week, we stop.", STOP),
        ("I'd watch refunds.", STOP),
        ("It could also be the season.", ELSE),
    ],
)
def test_what_was_said_is_not_asked(said: str, question: str) -> None:
    assert question not in asked(f"{WHOLE} {said}")
    assert len(asked(f"{WHOLE} {said}")) == 2


def test_before_there_is_an_answer_nothing_more_is_asked() -> None:
    assert asked("Podcasts are huge right now.") == ()
    assert asked("") == ()


def test_in_a_round_the_test_itself_is_asked_about_and_then_the_numbers() -> None:
    text = f"{WHOLE} Skips go from 40 to 36, a twenty percent drop."
    differ = "You said from 40 to 36 and “a twenty percent drop”: which one is it?"
    assert asked(text, MIX) == (COMPARE, STOP, ELSE, PLAIN, differ)
    assert asked(text) == (COMPARE, STOP, ELSE, differ)
