"""`vivavoce attempts import`: what comes back, what becomes an attempt, and what is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.attempts_made import make_attempt
from tests.recordings_made import SRT, tone
from tests.speaking import save
from vivavoce.cli.main import run
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

CASE = "daily-mix-churn"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return save(tmp_path / "talk.wav", tone(5.0))


def export(*more: str) -> None:
    assert run(["attempts", "export", "latest", "--format", "json", "--out", "a.json", *more]) == 0


def notes_on(attempt_id: str, *texts: str) -> str:
    return json.dumps(
        {
            "format": "vivavoce-notes",
            "schema": 1,
            "attempt": attempt_id,
            "author": "Ada\x1b[31m",
            "notes": [
                {
                    "id": f"01KAW00000000000000000000{number}",
                    **{"turn": 1, "first": number, "last": number, "start": 0.0, "end": 0.1},
                    **{"text": text, "made_at": "2026-11-25T18:00:00+00:00"},
                }
                for number, text in enumerate(texts)
            ],
        }
    )


def test_an_attempt_comes_back_after_it_was_deleted(
    store: AttemptStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    before, sound = store.get(attempt_id), store.recording_path(attempt_id).read_bytes()
    export("--with-audio")
    capsys.readouterr()
    store.delete(attempt_id)
    assert run(["attempts", "import", "a.json"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Imported Early skips of ")
    assert out.endswith(f": vivavoce attempts show {attempt_id}\n")
    assert err == ""
    assert store.get(attempt_id) == before
    assert store.recording_path(attempt_id).read_bytes() == sound


def test_one_that_is_here_is_refused_unless_it_gets_a_new_id(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    export()
    assert run(["attempts", "import", "a.json"]) == 2
    assert f"Attempt {attempt_id} is here already. To keep both, add --new-id" in (
        capsys.readouterr().err
    )
    assert run(["attempts", "import", "a.json", "--new-id"]) == 0
    assert len(store.list()) == 2


def test_its_recording_can_be_given_along(store: AttemptStore, recording: Path) -> None:
    attempt_id = make_attempt(store)
    export()
    store.delete(attempt_id)
    assert run(["attempts", "import", "a.json", "--audio", "talk.wav"]) == 0
    assert (read_recording(store.recording_path(attempt_id)) == tone(5.0)).all()


def test_a_recording_with_a_transcript_becomes_a_scored_attempt(
    store: AttemptStore, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("talk.srt").write_text(SRT)
    command = ["attempts", "import", "talk.wav", "--transcript", "talk.srt"]
    assert run([*command, "--case", CASE]) == 0
    out, err = capsys.readouterr()
    (summary,) = store.list()
    assert out == f"Imported talk.wav, 0:05 long: vivavoce attempts show {summary.id}\n"
    assert err == ""
    assert (summary.case_id, summary.state) == (CASE, "done")
    assert summary.vote is not None
    assert run([*command]) == 0
    assert store.list()[0].vote is None


def test_a_transcript_in_utf_16_is_read(store: AttemptStore, recording: Path) -> None:
    Path("talk.srt").write_text(SRT, encoding="utf-16")
    assert run(["attempts", "import", "talk.wav", "--transcript", "talk.srt"]) == 0


def test_a_faulty_transcript_is_told_by_its_line_and_nothing_is_kept(
    store: AttemptStore, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("talk.srt").write_text(SRT.replace("00:00:02,500 -->", "00:00:02;500 -->"))
    assert run(["attempts", "import", "talk.wav", "--transcript", "talk.srt"]) == 4
    assert "Line 6 of talk.srt is not a line of times." in capsys.readouterr().err
    Path("talk.srt").write_bytes(b"1\n00:00:00,000 --> 00:00:01,000\n\xe9t\xe9\n")
    assert run(["attempts", "import", "talk.wav", "--transcript", "talk.srt"]) == 4
    assert "talk.srt is not UTF-8 text. Save it as UTF-8" in capsys.readouterr().err
    assert store.list() == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "Which file?"),
        (["none.json"], 3, "There is no file none.json."),
        (["home"], 4, "home is a folder."),
        (["other.json"], 4, "other.json is not an attempt of vivavoce: format is missing."),
        (["other.json", "--case", CASE], 2, "Leave --case out."),
        (["talk.wav", "--new-id"], 2, "talk.wav is taken for a recording. Leave --new-id out."),
        (["talk.wav", "--variant", "a"], 2, "--variant needs the case."),
        (["talk.wav", "--case", "none"], 3, "none"),
        (["talk.wav", "--transcript", "none.srt"], 3, "There is no file none.srt."),
        (["text.txt", "--transcript", "other.json"], 4, "other.json is not a transcript"),
        (["talk.wav"], 6, "vivavoce models pull base"),
        (["--notes", "other.json"], 4, "other.json holds no notes on an attempt."),
        (["--notes", "other.json", "--new-id"], 2, "--notes goes alone"),
    ],
)
def test_what_cannot_be_taken_in_is_told(
    arguments: list[str],
    code: int,
    told: str,
    store: AttemptStore,
    recording: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("other.json").write_text('{"a": "secret words"}')
    Path("text.txt").write_text("secret words")
    assert run(["attempts", "import", *arguments]) == code
    out, err = capsys.readouterr()
    assert told in err
    assert "secret" not in err
    assert out == ""
    assert store.list() == []


def test_a_coachs_notes_come_in_once_with_their_author(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    Path("notes.json").write_text(notes_on(attempt_id, "Say by how much.", "Good."))
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    assert capsys.readouterr().out == "2 notes came in, by Ada[31m.\n"
    kept = store.get(attempt_id).annotations
    assert [(each.kind, each.text) for each in kept] == [
        ("note", "Say by how much."),
        ("note", "Good."),
    ]
    assert {each.author for each in kept} == {"Ada[31m"}
    Path("notes.json").write_text(notes_on(attempt_id, "Say by how much.", "Good.", "And when?"))
    assert run(["attempts", "import", "--notes", "notes.json", attempt_id]) == 0
    assert capsys.readouterr().out == "1 note came in, by Ada[31m; 2 notes had come before.\n"
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    assert capsys.readouterr().out == "Nothing new came in; 3 notes had come before.\n"
    assert len(store.get(attempt_id).annotations) == 3


def test_notes_are_one_step_that_can_be_undone_and_taken_in_again(store: AttemptStore) -> None:
    attempt_id = make_attempt(store)
    Path("notes.json").write_text(notes_on(attempt_id, "One.", "Two."))
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    assert store.annotations.undo(attempt_id) == "a coach's notes"
    assert store.get(attempt_id).annotations == ()
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    assert len(store.get(attempt_id).annotations) == 2


def test_a_note_that_was_deleted_since_does_not_come_back(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    Path("notes.json").write_text(notes_on(attempt_id, "One."))
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    (note,) = store.get(attempt_id).annotations
    store.annotations.edit(attempt_id, "a note", removed=[note.id])
    capsys.readouterr()
    assert run(["attempts", "import", "--notes", "notes.json"]) == 0
    assert capsys.readouterr().out == "Nothing new came in; 1 note had come before.\n"
    assert store.get(attempt_id).annotations == ()


def test_notes_on_an_attempt_that_is_not_here_are_told(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.json").write_text(notes_on("0" * 26, "One."))
    assert run(["attempts", "import", "--notes", "notes.json"]) == 3
    assert "There is no attempt" in capsys.readouterr().err


def test_notes_without_their_option_are_known(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.json").write_text(notes_on("0" * 26, "One."))
    assert run(["attempts", "import", "notes.json"]) == 2
    assert "notes.json holds a coach's notes. Bring them in with --notes." in (
        capsys.readouterr().err
    )
