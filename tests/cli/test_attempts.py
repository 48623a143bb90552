from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from tests.attempts_made import CASE, leave_unfinished, make_attempt, only_a_question_answered
from vivavoce.cli.main import run
from vivavoce.store.attempt_store import AttemptStore


def test_an_empty_list_says_how_to_begin(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["attempts", "list"]) == 0
    assert "No attempts yet: vivavoce practice daily-mix-churn" in capsys.readouterr().out
    assert run(["attempts", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_list_has_aligned_columns_that_fit_a_terminal(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, vote="yes")
    make_attempt(store, sample=True)
    make_attempt(store, case=None)
    make_attempt(store, case=replace(CASE, title="T" * 48), state="interrupted")
    leave_unfinished(store)
    assert run(["attempts", "list"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    column = heading.index("CASE")
    assert sorted(" ".join(line[column:].split()) for line in lines) == [
        "Early skips",
        "Early skips not finished",
        "Early skips sample",
        "TTTTTTTTTTTTTTTTTTTT… interrupted",
        "Timed answer",
    ]
    votes = heading.index("VOTE")
    assert sorted(line[votes : votes + 4].strip() for line in lines) == [
        "-",
        "-",
        "no",
        "no",
        "yes",
    ]
    for line in lines:  # what is shown of an id is enough to find it
        assert store.get(line.split()[0]).id.startswith(line.split()[0])


def test_the_list_as_json_is_the_contract(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    older = make_attempt(store, vote="yes")
    newer = make_attempt(store, case=None, sample=True)
    assert run(["attempts", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    for attempt in listed:
        assert datetime.fromisoformat(attempt.pop("started_at")).utcoffset() is not None
    assert listed == [
        {"id": newer, "case": None, "duration_s": 1.0, "sample": True, "vote": None},
        {"id": older, "case": "early-skips", "duration_s": 1.0, "sample": False, "vote": "yes"},
    ]


def test_an_attempt_is_shown_with_what_was_said(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, "Listeners skip [songs] they know.")
    assert run(["attempts", "show", "latest"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Early skips · variant a · ")
    assert "0:00  Panel" in out
    assert "0:03  You" in out
    assert "Listeners skip [songs] they know." in out
    assert "NO. Not a bigger idea" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_an_unfinished_attempt_is_shown_with_how_to_finish_it(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_unfinished(store)
    assert run(["attempts", "show", "latest"]) == 0
    out = capsys.readouterr().out
    assert "not finished" in out
    assert "vivavoce attempts recover" in out


def test_an_attempt_that_was_broken_off_says_so_above_its_vote(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, state="interrupted")
    assert run(["attempts", "show", "latest"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    broken_off = "Broken off at 0:01: the microphone or the program stopped. The vote rests on what"
    assert out.index(broken_off) < out.index("NO. Not a bigger idea")


def test_a_first_answer_that_was_not_heard_is_not_voted_on(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    only_a_question_answered(store)
    assert run(["attempts", "show", "latest"]) == 0
    out = capsys.readouterr().out
    assert "First answer not heard. There were no words in it, so there is no vote." in out
    assert "Your answers to the questions added: problem." in out
    for words in ("NO.", "SAY THIS NEXT", "\n\n\n"):
        assert words not in out
    assert "THE TWIST" in out


def test_an_attempt_as_json_has_turns_words_debrief_and_annotations(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store, "They skip.")
    assert run(["attempts", "show", attempt_id[:-1].lower(), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert run(["attempts", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert shown | listed == shown
    assert (shown["state"], shown["model"], shown["variant"]) == ("done", "base", "a")
    assert [turn["kind"] for turn in shown["turns"]] == ["prompt", "answer"]
    assert shown["turns"][1]["text"] == "They skip."
    assert shown["turns"][1]["voiced"] == [{"start": 3.0, "end": 3.9}]
    assert shown["words"] == [
        {"id": "1.0", "turn": 1, "text": "They", "start": 3.0, "end": 3.4, "probability": 0.9},
        {"id": "1.1", "turn": 1, "text": "skip.", "start": 3.5, "end": 3.9, "probability": 0.9},
    ]
    assert shown["debrief"]["id"] == attempt_id
    assert shown["debrief"]["three_sentence"]["problem"]["evidence"][0]["quote"] == "They"
    assert shown["annotations"] == []


@pytest.mark.parametrize("command", ["show", "delete"])
def test_an_attempt_that_is_not_there_is_told(
    store: AttemptStore, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["attempts", command, "01XYZ"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "There is no attempt '01XYZ'. List them with: vivavoce attempts list" in err


def test_without_a_terminal_deleting_needs_to_be_confirmed_by_a_flag(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    command = [sys.executable, "-m", "vivavoce", "attempts", "delete", attempt_id]
    refused = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "Add --yes." in refused.stderr
    assert [summary.id for summary in store.list()] == [attempt_id]
    assert run(["attempts", "delete", attempt_id, "--yes"]) == 0
    assert "Deleted Early skips of " in capsys.readouterr().err
    assert store.list() == []


@pytest.mark.parametrize(
    ("typed", "code", "left"), [(b"n\n", 0, 1), (b"\n", 0, 1), (b"y\n", 0, 0), (b"\x04", 130, 1)]
)
def test_on_a_terminal_deleting_asks(
    store: AttemptStore, typed: bytes, code: int, left: int
) -> None:
    make_attempt(store)
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "vivavoce", "attempts", "delete", "latest"],
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        start_new_session=True,
    )
    os.close(end)
    heard = b""
    while b"for good?" not in heard:
        heard += os.read(terminal, 1000)
    assert b"Delete Early skips of " in heard
    os.write(terminal, typed)
    assert process.wait() == code
    assert process.stdout is not None
    assert process.stdout.read() == b""
    process.stdout.close()
    os.close(terminal)
    assert len(store.list()) == left


def test_there_may_be_nothing_to_recover(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store)
    running = store.begin(CASE, "a", False, "base")
    assert run(["attempts", "recover"]) == 0
    assert capsys.readouterr().out == "Nothing to recover.\n"
    assert run(["attempts", "recover", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert store.get(running.id).state == "recording"


def test_what_cannot_be_recovered_now_is_told_and_kept(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = leave_unfinished(store), leave_unfinished(store)
    assert run(["attempts", "recover"]) == 6  # there is no model in this home
    err = capsys.readouterr().err
    assert err.count("Early skips of ") == 2
    assert "vivavoce models pull base" in err
    assert {attempt.id for attempt in store.unfinished()} == {first, second}


SAID = "Listeners skip songs. That is a fall from 38 to 30 percent."


def test_a_dispute_stands_beside_the_judgement_until_it_is_withdrawn(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store, SAID)
    before = store.get(attempt_id)
    assert run(["attempts", "dispute", attempt_id[:-1], "lift", "FROM 38 to 30, percent"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "Kept beside the lift: “from 38 to 30 percent” at 0:06.\n")
    assert run(["attempts", "show", attempt_id]) == 0
    lines = capsys.readouterr().out.splitlines()
    beside = lines.index("  Lift     not heard") + 1
    assert lines[beside] == '           you say     0:06  "from 38 to 30 percent"'
    assert replace(store.get(attempt_id), disputes=()) == before
    assert run(["attempts", "dispute", "latest", "lift", "--withdraw"]) == 0
    assert capsys.readouterr().err == "Taken back: the judgement on the lift stands.\n"
    assert store.get(attempt_id) == before


def test_disputes_as_json_have_every_field(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, SAID)
    assert run(["attempts", "show", "latest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["disputes"] == []
    assert run(["attempts", "dispute", "latest", "lift", "38 to 30"]) == 0
    assert run(["attempts", "show", "latest", "--json"]) == 0
    (dispute,) = json.loads(capsys.readouterr().out)["disputes"]
    assert datetime.fromisoformat(dispute.pop("made_at")).utcoffset() is not None
    assert dispute == {
        "criterion": "lift",
        "level": 0,
        "quote": "38 to 30",
        "start_char": 42,
        "end_char": 50,
        "start": 7.0,
        "end": 8.4,
        "scorer_version": "test-1",
    }
    assert SAID[42:50] == "38 to 30"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("lift", "elephants"), 4, "Copy them from: vivavoce attempts show"),
        (("lift", "rom 38"), 4, "do not stand in your first answer"),
        (("problem", "38"), 2, "The problem was heard as clear: that is the highest."),
        (("lift", "--withdraw"), 3, "There is no dispute about the lift"),
        (("lift",), 2, "take it back with --withdraw"),
        (("lift", "38", "--withdraw"), 2, "take it back with --withdraw"),
        (("charm", "38"), 2, "'charm' is not one of 'problem', 'solution'"),
    ],
)
def test_a_dispute_that_cannot_be_made_says_what_to_do_and_keeps_nothing(
    store: AttemptStore,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    attempt_id = make_attempt(store, SAID)
    assert run(["attempts", "dispute", "latest", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert store.get(attempt_id).disputes == ()


def test_what_was_never_judged_cannot_be_disputed(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    for never_judged in (
        make_attempt(store, SAID, case=None),
        make_attempt(store, ""),
        leave_unfinished(store),
    ):
        assert run(["attempts", "dispute", never_judged, "lift", "38"]) == 2
        assert "Nothing was judged in this attempt" in capsys.readouterr().err


def test_a_long_dispute_fits_a_terminal(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store, "They skip. " + "We cap repeats for two weeks. " * 8)
    assert run(["attempts", "dispute", "latest", "experiment", "We cap repeats for two weeks"]) == 0
    assert run(["attempts", "dispute", "latest", "solution", "We cap repeats " * 3]) == 4
    words = "We cap repeats for two weeks. " * 7
    assert run(["attempts", "dispute", "latest", "experiment", words]) == 0
    assert run(["attempts", "show", "latest"]) == 0
    out = capsys.readouterr().out
    assert out.count("you say") == 1
    assert all(len(line) <= 80 for line in out.splitlines())
