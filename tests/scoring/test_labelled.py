"""Labelled answers: those that ship, and files of others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce.domain.debrief import CRITERIA
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.scoring.labelled import FLAGS, OWN_ANSWERS
from vivavoce.store.labelled_file import read_labelled


def test_the_answers_that_ship_are_many_and_long_ones_are_among_them() -> None:
    answers = read_labelled(OWN_ANSWERS)
    assert len(answers) >= 400
    assert len({answer.id for answer in answers}) == len(answers)
    assert sum(len(answer.text.split()) > 1500 for answer in answers) >= 20
    for criterion in CRITERIA:
        assert {answer.levels[criterion] for answer in answers} == {0, 1, 2}


def test_the_labels_that_ship_keep_the_rubrics_rules() -> None:
    for answer in read_labelled(OWN_ANSWERS):
        for criterion in CRITERIA:
            assert (answer.evidence[criterion] is None) == (answer.levels[criterion] == 0), (
                answer.id
            )
        if answer.flags["order_ok"]:
            places = [answer.text.find(answer.evidence[c] or "\0") for c in CRITERIA[:3]]
            assert -1 not in places, answer.id
        assert not answer.flags["summary"] or all(answer.levels[c] for c in CRITERIA[:3]), answer.id


LABELS: dict[str, object] = {
    **dict.fromkeys(CRITERIA, 0),
    **dict.fromkeys(FLAGS, False),
    "vote": "no",
}
GOOD: dict[str, object] = {"id": "x", "text": "Skips fall by a third.", "labels": LABELS}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"labels": {**LABELS, "lift": 3}}, "lift is 3"),
        ({"labels": {**LABELS, "lift": True}}, "lift is True"),
        ({"labels": {**LABELS, "vote": "maybe"}}, "vote is 'maybe'"),
        ({"labels": {**LABELS, "summary": 1}}, "true or false"),
        ({"labels": {}}, "problem"),
        ({"evidence": {"lift": "not there"}}, "evidence of lift"),
        ({"text": None}, "line 1"),
    ],
)
def test_a_line_that_is_none_names_itself(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps({**GOOD, **change}))
    with pytest.raises(BadInputError, match="line 1") as caught:
        read_labelled(file)
    assert said in caught.value.message


def test_blank_lines_are_skipped_and_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n" + json.dumps(GOOD) + "\n\n")
    assert [answer.id for answer in read_labelled(file)] == ["x"]
    file.write_text("\n")
    with pytest.raises(BadInputError, match="no answer"):
        read_labelled(file)
    with pytest.raises(NotFoundError):
        read_labelled(tmp_path / "none.jsonl")
