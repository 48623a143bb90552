"""The sentence to say next: the candidate's own material, and blanks."""

from __future__ import annotations

import re

import pytest

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import CRITERIA, Criterion, Evidence, Judgement
from vivavoce.scoring.say_next import say_next as frame

TEST = "I'd cap each song at one play a day, for two weeks on five percent of listeners."


def quoted(words: str) -> Judgement:
    return Judgement(2, (Evidence(words, 0, len(words)),))


def say_next(text: str) -> str:
    return trained_reader().read(text).say_next


def test_a_missing_effect_is_framed_with_the_start_and_the_length_that_were_said() -> None:
    told = say_next(f"One in six listeners never comes back. {TEST}")
    assert told.startswith("You already gave the starting point, one in six. Finish it: ")
    assert "we expect ___ to go from one in six to ___ within two weeks" in told


def test_a_metric_and_its_start_that_were_said_together_stand_in_the_frame() -> None:
    judged: dict[Criterion, Judgement] = dict.fromkeys(CRITERIA, Judgement(0))
    judged["problem"] = quoted("retention is at 38 percent and falls")
    judged["experiment"] = quoted("a two-week test")
    told = frame(judged, [])
    assert "we expect retention to go from 38 percent to ___ within two weeks.” Say" in told


def test_an_effect_is_set_beside_what_is_missing_and_never_bent_into_a_clause() -> None:
    judged: dict[Criterion, Judgement] = dict.fromkeys(
        CRITERIA, quoted("I think skips would fall by a tenth")
    )
    judged["experiment"] = Judgement(0)
    assert frame(judged, ["for listeners"]) == (
        "Before “I think skips would fall by a tenth” say: “We show it to ___ percent of listeners "
        "for ___ weeks.”"
    )
    judged["experiment"] = quoted("two weeks")
    judged["impact"] = Judgement(0)
    assert frame(judged, []).endswith("Where you cannot know it, say that.")


def test_what_was_vague_is_quoted_and_made_one_thing() -> None:
    judged = dict.fromkeys(CRITERIA, quoted("two weeks"))
    judged["solution"] = Judgement(1, (Evidence("improve the algorithm", 0, 21),))
    assert frame(judged, ["for new listeners"]) == (
        "You said “improve the algorithm”. Make it one thing: “On Monday we change ___ for new "
        "listeners, and nothing else.”"
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
