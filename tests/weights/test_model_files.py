"""Model folders: whole, or a sentence that names the file and what mends it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vivavoce.errors import ModelError
from vivavoce.locations import Locations, find_locations
from vivavoce.weights.files import (
    RECORD,
    check_model,
    check_whisper_model,
    installed_models,
    model_folder,
)
from vivavoce.weights.registry import KNOWN_MODELS, ModelFile

FOUR = ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt"]


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return find_locations({"VIVAVOCE_MODELS": str(tmp_path / "models")})


def lay_out(folder: Path, files: tuple[ModelFile, ...]) -> Path:
    """Make files of the right sizes and the wrong content; sparse, so they cost nothing."""
    folder.mkdir(parents=True)
    for file in files:
        with (folder / file.name).open("wb") as stream:
            stream.truncate(file.size)
    return folder


def own_folder(tmp_path: Path, names: list[str] = FOUR) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"something")
    return folder


def test_a_model_that_was_never_brought_names_the_command(locations: Locations) -> None:
    with pytest.raises(ModelError) as caught:
        check_model("base", locations)
    assert "base is not here yet" in caught.value.message
    assert "vivavoce models pull base" in caught.value.hint
    assert caught.value.exit_code == 6


def test_a_model_that_no_pull_can_bring_is_told_with_those_there_are(locations: Locations) -> None:
    with pytest.raises(ModelError, match='There is no Whisper model "nosuch"') as caught:
        check_model("nosuch", locations)
    assert "small.en" in caught.value.hint
    assert "pull" not in caught.value.hint
    with pytest.raises(ModelError, match="not here yet") as caught:
        check_model("small.en", locations)
    assert caught.value.hint == "Bring it: vivavoce models pull small.en"


@pytest.mark.parametrize("name", FOUR)
def test_a_missing_file_names_itself_and_the_command(locations: Locations, name: str) -> None:
    folder = lay_out(locations.models / "tiny.en", KNOWN_MODELS["tiny.en"].wheel_files)
    (folder / name).unlink()
    with pytest.raises(ModelError, match="missing") as caught:
        check_model("tiny.en", locations)
    assert name in caught.value.message
    assert caught.value.hint == "Bring it: vivavoce models pull tiny.en"


@pytest.mark.parametrize("name", FOUR)
def test_a_truncated_file_names_itself_and_the_command(locations: Locations, name: str) -> None:
    folder = lay_out(locations.models / "tiny.en", KNOWN_MODELS["tiny.en"].wheel_files)
    with (folder / name).open("r+b") as stream:
        stream.truncate(1000)
    with pytest.raises(ModelError, match=r"is cut short: 1,000 of") as caught:
        check_model("tiny.en", locations)
    assert f"{folder / name}" in caught.value.message
    assert "vivavoce models pull tiny.en" in caught.value.hint


def test_a_wrong_file_of_the_right_size_is_found_by_the_deep_check_only(
    locations: Locations,
) -> None:
    lay_out(locations.models / "tiny.en", KNOWN_MODELS["tiny.en"].wheel_files)
    check_model("tiny.en", locations)
    with pytest.raises(ModelError, match=r"model\.bin is not the right file") as caught:
        check_model("tiny.en", locations, deep=True)
    assert "vivavoce models pull tiny.en" in caught.value.hint


def test_either_conversion_of_base_put_there_by_hand_is_accepted(locations: Locations) -> None:
    lay_out(locations.models / "base", KNOWN_MODELS["base"].hub_files)
    check_model("base", locations)


def test_files_of_two_conversions_mixed_are_refused(locations: Locations) -> None:
    folder = lay_out(locations.models / "base", KNOWN_MODELS["base"].wheel_files)
    with (folder / "tokenizer.json").open("r+b") as stream:
        stream.truncate(KNOWN_MODELS["base"].hub_files[2].size)
    with pytest.raises(ModelError, match=r"tokenizer\.json is cut short"):
        check_model("base", locations)


def test_a_file_too_long_is_refused(locations: Locations) -> None:
    folder = lay_out(locations.models / "base", KNOWN_MODELS["base"].wheel_files)
    with (folder / "model.bin").open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(ModelError, match=r"model\.bin is too long"):
        check_model("base", locations)


def test_a_folder_of_yours_is_accepted(tmp_path: Path, locations: Locations) -> None:
    folder = own_folder(tmp_path)
    check_model(str(folder), locations, deep=True)
    assert model_folder(str(folder), locations) == folder


@pytest.mark.parametrize("missing", FOUR)
def test_a_folder_of_yours_without_one_of_the_files_is_refused(
    tmp_path: Path, locations: Locations, missing: str
) -> None:
    folder = own_folder(tmp_path, [name for name in FOUR if name != missing])
    with pytest.raises(ModelError, match="missing") as caught:
        check_model(str(folder), locations)
    assert missing in caught.value.message
    assert "vivavoce models pull base" in caught.value.hint


@pytest.mark.parametrize("empty", FOUR)
def test_an_empty_file_is_refused(tmp_path: Path, locations: Locations, empty: str) -> None:
    folder = own_folder(tmp_path)
    (folder / empty).write_bytes(b"")
    with pytest.raises(ModelError, match="empty"):
        check_model(str(folder), locations)


def test_a_folder_of_yours_that_is_not_there_says_so(tmp_path: Path, locations: Locations) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        check_model(str(tmp_path / "nowhere"), locations)


@pytest.mark.parametrize("name", ["", ".lock", ".pull-base"])
def test_what_cannot_be_a_name_is_refused(locations: Locations, name: str) -> None:
    with pytest.raises(ModelError, match="not the name of a model"):
        check_model(name, locations)


def test_control_characters_in_a_name_do_not_reach_the_terminal(locations: Locations) -> None:
    with pytest.raises(ModelError) as caught:
        check_model("ba\x1b[2Jse", locations)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "record", ["", "[]", "{}", '{"source":"hub","detail":"","files":[{"name":"../x"}]}', "[" * 5000]
)
def test_a_record_that_makes_no_sense_names_itself(locations: Locations, record: str) -> None:
    folder = lay_out(locations.models / "base", KNOWN_MODELS["base"].wheel_files)
    (folder / RECORD).write_text(record)
    with pytest.raises(ModelError, match=RECORD) as caught:
        check_model("base", locations)
    assert "vivavoce models pull base" in caught.value.hint


def test_the_record_of_a_pull_is_what_files_are_measured_by(locations: Locations) -> None:
    folder = locations.models / "medium.en"
    folder.mkdir(parents=True)
    for name in FOUR:
        (folder / name).write_bytes(b"x" * 10)
    files = [{"name": name, "size": 11, "sha256": ""} for name in FOUR]
    (folder / RECORD).write_text(json.dumps({"source": "hub", "detail": "", "files": files}))
    with pytest.raises(ModelError, match=r"model\.bin is cut short: 10 of 11 bytes"):
        check_model("medium.en", locations)


def test_installed_models_are_the_folders_without_a_dot(locations: Locations) -> None:
    assert installed_models(locations) == []
    for name in ("tiny.en", "base", ".pull-small"):
        (locations.models / name).mkdir(parents=True)
    (locations.models / ".lock").touch()
    assert installed_models(locations) == ["base", "tiny.en"]


def test_the_check_at_each_start_compares_sizes_and_reads_no_weights(locations: Locations) -> None:
    folder = lay_out(locations.models / "base", KNOWN_MODELS["base"].wheel_files)
    check_model("base", locations)  # zeros pass: only `models check` reads 145 MB
    with (folder / "model.bin").open("r+b") as stream:
        stream.truncate(KNOWN_MODELS["base"].wheel_files[0].size - 1)
    with pytest.raises(ModelError, match=r"model\.bin"):
        check_model("base", locations)


def test_checking_a_model_imports_nothing_that_could_open_a_connection() -> None:
    code = (
        "import sys; before = set(sys.modules);"  # a coverage run brings some of its own
        "import vivavoce.weights.files;"
        "print([name for name in ('socket', 'ssl', 'http.client', 'urllib.request',"
        " 'huggingface_hub', 'faster_whisper') if name in set(sys.modules) - before])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_that_only_reads_is_not_taken_to_hear(locations: Locations) -> None:
    with pytest.raises(ModelError, match="does not hear") as caught:
        check_whisper_model("minilm", locations)
    assert "base or tiny.en" in caught.value.hint
