"""`vivavoce transcribe`: what is printed where, and what stops it and what does not."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.e2e.program import VIVAVOCE, run
from tests.speaking import samples_of, save, spoken
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples

TEXT = (
    "Many people leave at the slot page. I'd show Monday first, for two weeks in one city. "
    "I expect orders to rise by four percent."
)
TINY = ("--model", "tiny.en")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("spoken") / "answer.wav", samples_of(spoken(TEXT)))


def silent(path: Path, seconds: int = 3) -> Path:
    return save(path, np.zeros(seconds * SAMPLE_RATE, np.int16))


def test_a_recording_becomes_a_sentence_a_line(answer: Path, tmp_path: Path) -> None:
    result = run(tmp_path, "transcribe", str(answer), *TINY)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Many people leave")
    # The voice is never quite the same: Whisper hears two sentences or three.
    assert len(lines) in (2, 3)
    assert all(line.endswith(".") and ". " not in line for line in lines)


def test_json_is_whispers_shape_and_can_be_scored(answer: Path, tmp_path: Path) -> None:
    result = run(tmp_path, "transcribe", str(answer), "--format", "json", *TINY)
    data = json.loads(result.stdout)
    assert (data["language"], data["model"], data["complete"]) == ("en", "tiny.en", True)
    assert data["duration"] == pytest.approx(len(samples_of(answer)) / SAMPLE_RATE, abs=0.001)
    words = [word for segment in data["segments"] for word in segment["words"]]
    assert "".join(word["word"] for word in words).strip() == data["text"]
    assert all(0.0 <= word["start"] <= word["end"] <= data["duration"] for word in words)
    heard = tmp_path / "heard.json"
    heard.write_text(result.stdout, encoding="utf-8")
    scored = json.loads(run(tmp_path, "score", str(heard), "--json").stdout)
    assert scored["text"] == data["text"]
    assert scored["timing"]["wpm"] > 60
    assert scored["three_sentence"]["lift"]["level"] == 2


@pytest.mark.parametrize(("kind", "first"), [("srt", "1\n00:00:0"), ("vtt", "WEBVTT\n\n00:00:0")])
def test_subtitles_go_to_standard_output(
    kind: str, first: str, answer: Path, tmp_path: Path
) -> None:
    result = run(tmp_path, "transcribe", str(answer), "--format", kind, *TINY)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(first)
    assert result.stdout.count(" --> ") == 3


def test_a_bad_recording_among_several_stops_no_other(answer: Path, tmp_path: Path) -> None:
    bad, quiet = tmp_path / "bad.wav", silent(tmp_path / "quiet.wav")
    bad.write_text("no sound")
    names = [str(path) for path in (answer, bad, tmp_path / "none.wav", quiet, answer)]
    result = run(tmp_path, "transcribe", *names, *TINY)
    assert result.returncode == 4
    headings = [line for line in result.stdout.splitlines() if line.startswith("==>")]
    assert headings == [f"==> {path} <==" for path in (answer, quiet, answer)]
    assert result.stdout.count("Many people leave") == 2
    told = result.stderr.splitlines()
    assert [line.split(". ")[0] for line in told] == [
        "vivavoce: bad.wav cannot be read as audio: Invalid data found when processing input",
        f"vivavoce: There is no recording {tmp_path}/none.wav",
        "No speech was heard in quiet.wav.",
    ]


def test_several_recordings_are_one_json_array(answer: Path, tmp_path: Path) -> None:
    none, quiet = tmp_path / "none.wav", silent(tmp_path / "quiet.wav")
    names = [str(path) for path in (none, answer, quiet)]
    result = run(tmp_path, "transcribe", *names, "--format", "json", *TINY)
    assert result.returncode == 4
    missing, heard, nothing = json.loads(result.stdout)
    assert (missing["file"], "There is no" in missing["error"]) == (str(none), True)
    assert heard["text"].startswith("Many people")
    assert (nothing["text"], nothing["segments"], nothing["duration"]) == ("", [], 3.0)


@pytest.mark.parametrize(("kind", "text"), [("txt", ""), ("srt", ""), ("vtt", "WEBVTT\n")])
def test_a_recording_without_speech_is_said_to_be_that(
    kind: str, text: str, tmp_path: Path
) -> None:
    quiet = silent(tmp_path / "quiet.wav")
    result = run(tmp_path, "transcribe", str(quiet), "--format", kind, *TINY)
    assert (result.returncode, result.stdout) == (0, text)
    assert result.stderr == "No speech was heard in quiet.wav.\n"


def test_a_truncated_recording_is_read_to_its_break(answer: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.wav"
    cut.write_bytes(answer.read_bytes()[: 3 * 2 * SAMPLE_RATE])
    result = run(tmp_path, "transcribe", str(cut), "--format", "json", *TINY)
    assert result.returncode == 0
    assert result.stderr == "vivavoce: cut.wav ends early, at 0:02.\n"
    data = json.loads(result.stdout)
    assert data["text"].startswith("Many people leave")
    assert data["complete"] is False
    scored = run(tmp_path, "score", str(cut), environment={"VIVAVOCE_MODEL": "tiny.en"})
    assert (scored.returncode, scored.stderr) == (0, result.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "AUDIO"),
        (("none.wav", *TINY), 3, "There is no recording none.wav."),
        (("/", *TINY), 4, "is a folder"),
        (("a.wav", "b.wav", "--format", "srt"), 2, "Name one at a time"),
        (("{answer}", "--format", "doc"), 2, "doc"),
        (("{answer}", "--model", "no-such-model"), 6, "There is no Whisper model"),
    ],
)
def test_what_cannot_be_done_gets_a_sentence_and_its_code(
    arguments: tuple[str, ...], code: int, sentence: str, answer: Path, tmp_path: Path
) -> None:
    given = [argument.format(answer=answer) for argument in arguments]
    result = run(tmp_path, "transcribe", *given)
    assert (result.returncode, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


@contextlib.contextmanager
def transcribing(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*VIVAVOCE, "transcribe", *arguments, *TINY],
        env=os.environ | {"VIVAVOCE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as program:
        yield program
        program.kill()


def long_answer(path: Path, answer: Path) -> Path:
    """Eight minutes: more than is read before the test has pressed Ctrl-C."""
    once: Samples = np.concatenate([samples_of(answer), np.zeros(SAMPLE_RATE, np.int16)])
    return save(path, np.tile(once, 8 * 60 * SAMPLE_RATE // len(once)))


def test_ctrl_c_keeps_what_was_printed_and_leaves_no_process(answer: Path, tmp_path: Path) -> None:
    long = long_answer(tmp_path / "long.wav", answer)
    with transcribing(tmp_path, str(answer), str(long)) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.readline() + program.stdout.readline()
        children = psutil.Process(program.pid).children()
        program.send_signal(signal.SIGINT)
        printed, told = program.stdout.read(), program.stderr.read()
        assert program.wait(30) == 130
    assert first.startswith(f"==> {answer} <==\nMany people leave")
    assert len(printed.splitlines()) < 60
    assert told.strip() == "vivavoce: interrupted."
    assert children
    assert not any(child.is_running() for child in children)


def test_ctrl_c_leaves_json_that_says_it_is_not_complete(answer: Path, tmp_path: Path) -> None:
    long = long_answer(tmp_path / "long.wav", answer)
    with transcribing(tmp_path, str(answer), str(long), "--format", "json") as program:
        assert program.stdout is not None
        begun = program.stdout.read(30)  # the first recording's object
        program.send_signal(signal.SIGINT)
        printed = program.stdout.read()
        assert program.wait(30) == 130
    whole, *rest = json.loads(begun + printed)
    assert whole["complete"] is True
    assert [item["complete"] for item in rest] in ([], [False])


def test_a_reader_that_leaves_ends_it_quietly(answer: Path, tmp_path: Path) -> None:
    with transcribing(tmp_path, *[str(answer)] * 30) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait(30) == 0


def test_a_terminal_sees_how_far_it_is_and_a_file_does_not(answer: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [*VIVAVOCE, "transcribe", str(answer), *TINY],
        env=os.environ | {"VIVAVOCE_HOME": str(tmp_path), "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    printed, _ = program.communicate(timeout=60)
    told = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while part := os.read(ours, 4096):
            told += part
    os.close(ours)
    assert b"\r" not in printed
    shown = told.decode().split("\r")
    assert any(line.startswith("answer.wav  0:0") and " of 0:0" in line for line in shown)
    assert shown[-2].strip() == "", "the line is left empty"
