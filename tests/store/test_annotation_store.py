from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.attempts_made import debrief_of, make_attempt, turns_saying
from vivavoce.domain.annotation import Annotation, WordRange, anchor_at
from vivavoce.domain.annotation_edits import Stamp, correct, mark, note, tag
from vivavoce.domain.speech import Word
from vivavoce.errors import NotFoundError
from vivavoce.locations import Locations
from vivavoce.store.attempt_store import AttemptStore

AT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


def write_note(store: AttemptStore, attempt_id: str, text: str, name: str) -> None:
    edit = note(store.get(attempt_id), WordRange(1, 0, 1), text, Stamp(name, AT))
    store.annotations.edit(attempt_id, edit.what, edit.added, edit.removed)


def notes(store: AttemptStore, attempt_id: str) -> list[str]:
    return [each.text for each in store.get(attempt_id).annotations]


def test_every_kind_comes_back_as_it_was_kept_in_the_order_of_its_place(
    store: AttemptStore,
) -> None:
    attempt_id = make_attempt(store)
    attempt = store.get(attempt_id)
    patch = Annotation(
        "E",
        "patch",
        anchor_at(attempt.turns, WordRange(1, 4, 4)),
        "to 3%",
        AT,
        author="",
        criterion="lift",
        said=(Word("to", 0.0, 0.2, 0.5), Word("3%", 0.2, 0.5, 0.75)),
    )
    made = [
        *mark(1.5, Stamp("A", AT)).added,
        *note(attempt, WordRange(1, 0, 0), "first", Stamp("B", AT)).added,
        *tag(attempt, WordRange(1, 1, 2), "jargon", Stamp("C", AT)).added,
        *correct(attempt, WordRange(1, 3, 3), "people", Stamp("D", AT)).added,
        patch,
    ]
    store.annotations.edit(attempt_id, "all", reversed(made))  # type: ignore[arg-type]
    assert list(store.get(attempt_id).annotations) == made


def test_steps_are_undone_and_done_again_across_restarts(locations: Locations) -> None:
    first = AttemptStore(locations)
    attempt_id = make_attempt(first)
    write_note(first, attempt_id, "one", "A")
    write_note(first, attempt_id, "two", "B")  # in place of "one"
    first.close()

    second = AttemptStore(locations)
    assert notes(second, attempt_id) == ["two"]
    assert second.annotations.undo(attempt_id) == "note"
    assert notes(second, attempt_id) == ["one"]
    second.close()

    third = AttemptStore(locations)
    assert third.annotations.undo(attempt_id) == "note"
    assert notes(third, attempt_id) == []
    assert third.annotations.undo(attempt_id) is None
    assert third.annotations.redo(attempt_id) == "note"
    assert third.annotations.redo(attempt_id) == "note"
    assert third.annotations.redo(attempt_id) is None
    assert notes(third, attempt_id) == ["two"]
    third.close()


def test_a_new_step_ends_what_could_be_done_again(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    write_note(store, attempt_id, "one", "A")
    write_note(store, attempt_id, "two", "B")
    store.annotations.undo(attempt_id)
    write_note(store, attempt_id, "three", "C")
    assert notes(store, attempt_id) == ["three"]
    assert store.annotations.redo(attempt_id) is None
    store.annotations.undo(attempt_id)
    assert notes(store, attempt_id) == ["one"]


def test_steps_of_one_attempt_leave_another_alone(store: AttemptStore) -> None:
    one, other = make_attempt(store), make_attempt(store)
    write_note(store, one, "mine", "A")
    write_note(store, other, "yours", "B")
    store.annotations.undo(one)
    assert (notes(store, one), notes(store, other)) == ([], ["yours"])
    assert store.annotations.undo(one) is None


def test_an_attempt_that_is_gone_takes_no_note(store: AttemptStore) -> None:
    with pytest.raises(NotFoundError, match="deleted meanwhile"):
        store.annotations.edit("01NOBODY", "note")


def test_a_mark_from_the_recording_stays_when_the_words_come(store: AttemptStore) -> None:
    opened = store.begin(None, "", False, "base")
    edit = mark(2.5, Stamp("A", AT))
    store.annotations.edit(opened.id, edit.what, edit.added)
    turns = turns_saying("some words")
    kept = store.finish(opened.id, "done", turns, 9.0, debrief_of(turns))
    assert [each.anchor.span.start for each in kept.annotations] == [2.5]
    assert store.get(opened.id) == kept


def test_words_of_an_earlier_transcript_are_no_anchor_any_more(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    write_note(store, attempt_id, "kept", "A")
    turns = turns_saying("heard by another model")
    store.finish(attempt_id, "done", turns, 9.0, debrief_of(turns))
    (left,) = store.get(attempt_id).annotations
    assert left.text == "kept"
    assert left.anchor.words is None
    assert left.anchor.span.start == 3.0


def test_what_was_said_corrected_and_noted_is_found(store: AttemptStore) -> None:
    one = make_attempt(store, "Listeners skip songs they know.")
    other = make_attempt(store, "Churn grows in März.")
    search = store.annotations.search
    assert search("SONGS skip") == {one: "Listeners «skip» «songs» they know."}
    assert list(search("mar")) == [other]  # no accent, only begun
    assert list(search("skip churn")) == []
    write_note(store, one, "say the size", "A")
    assert list(search("size")) == [one]
    edit = correct(store.get(one), WordRange(1, 2, 2), "tracks", Stamp("B", AT))
    store.annotations.edit(one, edit.what, edit.added, edit.removed)
    assert (list(search("tracks")), list(search("songs"))) == ([one], [])
    store.annotations.undo(one)
    assert (list(search("tracks")), list(search("songs"))) == ([], [one])


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "AND", "a OR b", "text:x", "(", "-", "né'"])
def test_signs_in_a_query_are_no_operators(store: AttemptStore, query: str) -> None:
    make_attempt(store)
    assert store.annotations.search(query) == {}


