"""Attempts that were made elsewhere: kept whole or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case_json import case_to_dict
from vivavoce.errors import StorageError, UsageError
from vivavoce.locations import private_folder
from vivavoce.store.annotation_rows import known_annotations, write_edit
from vivavoce.store.annotation_store import index_attempt
from vivavoce.store.attempt_file import RECORDING
from vivavoce.store.attempt_rows import add_debrief, add_transcript, write_turns
from vivavoce.store.database import Database
from vivavoce.store.dispute_rows import write_dispute
from vivavoce.store.ownership import Claim
from vivavoce.store.recording import RecordingWriter

Sounds = Mapping[str, Iterable[NDArray[np.int16]]]
"""16 kHz mono, in pieces: the recording by the name `RECORDING`, others by their patch's id."""


def keep_imported(database: Database, folder: Path, attempt: Attempt, sounds: Sounds) -> None:
    """Keep an attempt as it is, its annotations as one step.

    Args:
        database: That is open.
        folder: Of all attempts.
        attempt: Finished.
        sounds: May be empty; read once.

    Raises:
        UsageError: It, or one of its annotations, is here already.
        BadInputError: A sound cannot be read.
        StorageError: It cannot be written.
    """
    with database.reading() as connection:
        _refuse_known(connection, attempt)
    private_folder(folder)
    own = folder / attempt.id
    try:
        own.mkdir(mode=0o700)
    except FileExistsError:
        raise _already_here(attempt) from None
    except OSError as error:
        raise StorageError(
            f"The folder {own} cannot be written: {error.strerror}.",
            "Make it writable, or set VIVAVOCE_HOME to a folder of yours.",
        ) from error
    with contextlib.ExitStack() as undo:
        undo.callback(shutil.rmtree, own, ignore_errors=True)
        claim = Claim(own)
        try:
            for name, pieces in sounds.items():
                _write(own / _file_name(name), pieces)
            with database.writing() as connection:
                _refuse_known(connection, attempt)
                _write_rows(connection, attempt)
        finally:
            claim.release()
        undo.pop_all()


def _file_name(name: str) -> str:
    return "recording.wav" if name == RECORDING else f"patch-{name}.wav"


def _write(path: Path, pieces: Iterable[NDArray[np.int16]]) -> None:
    writer = RecordingWriter(path)
    try:
        for samples in pieces:
            writer.write(samples)
    finally:
        writer.close()


def _refuse_known(connection: sqlite3.Connection, attempt: Attempt) -> None:
    row = connection.execute("SELECT 1 FROM attempts WHERE id = ?", (attempt.id,)).fetchone()
    ids = (each.id for each in attempt.annotations)
    if row or known_annotations(connection, attempt.id, ids):
        raise _already_here(attempt)


def _already_here(attempt: Attempt) -> UsageError:
    return UsageError(
        f"Attempt {attempt.id} is here already.", "To keep both, add --new-id to the command."
    )


def _write_rows(connection: sqlite3.Connection, attempt: Attempt) -> None:
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    case, fillers = attempt.case, attempt.fillers
    connection.execute(
        "INSERT INTO attempts (id, started_at, case_id, title, variant_id, state, sample,"
        " duration_s, model, case_json, fillers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt.id,
            attempt.started_at.astimezone(UTC).isoformat(timespec="microseconds"),
            case.id if case else None,
            case.title if case else "",
            attempt.variant_id,
            attempt.state,
            attempt.sample,
            attempt.duration_s,
            attempt.model,
            json.dumps(case_to_dict(case), ensure_ascii=False) if case else None,
            json.dumps(dict(fillers.counts)) if fillers else None,
        ),
    )
    write_turns(connection, attempt.id, attempt.turns)
    heard = add_transcript(connection, attempt.id, attempt.model, now, attempt.turns)
    if attempt.debrief is not None:
        add_debrief(connection, attempt.id, heard, now, attempt.debrief, attempt.vote)
    for dispute in attempt.disputes:
        write_dispute(connection, attempt.id, dispute)
    if attempt.annotations:
        write_edit(connection, attempt.id, "what came with it", now, attempt.annotations, ())
    index_attempt(connection, attempt.id)
