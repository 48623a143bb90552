"""Rows of the database ↔ attempts of the domain. No transaction is begun here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from vivavoce.domain.attempt import Attempt, AttemptSummary, LastResult
from vivavoce.domain.case_json import case_from_dict
from vivavoce.domain.debrief import Criterion, Debrief, Level, Vote
from vivavoce.domain.debrief_json import debrief_from_dict, debrief_to_dict
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.store.annotation_rows import read_annotations
from vivavoce.store.dispute_rows import read_disputes

_NEWEST_DEBRIEF = "(SELECT max(id) FROM debriefs WHERE attempt_id = attempts.id)"


def read_attempt(
    connection: sqlite3.Connection, attempt_id: str, turns: tuple[Turn, ...] | None = None
) -> Attempt | None:
    """Return the attempt with its newest transcript and debrief, or None when it is not there.

    Args:
        connection: Within a transaction.
        attempt_id: The whole id.
        turns: As they have just been written: an hour of words takes 12 ms to read back.
    """
    row = connection.execute(
        "SELECT case_json, variant_id, started_at, state, sample, model, duration_s, fillers"
        " FROM attempts WHERE id = ?",
        (attempt_id,),
    ).fetchone()
    if row is None:
        return None
    case_json, variant_id, started_at, state, sample, model, duration_s, fillers = row
    transcript_id, model = connection.execute(
        "SELECT id, model FROM transcripts WHERE attempt_id = ? ORDER BY id DESC LIMIT 1",
        (attempt_id,),
    ).fetchone() or (None, model)
    if turns is None:
        turns = _read_turns(connection, attempt_id, transcript_id)
    return Attempt(
        id=attempt_id,
        case=case_from_dict(json.loads(case_json)) if case_json is not None else None,
        variant_id=variant_id,
        started_at=datetime.fromisoformat(started_at),
        state=state,
        sample=bool(sample),
        model=model,
        duration_s=duration_s,
        turns=turns,
        debrief=_read_debrief(connection, attempt_id),
        fillers=Fillers(tuple(json.loads(fillers).items())) if fillers is not None else None,
        disputes=read_disputes(connection, attempt_id),
        annotations=read_annotations(connection, attempt_id, transcript_id),
    )


def _read_turns(
    connection: sqlite3.Connection, attempt_id: str, transcript_id: int | None
) -> tuple[Turn, ...]:
    heard: dict[int, list[Word]] = {}
    for turn, *word in connection.execute(
        'SELECT turn, text, start, "end", probability FROM words'
        " WHERE transcript_id = ? ORDER BY turn, ordinal",
        (transcript_id,),
    ):
        heard.setdefault(turn, []).append(Word(*word))
    turns = []
    for ordinal, kind, start, end, text, voiced in connection.execute(
        'SELECT ordinal, kind, start, "end", text, voiced FROM turns'
        " WHERE attempt_id = ? ORDER BY ordinal",
        (attempt_id,),
    ):
        words = tuple(heard.get(ordinal, ()))
        turns.append(
            Turn(
                kind=kind,
                span=Span(start, start if end is None else end),
                text=" ".join(word.text for word in words) if words else text,
                words=words,
                voiced=tuple(Span(*span) for span in json.loads(voiced)),
            )
        )
    return tuple(turns)


def _read_debrief(connection: sqlite3.Connection, attempt_id: str) -> Debrief | None:
    row = connection.execute(
        "SELECT json FROM debriefs WHERE attempt_id = ? ORDER BY id DESC LIMIT 1", (attempt_id,)
    ).fetchone()
    return debrief_from_dict(json.loads(row[0])) if row else None


def write_turns(connection: sqlite3.Connection, attempt_id: str, turns: Iterable[Turn]) -> None:
    """Replace what was noted of the turns while they ran."""
    connection.execute("DELETE FROM turns WHERE attempt_id = ?", (attempt_id,))
    connection.executemany(
        'INSERT INTO turns (attempt_id, ordinal, kind, start, "end", text, voiced)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                attempt_id,
                ordinal,
                turn.kind,
                turn.span.start,
                turn.span.end,
                "" if turn.by_candidate else turn.text,
                json.dumps([[span.start, span.end] for span in turn.voiced]),
            )
            for ordinal, turn in enumerate(turns)
        ),
    )


def add_transcript(
    connection: sqlite3.Connection, attempt_id: str, model: str, made_at: str, turns: Sequence[Turn]
) -> int:
    """Add what a model heard and return the transcript's id."""
    cursor = connection.execute(
        "INSERT INTO transcripts (attempt_id, made_at, model) VALUES (?, ?, ?)",
        (attempt_id, made_at, model),
    )
    transcript_id = cursor.lastrowid
    assert transcript_id is not None
    connection.executemany(
        'INSERT INTO words (transcript_id, turn, ordinal, text, start, "end", probability)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (transcript_id, turn, ordinal, word.text, word.start, word.end, word.probability)
            for turn, said in enumerate(turns)
            for ordinal, word in enumerate(said.words)
        ),
    )
    return transcript_id


