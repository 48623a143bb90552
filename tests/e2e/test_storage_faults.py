"""Full disks and read-only homes: a sentence, code 7, nothing lost."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import run
from tests.speaking import samples_of, save, spoken

SAMPLE = ("practice", "daily-mix-churn", "--sample", "--plain", "--fast")


def in_a_mount(options: str, home: Path) -> tuple[str, ...]:
    """Return the command that gives a process its own view of `home`; needs root, as CI has."""
    script = f'mount -t tmpfs -o {options} none "{home}" && exec "$@"'
    return ("unshare", "--mount", "sh", "-ec", script, "sh")


def test_a_disk_without_room_is_said_before_the_round(tmp_path: Path) -> None:
    result = run(tmp_path, *SAMPLE, through=in_a_mount("size=2m", tmp_path))
    assert result.returncode == 7, result.stderr
    assert "Traceback" not in result.stderr
    assert "MB" in result.stderr


def test_a_read_only_home_is_said_and_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path, *SAMPLE, through=in_a_mount("ro", tmp_path))
    assert result.returncode == 7, result.stderr
    assert "Traceback" not in result.stderr
    assert "VIVAVOCE_HOME" in result.stderr


def test_a_disk_that_fills_while_recording_keeps_what_was_recorded(tmp_path: Path) -> None:
    import numpy as np

    sentence = samples_of(spoken("We push the repeats down, and we look again after two weeks."))
    noise = np.random.default_rng(3).integers(-50, 50, 16_000 * 60 * 20, dtype=np.int16)
    noise[: len(sentence)] += sentence
    answer = save(tmp_path / "long.wav", noise)
    home = tmp_path / "home"
    home.mkdir()
    script = (
        f'mount -t tmpfs -o size=24m none "{home}" && "$@"; code=$?; '
        f'cp "{home}"/data/attempts/*/recording.wav "{tmp_path}/kept.wav"; exit $code'
    )
    result = run(
        home,
        *("practice", "--timer", "--answer", str(answer), "--plain", "--fast"),
        through=("unshare", "--mount", "sh", "-c", script, "sh"),
    )
    assert result.returncode == 7, result.stdout + result.stderr
    assert "The disk is full" in result.stderr
    assert "Traceback" not in result.stderr
    kept = samples_of(tmp_path / "kept.wav")
    assert len(kept) > 16_000 * 60 * 8
    assert np.array_equal(kept, noise[: len(kept)])
