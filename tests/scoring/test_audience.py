"""How an answer speaks to those who do not build models."""

from __future__ import annotations

import pytest

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.speech import Word
from vivavoce.domain.transcript import Transcript
from vivavoce.scoring.audience import Audience, audience
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.timed import timed

TERMS = "I'd take embeddings, a transformer, cross attention, and tune the learning rate. "
GOAL = (
    "Listeners skip the same songs because they come back every hour. I'd cap each song at one "
    "play a day, for two weeks on five percent of listeners. Skips should fall from 24 to 22 "
    "percent, which keeps forty thousand listeners a month."
)


def spoken(text: str) -> Audience:
    """Two words a second."""
    words = [Word(w, i * 0.5, i * 0.5 + 0.5, 0.9) for i, w in enumerate(text.split())]
    answer = Transcript.of(words)
    reading = timed(trained_reader().read(answer.text), answer)
    return audience(reading, answer, figures(answer.text, None))


def test_terms_are_counted_by_the_minute_before_and_after_the_first_outcome() -> None:
    found = spoken(f"{TERMS}{GOAL}")
    assert found.outcome is not None
    assert found.outcome.start is not None
    assert 5.0 <= found.outcome.start <= 8.0
    assert found.before == pytest.approx(60 * 4 / 6.0, rel=0.2)
    assert found.after == pytest.approx(0.0)
    assert found.told.startswith("Engineering terms a minute: ")
    assert "before your first outcome at 0:0" in found.told
    assert found.advice == "Say first what it moves; the terms can follow."


def test_a_term_after_the_outcome_is_no_fault() -> None:
    found = spoken(f"{GOAL} It needs the embeddings that we have.")
    assert found.before is None
    assert found.after is not None
    assert found.after > 0
    assert found.advice == ""
    assert found.in_users_or_money == 1


def test_without_an_outcome_it_says_so() -> None:
    found = spoken(TERMS * 3)
    assert found.outcome is None
    assert "and no outcome." in found.told


def test_a_slice_of_users_is_no_number_for_an_executive() -> None:
    found = spoken(
        "Listeners skip the same songs. I'd cap songs, for two weeks on 5,000 listeners."
    )
    assert found.in_users_or_money == 0
    assert found.told == (
        "No numbers in users or money. Say what it is in users or money, or that you cannot know "
        "it from here."
    )


def test_a_typed_answer_has_an_ordinary_pace() -> None:
    reading = trained_reader().read(f"{TERMS}{GOAL}")
    found = audience(reading, None, figures(reading.text, None))
    assert found.before is not None
    assert 20 < found.before < 60
    assert found.outcome is not None
    assert found.outcome.start is None
