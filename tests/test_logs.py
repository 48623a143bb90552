"""The log file, in programs of their own: descriptor 2 is changed for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mounts import on_small_disk

PROGRAM = """
import contextlib, logging, os, sys
from pathlib import Path
from vivavoce.logs import keep_libraries_off_the_screen, log_to
file = Path(sys.argv[1])
log_to(file)
keep_libraries_off_the_screen(file)
if len(sys.argv) > 2:
    with open(sys.argv[2], "wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass
for _ in range(200):
    logging.getLogger("test").warning("a fault, told at some length: %s", 50 * "-")
with contextlib.suppress(OSError):
    os.write(2, b"from a library")
print("to the user", file=sys.stderr)
"""


def run(*arguments: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True
    )


def test_faults_and_libraries_go_to_the_file_and_the_user_hears_the_program(
    tmp_path: Path,
) -> None:
    file = tmp_path / "log" / "vivavoce.log"
    outcome = run(file)
    assert outcome.stderr == "to the user\n"
    assert "a fault" in file.read_text()
    assert "from a library" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_with_a_folder_in_the_place_of_the_log_the_program_goes_on_without(
    tmp_path: Path,
) -> None:
    outcome = run(tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, "to the user\n")


def test_a_log_that_may_not_be_written_is_left_and_the_program_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "vivavoce.log"
    file.symlink_to("/proc/sys/kernel/ostype")  # root itself may not open it for writing
    with pytest.raises(PermissionError):
        file.open("a")
    outcome = run(file)
    assert (outcome.returncode, outcome.stderr) == (0, "to the user\n")


def test_a_disk_that_fills_up_shows_nothing_on_the_screen(tmp_path: Path) -> None:
    log, filler = tmp_path / "log" / "vivavoce.log", tmp_path / "filler"
    outcome = on_small_disk(tmp_path, "1m", [sys.executable, "-c", PROGRAM, log, filler])
    assert (outcome.returncode, outcome.stderr) == (0, "to the user\n")