def add_debrief(
    connection: sqlite3.Connection,
    attempt_id: str,
    transcript_id: int,
    made_at: str,
    debrief: Debrief,
    vote: Vote | None,
) -> None:
    """Add a debrief."""
    first = debrief.first
    connection.execute(
        "INSERT INTO debriefs (attempt_id, transcript_id, made_at, scorer_version, vote,"
        " problem, solution, lift, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt_id,
            transcript_id,
            made_at,
            first.scorer_version,
            vote,
            first.problem.level,
            first.solution.level,
            first.lift.level,
            json.dumps(debrief_to_dict(debrief, attempt_id), ensure_ascii=False),
        ),
    )


def read_summaries(connection: sqlite3.Connection) -> list[AttemptSummary]:
    """Return all attempts, newest first."""
    rows = connection.execute(
        "SELECT id, case_id, title, started_at, duration_s, sample,"
        f" (SELECT vote FROM debriefs WHERE id = {_NEWEST_DEBRIEF}), state"
        " FROM attempts ORDER BY started_at DESC, id DESC"
    )
    return [
        AttemptSummary(
            attempt_id,
            case_id,
            title,
            datetime.fromisoformat(started_at),
            duration_s,
            bool(sample),
            vote,
            state,
        )
        for attempt_id, case_id, title, started_at, duration_s, sample, vote, state in rows
    ]


def read_levels(connection: sqlite3.Connection) -> dict[str, dict[Criterion, Level]]:
    """Return by attempt how its three sentences were read last; attempts not scored are missing."""
    rows = connection.execute(
        "SELECT attempts.id, problem, solution, lift FROM attempts"
        f" JOIN debriefs ON debriefs.id = {_NEWEST_DEBRIEF}"
    )
    return {
        attempt_id: {"problem": problem, "solution": solution, "lift": lift}
        for attempt_id, problem, solution, lift in rows
    }


def read_last_results(connection: sqlite3.Connection) -> dict[str, LastResult]:
    """Return by case id how its latest attempt that was done was read, else one that was broken
    off.

    Samples do not count, nor do those in whose first answer nothing was heard.
    """
    rows = connection.execute(
        "SELECT case_id, started_at, problem, solution, lift FROM attempts"
        f" JOIN debriefs ON debriefs.id = {_NEWEST_DEBRIEF}"
        " WHERE case_id IS NOT NULL AND state IN ('done', 'interrupted') AND NOT sample"
        " AND vote IS NOT NULL"
        " ORDER BY state = 'done', started_at, attempts.id"  # the last of a case stands
    )
    return {
        case_id: LastResult(
            datetime.fromisoformat(started_at),
            {"problem": problem, "solution": solution, "lift": lift},
        )
        for case_id, started_at, problem, solution, lift in rows
    }
