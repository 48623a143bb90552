"""Ownership: which attempts are still being recorded by a live process.

A lock of the kernel on a file in the attempt's folder: it ends with its process, however that
ends, and a process number that is used again cannot be taken for the owner.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

from vivavoce.errors import StorageError


class Claim:
    """Holds an attempt's folder until it is released or the process ends."""

    def __init__(self, folder: Path) -> None:
        """Claim a folder that nobody else knows yet.

        Raises:
            StorageError: The folder cannot be written or locked.
        """
        self._file = _lock_file(folder)
        self._descriptor = -1
        try:
            self._descriptor = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if self._descriptor >= 0:
                os.close(self._descriptor)
            raise StorageError(
                f"The folder {folder} cannot be written: {error.strerror}.",
                "Make it writable, or set VIVAVOCE_HOME to a folder of yours.",
            ) from error

    def release(self) -> None:
        """Let go; call it once."""
        with contextlib.suppress(OSError):  # without the lock the file means nothing
            self._file.unlink()
        os.close(self._descriptor)


def is_claimed(folder: Path) -> bool:
    """Return whether a live process, this one included, holds a claim on a folder.

    Raises:
        StorageError: That cannot be told.
    """
    try:
        descriptor = os.open(_lock_file(folder), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be read: {error.strerror}.", "Make it readable."
        ) from error
    try:
        # Shared: two that ask at the same time do not take each other for the owner.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _lock_file(folder: Path) -> Path:
    return folder / "lock"
