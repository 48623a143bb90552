"""`vivavoce calibrate`: the scorer beside people, in the open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce.cli.main import run
from vivavoce.scoring.labelled import OWN_ANSWERS


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
    assert out.startswith("Reader: trained (trained-1)\n")
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
