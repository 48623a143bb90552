"""`vivavoce doctor` where the settings are wrong: one finding, and the rest is examined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.cli.main import run
from vivavoce.config import Config
from vivavoce.locations import Locations
from vivavoce.session import health
from vivavoce.session.health import Finding


@pytest.fixture(autouse=True)
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """Return the settings that the machine was examined with."""
    configs: list[Config] = []

    def examine(config: Config, _: Locations) -> Iterator[Finding]:
        configs.append(config)
        yield Finding("microphone", "A microphone is listening.", "", 0)
        yield Finding("storage", "The disk is full.", "Make room.", 7)

    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    monkeypatch.setattr(health, "examine", examine)
    return configs


@pytest.mark.parametrize(
    ("text", "told", "remedy"),
    [
        (
            "theme = 'pink'",
            "theme must be dark or light, not 'pink'.",
            "Change it, or take it out.",
        ),
        ("modle = 'base'", "has an unknown setting: modle.", "Did you mean model?"),
    ],
)
def test_a_wrong_setting_is_a_finding_and_the_rest_is_examined_with_the_defaults(
    tmp_path: Path,
    examined: list[Config],
    capsys: pytest.CaptureFixture[str],
    text: str,
    told: str,
    remedy: str,
) -> None:
    (tmp_path / "config.toml").write_text(text)
    assert run(["doctor"]) == 2
    out, err = capsys.readouterr()
    fault, rest = out.split("ok    microphone  ")
    assert fault.startswith("MEND  settings    ")
    assert told in " ".join(fault.split())
    assert " ".join(fault.split()).endswith(f"{remedy} The rest was examined with the defaults.")
    assert rest.startswith("A microphone is listening.")
    assert err == ""
    assert examined == [Config()]


def test_wrong_keys_are_a_finding_and_leave_the_settings_as_they_are(
    tmp_path: Path, examined: list[Config], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text('theme = "light"\n[keys]\n"replay.plya" = "p"\n')
    assert run(["doctor", "--json"]) == 2
    findings = json.loads(capsys.readouterr().out)
    assert "nothing called 'replay.plya'" in findings[0]["sentence"]
    assert [each["subject"] for each in findings] == ["settings", "microphone", "storage"]
    assert examined == [Config(theme="light")]


def test_sound_settings_are_told_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor"]) == 7
    assert capsys.readouterr().out.startswith("ok    settings    You have no settings file")
    (tmp_path / "config.toml").write_text('theme = "light"')
    assert run(["doctor"]) == 7
    out = capsys.readouterr().out
    assert f"{tmp_path / 'config.toml'} are sound." in " ".join(out.split())


def test_a_long_remedy_is_broken_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remedy = "Plug one in or switch it on, then try again. --answer takes a recording. " * 2

    def examine(*_: object) -> Iterator[Finding]:
        yield Finding("microphone", "No microphone was found.", remedy, 5)

    monkeypatch.setattr(health, "examine", examine)
    assert run(["doctor"]) == 5
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert remedy.strip() in " ".join(out.split())
