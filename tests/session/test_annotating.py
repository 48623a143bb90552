from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.attempts_made import home, make_attempt
from vivavoce.domain.annotation import WordRange
from vivavoce.domain.annotation_edits import Edit, Stamp, correct, note
from vivavoce.scoring.reader import Reader
from vivavoce.scoring.rules import RulesReader
from vivavoce.session.annotating import Annotator, Change
from vivavoce.store.attempt_store import AttemptStore

AT = datetime(2026, 3, 4, tzinfo=UTC)
SAID = (
    "New listeners skip four of five songs. I would play the artists they named for two percent "
    "of them for two weeks. Skips should fall a lot, by tirty percent."
)
MISHEARD = 28
"""The place of the word that was misheard."""


class Opened:
    """Counts how often a reader was opened."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Reader:
        self.times += 1
        return RulesReader()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AttemptStore]:
    opened = AttemptStore(home(tmp_path))
    yield opened
    opened.close()


def test_a_correction_scores_again_at_once_and_tells_what_changed(store: AttemptStore) -> None:
    opened = Opened()
    annotator = Annotator(store, opened)
    attempt = annotator.rescore(store.get(make_attempt(store, SAID))).attempt
    assert attempt.debrief is not None
    assert attempt.debrief.first.lift.level == 1

    change = _keep(annotator, attempt.id, store, MISHEARD, "thirty")

    assert change.judged[0] == "Vote: no → yes"
    assert "Lift: no size → sized" in change.judged
    assert change.attempt == store.get(attempt.id)
    kept = change.attempt.debrief
    assert kept is not None
    assert kept.first.text == SAID.replace("tirty", "thirty")
    assert kept.first.lift.evidence[0].start is not None
    assert opened.times == 1

    undone = annotator.undo(change.attempt)
    assert undone.what == "correction of “tirty”"
    assert undone.judged[0] == "Vote: yes → no"
    assert undone.attempt.debrief == attempt.debrief
    assert annotator.redo(undone.attempt).judged == change.judged


def test_what_another_process_corrects_while_it_is_scored_is_scored_too(
    store: AttemptStore, tmp_path: Path
) -> None:
    attempt_id = make_attempt(store, SAID)
    other = AttemptStore(home(tmp_path))

    def open_reader() -> Reader:
        if len(other.get(attempt_id).annotations) == 1:
            edit = correct(other.get(attempt_id), WordRange(1, 0, 0), "Old", Stamp("B", AT))
            other.annotations.edit(attempt_id, edit.what, edit.added, edit.removed)
        return RulesReader()

    change = _keep(Annotator(store, open_reader), attempt_id, store, MISHEARD, "thirty")
    both = SAID.replace("New", "Old").replace("tirty", "thirty")
    assert change.attempt.debrief is not None
    assert change.attempt.debrief.first.text == both
    assert change.attempt.judged_words.text == both
    assert change.attempt == other.get(attempt_id)
    other.close()


def test_of_a_timed_answer_no_judgement_is_told(store: AttemptStore) -> None:
    annotator = Annotator(store, RulesReader)
    attempt = annotator.rescore(store.get(make_attempt(store, SAID, case=None))).attempt
    change = _keep(annotator, attempt.id, store, MISHEARD, "thirty")
    assert attempt.debrief is not None
    assert change.attempt.debrief is not None
    assert change.attempt.debrief.first != attempt.debrief.first
    assert change.judged == ()


def test_a_note_scores_nothing(store: AttemptStore) -> None:
    opened = Opened()
    annotator = Annotator(store, opened)
    attempt = store.get(make_attempt(store, SAID))
    edit = note(attempt, WordRange(1, 0, 2), "who are they?", Stamp("A", AT))
    change = annotator.edit(attempt, edit.what, edit.added, edit.removed)
    assert change.judged == ()
    assert change.attempt.debrief == attempt.debrief
    assert opened.times == 0


def test_nothing_to_undo_changes_nothing(store: AttemptStore) -> None:
    annotator = Annotator(store, Opened())
    attempt = store.get(make_attempt(store))
    assert annotator.undo(attempt) == Change(attempt, "")
    assert annotator.redo(attempt) == Change(attempt, "")


def _keep(annotator: Annotator, attempt_id: str, store: AttemptStore, at: int, text: str) -> Change:
    attempt = store.get(attempt_id)
    edit: Edit = correct(attempt, WordRange(1, at, at), text, Stamp("A", AT))
    return annotator.edit(attempt, edit.what, edit.added, edit.removed)
