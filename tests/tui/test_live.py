"""What the screens ask for, from the real store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.attempts_made import home, make_attempt
from vivavoce.domain.dispute import make_dispute
from vivavoce.errors import NotFoundError
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.tui.live import LiveBackstage


def test_a_dispute_is_kept_in_the_database_until_it_is_withdrawn(tmp_path: Path) -> None:
    store = AttemptStore(home(tmp_path))
    attempt = store.get(make_attempt(store))
    assert attempt.debrief is not None
    now = datetime.now(UTC)
    made = make_dispute("lift", attempt.debrief.first, attempt.judged_words, (10, 20), now)
    backstage = LiveBackstage(home(tmp_path))
    backstage.keep_dispute(attempt.id, made)
    assert store.get(attempt.id).disputes == (made,)
    backstage.withdraw_dispute(attempt.id, "lift")
    assert store.get(attempt.id).disputes == ()
    store.delete(attempt.id)
    with pytest.raises(NotFoundError):
        backstage.keep_dispute(attempt.id, made)
    store.close()
