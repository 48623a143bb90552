"""The attempts: begun, finished, found, listed, deleted."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from vivavoce.domain.attempt import Attempt, AttemptState, AttemptSummary, LastResult, counted_vote
from vivavoce.domain.case import Case
from vivavoce.domain.case_json import case_to_dict
from vivavoce.domain.debrief import Criterion, Debrief, Level
from vivavoce.domain.dispute import Dispute, JudgedAttempt
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.turns import Turn
from vivavoce.errors import StorageError, UsageError
from vivavoce.locations import Locations, private_folder
from vivavoce.store.annotation_store import AnnotationStore, index_attempt
from vivavoce.store.attempt_names import find_id, unknown_attempt
from vivavoce.store.attempt_rows import (
    add_debrief,
    add_transcript,
    read_attempt,
    read_last_results,
    read_levels,
    read_summaries,
    write_turns,
)
from vivavoce.store.best_take import read_best_take
from vivavoce.store.database import Database
from vivavoce.store.dispute_rows import read_judged, remove_dispute, write_dispute
from vivavoce.store.free_space import require_free_space
from vivavoce.store.imported import Sounds, keep_imported
from vivavoce.store.open_attempt import OpenAttempt
from vivavoce.store.ownership import Claim, is_claimed
from vivavoce.store.recording import RecordingWriter
from vivavoce.store.search_rows import forget_text


class AttemptStore:
    """Where attempts are kept. Any thread may call any method."""

    def __init__(self, locations: Locations) -> None:
        """Open the store, creating it on first use.

        Raises:
            StorageError: The folder or the database cannot be used.
        """
        self._locations = locations
        self._database = Database(locations.database)
        self.annotations = AnnotationStore(self._database)
        """What is written on top of the transcripts."""
        self._open: dict[str, OpenAttempt] = {}

    def close(self) -> None:
        """Let go of the database and of attempts that still run; those can be recovered.

        Raises:
            StorageError: The medium did not take the end of a recording.
        """
        try:
            while self._open:
                self._open.popitem()[1].close()
        finally:
            self._database.close()

    def require_space(self) -> None:
        """Make sure that a round's recording fits on the disk.

        Raises:
            StorageError: It does not.
        """
        require_free_space(self._locations.data)

    def begin(self, case: Case | None, variant_id: str, sample: bool, model: str) -> OpenAttempt:
        """Begin an attempt: its row says `recording` until `finish`.

        Args:
            case: None to time an answer only.
            variant_id: Which variant is shown; empty without a case.
            sample: Whether the shipped sample answers.
            model: The Whisper model that will hear it.

        Raises:
            StorageError: It cannot be written, or there is too little room.
        """
        from ulid import ULID  # 70 ms that a listing need not wait for

        self.require_space()
        started_at = datetime.now(UTC)
        attempt_id = str(ULID.from_datetime(started_at))
        private_folder(self._locations.attempts)
        folder = private_folder(self._folder(attempt_id))
        with contextlib.ExitStack() as undo:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            # Claimed before the row tells others of it.
            claim = Claim(folder)
            undo.callback(claim.release)
            recording = RecordingWriter(folder / "recording.wav")
            undo.callback(recording.close)
            with self._database.writing() as connection:
                connection.execute(
                    "INSERT INTO attempts (id, started_at, case_id, title, variant_id, state,"
                    " sample, model, case_json) VALUES (?, ?, ?, ?, ?, 'recording', ?, ?, ?)",
                    (
                        attempt_id,
                        started_at.isoformat(timespec="microseconds"),
                        case.id if case else None,
                        case.title if case else "",
                        variant_id,
                        sample,
                        model,
                        json.dumps(case_to_dict(case), ensure_ascii=False) if case else None,
                    ),
                )
            undo.pop_all()
        opened = OpenAttempt(attempt_id, recording, self._database, claim)
        self._open[attempt_id] = opened
        return opened

    def finish(
        self,
        attempt_id: str,
        state: AttemptState,
        turns: tuple[Turn, ...],
        duration_s: float,
        debrief: Debrief | None,
        model: str = "",
    ) -> Attempt:
        """Keep what an attempt came to; an earlier transcript and debrief of it stay readable.

        Args:
            attempt_id: The whole id.
            state: Anything but `recording`.
            turns: In time order, the candidate's with their words.
            duration_s: Length of the recording, seconds.
            debrief: None for an attempt that is not scored.
            model: What heard the words; empty for the model it was begun with.

        Returns:
            The attempt as it is kept.

        Raises:
            NotFoundError: No such attempt.
            StorageError: It cannot be written; the attempt can still be recovered.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE attempts SET state = ?, duration_s = ? WHERE id = ?"
                " RETURNING model, case_id",
                (state, duration_s, attempt_id),
            ).fetchone()
            if row is None:
                raise unknown_attempt(attempt_id)
            first_model, case_id = row
            write_turns(connection, attempt_id, turns)
            heard = add_transcript(connection, attempt_id, model or first_model, now, turns)
            if debrief is not None:
                vote = counted_vote(case_id is not None, debrief)
                add_debrief(connection, attempt_id, heard, now, debrief, vote)
            attempt = read_attempt(connection, attempt_id, turns)
            assert attempt is not None
            index_attempt(connection, attempt)
        opened = self._open.pop(attempt_id, None)
        if opened is not None:
            opened.close()
        return attempt

    def add_imported(self, attempt: Attempt, sounds: Sounds) -> None:
        """Keep an attempt that was made elsewhere; see `keep_imported`."""
        keep_imported(self._database, self._locations.attempts, attempt, sounds)

    def keep_debrief(self, attempt_id: str, debrief: Debrief) -> None:
        """Keep another debrief of an attempt's newest transcript; the earlier ones stay readable.

        Args:
            attempt_id: The whole id.
            debrief: Of the transcript as it is corrected now.

        Raises:
            NotFoundError: No such attempt, or it has no transcript yet.
            StorageError: It cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT max(transcripts.id), case_id FROM attempts"
                " JOIN transcripts ON attempt_id = attempts.id WHERE attempts.id = ?"
                " GROUP BY attempts.id",
                (attempt_id,),
            ).fetchone()
            if row is None:
                raise unknown_attempt(attempt_id)
            vote = counted_vote(row[1] is not None, debrief)
            add_debrief(connection, attempt_id, row[0], now, debrief, vote)

    def keep_fillers(self, attempt_id: str, fillers: Fillers) -> None:
        """Keep how many fillers were counted; an attempt that was deleted meanwhile stays so.

        Args:
            attempt_id: The whole id.
            fillers: What was counted.

        Raises:
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE attempts SET fillers = ? WHERE id = ?",
                (json.dumps(dict(fillers.counts)), attempt_id),
            )

    def keep_dispute(self, attempt_id: str, dispute: Dispute) -> None:
        """Keep a dispute beside the judgement, in place of an earlier one about it.

        Args:
            attempt_id: The whole id.
            dispute: Of that attempt's debrief.

        Raises:
            NotFoundError: No such attempt.
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            if not write_dispute(connection, attempt_id, dispute):
                raise unknown_attempt(attempt_id)

    def withdraw_dispute(self, attempt_id: str, criterion: Criterion) -> None:
        """Forget the dispute about a criterion; where there is none, nothing changes.

        Args:
            attempt_id: The whole id.
            criterion: Whose judgement is let stand.

        Raises:
            StorageError: It cannot be written.
        """
        with self._database.writing() as connection:
            remove_dispute(connection, attempt_id, criterion)

    def judged(self) -> Sequence[JudgedAttempt]:
        """Return, newest first, the attempts that were done, are no sample and were judged.

        Without a case there is no vote and no judgement on the screen, so timed answers are left
        out; so is an attempt whose first answer holds no words.
        """
        with self._database.reading() as connection:
            return read_judged(connection)

    def get(self, name: str) -> Attempt:
        """Return one attempt.

        Args:
            name: An id, the beginning of one that no other shares, or `latest`.

        Raises:
            NotFoundError: No such attempt.
            UsageError: Several ids begin so.
        """
        with self._database.reading() as connection:
            attempt = read_attempt(connection, find_id(connection, name))
        assert attempt is not None
        return attempt

    def list(self) -> list[AttemptSummary]:
        """Return all attempts, newest first."""
        with self._database.reading() as connection:
            return read_summaries(connection)

    def search(self, words: str) -> Mapping[AttemptSummary, str]:
        """Return the attempts in which all the words were said or noted, best match first.

        Args:
            words: See `AnnotationStore.search`.

        Returns:
            With each a stretch around what was found. One that comes in meanwhile is left out.
        """
        by_id = {summary.id: summary for summary in self.list()}
        found = self.annotations.search(words)
        return {by_id[each]: text for each, text in found.items() if each in by_id}

    def levels(self) -> Mapping[str, Mapping[Criterion, Level]]:
        """Return, by attempt, the levels of problem, solution and lift; only those scored."""
        with self._database.reading() as connection:
            return read_levels(connection)

    def last_results(self) -> dict[str, LastResult]:
        """Return, by case id, how the latest attempt was read; see `read_last_results`."""
        with self._database.reading() as connection:
            return read_last_results(connection)

    def best_take(self, case_id: str) -> Attempt | None:
        """Return the last best take at a case; see `read_best_take`."""
        with self._database.reading() as connection:
            return read_best_take(connection, case_id)

    def unfinished(self) -> Sequence[Attempt]:
        """Return the attempts whose process died, newest first, with the turns noted so far.

        A turn that was running has a span of no length. Attempts that a live process records,
        this one included, are left out.

        Raises:
            StorageError: A folder cannot be read.
        """
        left = []
        for summary in self.list():
            if summary.state == "recording" and not is_claimed(self._folder(summary.id)):
                attempt = self.get(summary.id)
                if attempt.state == "recording":  # its owner may have finished it just now
                    left.append(attempt)
        return left

    @contextlib.contextmanager
    def claimed(self, attempt_id: str) -> Iterator[None]:
        """Keep other processes from finishing or deleting an attempt.

        Raises:
            UsageError: Another one records or finishes it.
            StorageError: Its folder cannot be written.
        """
        folder = self._folder(attempt_id)
        if is_claimed(folder):
            raise UsageError(
                f"Attempt {attempt_id} is being recorded or finished.", "Try again when it is done."
            )
        claim = Claim(folder)
        try:
            yield
        finally:
            claim.release()

    def delete(self, name: str) -> None:
        """Remove an attempt: its recording first, then every row and what those left behind.

        Args:
            name: As for `get`.

        Raises:
            NotFoundError: No such attempt.
            UsageError: Several ids begin so, or it is still being recorded.
            StorageError: Something could not be removed.
        """
        with self._database.reading() as connection:
            attempt_id = find_id(connection, name)
        if is_claimed(self._folder(attempt_id)):
            raise UsageError(
                f"Attempt {attempt_id} is being recorded.", "End that round first, then delete it."
            )
        folder = self._folder(attempt_id)
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise StorageError(
                f"The folder {folder} cannot be deleted: {error.strerror}.",
                "Make it writable and try again.",
            ) from error
        with self._database.writing() as connection:
            connection.execute("DELETE FROM attempts WHERE id = ?", (attempt_id,))
            forget_text(connection, attempt_id)
        self._database.forget_deleted()

    def recording_path(self, attempt_id: str) -> Path:
        """Return where the sound of an attempt is; the file may have been removed.

        Args:
            attempt_id: The whole id.
        """
        return self._folder(attempt_id) / "recording.wav"

    def patch_path(self, attempt_id: str, annotation_id: str) -> Path:
        """Return where the sound of a sentence that was said again is.

        Args:
            attempt_id: The whole id.
            annotation_id: The patch's.
        """
        return self._folder(attempt_id) / f"patch-{annotation_id}.wav"

    def _folder(self, attempt_id: str) -> Path:
        return self._locations.attempts / attempt_id
