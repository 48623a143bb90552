"""`vivavoce attempts export`: what is written where, for whom, and what stops it."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import numpy as np
import pysubs2
import pytest

from tests.attempts_made import leave_unfinished, make_attempt
from tests.hostile_attempts import CLEAN_WORD, hostile_attempt
from tests.mounts import on_read_only_disk, on_small_disk
from tests.speaking import save
from vivavoce.cli.main import run
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.export.attempt_json import attempt_json
from vivavoce.store.attempt_file import read_attempt_file
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.transcript_file import turn_from_whisper_json

TEXTS = ("srt", "vtt", "txt", "json", "whisper-json", "textgrid", "audacity", "csv", "md")
VIVAVOCE = [sys.executable, "-m", "vivavoce"]


def keep_hostile(store: AttemptStore) -> str:
    attempt = read_attempt_file(attempt_json(hostile_attempt(CLEAN_WORD)), "a.json").attempt
    store.add_imported(attempt, {"": [np.full(SAMPLE_RATE, 7, np.int16)]})
    return attempt.id


@pytest.mark.parametrize("kind", TEXTS)
def test_without_out_the_text_is_printed_and_nothing_else(
    kind: str, store: AttemptStore, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    make_attempt(store)
    assert run(["attempts", "export", "latest", "--format", kind]) == 0
    out, err = capsysbinary.readouterr()
    assert b"Listeners" in out
    assert err == b""
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("kind", ["json", "whisper-json"])
def test_json_on_stdout_is_one_document(
    kind: str, store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_hostile(store)
    assert run(["attempts", "export", "latest", "--format", kind]) == 0
    assert json.loads(capsys.readouterr().out)


def test_whisper_json_is_read_by_its_readers(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_hostile(store)
    assert run(["attempts", "export", "latest", "--format", "whisper-json"]) == 0
    text = capsys.readouterr().out
    own = [turn.text for turn in hostile_attempt(CLEAN_WORD).corrected if turn.by_candidate]
    by_pysubs2 = pysubs2.load_from_whisper(json.loads(text))
    assert " ".join(event.text for event in by_pysubs2) == " ".join(own)
    assert turn_from_whisper_json(text, "a").text.split() == sorted_by_start(text)


def sorted_by_start(text: str) -> list[str]:
    words = [word for segment in json.loads(text)["segments"] for word in segment["words"]]
    return [part for w in sorted(words, key=lambda w: w["start"]) for part in w["word"].split()]


@pytest.mark.parametrize("kind", [*TEXTS, "html"])
def test_a_file_is_for_its_owner_only_and_is_not_written_over(
    kind: str, store: AttemptStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store)
    out = tmp_path / "out.file"
    command = ["attempts", "export", "latest", "--format", kind, "--out", str(out)]
    assert run(command) == 0
    assert capsys.readouterr() == ("", f"Wrote {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    out.write_text("mine")
    assert run(command) == 2
    assert "out.file is there already. Choose another name, or add --force" in (
        capsys.readouterr().err
    )
    assert out.read_text() == "mine"
    assert run([*command, "--force"]) == 0
    assert out.read_text() != "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out.file"]


def test_raw_leaves_the_corrections_out(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_hostile(store)
    for kind in TEXTS:
        if kind == "json":
            continue
        assert run(["attempts", "export", "latest", "--format", kind, "--raw"]) == 0
        assert "misheard" in capsys.readouterr().out, kind
        assert run(["attempts", "export", "latest", "--format", kind]) == 0
        out = capsys.readouterr().out
        assert ("misheard" in out) == (kind == "csv"), kind
        assert "Mrs." in out


def test_a_raw_page_has_the_words_that_were_heard(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_hostile(store)
    assert run(["attempts", "export", "latest", "--format", "html", "--raw"]) == 0
    raw = capsys.readouterr().out
    assert "misheard" in raw
    assert "Mrs." not in raw
    assert run(["attempts", "export", "latest", "--format", "html"]) == 0
    assert "Mrs." in capsys.readouterr().out


def test_sentences_said_again_go_into_the_json_with_their_sound(
    store: AttemptStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = keep_hostile(store)
    (patch,) = (each for each in store.get(attempt_id).annotations if each.kind == "patch")
    sound = np.arange(800, dtype=np.int16)
    save(store.patch_path(attempt_id, patch.id), sound)
    assert run(["attempts", "export", "latest", "--format", "json", "--with-audio"]) == 0
    read = read_attempt_file(capsys.readouterr().out, "a.json")
    assert set(read.sounds) == {"", patch.id}
    assert (read.sounds[patch.id] == sound).all()


def test_all_writes_every_format_into_a_folder_named_by_the_id(
    store: AttemptStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = keep_hostile(store)
    assert run(["attempts", "export", "latest", "--format", "all"]) == 0
    folder = tmp_path / attempt_id
    names = {path.name.removeprefix(attempt_id) for path in folder.iterdir()}
    assert names == {
        *(".srt", ".vtt", ".txt", ".json", ".whisper.json", ".TextGrid"),
        *(".labels.txt", ".csv", ".md", ".html"),
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert f"Wrote 10 files into {folder.absolute()}." in capsys.readouterr().err
    assert run(["attempts", "export", "latest", "--format", "all"]) == 2
    assert run(["attempts", "export", "latest", "--format", "all", "--force"]) == 0


def test_the_sound_of_a_page_can_stand_beside_it(store: AttemptStore, tmp_path: Path) -> None:
    make_attempt(store)
    command = ["attempts", "export", "latest", "--format", "html", "--audio", "sibling"]
    assert run(command) == 2
    assert run([*command, "--out", str(tmp_path / "page.html")]) == 0
    (sound,) = (
        path for path in tmp_path.iterdir() if path.stem == "page" and path.suffix != ".html"
    )
    assert stat.S_IMODE(sound.stat().st_mode) == 0o600
    assert sound.name in (tmp_path / "page.html").read_text()
    sound.write_text("mine")
    (tmp_path / "page.html").unlink()
    assert run([*command, "--out", str(tmp_path / "page.html")]) == 2
    assert sound.read_text() == "mine"
    assert not (tmp_path / "page.html").exists()


def test_a_page_without_a_recording_says_so(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    store.recording_path(make_attempt(store)).unlink()
    assert run(["attempts", "export", "latest", "--format", "html"]) == 0
    out, err = capsys.readouterr()
    assert "The recording is not there: the page has no sound." in err
    assert out.startswith("<!")


def test_the_sound_goes_into_the_json_when_asked(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt_id = make_attempt(store)
    assert run(["attempts", "export", "latest", "--format", "json", "--with-audio"]) == 0
    read = read_attempt_file(capsys.readouterr().out, "a.json")
    assert (read.sounds[""] == np.full(SAMPLE_RATE, 7, np.int16)).all()
    assert read.attempt == store.get(attempt_id)
    assert run(["attempts", "export", "latest", "--format", "srt", "--with-audio"]) == 2


def test_an_attempt_that_is_not_finished_is_not_exported(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_unfinished(store)
    assert run(["attempts", "export", "latest", "--format", "txt"]) == 2
    assert "Finish it with: vivavoce attempts recover" in capsys.readouterr().err


def test_an_attempt_that_is_not_there_is_told(store: AttemptStore) -> None:
    assert run(["attempts", "export", "01XYZ", "--format", "txt"]) == 3


def test_a_folder_or_a_device_is_no_file_to_write(
    store: AttemptStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store)
    command = ["attempts", "export", "latest", "--format", "txt", "--force", "--out"]
    assert run([*command, str(tmp_path)]) == 2
    assert "is a folder. Name a file in it." in capsys.readouterr().err
    assert run([*command, "/dev/null"]) == 2
    assert not Path("/dev/null").is_file()


def test_a_link_that_is_replaced_stays_a_link(store: AttemptStore, tmp_path: Path) -> None:
    make_attempt(store)
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    command = ["attempts", "export", "latest", "--format", "txt", "--force", "--out", "link.txt"]
    assert run(command) == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert "Listeners" in (tmp_path / "real.txt").read_text()


def test_a_folder_that_is_not_there_is_told(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    make_attempt(store)
    assert run(["attempts", "export", "latest", "--format", "txt", "--out", "none/a.txt"]) == 7
    assert "none/a.txt cannot be written: No such file or directory." in capsys.readouterr().err


def test_a_read_only_folder_is_told(store: AttemptStore, tmp_path: Path) -> None:
    make_attempt(store)
    (tmp_path / "ro").mkdir()
    command = [*VIVAVOCE, "attempts", "export", "latest", "--format", "txt", "--out", "ro/a.txt"]
    outcome = on_read_only_disk(tmp_path / "ro", command)
    assert outcome.returncode == 7, outcome.stderr
    assert "ro/a.txt cannot be written: Read-only file system." in outcome.stderr


def test_a_full_disk_leaves_no_half_file(store: AttemptStore, tmp_path: Path) -> None:
    make_attempt(store, "word " * 20_000)
    (tmp_path / "small").mkdir()
    code = (
        "import sys, os; from vivavoce.cli.main import run;"
        "code = run(sys.argv[1:]); print(os.listdir('small')); sys.exit(code)"
    )
    arguments = ["attempts", "export", "latest", "--format", "json", "--out", "small/a.json"]
    outcome = on_small_disk(tmp_path / "small", "1m", [sys.executable, "-c", code, *arguments])
    assert outcome.returncode == 7, outcome.stderr
    assert "small/a.json cannot be written: No space left on device." in outcome.stderr
    assert outcome.stdout == "[]\n"
