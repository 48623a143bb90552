"""Where things live on disk: one home that `VIVAVOCE_HOME` moves, models apart from it."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vivavoce.errors import StorageError, UsageError


@dataclass(frozen=True, slots=True)
class Locations:
    """The folders of one user. Nothing here creates them but `private_folder`."""

    data: Path
    """The database, the recordings and the user's own cases."""
    config_file: Path
    """The user's settings, TOML."""
    cache: Path
    """Rendered prompts; may be deleted at any time."""
    log_file: Path
    """What libraries and faults wrote; never a transcript."""
    models: Path
    """One folder a model."""

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "vivavoce.db"

    @property
    def attempts(self) -> Path:
        """One folder an attempt, named by its id."""
        return self.data / "attempts"

    @property
    def own_cases(self) -> Path:
        """The user's own cases; `vivavoce cases new` writes here."""
        return self.data / "cases"


def find_locations(environment: Mapping[str, str] = os.environ) -> Locations:
    """Return the folders for this user.

    Args:
        environment: `VIVAVOCE_HOME` moves all state; `VIVAVOCE_MODELS` moves the models only,
            which otherwise stay in the user's data folder even when the home is moved.

    Raises:
        UsageError: A variable names the home of a user whom there is not.
    """
    models = (
        _chosen(environment, "VIVAVOCE_MODELS")
        or platformdirs.user_data_path("vivavoce", appauthor=False) / "models"
    )
    home = _chosen(environment, "VIVAVOCE_HOME")
    if home is not None:
        return Locations(
            data=home / "data",
            config_file=home / "config.toml",
            cache=home / "cache",
            log_file=home / "log" / "vivavoce.log",
            models=models,
        )
    return Locations(
        data=platformdirs.user_data_path("vivavoce", appauthor=False),
        config_file=platformdirs.user_config_path("vivavoce", appauthor=False) / "config.toml",
        cache=platformdirs.user_cache_path("vivavoce", appauthor=False),
        log_file=platformdirs.user_log_path("vivavoce", appauthor=False) / "vivavoce.log",
        models=models,
    )


def _chosen(environment: Mapping[str, str], name: str) -> Path | None:
    """Return the folder that a variable names, absolute, or None when it is empty or not set."""
    if not environment.get(name):
        return None
    try:
        return Path(environment[name]).expanduser().absolute()
    except RuntimeError:
        raise UsageError(
            f"{name} names a home that does not exist: {environment[name]}.",
            "Write the whole path.",
        ) from None


def private_folder(path: Path) -> Path:
    """Return the folder `path` after creating it and its parents, readable by their owner only.

    A folder that exists keeps its mode: it may be one that the user shares on purpose.

    Raises:
        StorageError: The folder cannot be made or written.
    """
    try:
        for folder in reversed((path, *path.parents)):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
        # Also true for root on a disk that is mounted for reading only.
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "it is read-only for you")
    except OSError as error:
        raise StorageError(
            f"The folder {path} cannot be written: {error.strerror}.",
            "Make it writable, or set VIVAVOCE_HOME to a folder of yours.",
        ) from error
    return path
