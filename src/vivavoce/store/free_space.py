"""Room on the disk: asked for before a recording, so that it does not end in mid-answer."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import StorageError

BYTES_PER_SECOND = 2 * SAMPLE_RATE
"""Of 16-bit mono sound: 115 MB an hour."""
ROUND_SECONDS = 600.0
"""Ten minutes' worth is asked for before a round. Chosen: five times a good answer."""


def require_free_space(folder: Path, seconds: float = ROUND_SECONDS) -> None:
    """Make sure that a recording of this length fits on the disk.

    Args:
        folder: Where it would be written; need not exist yet.
        seconds: Length of the recording.

    Raises:
        StorageError: It does not fit, or the disk cannot be asked.
    """
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    try:
        free = shutil.disk_usage(nearest).free
    except OSError as error:
        raise StorageError(
            f"The free space of {nearest} cannot be read: {error.strerror}.",
            "Set VIVAVOCE_HOME to a folder on another disk.",
        ) from error
    wanted = math.ceil(seconds * BYTES_PER_SECOND)
    if free < wanted:
        raise StorageError(
            f"The disk is almost full: recording in {folder} needs {_megabytes(wanted)} MB free, "
            f"and {_megabytes(wanted - free)} MB of that are missing.",
            "Free some space, or set VIVAVOCE_HOME to a folder on another disk.",
        )


def _megabytes(size: int) -> str:
    return f"{math.ceil(size / 100_000) / 10:g}"
