"""Rows of the database ↔ annotations and the edits that made them. No transaction is begun here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vivavoce.domain.annotation import Anchor, Annotation, WordRange
from vivavoce.domain.speech import Span, Word

_STANDS = (
    " AND (SELECT undone FROM edits WHERE id = added_by) = 0"
    " AND (removed_by IS NULL OR (SELECT undone FROM edits WHERE id = removed_by) = 1)"
)
"""Of the annotations of one attempt, those that were not removed or undone."""


def read_annotations(
    connection: sqlite3.Connection, attempt_id: str, transcript_id: int | None
) -> tuple[Annotation, ...]:
    """Return what stands, in the order of its places.

    Args:
        connection: Within a transaction.
        attempt_id: The whole id.
        transcript_id: The newest: words of an earlier one are no anchor any more.
    """
    rows = connection.execute(
        'SELECT id, kind, transcript_id, turn, first, last, start, "end", text, made_at, author,'
        f" patch FROM annotations WHERE attempt_id = ?{_STANDS}"
        " ORDER BY start, made_at, id",
        (attempt_id,),
    )
    return tuple(_annotation(row, transcript_id) for row in rows)


def _annotation(row: tuple[Any, ...], transcript_id: int | None) -> Annotation:
    (
        annotation_id,
        kind,
        anchored_in,
        turn,
        first,
        last,
        start,
        end,
        text,
        made_at,
        author,
        patch,
    ) = row
    words = None
    if turn is not None and anchored_in == transcript_id:
        words = WordRange(turn, first, last)
    said = json.loads(patch) if patch is not None else {"criterion": None, "words": []}
    return Annotation(
        id=annotation_id,
        kind=kind,
        anchor=Anchor(Span(start, end), words),
        text=text,
        made_at=datetime.fromisoformat(made_at),
        author=author,
        criterion=said["criterion"],
        said=tuple(Word(*word) for word in said["words"]),
    )


def write_edit(
    connection: sqlite3.Connection,
    attempt_id: str,
    what: str,
    made_at: str,
    added: Iterable[Annotation],
    removed: Iterable[str],
) -> bool:
    """Keep one step; what had been undone before can no longer be done again.

    Args:
        connection: Within a transaction that writes.
        attempt_id: The whole id.
        what: In a word or two, for "Undone: ...".
        made_at: ISO 8601.
        added: New annotations; the words of their anchors are those of the newest transcript.
        removed: Ids of annotations. Those that another process has removed meanwhile, and those of
            its corrections that `added` corrects again, make no difference: the later step counts.

    Returns:
        False where the attempt is not there.
    """
    connection.execute("DELETE FROM edits WHERE attempt_id = ? AND undone", (attempt_id,))
    edit_id = connection.execute(
        "INSERT INTO edits (attempt_id, made_at, what) SELECT id, ?, ? FROM attempts WHERE id = ?"
        " RETURNING id",
        (made_at, what, attempt_id),
    ).fetchone()
    if edit_id is None:
        return False
    connection.executemany(
        "UPDATE annotations SET removed_by = ?"
        " WHERE id = ? AND attempt_id = ? AND removed_by IS NULL",
        ((edit_id[0], annotation_id, attempt_id) for annotation_id in removed),
    )
    for annotation in added:
        if annotation.kind == "correction" and annotation.anchor.words is not None:
            _remove_corrections(connection, attempt_id, edit_id[0], annotation.anchor.words)
        _add(connection, attempt_id, edit_id[0], annotation)
    return True


def _remove_corrections(
    connection: sqlite3.Connection, attempt_id: str, edit_id: int, words: WordRange
) -> None:
    """Remove corrections that touch words: of two that share one, neither could be shown."""
    connection.execute(
        "UPDATE annotations SET removed_by = ? WHERE attempt_id = ? AND removed_by IS NULL"
        " AND kind = 'correction' AND turn = ? AND first <= ? AND last >= ? AND transcript_id ="
        " (SELECT max(id) FROM transcripts WHERE attempt_id = annotations.attempt_id)",
        (edit_id, attempt_id, words.turn, words.last, words.first),
    )


def _add(
    connection: sqlite3.Connection, attempt_id: str, edit_id: int, annotation: Annotation
) -> None:
    words = annotation.anchor.words
    patch = None
    if annotation.kind == "patch":
        said = [[word.text, word.start, word.end, word.probability] for word in annotation.said]
        patch = json.dumps({"criterion": annotation.criterion, "words": said}, ensure_ascii=False)
    connection.execute(
        "INSERT INTO annotations (id, attempt_id, added_by, kind, transcript_id, turn, first, last,"
        ' start, "end", text, author, made_at, patch)'
        " VALUES (?, ?, ?, ?, (SELECT max(id) FROM transcripts WHERE attempt_id = ?),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            annotation.id,
            attempt_id,
            edit_id,
            annotation.kind,
            attempt_id,
            words.turn if words else None,
            words.first if words else None,
            words.last if words else None,
            annotation.anchor.span.start,
            annotation.anchor.span.end,
            annotation.text,
            annotation.author,
            annotation.made_at.isoformat(timespec="microseconds"),
            patch,
        ),
    )


def known_annotations(
    connection: sqlite3.Connection, attempt_id: str, ids: Iterable[str]
) -> frozenset[str]:
    """Return those ids that cannot be added again: they stand, were removed, or are of another
    attempt. What was undone can come again.

    Args:
        connection: Within a transaction.
        attempt_id: The whole id; need not be there.
        ids: Of annotations.
    """
    return frozenset(
        annotation_id
        for annotation_id in ids
        if connection.execute(
            "SELECT 1 FROM annotations JOIN edits ON edits.id = added_by"
            " WHERE annotations.id = ? AND (NOT undone OR annotations.attempt_id != ?)",
            (annotation_id, attempt_id),
        ).fetchone()
    )


def undo_edit(connection: sqlite3.Connection, attempt_id: str) -> str | None:
    """Take the latest step back and return what it was; None where there is none."""
    return _turn(
        connection,
        "SELECT max(id) FROM edits WHERE attempt_id = ? AND NOT undone",
        attempt_id,
        undone=True,
    )


def redo_edit(connection: sqlite3.Connection, attempt_id: str) -> str | None:
    """Do again what was undone last and return what it was; None where there is nothing."""
    return _turn(
        connection,
        "SELECT min(id) FROM edits WHERE attempt_id = ? AND undone",
        attempt_id,
        undone=False,
    )


def _turn(
    connection: sqlite3.Connection, which: str, attempt_id: str, *, undone: bool
) -> str | None:
    row = connection.execute(
        f"UPDATE edits SET undone = ? WHERE id = ({which}) RETURNING what", (undone, attempt_id)
    ).fetchone()
    return str(row[0]) if row else None
