"""Fillers, counted in transcripts that kept them."""

from __future__ import annotations

import pytest

from vivavoce.domain.fillers import Fillers, count_fillers


def test_sounds_and_phrases_are_counted_under_one_name_each() -> None:
    text = "Um, so, umm, uhm, you know, uh, it is kind of slow. Erm, I mean, uhh, sort of."
    assert count_fillers([text]).counts == (
        ("um", 3),
        ("uh", 2),
        ("er", 1),
        ("i mean", 1),
        ("kind of", 1),
        ("sort of", 1),
        ("you know", 1),
    )


@pytest.mark.parametrize(
    "text",
    [
        "What kind of users leave? This sort of test is quick.",
        "Do you know the number? As you know, we lose four percent.",
        "That is what I mean.",
        "The drummer hummed in a museum; an error; her uhlan.",
        "",
    ],
)
def test_words_that_are_meant_are_no_fillers(text: str) -> None:
    assert count_fillers([text]) == Fillers(())
    assert count_fillers([text]).total == 0


def test_no_phrase_runs_from_one_text_to_the_next() -> None:
    assert count_fillers(["I saw you", "know this"]).total == 0
    assert count_fillers(["um", "um, uh"]).total == 3
