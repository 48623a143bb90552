"""`scripts/vivavoce` on a bare checkout: made, killed, repeated, broken, repaired."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = "vivavoce 0.1.0\n"
MAKING = "Making a virtual environment"
INSTALLING = "Installing vivavoce"


class Checkout:
    """A copy of the project with no environment yet, in a folder with a space in its name."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "my projects" / "vivavoce"
        for name in ("src", "cases", "scripts"):
            shutil.copytree(
                ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in ("pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.root / name)
        self.link = folder / "link to it"
        self.link.symlink_to(self.root / "scripts" / "vivavoce")
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()

    def start(self, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Begin `vivavoce --version`, through the link, from another folder."""
        return subprocess.Popen(
            [self.link, "--version"],
            cwd=self.elsewhere,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def kill_when_it_says(self, words: str) -> None:
        """Start it, and end it and all it started by force at that sentence."""
        process = self.start()
        assert process.stderr is not None
        said = ""
        while words not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def finish(self, process: subprocess.Popen[str]) -> str:
        """Wait for its end and return what it said on stderr."""
        out, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert out == VERSION
        return said


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A project whose set-up was killed twice, then done by two starts at once."""
    checkout = Checkout(tmp_path_factory.mktemp("set-up"))
    checkout.kill_when_it_says(MAKING)
    checkout.kill_when_it_says(INSTALLING)
    both = [checkout.start(), checkout.start()]
    said = [checkout.finish(process) for process in both]
    assert sorted(INSTALLING in words for words in said) == [False, True], said
    assert any("Another set-up is running here" in words for words in said), said
    return checkout


def test_a_second_start_sets_nothing_up_and_says_nothing(checkout: Checkout) -> None:
    assert checkout.finish(checkout.start()) == ""


@pytest.mark.parametrize("home", [{"HOME": ""}, {"HOME": "/nonexistent"}, {"PYTHONHASHSEED": "0"}])
def test_a_start_needs_no_home(checkout: Checkout, home: dict[str, str]) -> None:
    assert checkout.finish(checkout.start(home)) == ""


def test_a_broken_locale_is_no_fault_of_ours(checkout: Checkout) -> None:
    said = checkout.finish(checkout.start({"LC_ALL": "xx_XX.UTF-8", "LANG": "xx_XX.UTF-8"}))
    assert all("cannot change locale" in line for line in said.splitlines())


def test_a_package_that_was_half_installed_is_installed_again(checkout: Checkout) -> None:
    [packages] = (checkout.root / ".venv").glob("lib/python*/site-packages")
    [record] = packages.glob("platformdirs-*.dist-info")
    (record / "INSTALLER").unlink()
    (packages / "platformdirs" / "__init__.py").unlink()
    (checkout.root / ".venv" / "set-up.stamp").unlink()
    assert INSTALLING in checkout.finish(checkout.start())
    assert (packages / "platformdirs" / "__init__.py").exists()


def test_a_changed_project_file_is_set_up_again(checkout: Checkout) -> None:
    with (checkout.root / "pyproject.toml").open("a") as project:
        project.write("# changed\n")
    assert INSTALLING in checkout.finish(checkout.start())
    assert checkout.finish(checkout.start()) == ""


def test_without_weights_and_network_a_round_says_so_and_the_program_still_speaks(
    checkout: Checkout, tmp_path: Path
) -> None:
    result = subprocess.run(
        [
            *("unshare", "--net", str(checkout.link)),
            *("practice", "daily-mix-churn", "--sample", "--plain", "--fast"),
        ],
        env=os.environ | {"VIVAVOCE_HOME": str(tmp_path), "VIVAVOCE_MODELS": str(tmp_path / "m")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 6, result.stderr
    assert "Going on without it." in result.stderr
    assert result.stderr.splitlines()[-1].endswith("vivavoce models pull base")
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [("cases", "list"), ("practice", "--help"), ("--help",), ("models", "bench", "--help")],
)
def test_what_needs_no_weights_does_not_wait_for_them(
    checkout: Checkout, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = subprocess.run(
        ["unshare", "--net", str(checkout.link), *arguments],
        env=os.environ | {"VIVAVOCE_HOME": str(tmp_path), "VIVAVOCE_MODELS": str(tmp_path / "m")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_measuring_brings_its_own_libraries_once(checkout: Checkout, tmp_path: Path) -> None:
    for bringing in (True, False):
        result = subprocess.run(
            [checkout.link, "models", "bench"],
            env=os.environ | {"VIVAVOCE_MODELS": str(tmp_path / "m")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ("Installing what measuring needs" in result.stderr) == bringing
        assert result.stderr.splitlines()[-1].endswith("vivavoce models pull base")
        assert result.returncode == 6


def test_an_old_python_is_named_with_what_to_do(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "env", "cksum", "readlink"):
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)
    old = programs / "python3"
    old.write_text("#!/usr/bin/env bash\n[[ $1 == --version ]] && echo Python 3.10.12\n")
    old.chmod(0o755)
    process = checkout.start({"PATH": str(programs)})
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert "Python 3.11 or newer is needed; here is Python 3.10.12." in said
    assert "apt-get install" in said
