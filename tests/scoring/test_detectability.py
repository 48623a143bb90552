"""Whether the named test could show the named move."""

from __future__ import annotations

import pytest

from tests.scoring.exhibits import MIX
from tests.scoring.readings import reading_of
from vivavoce.domain.case import Variant
from vivavoce.domain.debrief import Level
from vivavoce.scoring.numbers.detectability import PLAIN, detect_question
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.said_chain import chain_of

LIFT = "rise from 4 to 4.5 percent"


def asked(text: str, variant: Variant | None = MIX, level: Level = 2, test: Level = 2) -> list[str]:
    lift = LIFT if LIFT in text else text
    reading, found = reading_of(text, lift, level=level, test=test), figures(text, variant)
    question = detect_question(reading, found, chain_of(reading, found), variant is not None)
    return [question] if question else []


def test_a_slice_that_is_clearly_too_small_is_asked_about_with_its_numbers() -> None:
    text = f"I'd try it for two weeks on 2,000 listeners. Sign-ups {LIFT}."
    question = (
        "4 to 4.5 percent needs about 25 thousand people in each half; your slice has about "
        "2,000. Would two weeks show it?"
    )
    assert asked(text) == [question]
    assert asked(text, None) == [question]


def test_a_share_of_people_that_were_said_is_counted() -> None:
    text = f"Two million people see it. I'd try it on one percent of them for a month. It'd {LIFT}."
    assert asked(text) == []
    text = f"Two million people see it. I'd try it on 0.1 percent of listeners. It'd {LIFT}."
    assert asked(text)[0].endswith("your slice has about 2,000. Would your test show it?")


def test_a_slice_that_is_large_enough_is_not_asked_about() -> None:
    assert asked(f"I'd try it for two weeks on 60,000 listeners. Sign-ups {LIFT}.") == []


def test_where_the_numbers_are_not_known_the_plain_question_is_asked() -> None:
    text = f"I'd try it for two weeks on five percent of listeners. Sign-ups {LIFT}."
    assert asked(text) == [PLAIN]
    assert asked(text, None) == []  # a text from elsewhere: nobody knows what was named before
    assert asked(f"I'd try it for two weeks on 2,000 listeners a week. It'd {LIFT}.") == [PLAIN]


@pytest.mark.parametrize(
    "said",
    [
        "That's enough people to see it.",
        "Below that it is noise.",
        "With 80 percent power.",
        "It has to be significant.",
        "We'd detect a point.",
        "I'd say between 1 and 2 percent.",
    ],
)
def test_who_spoke_of_noise_is_not_asked(said: str) -> None:
    text = f"I'd try it for two weeks on five percent of listeners. Sign-ups {LIFT}. {said}"
    assert asked(text) == []


def test_without_a_size_or_a_test_nothing_is_asked() -> None:
    assert asked("I'd try it for two weeks on five percent. Sign-ups rise.", level=1) == []
    assert asked(f"Sign-ups {LIFT}.", test=1) == []
    assert asked(f"For two weeks. Sign-ups {LIFT}.", test=0) == []


def test_where_few_people_would_do_nothing_is_asked() -> None:
    text = "I'd try it for two weeks on five percent of listeners. Skips go from 38 to 10 percent."
    assert asked(text) == []
    assert asked(text.replace("10", "37")) == [PLAIN]


def test_the_plain_question_calls_no_move_small() -> None:
    assert "small" not in PLAIN
