"""The figures of agreement, on sets small enough to work out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from vivavoce.domain.debrief import CRITERIA
from vivavoce.scoring.agreement import Agreed, agreement, f1, kappa, table
from vivavoce.scoring.labelled import FLAGS, LabelledAnswer
from vivavoce.scoring.rules import read

QUOTE = "Churn should fall by 2 percent"
TEXT = f"Listeners leave after a week. I'd cap each song at one play a day. {QUOTE}."


def labelled(**changes: object) -> LabelledAnswer:
    answer = LabelledAnswer(
        id="a",
        kind="test",
        text=TEXT,
        levels=dict.fromkeys(CRITERIA, 2),
        evidence=dict.fromkeys(CRITERIA, QUOTE),
        flags=dict.fromkeys(FLAGS, False),
        vote="yes",
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def test_kappa_of_equal_levels_is_one_and_of_chance_is_zero() -> None:
    levels = np.array([0, 1, 2, 2])
    assert kappa(levels, levels) == 1.0
    # Every pair of levels equally often: no better than chance.
    assert kappa(np.array([0, 0, 2, 2]), np.array([0, 2, 0, 2])) == pytest.approx(0.0)


def test_kappa_weighs_a_miss_by_two_levels_four_times() -> None:
    truth = np.array([0, 0, 1, 1, 2, 2])
    near, far = np.array([1, 0, 1, 1, 2, 2]), np.array([2, 0, 1, 1, 2, 2])
    # By hand: observed 1/4 and 1; expected from the margins 1.75 and 2.
    assert kappa(truth, near) == pytest.approx(1 - 0.25 / 1.75)
    assert kappa(truth, far) == pytest.approx(1 - 1 / 2)


def test_kappa_of_one_level_only_is_unknown() -> None:
    assert math.isnan(kappa(np.array([2, 2]), np.array([2, 2])))


def test_f1_counts_what_is_there() -> None:
    truth = np.array([True, True, False, False])
    assert f1(truth, np.array([True, False, True, False])) == 0.5
    assert math.isnan(f1(truth & False, truth & False))


def test_the_miss_that_costs_most_comes_first() -> None:
    reading = read(TEXT)
    same = {criterion: reading.judgement(criterion).level for criterion in CRITERIA}
    right = labelled(
        id="right", levels=same, flags={f: getattr(reading, f) for f in FLAGS}, vote=reading.vote
    )
    vote = replace(right, id="vote", vote="no" if reading.vote == "yes" else "yes")
    flag = replace(right, id="flag", flags={**right.flags, "tool_first": not reading.tool_first})
    result = agreement([flag, right, vote], [reading] * 3)
    assert [miss.id for miss in result.misses] == ["vote", "flag"]
    assert result.misses[1].differences == ("tool_first false",)


def test_evidence_counts_quotes_that_share_a_word() -> None:
    reading = read(TEXT)
    assert reading.lift.level == 2
    elsewhere = labelled(evidence={c: "Listeners leave" if c == "lift" else None for c in CRITERIA})
    there = labelled(evidence={c: "2 percent" if c == "lift" else None for c in CRITERIA})
    assert evidence(agreement([elsewhere], [reading]).labels).value == 0.0
    assert evidence(agreement([there], [reading]).labels).value == 1.0


def evidence(labels: tuple[Agreed, ...]) -> Agreed:
    return next(label for label in labels if label.label == "evidence")


def test_the_table_has_a_line_a_label() -> None:
    lines = table(agreement([labelled()], [read(TEXT)])).splitlines()
    assert lines[0] == "1 answers"
    assert [line.split()[0] for line in lines[-3:]] == ["over_engineered", "vote", "evidence"]
