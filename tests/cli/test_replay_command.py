"""`vivavoce replay`."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.attempts_made import home, leave_unfinished, make_attempt
from vivavoce.cli.main import run
from vivavoce.cli.replay import moment
from vivavoce.errors import UsageError
from vivavoce.store.attempt_store import AttemptStore


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AttemptStore:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return AttemptStore(home(tmp_path))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("83", 83.0), ("83.5", 83.5), ("1:23", 83.0), ("0:07.25", 7.25), ("1:02:03", 3723.0)],
)
def test_a_time_is_written_in_the_usual_ways(text: str, seconds: float) -> None:
    assert moment(text) == seconds


@pytest.mark.parametrize("text", ["", "-3", "1:2:3:4", "1:", "soon", "inf", "1e3", "١"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no time of a recording"):
        moment(text)


def test_without_a_terminal_it_says_what_to_do_instead(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.closing(store):
        attempt_id = make_attempt(store)
    assert run(["replay", "latest", "--at", "0:01"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "vivavoce: The replay needs a terminal. "
        f"Without one: vivavoce attempts show {attempt_id} --words\n"
    )


def test_an_attempt_that_is_not_there_is_told(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.closing(store):
        assert run(["replay", "01ZZ"]) == 3
    assert "01ZZ" in capsys.readouterr().err


def test_an_attempt_that_is_not_finished_is_finished_first(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.closing(store):
        leave_unfinished(store)
        assert run(["replay", "latest"]) == 3
    assert "vivavoce attempts recover" in capsys.readouterr().err


def test_a_time_that_is_none_is_a_fault_of_the_command(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.closing(store):
        make_attempt(store)
        assert run(["replay", "latest", "--at", "x\x1b"]) == 2
    err = capsys.readouterr().err
    assert "“x” is no time of a recording. Write it as 1:23, or in seconds." in err
