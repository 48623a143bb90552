"""Disputes: kept beside an attempt, replaced, withdrawn and deleted with it."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.attempts_made import leave_unfinished, make_attempt, only_a_question_answered
from vivavoce.domain.dispute import Dispute
from vivavoce.errors import NotFoundError
from vivavoce.locations import Locations
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.database import Database
from vivavoce.store.migrations import MIGRATIONS

DISPUTE = Dispute(
    criterion="lift",
    level=0,
    quote="skip “songs”",
    start_char=10,
    end_char=22,
    start=3.5,
    end=4.4,
    scorer_version="test-1",
    made_at=datetime(2026, 5, 4, 12, 30, 0, 123456, UTC),
)
LATER = DISPUTE.made_at + timedelta(hours=1)


def test_a_dispute_returns_as_it_was_kept_also_to_another_process(
    store: AttemptStore, locations: Locations
) -> None:
    attempt_id, other_id = make_attempt(store), make_attempt(store)
    store.keep_dispute(attempt_id, DISPUTE)
    other = AttemptStore(locations)
    assert other.get(attempt_id).disputes == (DISPUTE,)
    assert other.get(other_id).disputes == ()
    other.close()


def test_a_second_dispute_of_a_judgement_takes_the_place_of_the_first(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    first = replace(DISPUTE, criterion="impact")
    store.keep_dispute(attempt_id, DISPUTE)
    store.keep_dispute(attempt_id, replace(first, made_at=LATER))
    second = replace(DISPUTE, quote="they know", made_at=LATER + timedelta(hours=1))
    store.keep_dispute(attempt_id, second)
    assert store.get(attempt_id).disputes == (replace(first, made_at=LATER), second)


def test_a_withdrawn_dispute_is_gone_and_the_others_stay(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    kept = replace(DISPUTE, criterion="impact")
    store.keep_dispute(attempt_id, DISPUTE)
    store.keep_dispute(attempt_id, kept)
    store.withdraw_dispute(attempt_id, "lift")
    store.withdraw_dispute(attempt_id, "solution")
    assert store.get(attempt_id).disputes == (kept,)


def test_vote_levels_and_debrief_stay_as_they_were(store: AttemptStore) -> None:
    attempt_id = make_attempt(store, vote="no", lift=1)
    before, results = store.get(attempt_id), store.last_results()
    store.keep_dispute(attempt_id, replace(DISPUTE, level=1))
    assert replace(store.get(attempt_id), disputes=()) == before
    assert store.last_results() == results


def test_an_attempt_that_was_deleted_meanwhile_is_not_found(store: AttemptStore) -> None:
    with pytest.raises(NotFoundError, match="There is no attempt"):
        store.keep_dispute("01ARZ3NDEKTSV4RRFFQ69G5FAV", DISPUTE)


def test_deleting_an_attempt_deletes_its_disputes_from_every_file(
    store: AttemptStore, locations: Locations
) -> None:
    gone, kept = make_attempt(store), make_attempt(store)
    store.keep_dispute(gone, replace(DISPUTE, quote="xylophone zeppelin"))
    store.keep_dispute(kept, DISPUTE)
    store.delete(gone)
    for file in locations.data.rglob("*"):
        assert not file.is_file() or b"xylophone" not in file.read_bytes()
    rows = sqlite3.connect(locations.database)
    assert rows.execute("SELECT attempt_id FROM disputes").fetchall() == [(kept,)]
    rows.close()


def test_only_its_owner_may_read_the_files_that_hold_a_dispute(
    store: AttemptStore, locations: Locations
) -> None:
    store.keep_dispute(make_attempt(store), replace(DISPUTE, quote="xylophone zeppelin"))
    holding = [
        file
        for file in locations.data.rglob("*")
        if file.is_file() and b"xylophone" in file.read_bytes()
    ]
    assert holding
    assert {stat.S_IMODE(file.stat().st_mode) for file in holding} == {0o600}


def test_a_database_of_the_version_before_keeps_its_attempts_and_takes_disputes(
    locations: Locations,
) -> None:
    steps = [migration.name for migration in MIGRATIONS]
    Database(locations.database, MIGRATIONS[: steps.index("disputes")]).close()
    rows = sqlite3.connect(locations.database)
    rows.execute(
        "INSERT INTO attempts (id, started_at, title, variant_id, state, sample, model, fillers)"
        " VALUES ('01A', '2026-05-04T12:00:00+00:00', '', '', 'done', 0, 'base', '{\"um\": 2}')"
    )
    rows.commit()
    rows.close()
    store = AttemptStore(locations)
    before = store.get("01A")
    assert before.disputes == ()
    assert before.fillers is not None
    store.keep_dispute("01A", DISPUTE)
    assert store.get("01A") == replace(before, disputes=(DISPUTE,))
    store.close()
    backup = locations.database.parent / "backups" / "before-disputes.db"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_judged_are_the_attempts_that_were_done_and_shown_with_a_vote(store: AttemptStore) -> None:
    first, second = make_attempt(store), make_attempt(store)
    for left_out in (
        make_attempt(store, sample=True),
        make_attempt(store, case=None),
        make_attempt(store, state="interrupted"),
        make_attempt(store, text=""),
        only_a_question_answered(store),
    ):
        store.keep_dispute(left_out, DISPUTE)
    leave_unfinished(store)
    store.keep_dispute(first, DISPUTE)
    store.keep_dispute(first, replace(DISPUTE, criterion="impact", made_at=LATER))
    judged = store.judged()
    assert [(each.attempt_id, len(each.disputes)) for each in judged] == [(second, 0), (first, 2)]
    assert judged[1].disputes[0] == DISPUTE


def test_a_second_reading_makes_no_second_judged_attempt(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    attempt = store.get(attempt_id)
    store.finish(attempt_id, "done", attempt.turns, 1.0, attempt.debrief)
    assert [each.attempt_id for each in store.judged()] == [attempt_id]
