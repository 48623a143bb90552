from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.attempts_made import (
    CASE,
    debrief_of,
    leave_unfinished,
    make_attempt,
    only_a_question_answered,
    turns_saying,
)
from vivavoce.domain.debrief import Level
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.errors import NotFoundError, UsageError
from vivavoce.locations import Locations
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.migrations import MIGRATIONS
from vivavoce.store.recording import read_recording

INSTRUCTIONS_AN_ATTEMPT = 100
"""Of SQLite's virtual machine, most; listing takes some 35. Another scan takes thousands."""


def test_an_attempt_returns_as_it_was_kept_also_to_another_process(
    store: AttemptStore, locations: Locations
) -> None:
    turns = (
        *turns_saying("They skip “songs” they know – 4 of 5."),
        Turn("probe", Span(7.0, 9.0), "By how much?"),
        Turn("probe-answer", Span(9.0, 9.5), ""),
    )
    opened = store.begin(CASE, "b", False, "base")
    opened.recording.write(np.full(SAMPLE_RATE, 7, np.int16))
    debrief = replace(debrief_of(turns[:2], "yes", 2), with_probes=debrief_of(turns[:2]).first)
    kept = store.finish(opened.id, "done", turns, 9.5, debrief)
    other = AttemptStore(locations)
    attempt = other.get(opened.id)
    other.close()
    assert attempt == kept
    assert attempt.case == CASE
    assert attempt.turns == turns
    assert attempt.debrief == debrief
    assert (attempt.variant_id, attempt.state, attempt.model) == ("b", "done", "base")
    assert (attempt.sample, attempt.duration_s, attempt.vote) == (False, 9.5, "yes")
    assert abs(datetime.now(UTC) - attempt.started_at) < timedelta(minutes=1)
    assert len(attempt.id) == 26
    assert np.array_equal(
        read_recording(store.recording_path(attempt.id)), np.full(SAMPLE_RATE, 7, np.int16)
    )


def test_an_attempt_without_a_case_has_no_vote(store: AttemptStore) -> None:
    attempt_id = make_attempt(store, case=None, vote="no")
    attempt = store.get(attempt_id)
    assert attempt.case is None
    assert attempt.debrief is not None
    assert attempt.vote is None
    (summary,) = store.list()
    assert (summary.case_id, summary.title, summary.vote) == (None, "", None)


def test_silence_is_not_voted_on(store: AttemptStore) -> None:
    attempt_id = make_attempt(store, text="")
    assert store.get(attempt_id).vote is None
    assert store.list()[0].vote is None


def test_an_attempt_whose_first_answer_was_not_heard_has_no_vote(store: AttemptStore) -> None:
    attempt_id = only_a_question_answered(store)
    assert store.get(attempt_id).vote is None
    (summary,) = store.list()
    assert summary.vote is None
    assert not summary.answered


def test_what_happens_is_on_disk_as_it_happens(store: AttemptStore) -> None:
    opened = store.begin(CASE, "a", False, "base")
    opened.begin_turn("prompt", 0.5, CASE.prompt)
    assert store.get(opened.id).turns == (Turn("prompt", Span(0.5, 0.5), CASE.prompt),)
    opened.end_turn(4.25)
    opened.begin_turn("answer", 5.0)
    attempt = store.get("latest")
    assert attempt.state == "recording"
    assert attempt.turns == (
        Turn("prompt", Span(0.5, 4.25), CASE.prompt),
        Turn("answer", Span(5.0, 5.0), ""),
    )
    opened.close()


def test_the_final_turns_replace_the_notes(store: AttemptStore) -> None:
    opened = store.begin(CASE, "a", False, "base")
    for at in (0.0, 1.0, 2.0):
        opened.begin_turn("prompt", at, "again")
        opened.end_turn(at + 0.5)
    turns = turns_saying("Only this.")
    store.finish(opened.id, "done", turns, 4.0, None)
    assert store.get(opened.id).turns == turns
    assert store.get(opened.id).debrief is None


def test_a_second_reading_counts_and_the_first_stays_readable(
    store: AttemptStore, locations: Locations
) -> None:
    attempt_id = make_attempt(store, "first hearing", vote="no")
    turns = turns_saying("second hearing")
    debrief = debrief_of(turns, "yes", 1, "test-2")
    attempt = store.finish(attempt_id, "interrupted", turns, 2.0, debrief, "tiny.en")
    assert attempt == store.get(attempt_id)
    assert (attempt.model, attempt.vote, attempt.turns) == ("tiny.en", "yes", turns)
    assert store.list()[0].vote == "yes"
    rows = sqlite3.connect(locations.database)
    versions = rows.execute("SELECT scorer_version, vote FROM debriefs ORDER BY id").fetchall()
    models = rows.execute(
        "SELECT model, count(*) FROM transcripts JOIN words ON transcript_id ="
        " transcripts.id GROUP BY transcripts.id"
    ).fetchall()
    rows.close()
    assert versions == [("test-1", "no"), ("test-2", "yes")]
    assert models == [("base", 2), ("tiny.en", 2)]


