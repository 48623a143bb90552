"""The log file, and keeping C libraries off the screen. No transcript is ever logged."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from vivavoce.locations import private_folder


def log_to(file: Path) -> None:
    """Send the program's log to `file`, readable by its owner only.

    Where it cannot be written, by a full disk or another owner, there is none: a round goes on
    without.

    Raises:
        StorageError: The folder cannot be made.
    """
    logging.raiseExceptions = False  # a disk that fills must not print what the log would hold
    stream = os.fdopen(_open(file), "a", encoding="utf-8")
    logging.basicConfig(
        stream=stream, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def keep_libraries_off_the_screen(file: Path) -> None:
    """Point file descriptor 2 at the log, and Python's own stderr at the terminal.

    PortAudio, ALSA and ONNX Runtime write to descriptor 2, which is the screen that Textual
    draws on. Call this before the screen opens.

    Raises:
        StorageError: The folder cannot be made.
    """
    screen = os.dup(2)
    descriptor = _open(file)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    sys.stderr = sys.__stderr__ = os.fdopen(screen, "w", encoding="utf-8", buffering=1)  # type: ignore[misc]


def _open(file: Path) -> int:
    private_folder(file.parent)
    try:
        return os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
