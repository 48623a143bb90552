"""Annotations and searching: written in steps that can be undone, also after a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.errors import NotFoundError
from vivavoce.store.annotation_rows import known_annotations, redo_edit, undo_edit, write_edit
from vivavoce.store.attempt_rows import read_attempt
from vivavoce.store.database import Database
from vivavoce.store.search_rows import index_text, search_texts


class AnnotationStore:
    """A part of the attempt store. Any thread may call any method."""

    def __init__(self, database: Database) -> None:
        """Work on a database that is open."""
        self._database = database

    def edit(
        self,
        attempt_id: str,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> None:
        """Keep one step, which `undo` takes back whole.

        Args:
            attempt_id: The whole id.
            what: In a word or two, for “Undone: ...”.
            added: New annotations.
            removed: Ids of annotations that stand.

        Raises:
            NotFoundError: No such attempt.
            StorageError: It cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._database.writing() as connection:
            if not write_edit(connection, attempt_id, what, now, added, removed):
                raise NotFoundError(
                    "That attempt has been deleted meanwhile.",
                    "List what there is: vivavoce attempts list",
                )
            _index_again(connection, attempt_id)

    def known(self, attempt_id: str, ids: Iterable[str]) -> frozenset[str]:
        """Return those ids that came before: they stand, were removed, or are of another attempt.

        Args:
            attempt_id: The whole id.
            ids: Of annotations.
        """
        with self._database.reading() as connection:
            return known_annotations(connection, attempt_id, ids)

    def undo(self, attempt_id: str) -> str | None:
        """Take the latest step back and return what it was; None where there is none.

        Raises:
            StorageError: It cannot be written.
        """
        return self._step(undo_edit, attempt_id)

    def redo(self, attempt_id: str) -> str | None:
        """Do again what was undone last and return what it was; None where there is nothing.

        Raises:
            StorageError: It cannot be written.
        """
        return self._step(redo_edit, attempt_id)

    def _step(
        self, step: Callable[[sqlite3.Connection, str], str | None], attempt_id: str
    ) -> str | None:
        with self._database.writing() as connection:
            what = step(connection, attempt_id)
            if what is not None:
                _index_again(connection, attempt_id)
        return what

    def search(self, query: str) -> Mapping[str, str]:
        """Return by attempt a stretch around what was found in its words and notes.

        Args:
            query: Words that must all be there, in any case; the last may be only begun.

        Returns:
            Best match first, what was found between « and »; empty for a query without words.

        Raises:
            StorageError: It cannot be read.
        """
        with self._database.reading() as connection:
            return search_texts(connection, query)

    def replay_position(self, attempt_id: str) -> float:
        """Return where the replay was left, in seconds; 0.0 for one that was never replayed."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT replay_s FROM attempts WHERE id = ?", (attempt_id,)
            ).fetchone()
        return float(row[0]) if row else 0.0

    def keep_replay_position(self, attempt_id: str, seconds: float) -> None:
        """Keep where the replay was left.

        Raises:
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE attempts SET replay_s = ? WHERE id = ?", (seconds, attempt_id)
            )


def _index_again(connection: sqlite3.Connection, attempt_id: str) -> None:
    if (attempt := read_attempt(connection, attempt_id)) is not None:
        index_attempt(connection, attempt)


def index_attempt(connection: sqlite3.Connection, attempt: Attempt) -> None:
    """Make an attempt findable by what was said and noted; no transaction is begun here."""
    said = [turn.text for turn in attempt.corrected if turn.by_candidate]
    noted = [each.text for each in attempt.annotations if each.kind != "correction" and each.text]
    index_text(connection, attempt.id, said + noted)
