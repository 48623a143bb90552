"""Files that leave: whole or not at all, for their owner only, none written over unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from vivavoce.domain.text import one_line
from vivavoce.errors import StorageError, UsageError


def write_private(files: Mapping[Path, bytes], force: bool) -> None:
    """Write files.

    Args:
        files: Contents by path; the folders must be there.
        force: Replace those that are there. Without it none is written if one is there.

    Raises:
        UsageError: One is there already, or is no file.
        StorageError: One cannot be written, for example on a full disk; it is then not there.
    """
    require_free_names(files, force)
    for path, data in files.items():
        _write(Path(os.path.realpath(path)), data)


def require_free_names(paths: Mapping[Path, object], force: bool) -> None:
    """Make sure that files can be written under these names.

    Raises:
        UsageError: One is there already and must stay, or is a folder or a device.
    """
    for path in paths:
        shown = one_line(str(path))
        if path.is_dir():
            raise UsageError(f"{shown} is a folder.", "Name a file in it.")
        if path.exists() and not path.is_file():
            raise UsageError(f"{shown} is not a file.", "Leave --out away to print instead.")
        if path.exists() and not force:
            raise UsageError(
                f"{shown} is there already.", "Choose another name, or add --force to replace it."
            )


def make_folder(path: Path) -> None:
    """Make a folder that its owner only can enter; one that is there stays as it is.

    Raises:
        StorageError: It cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _explained(error, path) from error


def _write(path: Path, data: bytes) -> None:
    part = None
    try:
        # A name of its own, 0600: what somebody keeps beside it stays.
        descriptor, part = tempfile.mkstemp(".part", f".{path.name[:100]}.", path.parent)
        try:
            left = memoryview(data)
            while left:  # on a full disk a write goes short first, and then fails
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        Path(part).replace(path)
        part = None
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        if part is not None:
            Path(part).unlink(missing_ok=True)


def _explained(error: OSError, path: Path) -> StorageError:
    return StorageError(
        f"{one_line(str(path))} cannot be written: {error.strerror}.",
        "Choose another folder with --out.",
    )
