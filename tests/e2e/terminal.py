"""A real terminal, by tmux: keys go in, the screen is read back."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path


def _environment() -> dict[str, str]:
    # Textual would take these, which pytest-xdist sets, for the size of the terminal.
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return kept | {"LC_ALL": "C.UTF-8"}


class Terminal:
    """The program in a terminal of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._socket = f"vivavoce-{uuid.uuid4().hex[:12]}"
        variables = {"VIVAVOCE_HOME": str(home), **dict(environment or {})}
        command = shlex.join(
            [
                "env",
                *(f"{name}={value}" for name, value in variables.items()),
                sys.executable,
                "-m",
                "vivavoce",
                *arguments,
            ]
        )
        width, height = map(str, size)
        # The shell stays, so that the exit code and what is left on the screen can be read.
        keep = f"{command}; echo left with code $?; exec cat"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, keep)

    def _tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            env=_environment(),
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    @property
    def screen(self) -> str:
        """What it shows now."""
        return self._tmux("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names: Enter, Escape, C-q, letters."""
        self._tmux("send-keys", *keys)

    def wait_for(self, *words: str, seconds: float = 30.0) -> str:
        """Return the screen once it holds all the words."""
        deadline = time.monotonic() + seconds
        while not all(word in (shown := self.screen) for word in words):
            assert time.monotonic() < deadline, f"{words} never came:\n{shown}"
        return shown

    def close(self) -> None:
        """End the terminal and what runs in it."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True)
