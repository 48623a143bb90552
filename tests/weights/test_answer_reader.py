"""Building the reader from real weights, and what happens where that cannot be done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from vivavoce.errors import ModelError
from vivavoce.locations import Locations, find_locations
from vivavoce.scoring.rules import RulesReader
from vivavoce.scoring.trained import TrainedReader
from vivavoce.session.answer_reader import open_reader
from vivavoce.weights import answer_reader
from vivavoce.weights.answer_reader import build, built_reader, read_safetensors
from vivavoce.weights.files import check_model, model_folder

TEXT = "Skips should fall from 24 to 22 percent."


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    """A models folder of its own, with MiniLM's files in it."""
    models = tmp_path / "models"
    shutil.copytree(
        model_folder("minilm", find_locations()),
        models / "minilm",
        ignore=shutil.ignore_patterns("built-*"),
        copy_function=lambda source, target: Path(target).symlink_to(source),
    )
    return find_locations({"VIVAVOCE_HOME": str(tmp_path), "VIVAVOCE_MODELS": str(models)})


def test_the_reader_is_built_once_and_other_adapters_build_their_own(
    locations: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minilm = locations.models / "minilm"
    check_model("minilm", locations, deep=True)
    first = built_reader(minilm)
    written = (first / "model.bin").stat().st_mtime_ns
    assert built_reader(minilm) == first
    assert (first / "model.bin").stat().st_mtime_ns == written
    with np.load(answer_reader.ADAPTERS) as adapters:
        others = {name: adapters[name] for name in adapters.files}
    others["word_bias"] = others["word_bias"] - 100
    np.savez(tmp_path / "others.npz", allow_pickle=False, **others)
    monkeypatch.setattr(answer_reader, "ADAPTERS", tmp_path / "others.npz")
    second = built_reader(minilm)
    assert second != first
    assert not first.exists()
    reading = open_reader(locations).read(TEXT)
    assert (reading.reader, reading.lift.level) == ("trained", 0)


def test_a_build_that_was_cut_off_leaves_nothing_that_counts(locations: Locations) -> None:
    minilm = locations.models / "minilm"
    leftover = minilm / "building-killed"
    leftover.mkdir()
    (leftover / "model.bin").write_bytes(b"half")
    assert open_reader(locations).read(TEXT).lift.level == 2


def test_without_the_model_or_with_a_spoilt_one_the_rules_read(
    locations: Locations, tmp_path: Path
) -> None:
    assert isinstance(open_reader(locations), TrainedReader)
    [built] = (locations.models / "minilm").glob("built-*")
    (built / "model.bin").write_bytes(b"spoilt")
    assert isinstance(open_reader(locations), RulesReader)
    shutil.rmtree(locations.models / "minilm")
    reader = open_reader(locations)
    assert isinstance(reader, RulesReader)
    assert reader.read(TEXT).reader == "rules"


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    header = json.dumps({"x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    source = tmp_path / "source"
    source.mkdir()
    (source / "model.safetensors").write_bytes(
        len(header).to_bytes(8, "little") + header + b"\0\0\0\0"
    )
    (source / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be built"):
        build(source, tmp_path)


def test_a_tensor_is_read_as_it_was_written(tmp_path: Path) -> None:
    tensor = np.arange(6, dtype=np.float32).reshape(2, 3)
    header = json.dumps(
        {"__metadata__": {}, "t": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
    ).encode()
    file = tmp_path / "t.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + tensor.tobytes())
    [(name, read)] = read_safetensors(file).items()
    assert name == "t"
    assert np.array_equal(read, tensor)
