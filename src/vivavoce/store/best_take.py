"""The last best take at a case: what the next one is set beside."""

from __future__ import annotations

import sqlite3

from vivavoce.domain.attempt import Attempt
from vivavoce.store.attempt_rows import read_attempt

_BEST = """
    SELECT attempts.id FROM attempts
    JOIN debriefs ON debriefs.id = (SELECT max(id) FROM debriefs WHERE attempt_id = attempts.id)
    WHERE case_id = ? AND state = 'done' AND NOT sample AND vote IS NOT NULL
    ORDER BY vote = 'yes' DESC, problem + solution + lift DESC, started_at DESC, attempts.id DESC
    LIMIT 1
"""


def read_best_take(connection: sqlite3.Connection, case_id: str) -> Attempt | None:
    """Return the take with the best vote, of these the one with most levels, of these the newest.

    Samples, takes that were begun again or broken off, and those in which nothing was heard do not
    count; nor does one that is being recorded.

    Args:
        connection: Within a transaction.
        case_id: Any variant of it counts.

    Returns:
        None where there is no such take.
    """
    row = connection.execute(_BEST, (case_id,)).fetchone()
    return read_attempt(connection, row[0]) if row else None
