from pathlib import Path

from tests.attempts_made import home, leave_unfinished, make_attempt
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.tui.live_archive import LiveArchive


def test_the_latest_levels_of_every_scored_attempt_stand_beside_the_list(tmp_path: Path) -> None:
    store = AttemptStore(home(tmp_path))
    sized, vague = make_attempt(store, lift=2), make_attempt(store, sample=True)
    unfinished = leave_unfinished(store)
    told = {
        sized: {"problem": 2, "solution": 0, "lift": 2},
        vague: {"problem": 2, "solution": 0, "lift": 0},
    }
    assert store.levels() == told
    store.close()
    archive = LiveArchive(home(tmp_path))
    assert archive.history().levels == archive.history("skip").levels == told
    assert unfinished in [each.id for each in archive.history().attempts]
