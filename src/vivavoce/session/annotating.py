"""Annotating an attempt: one step at a time, scored again at once where its words changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.annotation_edits import Stamp
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import over_engineering_limit
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.debrief_change import changes
from vivavoce.scoring.reader import Reader
from vivavoce.session.debriefing import make_debrief
from vivavoce.store.attempt_store import AttemptStore


@dataclass(frozen=True, slots=True)
class Change:
    """What a step came to."""

    attempt: Attempt
    """As it is now."""
    what: str
    """The step, in a word or two; empty where there was nothing to undo or to do again."""
    judged: tuple[str, ...] = ()
    """What is judged otherwise, a line each."""


def new_stamp() -> Stamp:
    """Return what a new annotation is known by."""
    from ulid import ULID  # 70 ms that a --help need not wait for

    now = datetime.now(UTC)
    return Stamp(str(ULID.from_datetime(now)), now)


class Annotator:
    """Annotates the attempts of a store. The reader is opened when words change, not before."""

    def __init__(self, store: AttemptStore, open_reader: Callable[[], Reader]) -> None:
        """Work on a store that is open.

        Args:
            store: The attempts.
            open_reader: Called at most once.
        """
        self._store, self._open_reader = store, open_reader
        self._reader: Reader | None = None

    def edit(
        self,
        attempt: Attempt,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> Change:
        """Keep one step, and score the attempt again where its words changed.

        Args:
            attempt: As it is now.
            what: In a word or two, for “Undone: ...”.
            added: New annotations.
            removed: Ids of annotations that stand.

        Raises:
            NotFoundError: The attempt has been deleted.
            StorageError: It cannot be written.
        """
        self._store.annotations.edit(attempt.id, what, added, removed)
        return self._changed(attempt, what)

    def undo(self, attempt: Attempt) -> Change:
        """Take the latest step back.

        Raises:
            StorageError: It cannot be written.
        """
        return self._changed(attempt, self._store.annotations.undo(attempt.id) or "")

    def redo(self, attempt: Attempt) -> Change:
        """Do again what was undone last.

        Raises:
            StorageError: It cannot be written.
        """
        return self._changed(attempt, self._store.annotations.redo(attempt.id) or "")

    def rescore(self, attempt: Attempt) -> Change:
        """Score an attempt again as it is corrected now; the earlier debrief stays readable.

        Raises:
            StorageError: It cannot be written.
        """
        if attempt.debrief is None:
            return Change(attempt, "")
        return self._scored_again(attempt, attempt.debrief, "scored again")

    def _changed(self, before: Attempt, what: str) -> Change:
        after = self._store.get(before.id)
        debrief = before.debrief
        if debrief is None or before.corrected == after.corrected:
            return Change(after, what)
        return self._scored_again(after, debrief, what)

    def _scored_again(self, attempt: Attempt, before: Debrief, what: str) -> Change:
        if self._reader is None:
            self._reader = self._open_reader()
        limit = over_engineering_limit(attempt.case)
        while True:
            read = attempt.corrected
            debrief = make_debrief(read, self._reader, limit, before.sound)
            self._store.keep_debrief(attempt.id, debrief)
            attempt = self._store.get(attempt.id)
            if attempt.corrected == read:  # else another process has corrected it meanwhile
                # A timed answer is not judged: only its timing is told.
                judged = changes(before, debrief) if attempt.case is not None else ()
                return Change(attempt, what, judged)
