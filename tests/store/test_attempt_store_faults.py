"""What stays when the process is killed or the disk is full, with real processes and disks."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.attempts_made import home
from tests.mounts import on_read_only_disk, on_small_disk
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

ROUND = """
import sys
from pathlib import Path
import numpy as np
from tests.attempts_made import CASE, home
from vivavoce.store.attempt_store import AttemptStore

store = AttemptStore(home(Path(sys.argv[1])))
attempt = store.begin(CASE, "a", False, "base")
print(attempt.id, flush=True)
kinds = ["prompt", "answer", "cut-in", "answer", "probe", "probe-answer"]
block = 0
while True:
    if block % 5 == 0:
        kind = kinds[block // 5 % len(kinds)]
        attempt.begin_turn(kind, block / 10, "" if "answer" in kind else "A sentence.")
    attempt.recording.write(np.full(1600, block % 1000, np.int16))
    block += 1
    if block % 5 == 4:
        attempt.end_turn(block / 10)
    print(block, flush=True)
"""


def test_a_kill_at_any_moment_leaves_sound_and_turns_to_be_recovered(tmp_path: Path) -> None:
    chance = random.Random(7)
    for kill in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", ROUND, tmp_path], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        attempt_id = process.stdout.readline().strip()
        blocks = chance.randrange(1, 120)
        for _ in range(blocks):
            process.stdout.readline()

        store = AttemptStore(home(tmp_path))
        assert attempt_id not in [attempt.id for attempt in store.unfinished()]
        process.send_signal(signal.SIGKILL)
        process.communicate()
        unfinished = store.unfinished()
        assert len(unfinished) == kill + 1
        attempt = store.get(attempt_id)
        assert attempt in unfinished
        store.close()

        samples = read_recording(store.recording_path(attempt_id))
        written = len(samples) // 1600
        assert written >= blocks
        assert np.array_equal(samples, np.repeat(np.arange(written) % 1000, 1600))
        assert written / 5 <= len(attempt.turns) <= written / 5 + 1
        for index, turn in enumerate(attempt.turns):
            assert turn.span.start == index * 5 / 10
            running = index == len(attempt.turns) - 1 and turn.span.seconds == 0
            assert running or turn.span.end == (index * 5 + 4) / 10
            assert bool(turn.text) is not turn.by_candidate
            assert (
                turn.kind
                == ["prompt", "answer", "cut-in", "answer", "probe", "probe-answer"][index % 6]
            )


FULL = """
import sys
from pathlib import Path
import numpy as np
from tests.attempts_made import CASE, debrief_of, home, turns_saying
from vivavoce.errors import StorageError
from vivavoce.store.attempt_store import AttemptStore

locations = home(Path(sys.argv[1]))

def refused(work, *arguments):
    try:
        while True:
            work(*arguments)
    except StorageError as error:
        assert error.message.startswith("The disk is "), error.message
        assert error.hint

store = AttemptStore(locations)
attempt = store.begin(CASE, "a", False, "base")
attempt.begin_turn("answer", 0.0)
block = np.full(1600, 7, np.int16)
attempt.recording.write(block)
filler = (locations.data / "filler").open("wb", buffering=0)
try:
    while True:
        filler.write(bytes(4096))
except OSError:
    filler.close()
refused(attempt.recording.write, block)
seconds = attempt.recording.seconds
assert seconds >= 0.1
turns = turns_saying("xylophone " * 20_000)
refused(store.finish, attempt.id, "done", turns, seconds, debrief_of(turns))
refused(store.begin, CASE, "a", False, "base")
assert [folder.name for folder in locations.attempts.iterdir()] == [attempt.id]
store.close()

Path(filler.name).unlink()
store = AttemptStore(locations)
(left,) = store.unfinished()
assert (left.id, left.state, left.turns[0].kind) == (attempt.id, "recording", "answer")
from vivavoce.store.recording import read_recording
assert len(read_recording(store.recording_path(left.id))) == round(seconds * 16000)
store.finish(left.id, "interrupted", turns, seconds, debrief_of(turns))
assert store.get("latest").turns == turns
print("kept")
"""


def test_a_disk_that_fills_up_in_mid_answer_costs_nothing_that_was_written(tmp_path: Path) -> None:
    outcome = on_small_disk(tmp_path, "40m", [sys.executable, "-c", FULL, tmp_path])
    assert (outcome.stderr, outcome.stdout) == ("", "kept\n")


BEGIN = """
import sys
from pathlib import Path
from tests.attempts_made import CASE, home
from vivavoce.errors import StorageError
from vivavoce.store.attempt_store import AttemptStore
locations = home(Path(sys.argv[1]))
store = AttemptStore(locations)
try:
    store.begin(CASE, "a", False, "base")
except StorageError as error:
    print(error)
assert store.list() == []
assert not locations.attempts.exists()
"""


def test_a_round_is_not_begun_where_ten_minutes_have_no_room(tmp_path: Path) -> None:
    outcome = on_small_disk(tmp_path, "8m", [sys.executable, "-c", BEGIN, tmp_path])
    assert outcome.stderr == ""
    assert outcome.stdout.startswith("The disk is almost full: ")
    assert "Free some space" in outcome.stdout


def test_every_command_tells_in_one_sentence_that_the_home_is_read_only(tmp_path: Path) -> None:
    command = ["env", f"VIVAVOCE_HOME={tmp_path}", sys.executable, "-m", "vivavoce", "attempts"]
    for arguments in (["list"], ["show", "latest"], ["delete", "latest", "--yes"], ["recover"]):
        outcome = on_read_only_disk(tmp_path, [*command, *arguments])
        assert outcome.returncode == 7
        assert outcome.stdout == ""
        assert outcome.stderr.count("\n") == 1
        assert "cannot be written: Read-only file system" in outcome.stderr
        assert "VIVAVOCE_HOME" in outcome.stderr
