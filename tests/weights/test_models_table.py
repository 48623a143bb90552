"""models.md says what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from faster_whisper.utils import _MODELS

from vivavoce.weights.registry import HUB_REPOSITORIES, KNOWN_MODELS, WHISPER_MODELS, KnownModel

TABLE = (Path(__file__).parents[2] / "models.md").read_text("utf-8")


@pytest.mark.parametrize("model", KNOWN_MODELS.values(), ids=list(KNOWN_MODELS))
def test_every_sum_size_and_source_of_the_registry_stands_in_models_md(model: KnownModel) -> None:
    for file in (*model.hub_files, *model.wheel_files):
        assert f"| `{file.name}` | {file.size:,} | `{file.sha256}` |" in TABLE
    for wheel in model.wheels:
        assert f"| `{wheel.filename}` | {wheel.size:,} | `{wheel.sha256}` |" in TABLE
    assert model.repository in TABLE
    if model.measured:
        assert model.measured.word_error_rate in TABLE
        assert model.measured.real_time_factor in TABLE


@pytest.mark.parametrize(("name", "repository"), _MODELS.items())
def test_every_model_of_faster_whisper_has_its_row_in_models_md(name: str, repository: str) -> None:
    rows = [line for line in TABLE.splitlines() if f"`{name}`" in line and line.startswith("| ")]
    assert any(repository in row for row in rows)


def test_the_models_of_the_hub_are_those_that_faster_whisper_names() -> None:
    assert HUB_REPOSITORIES == _MODELS


@pytest.mark.parametrize("model", WHISPER_MODELS.values(), ids=list(WHISPER_MODELS))
def test_the_repository_is_the_one_that_faster_whisper_names(model: KnownModel) -> None:
    assert _MODELS[model.name] == model.repository


@pytest.mark.parametrize("model", KNOWN_MODELS.values(), ids=list(KNOWN_MODELS))
def test_every_file_of_a_model_has_a_member_in_its_wheels(model: KnownModel) -> None:
    members = [member.file for wheel in model.wheels for member in wheel.members]
    assert set(members) == {file.name for file in model.wheel_files}