def test_a_deleted_attempt_leaves_none_of_its_words_in_the_raw_bytes(
    store: AttemptStore, locations: Locations
) -> None:
    for number in range(30):
        make_attempt(store, f"Ordinary words number {number} about skips and churn.")
    secret = make_attempt(store, "Zanzibar quokka phlogiston eludes.")
    write_note(store, secret, "Xylophone remark", "A")
    write_note(store, secret, "Ytterbium remark", "B")
    store.annotations.undo(secret)
    edit = correct(store.get(secret), WordRange(1, 0, 0), "Madagascar", Stamp("C", AT))
    store.annotations.edit(secret, edit.what, edit.added, edit.removed)
    assert list(store.annotations.search("phlogiston")) == [secret]
    store.delete(secret)
    files = [path for path in locations.data.rglob("*") if path.is_file()]
    raw = b"".join(path.read_bytes() for path in files).lower()
    left = [
        word
        for word in ("zanzibar", "quokka", "phlogiston", "xylophone", "ytterbium", "madagascar")
        if word.encode() in raw
    ]
    assert left == []
    assert b"ordinary" in raw


def test_the_place_in_the_replay_is_kept(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    assert store.annotations.replay_position(attempt_id) == 0.0
    store.annotations.keep_replay_position(attempt_id, 12.25)
    assert store.annotations.replay_position(attempt_id) == 12.25


def test_a_database_from_before_can_be_searched(
    tmp_path: Path, locations: Locations, store: AttemptStore
) -> None:
    attempt_id = make_attempt(store, "Listeners skip songs they know.")
    store.close()
    rows = sqlite3.connect(locations.database)
    rows.executescript(
        "DROP TABLE spoken; DROP TABLE annotations; DROP TABLE edits;"
        "ALTER TABLE attempts DROP COLUMN replay_s; PRAGMA user_version = 3;"
    )
    rows.close()
    again = AttemptStore(locations)
    assert list(again.annotations.search("songs")) == [attempt_id]
    again.close()


def test_of_two_processes_that_correct_a_word_the_later_one_counts(
    store: AttemptStore, locations: Locations
) -> None:
    attempt_id = make_attempt(store)
    other = AttemptStore(locations)
    seen = store.get(attempt_id)  # by both, before either writes
    first = correct(seen, WordRange(1, 1, 2), "play tunes", Stamp("A", AT))
    second = correct(seen, WordRange(1, 2, 3), "jingles that they", Stamp("B", AT))
    store.annotations.edit(attempt_id, first.what, first.added, first.removed)
    other.annotations.edit(attempt_id, second.what, second.added, second.removed)
    assert store.get(attempt_id).corrected[1].text == "Listeners skip jingles that they know."
    other.annotations.undo(attempt_id)
    assert store.get(attempt_id).corrected[1].text == "Listeners play tunes they know."
    other.close()


def test_what_two_processes_took_away_is_back_only_when_both_steps_are_undone(
    store: AttemptStore, locations: Locations
) -> None:
    attempt_id = make_attempt(store)
    other = AttemptStore(locations)
    write_note(store, attempt_id, "one", "A")
    for each in (store, other):
        each.annotations.edit(attempt_id, "note taken away", removed=["A"])
    assert store.annotations.undo(attempt_id) == "note taken away"
    assert notes(store, attempt_id) == []
    store.annotations.undo(attempt_id)
    assert notes(store, attempt_id) == ["one"]
    other.close()
