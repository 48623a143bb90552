from __future__ import annotations

import stat
from pathlib import Path

import pytest

from vivavoce.errors import BadInputError, NotFoundError, StorageError, UsageError
from vivavoce.locations import Locations, find_locations
from vivavoce.store.case_file import read_case
from vivavoce.store.case_library import (
    load_library,
    read_folder,
    shipped_cases,
)
from vivavoce.store.new_case import write_new_case


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return find_locations({"VIVAVOCE_HOME": str(tmp_path)})


def add_own(locations: Locations, name: str, text: str) -> None:
    locations.own_cases.mkdir(parents=True, exist_ok=True)
    (locations.own_cases / name).write_text(text, encoding="utf-8")


def test_twenty_cases_are_shipped_and_the_mix_comes_first(locations: Locations) -> None:
    library = load_library(locations)
    assert library.problems == ()
    assert len(library.cases) == 20
    assert [case.order for case in library.cases] == list(range(1, 21))
    assert library.cases[0].id == "daily-mix-churn"
    assert library.cases[-1].id == "by-friday"


def test_a_broken_file_gets_its_line_and_hides_no_other(locations: Locations) -> None:
    write_new_case(locations, "mine")
    add_own(locations, "broken.toml", 'id = "broken"\n')
    add_own(locations, "Bad Name.toml", "")
    add_own(locations, "notes.txt", "not a case")
    add_own(locations, ".hidden.toml", "not a case either")
    (locations.own_cases / "away.toml").symlink_to("/etc/passwd")
    library = load_library(locations)
    assert len(library.cases) == 21
    assert library.cases[-1].id == "mine"
    assert [problem.split(": ")[:2] for problem in library.problems] == [
        ["Bad Name.toml", "file"],
        ["away.toml", "file"],
        ["broken.toml", "variants"],
    ]


def test_an_own_case_never_takes_a_shipped_id(locations: Locations) -> None:
    text = (shipped_cases() / "daily-mix-churn.toml").read_text(encoding="utf-8")
    add_own(locations, "daily-mix-churn.toml", text.replace("The mix that wears out", "Mine"))
    library = load_library(locations)
    assert len(library.cases) == 20
    assert library.find("daily-mix-churn").title == "The mix that wears out"
    assert library.problems == (
        "daily-mix-churn.toml: id: a shipped case has this id. Rename yours.",
    )


def test_own_cases_follow_their_order_then_their_id(locations: Locations) -> None:
    for case_id in ("b", "a", "c"):
        write_new_case(locations, case_id)
    file = locations.own_cases / "c.toml"
    file.write_text("order = 1\n" + file.read_text())
    assert [case.id for case in load_library(locations).cases[20:]] == ["c", "a", "b"]


def test_a_link_in_the_shipped_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "by-friday.toml").symlink_to(shipped_cases() / "by-friday.toml")
    assert [case.id for case in read_folder(tmp_path, trusted=True)[0]] == ["by-friday"]
    assert read_folder(tmp_path)[0] == ()


def test_own_cases_that_are_no_folder_give_a_line(locations: Locations) -> None:
    locations.data.mkdir(parents=True)
    locations.own_cases.write_text("a file")
    library = load_library(locations)
    assert len(library.cases) == 20
    assert library.problems == (f"{locations.own_cases}: file: cannot be read: Not a directory.",)


def test_a_case_that_is_not_there_names_the_nearest(locations: Locations) -> None:
    library = load_library(locations)
    with pytest.raises(NotFoundError) as caught:
        library.find("daily-mix")
    assert caught.value.hint == "Did you mean daily-mix-churn?"
    with pytest.raises(NotFoundError) as caught:
        library.find("\x1b[2J" + "q" * 1000)
    assert "\x1b" not in str(caught.value)
    assert caught.value.hint == "See them all: vivavoce cases list"


def test_a_broken_case_is_found_with_what_is_wrong(locations: Locations) -> None:
    add_own(locations, "broken.toml", 'id = "broken"\n')
    with pytest.raises(NotFoundError) as caught:
        load_library(locations).find("broken")
    assert caught.value.hint == "broken.toml: variants: there must be at least one."


def test_a_new_case_is_private_and_fine(locations: Locations) -> None:
    file = write_new_case(locations, "second-class", 'The "second" \\ class')
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert read_case(file).title == 'The "second" \\ class'
    assert load_library(locations).find("second-class").limit_seconds == 900.0


@pytest.mark.parametrize("case_id", ["a" * 64, "0", "a-", "a--b"])
def test_a_new_case_is_fine_whatever_its_id(locations: Locations, case_id: str) -> None:
    assert read_case(write_new_case(locations, case_id)).id == case_id


def test_a_new_case_overwrites_nothing(locations: Locations) -> None:
    file = write_new_case(locations, "mine")
    file.write_text("precious")
    with pytest.raises(UsageError, match="is there already"):
        write_new_case(locations, "mine")
    assert file.read_text() == "precious"


def test_a_new_case_does_not_write_through_a_link(locations: Locations, tmp_path: Path) -> None:
    locations.own_cases.mkdir(parents=True)
    (locations.own_cases / "mine.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is there already"):
        write_new_case(locations, "mine")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("case_id", ["", "../mine", "Mine", "a/b", "a" * 65, "by-friday"])
def test_a_new_case_with_a_bad_or_taken_id_is_refused(locations: Locations, case_id: str) -> None:
    with pytest.raises(UsageError):
        write_new_case(locations, case_id)
    assert not locations.own_cases.exists()


def test_a_new_case_with_too_long_a_title_is_not_written(locations: Locations) -> None:
    with pytest.raises(BadInputError, match="title: has 49 characters"):
        write_new_case(locations, "mine", "x" * 49)
    assert not locations.own_cases.exists()


def test_a_new_case_says_when_its_folder_cannot_be_made(locations: Locations) -> None:
    locations.data.parent.mkdir(parents=True, exist_ok=True)
    locations.data.write_text("a file")
    with pytest.raises(StorageError, match="cannot be written"):
        write_new_case(locations, "mine")
