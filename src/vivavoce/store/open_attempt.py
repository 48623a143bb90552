"""An attempt that is being recorded: what happens is on disk as it happens."""

from __future__ import annotations

from vivavoce.domain.turns import TurnKind
from vivavoce.store.database import Database
from vivavoce.store.ownership import Claim
from vivavoce.store.recording import RecordingWriter


class OpenAttempt:
    """Made by `AttemptStore.begin`. While it is open no other process recovers or deletes it."""

    def __init__(
        self, attempt_id: str, recording: RecordingWriter, database: Database, claim: Claim
    ) -> None:
        """Take over a recording that has just begun."""
        self._id, self._recording = attempt_id, recording
        self._database, self._claim = database, claim
        self._open = True

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self._id

    @property
    def recording(self) -> RecordingWriter:
        """Where the sound goes."""
        return self._recording

    def begin_turn(self, kind: TurnKind, at: float, text: str = "") -> None:
        """Note that somebody begins to speak.

        Args:
            kind: Whose turn it is.
            at: Seconds on the recording's clock.
            text: The interviewer's sentence; empty for the candidate.

        Raises:
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO turns (attempt_id, ordinal, kind, start, text)"
                " SELECT ?, count(*), ?, ?, ? FROM turns WHERE attempt_id = ?",
                (self._id, kind, at, text, self._id),
            )

    def end_turn(self, at: float) -> None:
        """Note that the turn which runs is over.

        Args:
            at: Seconds on the recording's clock.

        Raises:
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                'UPDATE turns SET "end" = ? WHERE attempt_id = ? AND "end" IS NULL',
                (at, self._id),
            )

    def close(self) -> None:
        """End the recording and leave the attempt as it is: to be finished or recovered.

        Calling it again does nothing.

        Raises:
            StorageError: The medium did not take the end of the recording.
        """
        if self._open:
            self._open = False
            try:
                self._recording.close()
            finally:
                self._claim.release()
