"""`vivavoce calibrate`: the scorer beside people, in the open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attempts_made import home, make_attempt
from vivavoce.cli.main import run
from vivavoce.scoring.labelled import OWN_ANSWERS
from vivavoce.store.attempt_store import AttemptStore


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """Every twentieth of the answers that ship, with one label turned around."""
    lines = [json.loads(line) for line in OWN_ANSWERS.read_text("utf-8").splitlines()]
    short = [line for line in lines if len(line["text"].split()) < 120][::20]
    wrong = next(line for line in short if line["labels"]["vote"] == "yes")
    wrong["id"] = "turned"
    wrong["labels"]["vote"] = "no"
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in short), "utf-8")
    return file


def test_it_prints_agreement_confusion_misses_and_checks(
    some: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calibrate", str(some)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Reader: trained (trained-3)\n")
    assert "95 % interval" in out
    assert "problem: labelled down, read across" in out
    assert "turned" in out
    assert "vote yes for no" in out
    assert "the article's good answers rank above its bad ones: 3 of 3" in out


def test_as_json_it_has_every_label_with_its_interval(
    some: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["calibrate", str(some), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["reader"] == "trained"
    assert not data["seen_in_training"]
    labels = {label["label"]: label for label in data["labels"]}
    assert labels["problem"]["figure"] == "kappa"
    assert labels["problem"]["low"] <= labels["problem"]["value"] <= labels["problem"]["high"]
    assert sum(map(sum, labels["vote"]["confusion"])) == data["answers"]
    assert {check["name"] for check in data["checks"]} >= {"stuffing never helps"}


@pytest.mark.parametrize(("content", "code"), [("not json\n", 4), ("", 4), (None, 3)])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str | None, code: int) -> None:
    file = tmp_path / "labelled.jsonl"
    if content is not None:
        file.write_text(content)
    assert run(["calibrate", str(file)]) == code


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AttemptStore]:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    opened = AttemptStore(home(tmp_path))
    yield opened
    opened.close()


def test_mine_tells_how_far_you_let_the_judgements_stand_and_what_you_disputed(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    older = make_attempt(store, "Listeners skip. It falls by 8 points.")
    newer = make_attempt(store, "Listeners skip. We cap repeats.")
    sample = make_attempt(store, sample=True)
    for attempt_id, criterion, words in (
        (older, "lift", "falls by 8 points"),
        (newer, "solution", "we cap repeats"),
        (sample, "solution", "skip songs"),
    ):
        assert run(["attempts", "dispute", attempt_id, criterion, words]) == 0
    capsys.readouterr()
    assert run(["calibrate", "--mine"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 attempts of yours, samples left out."
    assert "problem          2         0    1.00   0.34 to 1.00" in lines
    assert "lift             2         1    0.50   0.09 to 0.91" in lines
    listed = lines[lines.index("What you disputed, the newest first:") + 1 :]
    assert [line.split()[1:] for line in listed] == [
        ["solution", "0", "not", "heard", "“We", "cap", "repeats”"],
        ["lift", "0", "not", "heard", "“falls", "by", "8", "points”"],
    ]
    for line, attempt_id in zip(listed, (newer, older), strict=True):
        assert store.get(line.split()[0]).id == attempt_id


def test_mine_as_json_has_counts_intervals_and_disputes(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store, "Listeners skip. It falls by 8 points.")
    assert run(["attempts", "dispute", attempt_id, "lift", "falls by 8 points"]) == 0
    assert run(["calibrate", "--mine", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["attempts"]) == (1, 1)
    lift = next(each for each in data["criteria"] if each["criterion"] == "lift")
    assert (lift["judgements"], lift["disputed"], lift["agreement"]) == (1, 1, 0.0)
    assert 0.0 == lift["low"] < lift["high"] < 1.0
    (dispute,) = data["disputes"]
    assert (dispute["attempt"], dispute["criterion"]) == (attempt_id, "lift")
    assert (dispute["level"], dispute["quote"]) == (0, "falls by 8 points")


def test_mine_without_a_judged_attempt_says_how_to_begin(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, sample=True)
    assert run(["calibrate", "--mine"]) == 0
    assert "Begin one: vivavoce practice daily-mix-churn" in capsys.readouterr().out
    assert run(["calibrate", "--mine", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["attempts"], data["disputes"]) == (0, [])
    assert all(each["agreement"] is None for each in data["criteria"])


def test_mine_without_a_dispute_says_how_to_make_one(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store)
    assert run(["calibrate", "--mine"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 attempt of yours")
    assert "You disputed none: on a debrief, i says “I did say it”." in out


def test_a_file_and_mine_are_two_reports(some: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", str(some), "--mine"]) == 2
    assert "A file and --mine are two reports." in capsys.readouterr().err
