"""The outline that is kept beside a recording."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.mounts import on_read_only_disk
from vivavoce.domain.peaks import Peaks, peaks_from
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.store.peaks_cache import peaks_of
from vivavoce.store.recording import RecordingWriter

HUM = (20_000 * np.sin(np.arange(16_123) / 50)).astype(np.int16)


def recorded(path: Path, sound: np.ndarray[tuple[int], np.dtype[np.int16]] = HUM) -> Path:
    writer = RecordingWriter(path)
    writer.write(sound)
    writer.close()
    return path


def same(one: Peaks, other: Peaks) -> bool:
    return one.seconds == other.seconds and np.array_equal(one.values, other.values)


def spoil_sound(recording: Path) -> None:
    """Replace the sound, leaving size and time: only what was kept still tells of the old one."""
    status = recording.stat()
    recording.write_bytes(bytes(status.st_size))
    os.utime(recording, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_the_first_look_reads_the_recording_and_the_second_what_was_kept(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "r.wav")
    assert same(peaks_of(recording), peaks_from(HUM))
    spoil_sound(recording)
    assert same(peaks_of(recording), peaks_from(HUM))


def test_what_is_kept_is_private_and_leaves_nothing_else_behind(tmp_path: Path) -> None:
    peaks_of(recorded(tmp_path / "r.wav"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.peaks", "r.wav"]
    assert (tmp_path / "r.peaks").stat().st_mode & 0o777 == 0o600


def test_another_recording_of_another_length_is_read_anew(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "r.wav")
    peaks_of(recording)
    status = recording.stat()
    recorded(recording, HUM[:8_000])
    os.utime(recording, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert same(peaks_of(recording), peaks_from(HUM[:8_000]))


def test_another_recording_of_the_same_length_is_read_anew(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "r.wav")
    peaks_of(recording)
    status = recording.stat()
    recorded(recording, HUM // 2)
    os.utime(recording, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert same(peaks_of(recording), peaks_from(HUM // 2))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[:24] + bytes([data[24] ^ 1]) + data[25:],
        lambda data: b"vvpeaks0" + data[8:],
    ],
    ids=["empty", "no header", "cut", "longer", "one bit", "another length", "another version"],
)
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    recording = recorded(tmp_path / "r.wav")
    peaks_of(recording)
    kept = tmp_path / "r.peaks"
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    assert same(peaks_of(recording), peaks_from(HUM))
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_kept_the_outline_is_still_told(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "r.wav")
    code = (
        "from pathlib import Path; from vivavoce.store.peaks_cache import peaks_of; "
        f"print(peaks_of(Path({str(recording)!r})).seconds)"
    )
    outcome = on_read_only_disk(tmp_path, [sys.executable, "-c", code])
    assert outcome.stdout.strip() == str(len(HUM) / 16_000), outcome.stderr


def test_a_folder_in_place_of_the_file_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "r.peaks").mkdir()
    assert same(peaks_of(recorded(tmp_path / "r.wav")), peaks_from(HUM))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.peaks", "r.wav"]


def test_a_recording_that_is_gone_is_named_also_where_its_outline_was_kept(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "r.wav")
    peaks_of(recording)
    recording.unlink()
    with pytest.raises(NotFoundError, match=r"r\.wav is gone"):
        peaks_of(recording)


def test_what_is_no_recording_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.wav").write_bytes(b"RIFF")
    with pytest.raises(BadInputError):
        peaks_of(tmp_path / "r.wav")
    assert not (tmp_path / "r.peaks").exists()
