from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.attempts_made import make_attempt
from vivavoce.cli.annotation_lines import annotation_lines
from vivavoce.cli.main import run
from vivavoce.domain.annotation import Annotation, WordRange, anchor_at
from vivavoce.store.attempt_store import AttemptStore

SAID = "Skips should fall a lot, by tirty percent."


Captured = pytest.CaptureFixture[str]


def test_words_stand_one_a_line_with_what_is_written_on_them(
    store: AttemptStore, capsys: Captured
) -> None:
    make_attempt(store, SAID)
    assert run(["note", "latest", "1.0-1.1", "of whom?"]) == 0
    assert run(["tag", "latest", "a lot", "no size"]) == 0
    assert run(["correct", "latest", "tirty percent", "a third"]) == 0
    assert run(["correct", "latest", "by", ""]) == 0
    capsys.readouterr()
    assert run(["attempts", "show", "latest", "--words"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "1.0 3.00 0.90 Skips",
        "1.1 3.50 0.90 should [of whom?]",
        "1.2 4.00 0.90 fall",
        "1.3 4.50 0.90 a",
        "1.4 5.00 0.90 lot, [#no size]",
        "1.5 5.50 0.90 (nothing) (heard: by)",
        "1.6-7 6.00 0.90 a third (heard: tirty percent.)",
    ]


def test_a_correction_tells_what_is_judged_otherwise(store: AttemptStore, capsys: Captured) -> None:
    make_attempt(store, SAID)
    assert run(["attempts", "rescore", "latest"]) == 0
    assert capsys.readouterr().err.startswith("Scored again. What changed:\n")
    assert run(["correct", "latest", "tirty", "thirty"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Kept: correction of “tirty” at 0:06."
    assert "Scored again: Lift: no size → sized" in told
    assert run(["attempts", "undo", "latest"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Undone: correction of “tirty”."
    assert "Scored again: Lift: sized → no size" in told
    assert run(["attempts", "redo", "latest", "--json"]) == 0
    changed = json.loads(capsys.readouterr().out)
    assert changed["what"] == "correction of “tirty”"
    assert changed["judged"] == ["Lift: no size → sized"]
    assert [each["text"] for each in changed["annotations"]] == ["thirty"]


def test_what_was_written_is_shown_with_the_attempt(store: AttemptStore, capsys: Captured) -> None:
    make_attempt(store, SAID)
    run(["note", "latest", "0:04", "of \x1b[31mwhom?"])
    run(["correct", "latest", "tirty", "thirty"])
    capsys.readouterr()
    assert run(["attempts", "show", "latest"]) == 0
    shown = capsys.readouterr().out
    assert "   0:04  note on “fall”: of [31mwhom?" in shown
    assert "   0:06  corrected: heard “tirty”, you said “thirty”" in shown
    assert "by thirty percent." in shown
    assert run(["attempts", "show", "latest", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["kind"] for each in told["annotations"]] == ["note", "correction"]
    assert told["words"][6]["text"] == "tirty"
    assert told["words"][6]["id"] == "1.6"


def test_what_was_written_is_taken_away_again(store: AttemptStore, capsys: Captured) -> None:
    attempt_id = make_attempt(store, SAID)
    run(["note", "latest", "1.0", "one"])
    run(["note", "latest", "1.0", "two"])
    run(["tag", "latest", "1.0", "jargon"])
    run(["correct", "latest", "1.1", "would"])
    run(["correct", "latest", "1.2", "drop"])
    assert [each.text for each in store.get(attempt_id).annotations] == [
        "two",
        "jargon",
        "would",
        "drop",
    ]
    assert run(["note", "latest", "1.0", "--remove"]) == 0
    assert run(["tag", "latest", "1.0", "jargon", "--remove"]) == 0
    assert run(["correct", "latest", "drop", "--revert"]) == 0
    assert [each.text for each in store.get(attempt_id).annotations] == ["would"]
    assert run(["correct", "latest", "--revert"]) == 0
    assert store.get(attempt_id).annotations == ()


def test_what_changes_nothing_says_so_and_is_no_step(store: AttemptStore, capsys: Captured) -> None:
    make_attempt(store, SAID)
    run(["tag", "latest", "1.0", "jargon"])
    capsys.readouterr()
    for command, told in (
        (["note", "latest", "1.0", "--remove"], "You have no note on those words.\n"),
        (["tag", "latest", "1.0", "jargon"], "It has that tag already.\n"),
        (["tag", "latest", "1.1", "jargon", "--remove"], "It has no such tag.\n"),
        (["correct", "latest", "1.1", "should"], "That is what stands there already.\n"),
        (["correct", "latest", "--revert"], "Nothing is corrected there.\n"),
        (["attempts", "redo", "latest"], "There is nothing to redo.\n"),
        (["attempts", "undo", "latest"], "Undone: tag “jargon”.\n"),
        (["attempts", "undo", "latest"], "There is nothing to undo.\n"),
    ):
        assert run(command) == 0
        assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (["note", "latest", "1.99", "x"], 3, "are called “1.99”"),
        (["note", "latest", "never said", "x"], 3, "attempts show"),
        (["note", "latest", "1.0"], 2, "--remove"),
        (["note", "latest", "1.0", "x", "--remove"], 2, "--remove"),
        (["correct", "latest"], 2, "--revert"),
        (["correct", "latest", "1.0"], 2, "--revert"),
        (["tag", "latest", "1.0", " "], 2, "A tag needs a word"),
        (["tag", "01ZZ", "1.0", "x"], 3, "There is no attempt"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    store: AttemptStore, capsys: Captured, command: list[str], code: int, told: str
) -> None:
    make_attempt(store, SAID)
    assert run(command) == code
    shown = capsys.readouterr().err
    assert told in shown
    assert len(shown.splitlines()) == 1


def test_an_attempt_that_was_not_scored_is_not_scored_again(
    store: AttemptStore, capsys: Captured
) -> None:
    opened = store.begin(None, "", False, "base")
    store.finish(opened.id, "abandoned", (), 1.0, None)
    assert run(["attempts", "rescore", "latest"]) == 0
    assert "never scored" in capsys.readouterr().err


def test_attempts_are_searched_by_what_was_said(store: AttemptStore, capsys: Captured) -> None:
    make_attempt(store, "Listeners skip songs they know.")
    wanted = make_attempt(store, SAID)
    assert run(["attempts", "list", "--search", "SKIPS fal"]) == 0
    _heading, row, found = capsys.readouterr().out.splitlines()
    assert row.startswith(wanted[:10])
    assert "«Skips» should «fall» a lot," in found
    assert run(["attempts", "list", "--search", "skips", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["id"] == wanted
    assert "«Skips»" in told["found"]
    assert run(["attempts", "list", "--search", "nowhere"]) == 0
    assert "No attempt holds “nowhere”" in capsys.readouterr().err


def test_what_is_too_long_is_refused_not_cut(store: AttemptStore, capsys: Captured) -> None:
    attempt_id = make_attempt(store, SAID)
    for command in (["note"], ["tag"], ["correct"]):
        assert run([*command, "latest", "1.0", "x" * 2001]) == 2
        assert "2,001 characters; there is room for 2,000" in capsys.readouterr().err
    assert store.get(attempt_id).annotations == ()


def test_a_note_of_several_lines_stays_on_the_line_of_its_word(
    store: AttemptStore, capsys: Captured
) -> None:
    attempt = store.get(make_attempt(store, SAID))
    coachs = Annotation(
        *("01KAW000000000000000000001", "note", anchor_at(attempt.turns, WordRange(1, 0, 0))),
        *("Who?\nHow many?", attempt.started_at, "Ada"),
    )
    store.annotations.edit(attempt.id, "a coach's notes", [coachs])
    assert run(["attempts", "show", "latest", "--words"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(SAID.split())
    assert lines[0].endswith("Skips  [Ada: Who? How many?]")


def test_an_attempt_that_comes_in_while_it_is_searched_is_left_out(
    store: AttemptStore, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_attempt(store, SAID)
    listed = store.list()
    make_attempt(store, SAID)
    monkeypatch.setattr(AttemptStore, "list", lambda _: listed)
    assert run(["attempts", "list", "--search", "skips", "--json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == [first]


def test_a_sentence_that_was_said_again_is_told_on_one_line(store: AttemptStore) -> None:
    attempt = store.get(make_attempt(store, SAID))
    anchor = anchor_at(attempt.turns, WordRange(1, 2, 2))
    at = datetime(2026, 3, 4, tzinfo=UTC)
    patch = Annotation("P", "patch", anchor, "Skips\nhalve.", at, criterion="lift")
    lines = list(annotation_lines(replace(attempt, annotations=(patch,))))
    assert lines == ["   0:04  said again, for Lift: “Skips halve.”"]