def test_only_its_owner_may_read_an_attempt(store: AttemptStore, locations: Locations) -> None:
    folder = locations.attempts / make_attempt(store)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    assert modes == {"recording.wav": 0o600}


def test_attempts_are_listed_the_newest_first(store: AttemptStore) -> None:
    ids = [
        make_attempt(store, vote="yes"),
        make_attempt(store, sample=True),
        make_attempt(store, state="restarted"),
        leave_unfinished(store),
    ]
    listed = store.list()
    assert {summary.id for summary in listed} == set(ids)
    assert listed == sorted(listed, key=lambda s: (s.started_at, s.id), reverse=True)
    told = {s.id: (s.title, s.case_id, s.sample, s.vote, s.state, s.duration_s) for s in listed}
    assert [told[attempt_id] for attempt_id in ids] == [
        ("Early skips", "early-skips", False, "yes", "done", 1.0),
        ("Early skips", "early-skips", True, "no", "done", 1.0),
        ("Early skips", "early-skips", False, "no", "restarted", 1.0),
        ("Early skips", "early-skips", False, None, "recording", 0.0),
    ]
    assert store.get("latest").id == listed[0].id


def test_any_beginning_that_no_other_id_shares_finds_an_attempt(store: AttemptStore) -> None:
    ids = sorted(make_attempt(store) for _ in range(7))
    shared = next(n for n in range(26) if len({i[: n + 1] for i in ids}) > 1)
    assert store.get(ids[0].lower()).id == ids[0]
    with pytest.raises(UsageError, match=f"7 attempts begin with {ids[0][:shared]}: ") as told:
        store.get(ids[0][:shared])
    assert told.value.message.count("01") >= 5
    assert "and 2 more" in told.value.message
    for attempt_id in ids:
        length = next(n for n in range(27) if sum(i.startswith(attempt_id[:n]) for i in ids) == 1)
        assert store.get(attempt_id[:length]).id == attempt_id


@pytest.mark.parametrize(
    "name", ["", "%", "_", "0*", "../../etc", "LATEST", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "é", "0" * 99]
)
def test_what_names_no_attempt_is_not_found(store: AttemptStore, name: str) -> None:
    make_attempt(store)
    with pytest.raises(NotFoundError, match="There is no attempt") as told:
        store.get(name)
    assert told.value.hint
    with pytest.raises(NotFoundError):
        store.delete(name)
    assert len(store.list()) == 1


def test_there_is_no_latest_attempt_before_the_first(store: AttemptStore) -> None:
    with pytest.raises(NotFoundError, match="no attempts yet"):
        store.get("latest")


def test_an_attempt_that_cannot_be_noted_leaves_no_folder(
    store: AttemptStore, locations: Locations
) -> None:
    rows = sqlite3.connect(locations.database)
    rows.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    rows.close()
    with pytest.raises(sqlite3.IntegrityError):
        store.begin(CASE, "a", False, "base")
    assert list(locations.attempts.iterdir()) == []


def test_finishing_what_is_not_there_is_not_found(store: AttemptStore) -> None:
    with pytest.raises(NotFoundError):
        store.finish("01ARZ3NDEKTSV4RRFFQ69G5FAV", "done", (), 1.0, None)


@pytest.mark.parametrize("lift", [0, 1, 2])
def test_the_last_result_is_that_of_the_latest_attempt_that_was_done(
    store: AttemptStore, lift: Level
) -> None:
    make_attempt(store, lift=0)
    counted = store.get(make_attempt(store, lift=lift))
    make_attempt(store, sample=True)
    make_attempt(store, state="restarted")
    make_attempt(store, state="abandoned")
    make_attempt(store, case=None)
    make_attempt(store, text="")
    only_a_question_answered(store)
    leave_unfinished(store)
    (result,) = store.last_results().items()
    assert result[0] == "early-skips"
    assert result[1].levels == {"problem": 2, "solution": 0, "lift": lift}
    assert result[1].at == counted.started_at


def test_an_interrupted_answer_with_words_is_a_try(store: AttemptStore) -> None:
    make_attempt(store, text="", state="interrupted")
    assert store.last_results() == {}
    counted = store.get(make_attempt(store, state="interrupted", lift=1))
    (result,) = store.last_results().values()
    assert (result.at, result.levels["lift"]) == (counted.started_at, 1)
    done = store.get(make_attempt(store, lift=2))
    make_attempt(store, state="interrupted", lift=0)
    (result,) = store.last_results().values()
    assert (result.at, result.levels["lift"]) == (done.started_at, 2)


def test_votes_on_a_first_answer_without_words_are_taken_back_where_they_were_kept(
    store: AttemptStore, locations: Locations
) -> None:
    silent, spoken = only_a_question_answered(store), make_attempt(store, vote="no")
    step = [migration.name for migration in MIGRATIONS].index("votes")
    rows = sqlite3.connect(locations.database)
    rows.execute("UPDATE debriefs SET vote = 'no'")
    rows.execute(f"PRAGMA user_version = {step}")
    rows.commit()
    rows.close()
    migrated = AttemptStore(locations)
    assert {each.id: each.vote for each in migrated.list()} == {silent: None, spoken: "no"}
    migrated.close()


