"""The program as a person or another program meets it: a process, its lines, its exit code."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

NO_SOUND_CARD = {
    "PULSE_SERVER": "unix:/nonexistent",
    "ALSA_CONFIG_PATH": "/usr/share/alsa/alsa.conf",
}
"""The environment of a machine without a sound card, whatever card the tests run on."""
VIVAVOCE = (sys.executable, "-m", "vivavoce")


def run(
    home: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    through: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, in a home of its own.

    Args:
        home: Becomes VIVAVOCE_HOME.
        arguments: Of `vivavoce`.
        environment: More variables.
        through: A command that starts it, such as `unshare -n`.
    """
    return subprocess.run(
        [*through, *VIVAVOCE, *arguments],
        env=os.environ | {"VIVAVOCE_HOME": str(home)} | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )


def _with_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Conversation:
    """A running `practice --plain`, spoken to through its standard input."""

    def __init__(
        self, home: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.lines: list[str] = []
        self._arriving: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [*VIVAVOCE, "practice", *arguments, "--plain"],
            env=os.environ | {"VIVAVOCE_HOME": str(home)} | dict(environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
            # A shell that runs the tests in the background has switched Ctrl-C off.
            preexec_fn=_with_ctrl_c,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._arriving.put(line.rstrip("\n"))
        self._arriving.put(None)

    def wait_for(self, words: str, seconds: float = 60.0) -> str:
        """Return the next line that holds `words`."""
        while True:
            line = self._arriving.get(timeout=seconds)
            assert line is not None, f"{words!r} never came:\n" + "\n".join(self.lines)
            self.lines.append(line)
            if words in line:
                return line

    def press(self, key: str = "") -> None:
        """Send a key and enter."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{key}\n")
        self.process.stdin.flush()

    def finish(self) -> int:
        """Read to the end and return the exit code."""
        while (line := self._arriving.get(timeout=120)) is not None:
            self.lines.append(line)
        return self.process.wait(timeout=30)

    def close(self) -> None:
        """End it, if it still runs."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self.lines)
