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
from vivavoce.errors import UsageError
from vivavoce.locations import private_folder
from vivavoce.store.annotation_rows import known_annotations, write_edit
from vivavoce.store.annotation_store import index_attempt
from vivavoce.store.attempt_file import RECORDING
from vivavoce.store.attempt_rows import add_debrief, add_transcript, write_turns
from vivavoce.store.database import Database
from vivavoce.store.dispute_rows import write_dispute
from vivavoce.store.ownership import Claim, is_claimed
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
        UsageError: It, or one of its annotations, is here already, or is being imported.
        BadInputError: A sound cannot be read.
        StorageError: It cannot be written.
    """
    with database.reading() as connection:
        _refuse_known(connection, attempt)
    private_folder(folder)
    own = private_folder(folder / attempt.id)  # an import that was killed may have left one
    if is_claimed(own):
        raise UsageError(
            f"Attempt {attempt.id} is being imported already.", "Wait until that is done."
        )
    claim = Claim(own)
    try:
        with database.reading() as connection:
            _refuse_known(connection, attempt)  # from here on nobody else can bring it in
        with contextlib.ExitStack() as undo:
            undo.callback(shutil.rmtree, own, ignore_errors=True)
            for name, pieces in sounds.items():
                _write(own / _file_name(name), pieces)
            with database.writing() as connection:
                _refuse_known(connection, attempt)
                _write_rows(connection, attempt)
            undo.pop_all()
    finally:
        claim.release()


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
        raise UsageError(
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
    index_attempt(connection, attempt)
