from dataclasses import replace

import pytest

from tests.attempts_made import debrief_of, turns_saying
from vivavoce.domain.debrief import CRITERIA, Criterion, Evidence, Judgement, Reading
from vivavoce.scoring.patch_place import missing_sentence, patch_place

TEXT = "New listeners skip. We push repeats down. For two weeks, on two percent. It gets better."


def heard(**quotes: str) -> Reading:
    """Return a reading that heard the criteria it is given, vaguely, in these words."""
    reading = debrief_of(turns_saying(TEXT)).first
    for name in CRITERIA:
        judged = Judgement(0)
        if quote := quotes.get(name, ""):
            place = TEXT.index(quote)
            judged = Judgement(1, (Evidence(quote, place, place + len(quote)),))
        reading = replace(reading, **{name: judged})  # type: ignore[arg-type]
    return reading


@pytest.mark.parametrize(
    ("criterion", "quotes", "before"),
    [
        ("lift", {"problem": "listeners skip", "experiment": "two percent"}, "percent"),
        ("lift", {"problem": "listeners skip"}, "New listeners skip"),
        ("impact", {"solution": "push repeats", "lift": "gets better"}, "It gets better"),
        ("solution", {"experiment": "two percent", "problem": "skip."}, "New listeners skip"),
    ],
)
def test_it_stands_after_the_nearest_earlier_part_that_was_heard(
    criterion: Criterion, quotes: dict[str, str], before: str
) -> None:
    assert TEXT[: patch_place(criterion, heard(**quotes))].endswith(before)


def test_it_stands_after_its_own_part_where_that_was_vague() -> None:
    reading = heard(problem="listeners skip", lift="gets better")
    assert TEXT[: patch_place("lift", reading)] == TEXT.removesuffix(".")


def test_it_comes_first_where_nothing_before_it_was_heard() -> None:
    assert patch_place("problem", heard(lift="gets better")) == 0
    assert patch_place("lift", heard(impact="gets better")) == 0


def test_the_sentence_that_is_missing_is_the_one_that_say_next_is_for() -> None:
    reading = heard(problem="listeners skip", solution="push repeats")
    assert missing_sentence(reading) == "lift"
    clear = Judgement(2, reading.problem.evidence)
    sized = replace(reading, lift=clear, solution=clear)
    assert missing_sentence(sized) == "problem"
    everything = dict.fromkeys(CRITERIA, clear)
    assert missing_sentence(replace(reading, **everything)) is None  # type: ignore[arg-type]
