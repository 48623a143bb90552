"""The shape of the database, as named steps in order. A step that was released is never changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. The database's `user_version` counts the steps it has taken."""

    name: str
    """A slug; it names the backup made before the step."""
    statements: tuple[str, ...]
    """SQL, run in order in one transaction."""


MIGRATIONS = (
    Migration(
        "attempts",
        (
            # The case is last: a listing need not read past it.
            """
            CREATE TABLE attempts (
                id TEXT PRIMARY KEY,
                started_at TEXT NOT NULL,
                case_id TEXT,
                title TEXT NOT NULL,
                variant_id TEXT NOT NULL,
                state TEXT NOT NULL CHECK (
                    state IN ('recording', 'done', 'restarted', 'abandoned', 'interrupted')
                ),
                sample INTEGER NOT NULL,
                duration_s REAL NOT NULL DEFAULT 0,
                model TEXT NOT NULL,
                case_json TEXT
            ) STRICT
            """,
            "CREATE INDEX attempts_by_start ON attempts (started_at, id)",
            # Who spoke when. What the candidate said is the words of the newest transcript.
            """
            CREATE TABLE turns (
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                ordinal INTEGER NOT NULL,
                kind TEXT NOT NULL,
                start REAL NOT NULL,
                "end" REAL,
                text TEXT NOT NULL,
                voiced TEXT NOT NULL DEFAULT '[]',
                PRIMARY KEY (attempt_id, ordinal)
            ) STRICT
            """,
            # Rows are added, never changed: what a model heard stays as it heard it.
            """
            CREATE TABLE transcripts (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                made_at TEXT NOT NULL,
                model TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX transcripts_by_attempt ON transcripts (attempt_id)",
            """
            CREATE TABLE words (
                id INTEGER PRIMARY KEY,
                transcript_id INTEGER NOT NULL REFERENCES transcripts ON DELETE CASCADE,
                turn INTEGER NOT NULL,
                ordinal INTEGER NOT NULL,
                text TEXT NOT NULL,
                start REAL NOT NULL,
                "end" REAL NOT NULL,
                probability REAL NOT NULL,
                UNIQUE (transcript_id, turn, ordinal)
            ) STRICT
            """,
            # The newest counts. Vote and levels stand beside the whole, for lists.
            """
            CREATE TABLE debriefs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                transcript_id INTEGER NOT NULL REFERENCES transcripts ON DELETE CASCADE,
                made_at TEXT NOT NULL,
                scorer_version TEXT NOT NULL,
                vote TEXT,
                problem INTEGER NOT NULL,
                solution INTEGER NOT NULL,
                lift INTEGER NOT NULL,
                json TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX debriefs_by_attempt ON debriefs (attempt_id, id)",
            "CREATE INDEX debriefs_by_transcript ON debriefs (transcript_id)",
        ),
    ),
    Migration(
        "fillers",
        # {filler: count}; counted after the debrief, so missing until then.
        ("ALTER TABLE attempts ADD COLUMN fillers TEXT",),
    ),
    Migration(
        "disputes",
        (
            # Offsets count in the text of the debrief whose scorer_version stands here.
            """
            CREATE TABLE disputes (
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                criterion TEXT NOT NULL,
                level INTEGER NOT NULL,
                quote TEXT NOT NULL,
                start_char INTEGER NOT NULL,
                end_char INTEGER NOT NULL,
                start REAL NOT NULL,
                "end" REAL NOT NULL,
                scorer_version TEXT NOT NULL,
                made_at TEXT NOT NULL,
                PRIMARY KEY (attempt_id, criterion)
            ) STRICT
            """,
        ),
    ),
    Migration(
        "annotations",
        (
            # One step that can be undone. An annotation stands while the edit that added it does
            # and the one that removed it does not.
            """
            CREATE TABLE edits (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                made_at TEXT NOT NULL,
                what TEXT NOT NULL,
                undone INTEGER NOT NULL DEFAULT 0
            ) STRICT
            """,
            "CREATE INDEX edits_by_attempt ON edits (attempt_id, id)",
            # turn, first and last name words of the transcript; patch is {criterion, words}.
            """
            CREATE TABLE annotations (
                id TEXT PRIMARY KEY,
                attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
                added_by INTEGER NOT NULL REFERENCES edits ON DELETE CASCADE,
                removed_by INTEGER REFERENCES edits ON DELETE SET NULL,
                kind TEXT NOT NULL CHECK (
                    kind IN ('mark', 'note', 'tag', 'correction', 'confirmed', 'patch')
                ),
                transcript_id INTEGER REFERENCES transcripts ON DELETE CASCADE,
                turn INTEGER,
                first INTEGER,
                last INTEGER,
                start REAL NOT NULL,
                "end" REAL NOT NULL,
                text TEXT NOT NULL,
                author TEXT NOT NULL,
                made_at TEXT NOT NULL,
                patch TEXT
            ) STRICT
            """,
            "CREATE INDEX annotations_by_attempt ON annotations (attempt_id)",
            "CREATE INDEX annotations_by_adding ON annotations (added_by)",
            "CREATE INDEX annotations_by_removing ON annotations (removed_by)",
            # Where the replay was left, in seconds.
            "ALTER TABLE attempts ADD COLUMN replay_s REAL NOT NULL DEFAULT 0",
        ),
    ),
    Migration(
        "search",
        (
            # What can be searched: the corrected answer and the notes, a row an attempt. The
            # tokenizer folds case and accents.
            """
            CREATE VIRTUAL TABLE spoken USING fts5 (
                attempt_id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2'
            )
            """,
            """
            INSERT INTO spoken (attempt_id, text)
            SELECT attempt_id, group_concat(text, ' ') FROM (
                SELECT transcripts.attempt_id, words.text FROM words
                JOIN transcripts ON transcripts.id = words.transcript_id
                WHERE transcripts.id IN (SELECT max(id) FROM transcripts GROUP BY attempt_id)
                ORDER BY transcripts.attempt_id, words.turn, words.ordinal
            ) GROUP BY attempt_id
            """,
        ),
    ),
    Migration(
        "votes",
        (
            # A first answer without words has no vote, whatever its follow-ups hold.
            "UPDATE debriefs SET vote = NULL WHERE trim(json_extract(json, '$.text')) = ''",
        ),
    ),
)
"""Append only."""
