"""`vivavoce models bench`, as typed. What it measures is tested in tests/bench."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.weights.loopback import MODEL_FILES
from vivavoce.bench import model_bench
from vivavoce.bench.model_bench import ModelFigures
from vivavoce.bench.speech_folder import Recording
from vivavoce.cli.main import run

MEASURED = {
    "mine": ModelFigures("mine", 5.0, 0.91, 900.0, 4.2, 6.0),
    "quick": ModelFigures("quick", 11.25, 0.11, 180.0, 0.3, 0.5),
}


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for models; measuring one is scripted."""

    def measure(
        model: Path, recordings: Sequence[Recording], say: Callable[[str], None]
    ) -> ModelFigures:
        assert recordings
        say(f"{model.name} ...")
        return MEASURED[model.name]

    monkeypatch.setattr(model_bench, "measure_model", measure)
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def put(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, content in MODEL_FILES.items():
        (folder / name).write_bytes(content)


def test_it_prints_a_row_for_each_model_and_suggests_one(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in MEASURED:
        put(models / name)
    assert run(["models", "bench"]) == 0
    out, err = capsys.readouterr()
    rows = {line.split()[0]: line for line in out.splitlines() if line}
    assert rows["quick"].split() == [
        *("quick", "11.2", "%", "0.110", "180", "MB", "0.30", "s", "0.50", "s", "yes")
    ]
    assert rows["mine"].split()[-1] == "no"
    assert 'model = "quick"' in out
    assert err.splitlines() == ["mine ...", "quick ..."]


def test_as_json(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in MEASURED:
        put(models / name)
    assert run(["models", "bench", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["suggested"] == "quick"
    assert {row["model"]: row["keeps_up"] for row in result["models"]} == {
        "mine": False,
        "quick": True,
    }
    assert result["models"][1]["words_wrong"] == 11.25


def test_where_none_keeps_up_it_says_what_to_try(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "mine")
    assert run(["models", "bench"]) == 0
    assert "None of them keeps up" in capsys.readouterr().out
    assert run(["models", "bench", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["suggested"] is None


def test_without_a_model_it_says_how_to_bring_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "bench"]) == 6
    assert "vivavoce models pull base" in capsys.readouterr().err


def test_a_folder_that_is_not_there_exits_3(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "quick")
    assert run(["models", "bench", "--speech", str(models / "nowhere")]) == 3
    assert "nowhere" in capsys.readouterr().err


def test_a_model_that_is_not_whole_is_refused(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "quick")
    (models / "quick" / "model.bin").unlink()
    assert run(["models", "bench"]) == 6
    assert "quick" in capsys.readouterr().err


def test_without_the_libraries_that_measure_it_says_how_to_bring_them(
    models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "quick")
    for module in ("vivavoce.bench.model_bench", "vivavoce.bench.word_errors"):
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "jiwer", None)
    assert run(["models", "bench"]) == 1
    err = capsys.readouterr().err
    assert "jiwer" in err
    assert "scripts/vivavoce models bench" in err
