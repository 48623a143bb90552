from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.mounts import on_small_disk
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import BadInputError, NotFoundError, StorageError
from vivavoce.store.free_space import require_free_space
from vivavoce.store.recording import RecordingWriter, read_recording

RAMP = np.arange(-800, 800, dtype=np.int16)


def recorded(path: Path, blocks: int = 10) -> Path:
    writer = RecordingWriter(path)
    for _ in range(blocks):
        writer.write(RAMP)
    writer.close()
    return path


def test_what_was_written_is_read_back_by_us_and_by_the_standard_library(tmp_path: Path) -> None:
    path = recorded(tmp_path / "r.wav")
    with wave.open(str(path)) as sound:
        assert sound.getparams()[:4] == (1, 2, SAMPLE_RATE, 10 * len(RAMP))
        assert sound.readframes(-1) == np.tile(RAMP, 10).astype("<i2").tobytes()
    assert np.array_equal(read_recording(path), np.tile(RAMP, 10))


def test_the_header_is_true_after_every_write(tmp_path: Path) -> None:
    path = tmp_path / "r.wav"
    writer = RecordingWriter(path)
    for blocks in range(30):
        with wave.open(str(path)) as sound:
            assert sound.getnframes() == blocks * len(RAMP)
        assert path.stat().st_size == 44 + 2 * blocks * len(RAMP)
        assert writer.seconds == pytest.approx(blocks / 10)
        writer.write(RAMP)
    writer.close()


def test_only_its_owner_may_read_a_recording_also_one_that_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "r.wav"
    path.write_bytes(b"x" * 100_000)
    path.chmod(0o644)
    recorded(path, blocks=1)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(read_recording(path)) == len(RAMP)


def test_every_second_sample_of_an_array_is_written_as_such(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r.wav")
    writer.write(RAMP[::2])
    writer.close()
    assert np.array_equal(read_recording(tmp_path / "r.wav"), RAMP[::2])


def test_closing_twice_does_nothing_and_writing_afterwards_is_refused(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r.wav")
    writer.close()
    writer.close()
    with pytest.raises(StorageError, match="already ended"):
        writer.write(RAMP)
    assert len(read_recording(tmp_path / "r.wav")) == 0


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written: No such file"):
        RecordingWriter(tmp_path / "nowhere" / "r.wav")


@pytest.mark.parametrize("cut", [1, 2, 3, 1001])
def test_a_recording_cut_off_at_the_end_gives_the_whole_samples_left(
    tmp_path: Path, cut: int
) -> None:
    path = recorded(tmp_path / "r.wav")
    os.truncate(path, path.stat().st_size - cut)
    expected = np.tile(RAMP, 10)[: -((cut + 1) // 2)]
    assert np.array_equal(read_recording(path), expected)


def test_sound_that_the_header_does_not_count_yet_is_left_out(tmp_path: Path) -> None:
    path = recorded(tmp_path / "r.wav")
    with path.open("ab") as file:
        file.write(b"\x01\x02\x03")
    assert np.array_equal(read_recording(path), np.tile(RAMP, 10))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a recording at all" * 9])
def test_what_is_no_recording_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.wav"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match="is not a recording"):
        read_recording(path)


@pytest.mark.parametrize("form", [(2, 2, 16_000), (1, 1, 16_000), (1, 2, 22_050)])
def test_sound_of_another_form_is_refused(tmp_path: Path, form: tuple[int, int, int]) -> None:
    path = tmp_path / "r.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(form[0])
        sound.setsampwidth(form[1])
        sound.setframerate(form[2])
        sound.writeframes(b"\0" * 64)
    with pytest.raises(BadInputError, match="mono, 16 bits, 16,000 Hz"):
        read_recording(path)


def test_a_recording_that_is_gone_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="gone"):
        read_recording(tmp_path / "r.wav")


FILL = """
import sys
from pathlib import Path
import numpy as np
from vivavoce.errors import StorageError
from vivavoce.store.recording import RecordingWriter, read_recording

path = Path(sys.argv[1]) / "r.wav"
writer = RecordingWriter(path)
block = np.arange(1600, dtype=np.int16)
blocks = 0
try:
    while True:
        writer.write(block)
        blocks += 1
except StorageError as error:
    print(error.message)
try:
    writer.write(block)
except StorageError as error:
    print(error.message)
writer.close()
assert blocks > 100
assert np.array_equal(read_recording(path), np.tile(block, blocks))
assert writer.seconds == blocks / 10
"""


def test_on_a_full_disk_the_recording_ends_playable_with_all_that_was_written(
    tmp_path: Path,
) -> None:
    outcome = on_small_disk(tmp_path, "1m", [sys.executable, "-c", FILL, tmp_path])
    assert outcome.returncode == 0, outcome.stderr
    full, ended = outcome.stdout.splitlines()
    assert full.startswith("The disk is full: ")
    assert ended == "The recording has already ended."


SPACE = """
import sys
from pathlib import Path
from vivavoce.store.free_space import require_free_space
require_free_space(Path(sys.argv[1]) / "not" / "there" / "yet", 60.0)
require_free_space(Path(sys.argv[1]))
"""


def test_a_disk_with_too_little_room_says_how_much_is_missing(tmp_path: Path) -> None:
    outcome = on_small_disk(tmp_path, "10m", [sys.executable, "-c", SPACE, tmp_path])
    # Ten minutes are 19.2 MB, the disk has 10 MiB: the minute fitted.
    assert "needs 19.2 MB free, and 8.8 MB of that are missing" in outcome.stderr


def test_room_for_an_hour_is_found_on_this_disk(tmp_path: Path) -> None:
    require_free_space(tmp_path, 3600.0)


ENDLESS = """
import sys
from pathlib import Path
import numpy as np
from vivavoce.store.recording import RecordingWriter

writer = RecordingWriter(Path(sys.argv[1]))
position = 0
while True:
    writer.write(np.arange(position, position + 1600).astype(np.int16))
    position += 1600
    print(position, flush=True)
"""


def test_a_kill_at_any_moment_loses_less_than_a_tenth_of_a_second(tmp_path: Path) -> None:
    chance = random.Random(2)
    for kill in range(6):
        path = tmp_path / f"{kill}.wav"
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, path], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(chance.randrange(20, 400)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().rsplit("\n", 2)
        process.wait()
        process.stdout.close()
        samples = read_recording(path)
        written = int(told[-2]) if len(told) > 1 else 20 * 1600
        # The process had written this much for certain, and may have been in the next block.
        assert len(samples) >= written
        assert np.array_equal(samples, np.arange(len(samples)).astype(np.int16))
        assert (path.stat().st_size - 44) // 2 - len(samples) <= 1600
