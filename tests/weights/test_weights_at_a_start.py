"""The shell's rule for which model a start needs is the program's own (scripts/set-up.sh)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from vivavoce.config import load_config
from vivavoce.locations import find_locations

SET_UP = Path(__file__).parents[2] / "scripts" / "set-up.sh"


def shell(
    command: str, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    script = f'set -euo pipefail; root=$1; . "$2"; shift 2; {command}'
    return subprocess.run(
        ["bash", "-c", script, "bash", SET_UP.parents[1], SET_UP, *arguments],
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "settings",
    [
        None,
        "",
        'theme = "dark"\nvoice = "model"\n',
        'model = "tiny.en"',
        'theme = "dark"\r\nmodel = "tiny.en"\r\n',
        '\ufeffmodel = "tiny.en"',
        "  'model'='tiny.en' # why",
        '"model" = """tiny.en"""',
        '# model = "tiny.en"',
        'model = "base" # or "tiny.en"',
        'model = ""',
    ],
)
@pytest.mark.parametrize("variable", [None, "", "base", "./my-model"])
def test_the_settings_mean_the_same_to_the_script_and_to_the_program(
    tmp_path: Path, settings: str | None, variable: str | None
) -> None:
    environment = {"PATH": os.environ["PATH"], "VIVAVOCE_HOME": str(tmp_path)}
    if variable is not None:
        environment["VIVAVOCE_MODEL"] = variable
    file = find_locations(environment).config_file
    if settings is not None:
        file.write_text(settings, "utf-8")
    done = shell("uses_another_model base", environment)
    assert done.stderr == ""
    assert (done.returncode == 0) == (load_config(file, environment).model not in ("", "base"))


@pytest.mark.parametrize(
    ("arguments", "another"),
    [
        (("practice", "case", "--model", "tiny.en"), True),
        (("practice", "case", "--model=tiny.en"), True),
        (("practice", "--model", "base", "case"), False),
        (("practice", "--model=tiny.en", "--model", "base"), False),
        (("practice", "case", "--model"), False),
        (("practice", "tiny.en"), False),
        ((), False),
    ],
)
def test_the_models_argument_is_seen(
    tmp_path: Path, arguments: tuple[str, ...], another: bool
) -> None:
    environment = {"PATH": os.environ["PATH"], "VIVAVOCE_HOME": str(tmp_path)}
    done = shell('uses_another_model base "$@"', environment, *arguments)
    assert (done.returncode == 0) == another
    assert done.stderr == ""


@pytest.mark.parametrize(
    "variables", [{}, {"VIVAVOCE_HOME": "/some/home"}, {"VIVAVOCE_HOME": "~/state"}]
)
def test_the_script_looks_for_the_settings_where_the_program_does(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    monkeypatch.delenv("VIVAVOCE_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = shell("config_file", dict(os.environ)).stdout
    assert said == f"{find_locations().config_file}\n"
