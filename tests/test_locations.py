from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.errors import StorageError, UsageError
from vivavoce.locations import find_locations, private_folder


def test_the_home_moves_everything_but_the_models(tmp_path: Path) -> None:
    moved, usual = find_locations({"VIVAVOCE_HOME": str(tmp_path)}), find_locations({})
    for place in (
        moved.data,
        moved.config_file,
        moved.cache,
        moved.log_file,
        moved.database,
        moved.attempts,
        moved.own_cases,
    ):
        assert place.is_relative_to(tmp_path)
    assert moved.models == usual.models
    assert usual.database != moved.database


def test_the_models_move_alone(tmp_path: Path) -> None:
    moved, usual = find_locations({"VIVAVOCE_MODELS": str(tmp_path)}), find_locations({})
    assert moved.models == tmp_path
    assert moved.data == usual.data


def test_an_empty_variable_moves_nothing() -> None:
    assert find_locations({"VIVAVOCE_HOME": "", "VIVAVOCE_MODELS": ""}) == find_locations({})


def test_a_home_is_absolute_wherever_the_program_goes_later(tmp_path: Path) -> None:
    assert find_locations({"VIVAVOCE_HOME": "here"}).data == Path.cwd() / "here" / "data"
    assert find_locations({"VIVAVOCE_HOME": "~/v"}).data == Path.home() / "v" / "data"


def test_the_home_of_nobody_is_told() -> None:
    with pytest.raises(UsageError, match="VIVAVOCE_HOME names a home that does not exist"):
        find_locations({"VIVAVOCE_HOME": "~nobody-of-this-name/v"})


def test_every_folder_that_is_made_is_private(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b" / "c")
    for folder in (made, made.parent, made.parent.parent):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert private_folder(tmp_path) == tmp_path
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("below", [".", "below"])
def test_a_file_in_the_folders_place_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(StorageError, match="cannot be written") as told:
        private_folder(tmp_path / "taken" / below)
    assert told.value.exit_code == 7
    assert "VIVAVOCE_HOME" in told.value.hint