def test_a_running_attempt_is_unfinished_only_once_it_was_let_go(
    store: AttemptStore, locations: Locations
) -> None:
    opened = store.begin(CASE, "a", False, "base")
    other = AttemptStore(locations)
    assert store.unfinished() == []
    assert other.unfinished() == []
    opened.recording.close()
    assert other.unfinished() == []
    opened.close()
    opened.close()
    assert [attempt.id for attempt in other.unfinished()] == [opened.id]
    store.finish(opened.id, "interrupted", (), 0.0, None)
    assert other.unfinished() == []
    other.close()


def test_closing_the_store_lets_go_of_what_it_records(locations: Locations) -> None:
    first = AttemptStore(locations)
    opened = first.begin(CASE, "a", False, "base")
    first.close()
    second = AttemptStore(locations)
    assert [attempt.id for attempt in second.unfinished()] == [opened.id]
    second.close()


def test_an_unfinished_attempt_whose_folder_is_gone_is_listed_and_can_be_deleted(
    store: AttemptStore, locations: Locations
) -> None:
    attempt_id = leave_unfinished(store)
    shutil.rmtree(locations.attempts / attempt_id)
    assert [attempt.id for attempt in store.unfinished()] == [attempt_id]
    store.delete(attempt_id)
    assert store.list() == []


def test_deleting_leaves_no_sound_no_row_and_no_word(
    store: AttemptStore, locations: Locations
) -> None:
    kept = make_attempt(store, "kept words")
    gone = make_attempt(store, "xylophone zeppelin " * 200)
    assert b"xylophone" in b"".join(
        file.read_bytes() for file in locations.data.rglob("*") if file.is_file()
    )
    store.delete(gone)
    for file in locations.data.rglob("*"):
        if file.is_file():
            assert b"xylophone" not in file.read_bytes()
            assert gone.encode() not in file.read_bytes()
    assert not (locations.attempts / gone).exists()
    assert [summary.id for summary in store.list()] == [kept]
    rows = sqlite3.connect(locations.database)
    for table in ("turns", "transcripts", "debriefs"):
        (orphans,) = rows.execute(
            f"SELECT count(*) FROM {table} WHERE attempt_id != ?", (kept,)
        ).fetchone()
        assert orphans == 0
    assert rows.execute("SELECT count(*) FROM words").fetchone() == (2,)
    rows.close()


def test_an_attempt_that_is_being_recorded_is_not_deleted(
    store: AttemptStore, locations: Locations
) -> None:
    opened = store.begin(CASE, "a", False, "base")
    other = AttemptStore(locations)
    with pytest.raises(UsageError, match="is being recorded"):
        other.delete(opened.id)
    other.close()
    opened.recording.write(np.zeros(160, np.int16))
    opened.close()
    store.delete(opened.id)
    assert store.list() == []


def test_listing_five_thousand_attempts_takes_a_few_steps_for_each(
    store: AttemptStore, locations: Locations
) -> None:
    first = make_attempt(store, "word " * 200)
    rows = sqlite3.connect(locations.database)
    rows.executescript(
        f"""
        BEGIN;
        CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000) SELECT i FROM c;
        INSERT INTO attempts SELECT printf('01%024d', i), started_at, 'case-' || (i % 20), title,
            variant_id, state, sample, duration_s, model, case_json || printf('%3000d', i), NULL, 0
            FROM attempts, n WHERE id = '{first}';
        INSERT INTO transcripts SELECT i + 100, printf('01%024d', i), made_at, model
            FROM transcripts, n;
        INSERT INTO debriefs SELECT i + 100, printf('01%024d', i), i + 100, made_at, scorer_version,
            vote, problem, solution, lift, json FROM debriefs, n;
        COMMIT;
        """
    )
    rows.close()

    assert len(store.list()) == 5001
    assert len(store.last_results()) == 21
    for work in (store.list, store.last_results, store.unfinished):
        assert instructions(store, work) < 5001 * INSTRUCTIONS_AN_ATTEMPT


def instructions(store: AttemptStore, work: Callable[[], object]) -> int:
    """Count SQLite's own steps: a scan within a scan shows, a busy machine does not."""
    hundreds = itertools.count()
    with store._database.reading() as connection:
        connection.set_progress_handler(lambda: next(hundreds) and None, 100)
    work()
    with store._database.reading() as connection:
        connection.set_progress_handler(None, 100)
    return next(hundreds) * 100


def test_fillers_are_kept_and_told_apart_from_none_counted(store: AttemptStore) -> None:
    attempt = store.begin(None, "", sample=False, model="base")
    assert store.get(attempt.id).fillers is None
    store.keep_fillers(attempt.id, Fillers(()))
    assert store.get(attempt.id).fillers == Fillers(())
    store.keep_fillers(attempt.id, Fillers((("um", 3), ("kind of", 1))))
    assert store.get(attempt.id).fillers == Fillers((("um", 3), ("kind of", 1)))
