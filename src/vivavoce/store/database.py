"""The SQLite file: opened safely, migrated with a backup, its faults told in sentences.

One connection serves every thread of the process, one at a time under a lock: the round's thread
writes while the screen reads, and neither waits for longer than the other's statement.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from vivavoce.errors import StorageError
from vivavoce.locations import private_folder
from vivavoce.store.migrations import MIGRATIONS, Migration

BUSY_SECONDS = 10.0
"""How long another process may hold the file before we give up. Chosen: a write takes ms."""
_HOME_HINT = "Make it writable, or set VIVAVOCE_HOME to a folder of yours."


class Database:
    """One process's way to the file."""

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Open the file, creating or migrating it as needed; readable by its owner only.

        Args:
            path: The file; its folder is created.
            migrations: All steps in order.

        Raises:
            StorageError: The file cannot be read or written, is damaged, or was written by a
                newer version.
        """
        self._path = path
        self._lock = threading.Lock()
        private_folder(path.parent)
        self._create_private(path)
        with contextlib.ExitStack() as undo, self._explaining():
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            undo.callback(self._connection.close)
            self._prepare(migrations)
            undo.pop_all()

    def _create_private(self, path: Path) -> None:
        """Create an empty file of mode 0600; SQLite gives its journals the same mode.

        A file that is there is not opened: closing it again would drop the locks that another
        connection of this process holds on it.
        """
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            return
        except OSError as error:
            raise StorageError(
                f"The database {path} cannot be created: {error.strerror}.", _HOME_HINT
            ) from error

    def _prepare(self, migrations: Sequence[Migration]) -> None:
        self._refuse_newer(len(migrations))
        self._use_journal()
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA secure_delete = ON").fetchone()
        is_new = self._version() == 0
        while (taken := self._version()) < len(migrations):
            self._migrate(taken, migrations[taken], back_up=not is_new)
        self._refuse_newer(len(migrations))

    def _use_journal(self) -> None:
        """Switch to WAL. While another process does the same SQLite does not wait by itself."""
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    def _refuse_newer(self, known: int) -> None:
        if self._version() > known:
            raise StorageError(
                f"The database {self._path} was written by a newer vivavoce.",
                "Update vivavoce, or set VIVAVOCE_HOME to another folder.",
            )

    def _migrate(self, taken: int, migration: Migration, back_up: bool) -> None:
        """Take one step, unless another process has just taken it."""
        with self._within("BEGIN IMMEDIATE") as connection:
            if self._version() != taken:
                return
            if back_up:
                self._back_up(migration.name)
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {taken + 1}")

    def _back_up(self, name: str) -> None:
        """Copy the database as it is before a step."""
        folder = private_folder(self._path.parent / "backups")
        file = folder / f"before-{name}.db"
        for broken_off in folder.glob(f"{file.name}*"):
            with contextlib.suppress(OSError):  # then SQLite tells that it cannot be written
                broken_off.unlink()
        self._create_private(file)
        # Through a connection of its own: SQLite does not copy from one that is about to write.
        with (
            contextlib.closing(sqlite3.connect(self._path)) as source,
            contextlib.closing(sqlite3.connect(file)) as copy,
        ):
            source.backup(copy)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for reading one consistent state.

        Raises:
            StorageError: See the constructor.
        """
        with self._lock, self._explaining(), self._within("BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes that are kept all together or not at all.

        Raises:
            StorageError: See the constructor; also when the disk is full.
        """
        with self._lock, self._explaining(), self._within("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextlib.contextmanager
    def _within(self, begin: str) -> Iterator[sqlite3.Connection]:
        self._connection.execute(begin)
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def forget_deleted(self) -> None:
        """Remove what deleted rows left in the journal and in the backups of earlier versions.

        Raises:
            StorageError: Another process is reading, or the folder cannot be written.
        """
        backups = self._path.parent / "backups"
        with self._lock, self._explaining():
            try:
                for file in backups.glob("before-*.db*"):
                    file.unlink()
            except OSError as error:
                raise StorageError(
                    f"A backup in {backups} cannot be deleted: {error.strerror}.",
                    "It may still hold what you deleted: delete it yourself.",
                ) from error
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StorageError(
                "The rows are deleted, but another vivavoce still reads the journal they stand in.",
                "Close it: the journal is emptied then.",
            )

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn what SQLite reports into a sentence; faults of the program pass through."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            told = None if code is None else self._told(code & 0xFF)
            if told is None:
                raise
            raise StorageError(*told) from error

    def _told(self, code: int) -> tuple[str, str] | None:
        """Return message and hint for a primary result code; None for a fault of the program."""
        if code == sqlite3.SQLITE_FULL:
            return (
                f"The disk is full: {self._path} cannot grow.",
                "Free some space and try again.",
            )
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return (
                "Another program keeps the database of your attempts busy.",
                "Close other vivavoce windows and try again.",
            )
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return (
                f"The database {self._path} is damaged.",
                "Move it away and start again; your recordings are safe in the attempts folder "
                "beside it.",
            )
        if code in (
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_IOERR,
        ):
            return f"The database {self._path} cannot be read or written.", _HOME_HINT
        return None
