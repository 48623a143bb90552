"""Disks that are full or read-only, for real: a child process in a mount namespace of its own.

    outcome = on_small_disk(folder, "24m", [sys.executable, "-c", CODE])
    outcome = on_read_only_disk(folder, [sys.executable, "-m", "vivavoce", "attempts", "list"])

Where the kernel refuses such a namespace the test that asks for it fails, and says so.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_REFUSED = 99


def on_small_disk(
    folder: Path, size: str, command: Sequence[str | Path]
) -> subprocess.CompletedProcess[str]:
    """Run a command that sees an empty disk of `size` at `folder`."""
    return _run('mount -t tmpfs -o size="$2" small "$1"', [folder, size], command)


def on_read_only_disk(
    folder: Path, command: Sequence[str | Path]
) -> subprocess.CompletedProcess[str]:
    """Run a command that sees `folder` as it is, but can change nothing in it."""
    return _run('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', [folder, "-"], command)


def _run(
    mount: str, arguments: Sequence[str | Path], command: Sequence[str | Path]
) -> subprocess.CompletedProcess[str]:
    namespace = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "-r"]
    script = f'{{ {mount}; }} || exit {_REFUSED}; shift 2; exec "$@"'
    outcome = subprocess.run(
        [*namespace, "sh", "-c", script, "sh", *arguments, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode == _REFUSED or outcome.stderr.startswith("unshare:"):
        pytest.fail(f"No disk of our own can be mounted: {outcome.stderr.strip()}", pytrace=False)
    return outcome


def hiding(
    module: str, libraries: str, code: str, also: Sequence[Path] = ()
) -> subprocess.CompletedProcess[str]:
    """Run Python code that finds none of some shared libraries.

    Args:
        module: Importing it loads them.
        libraries: Part of their files' paths.
        code: What to run.
        also: Further files to hide.
    """
    show = f"import {module}, pathlib; print(pathlib.Path('/proc/self/maps').read_text())"
    loaded = subprocess.run(
        [sys.executable, "-c", show], capture_output=True, text=True, check=True
    )
    paths = {line.split(maxsplit=5)[5] for line in loaded.stdout.splitlines() if libraries in line}
    assert paths, f"importing {module} loads no {libraries}"
    hide = " && ".join(f"mount --bind /dev/null {shlex.quote(str(p))}" for p in [*paths, *also])
    return _run(hide, ["-", "-"], [sys.executable, "-c", code])
