"""The full-text index over what was said and noted. No transaction is begun here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

_WORDS = re.compile(r"\w+")


def index_text(connection: sqlite3.Connection, attempt_id: str, texts: Iterable[str]) -> None:
    """Make an attempt findable by these texts, in place of those before."""
    connection.execute("DELETE FROM spoken WHERE attempt_id = ?", (attempt_id,))
    connection.execute(
        "INSERT INTO spoken (attempt_id, text) VALUES (?, ?)", (attempt_id, "\n".join(texts))
    )


def forget_text(connection: sqlite3.Connection, attempt_id: str) -> None:
    """Take an attempt's words out of the index, and out of its raw bytes."""
    connection.execute("DELETE FROM spoken WHERE attempt_id = ?", (attempt_id,))
    # FTS5 only notes a deletion, and keeps the words until its parts are merged.
    connection.execute("INSERT INTO spoken (spoken) VALUES ('optimize')")


def search_texts(connection: sqlite3.Connection, query: str) -> dict[str, str]:
    """Return by attempt a stretch around what was found, the words in « ».

    Args:
        connection: Within a transaction.
        query: Words that must all be there, the last one perhaps only begun; its signs are no
            operators.

    Returns:
        Best match first; empty for a query without words.
    """
    words = _WORDS.findall(query)
    if not words:
        return {}
    match = " ".join(f'"{word}"' for word in words) + "*"
    rows = connection.execute(
        "SELECT attempt_id, snippet(spoken, 1, '«', '»', '…', 12) FROM spoken"
        " WHERE spoken MATCH ? ORDER BY rank",
        (match,),
    )
    return {attempt_id: text.replace("\n", " ") for attempt_id, text in rows}
