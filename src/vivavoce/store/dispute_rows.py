"""Rows of the database ↔ disputes of the domain. No transaction is begun here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vivavoce.domain.debrief import Criterion
from vivavoce.domain.dispute import Dispute, JudgedAttempt

_FIELDS = (
    "disputes.criterion, disputes.level, disputes.quote, disputes.start_char, disputes.end_char,"
    ' disputes.start, disputes."end", disputes.scorer_version, disputes.made_at'
)
"""In the order of `Dispute`."""


def read_disputes(connection: sqlite3.Connection, attempt_id: str) -> tuple[Dispute, ...]:
    """Return an attempt's disputes in the order in which they were made."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM disputes WHERE attempt_id = ? ORDER BY made_at, criterion",
        (attempt_id,),
    )
    return tuple(_dispute(row) for row in rows)


def write_dispute(connection: sqlite3.Connection, attempt_id: str, dispute: Dispute) -> bool:
    """Keep a dispute in place of an earlier one; return False where the attempt is not there."""
    cursor = connection.execute(
        "INSERT OR REPLACE INTO disputes SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM attempts"
        " WHERE id = ?",
        (
            dispute.criterion,
            dispute.level,
            dispute.quote,
            dispute.start_char,
            dispute.end_char,
            dispute.start,
            dispute.end,
            dispute.scorer_version,
            dispute.made_at.isoformat(timespec="microseconds"),
            attempt_id,
        ),
    )
    return cursor.rowcount == 1


def remove_dispute(connection: sqlite3.Connection, attempt_id: str, criterion: Criterion) -> None:
    """Remove a dispute, where there is one."""
    connection.execute(
        "DELETE FROM disputes WHERE attempt_id = ? AND criterion = ?", (attempt_id, criterion)
    )


def read_judged(connection: sqlite3.Connection) -> list[JudgedAttempt]:
    """Return the attempts whose judgements their candidate was shown, newest first."""
    disputes: dict[str, list[Dispute]] = {}
    rows = connection.execute(
        f"SELECT attempt_id, {_FIELDS} FROM disputes ORDER BY made_at, criterion"
    )
    for attempt_id, *row in rows:
        disputes.setdefault(attempt_id, []).append(_dispute(row))
    judged = connection.execute(
        "SELECT attempts.id FROM attempts JOIN debriefs ON debriefs.id ="
        " (SELECT max(id) FROM debriefs WHERE attempt_id = attempts.id)"
        " WHERE state = 'done' AND NOT sample AND vote IS NOT NULL"
        " ORDER BY started_at DESC, attempts.id DESC"
    )
    return [JudgedAttempt(row[0], tuple(disputes.get(row[0], ()))) for row in judged]


def _dispute(row: Sequence[Any]) -> Dispute:
    fields: list[Any] = [*row[:-1], datetime.fromisoformat(row[-1])]
    return Dispute(*fields)
