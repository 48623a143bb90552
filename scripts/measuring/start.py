"""How long a start takes: what scripts/vivavoce adds to it, and when the screens first show.

Usage: scripts/bench-start [--runs N] [--json]
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "vivavoce"
PROGRAM = ROOT / ".venv" / "bin" / "vivavoce"
COLUMNS, ROWS = 80, 24
ALTERNATE_SCREEN = b"\x1b[?1049h"
CASE_TITLE = b"The mix that wears out"
CTRL_Q = b"\x11"
PATIENCE_SECONDS = 20.0
"""A screen that has not come by then never will. Chosen."""


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(
        prog="bench-start", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--runs", type=int, default=10, help="of each kind, at least 1 (10)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    subprocess.run([SCRIPT, "--version"], check=True, stdout=subprocess.DEVNULL)
    through, direct = starts(options.runs)
    paints, lists = zip(*(screens() for _ in range(options.runs)), strict=True)
    figures = {
        "runs": options.runs,
        "script_s": statistics.median(through),
        "program_s": statistics.median(direct),
        "added_s": statistics.median(through) - statistics.median(direct),
        "ratio": statistics.median(through) / statistics.median(direct),
        "first_paint_s": statistics.median(paints),
        "first_paint_worst_s": max(paints),
        "cases_shown_s": statistics.median(lists),
        "cases_shown_worst_s": max(lists),
    }
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    for label, name in (
        ("a second start through scripts/vivavoce", "script_s"),
        ("the same without the script", "program_s"),
        ("the script adds (limit 300)", "added_s"),
        ("the library's first paint, 80x24 (limit 500)", "first_paint_s"),
        ("  the worst of them", "first_paint_worst_s"),
        ("the cases are listed", "cases_shown_s"),
        ("  the worst of them", "cases_shown_worst_s"),
    ):
        print(f"{label:<46}{figures[name] * 1000:6.0f} ms")
    print(f"medians of {options.runs}; with the script {figures['ratio']:.2f} times as long")


def starts(runs: int) -> tuple[list[float], list[float]]:
    """Return the seconds of starts through the script and of direct ones, taken in turns."""
    through: list[float] = []
    direct: list[float] = []
    for _ in range(runs):
        for command, seconds in ((SCRIPT, through), (PROGRAM, direct)):
            began = time.perf_counter()
            subprocess.run([command, "--version"], check=True, stdout=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - began)
    return through, direct


def screens() -> tuple[float, float]:
    """Return the seconds from starting the program in a terminal to two moments.

    They are its name on the screen, and the title of a case.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"VIVAVOCE_HOME": home, "TERM": "xterm-256color"}
        began = time.perf_counter()
        pid, terminal = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(PROGRAM, [str(PROGRAM)], environment)
        try:
            written = read_until(ALTERNATE_SCREEN, terminal, b"")
            written = read_until(b"vivavoce", terminal, written.partition(ALTERNATE_SCREEN)[2])
            painted = time.perf_counter() - began
            read_until(CASE_TITLE, terminal, written)
            listed = time.perf_counter() - began
            os.write(terminal, CTRL_Q)
            while read(terminal):
                pass
        finally:
            os.close(terminal)  # a program that still runs gets a hang-up
            _, status = os.waitpid(pid, 0)
    if status:
        sys.exit(f"bench-start: the program ended with {os.waitstatus_to_exitcode(status)}.")
    return painted, listed


def read_until(wanted: bytes, terminal: int, written: bytes) -> bytes:
    """Return all that was written, from `written` on until it holds `wanted`."""
    while wanted not in written:
        piece = read(terminal)
        if not piece:
            sys.exit(f"bench-start: the screens did not open:\n{written.decode(errors='replace')}")
        written += piece
    return written


def read(terminal: int) -> bytes:
    """Return what was written, empty at the end."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE_SECONDS)
    if not ready:
        sys.exit(f"bench-start: the program wrote nothing for {PATIENCE_SECONDS:.0f} s.")
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO when the program has closed its side
        return b""


if __name__ == "__main__":
    main()
