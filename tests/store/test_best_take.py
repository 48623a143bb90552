"""Which earlier take runs beside the clock."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attempts_made import CASE, debrief_of, home, leave_unfinished, make_attempt, turns_saying
from vivavoce.domain.attempt import AttemptState
from vivavoce.store.attempt_store import AttemptStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AttemptStore]:
    with contextlib.closing(AttemptStore(home(tmp_path))) as opened:
        yield opened


def best(store: AttemptStore) -> str | None:
    found = store.best_take(CASE.id)
    return found.id if found else None


def test_a_case_that_was_never_done_has_no_best_take(store: AttemptStore) -> None:
    make_attempt(store, case=replace(CASE, id="another"))
    assert best(store) is None


def test_a_yes_beats_more_levels_and_a_newer_take(store: AttemptStore) -> None:
    yes = make_attempt(store, vote="yes", lift=0)
    make_attempt(store, vote="no", lift=2)
    assert best(store) == yes


def test_of_equal_votes_the_one_with_most_levels_counts(store: AttemptStore) -> None:
    make_attempt(store, lift=1)
    most = make_attempt(store, lift=2)
    make_attempt(store, lift=0)
    assert best(store) == most


def test_of_equals_the_newest_counts(store: AttemptStore) -> None:
    make_attempt(store)
    newest = make_attempt(store)
    assert best(store) == newest


@pytest.mark.parametrize("state", ["restarted", "abandoned", "interrupted"])
def test_only_takes_that_were_done_count(store: AttemptStore, state: AttemptState) -> None:
    done = make_attempt(store)
    make_attempt(store, vote="yes", lift=2, state=state)
    make_attempt(store, vote="yes", lift=2, sample=True)
    leave_unfinished(store)
    assert best(store) == done


def test_a_take_in_which_nothing_was_heard_is_no_best_take(store: AttemptStore) -> None:
    make_attempt(store, "")
    assert best(store) is None


def test_the_newest_debrief_of_a_take_counts(store: AttemptStore) -> None:
    first = make_attempt(store, vote="yes")
    second = make_attempt(store)
    assert best(store) == first
    store.keep_debrief(first, debrief_of(turns_saying("Other words."), "no", 0))
    assert best(store) == second
