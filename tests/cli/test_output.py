"""What a command does when its output cannot be written or its input is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vivavoce.store.case_library import sample_answer

PROGRAM = (sys.executable, "-m", "vivavoce")
FULL = Path("/dev/full")


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"VIVAVOCE_HOME": str(home)}


@pytest.mark.parametrize(
    "command", [("cases", "list"), ("models", "list", "--json"), ("--help",), ("config", "show")]
)
def test_a_full_disk_behind_the_output_is_one_sentence(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    with FULL.open("w") as full:
        result = subprocess.run(
            [*PROGRAM, *command],
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert result.returncode == 7
    assert result.stderr == ("vivavoce: The output cannot be written: No space left on device.\n")


def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    line = json.dumps({"id": "a", "text": "Skips fall by a third."})
    answers.write_text(f"{line}\n" * 2000, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "score", "--jsonl", str(answers)],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def test_half_a_character_in_an_id_stops_no_other_line(tmp_path: Path) -> None:
    answers, out = tmp_path / "answers.jsonl", tmp_path / "read.jsonl"
    answers.write_text(
        '{"id": "\\ud800", "text": "ok"}\n{"id": "b", "text": "ok"}\n', encoding="utf-8"
    )
    result = subprocess.run(
        [*PROGRAM, "score", "--jsonl", str(answers), "--out", str(out)],
        env=environment(tmp_path),
        capture_output=True,
    )
    assert result.returncode == 0, result.stderr
    ids = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert ids == ["\ufffd", "b"]
    assert list(tmp_path.glob("*.part")) == []


def test_a_closed_input_holds_no_words(tmp_path: Path) -> None:
    result = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *PROGRAM, "score", "-"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Not heard")


def test_a_recording_may_come_through_a_pipe(tmp_path: Path) -> None:
    with sample_answer("daily-mix-churn").open("rb") as sound:
        result = subprocess.run(
            [*PROGRAM, "score", "-"], env=environment(tmp_path), stdin=sound, capture_output=True
        )
    assert result.returncode == 0, result.stderr
    assert b"the mix leaves out" in result.stdout or b"leaves out every song" in result.stdout


def test_a_text_of_windows_is_read(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_bytes("We cut skips by a third.".encode("utf-16"))
    result = subprocess.run(
        [*PROGRAM, "score", str(answer), "--json"], env=environment(tmp_path), capture_output=True
    )
    assert result.returncode == 0, result.stderr
    assert b"skips by a third" in result.stdout
