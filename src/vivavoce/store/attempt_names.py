"""Finding an attempt by what a person calls it."""

from __future__ import annotations

import re
import sqlite3

from vivavoce.errors import NotFoundError, UsageError

_ID = re.compile(r"[0-9A-Z]{1,26}", re.ASCII)
_SHOWN_CANDIDATES = 5


def find_id(connection: sqlite3.Connection, name: str) -> str:
    """Return the id that a name stands for.

    Args:
        connection: Within a transaction.
        name: An id, the beginning of one that no other shares, or `latest`.

    Raises:
        NotFoundError: No such attempt.
        UsageError: Several ids begin so.
    """
    if name == "latest":
        row = connection.execute(
            "SELECT id FROM attempts ORDER BY started_at DESC, id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            raise NotFoundError(
                "There are no attempts yet.", "Begin one: vivavoce practice daily-mix-churn"
            )
        return str(row[0])
    prefix = name.upper()
    if not _ID.fullmatch(prefix):
        raise unknown_attempt(name)
    rows = connection.execute(
        "SELECT id FROM attempts WHERE id >= ? AND id < ? ORDER BY id DESC",
        (prefix, prefix + "~"),
    ).fetchall()
    if not rows:
        raise unknown_attempt(name)
    if len(rows) > 1:
        shown = ", ".join(row[0] for row in rows[:_SHOWN_CANDIDATES])
        more = f" and {len(rows) - _SHOWN_CANDIDATES} more" if len(rows) > _SHOWN_CANDIDATES else ""
        raise UsageError(f"{len(rows)} attempts begin with {name}: {shown}{more}.", "Write more.")
    return str(rows[0][0])


def unknown_attempt(name: str) -> NotFoundError:
    """Return what is told where no attempt has this name."""
    return NotFoundError(f"There is no attempt {name!r}.", "List them with: vivavoce attempts list")
