from __future__ import annotations

import json
from pathlib import Path

import pytest

from vivavoce.cli.main import run


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text('theme = "light"\ninput_device = "USB \\u001b[2J mic"\n')
    monkeypatch.setenv("VIVAVOCE_SPEAK", "no")


def test_each_setting_is_shown_with_where_it_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "show"]) == 0
    out, err = capsys.readouterr()
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert lines["theme"].split() == ["theme", '"light"', "file"]
    assert lines["speak"].split() == ["speak", "false", "environment"]
    assert lines["voice_rate"].split() == ["voice_rate", "165", "default"]
    assert '"USB [2J mic"' in lines["input_device"]
    assert "\x1b" not in out
    assert err == ""
    assert len({line.rindex("  ") for line in lines.values()}) == 1


def test_settings_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["theme"] == {"value": "light", "from": "file"}
    assert shown["speak"] == {"value": False, "from": "environment"}
    assert shown["silence_stop_seconds"] == {"value": 0.0, "from": "default"}


def test_the_path_is_that_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'config.toml'}\n"


def test_all_places_are_listed_and_lie_in_the_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["config", "path", "--all"]) == 0
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert lines["settings"] == str(tmp_path / "config.toml")
    assert lines["recordings"] == str(tmp_path / "data" / "attempts")
    assert {"database", "cases", "models", "cache", "log"} < lines.keys()
    assert run(["config", "path", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == lines


def test_a_broken_file_does_not_hide_its_own_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text("theme = 'blue'")
    assert run(["config", "path"]) == 0
    assert run(["config", "show"]) == 2
    out, err = capsys.readouterr()
    assert out == f"{tmp_path / 'config.toml'}\n"
    assert "config.toml: theme must be dark or light, not 'blue'" in err


def test_the_keys_that_can_be_chosen_are_shown_with_where_they_came_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nreplay.play = "p"\n')
    assert run(["config", "show"]) == 0
    lines = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert lines["keys.replay.play"] == ["keys.replay.play", '"p"', "file"]
    assert lines["keys.replay.undo"] == ["keys.replay.undo", '"u"', "default"]
    assert run(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["keys.replay.play"] == {"value": "p", "from": "file"}


def test_keys_that_cannot_be_used_are_one_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text('[keys]\n"replay.plya" = "p"\n')
    assert run(["config", "show"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing called 'replay.plya' in [keys]. Did you mean replay.play?" in err
    assert len(err.splitlines()) == 1
