"""A smaller model in the chosen one's place, with real weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.errors import ModelError
from vivavoce.locations import find_locations
from vivavoce.session.relief import Model, RelievedTranscriber, smaller_model
from vivavoce.store.case_library import sample_answer
from vivavoce.weights.files import model_folder


def installed(name: str) -> Model:
    return Model(name, model_folder(name, find_locations()))


def weighing(folder: Path, megabytes: int) -> Model:
    folder.mkdir(parents=True)
    with (folder / "model.bin").open("wb") as weights:
        weights.truncate(megabytes << 20)
    return Model(folder.name, folder)


def test_the_largest_of_the_clearly_smaller_models_is_chosen(tmp_path: Path) -> None:
    locations = find_locations(
        {"VIVAVOCE_HOME": str(tmp_path), "VIVAVOCE_MODELS": str(tmp_path / "models")}
    )
    small = weighing(tmp_path / "models" / "small.en", 480)
    base = weighing(tmp_path / "models" / "base.en", 145)
    tiny = weighing(tmp_path / "models" / "tiny.en", 75)
    assert smaller_model(small, locations) == base
    assert smaller_model(base, locations) == tiny
    assert smaller_model(tiny, locations) is None


def test_after_relief_the_smaller_model_hears_and_the_larger_is_gone() -> None:
    sound = np.concatenate(list(read_audio(sample_answer("daily-mix-churn"))))[: 8 * SAMPLE_RATE]
    transcriber = RelievedTranscriber(installed("base"), installed("tiny.en"))
    try:
        transcriber.wait_until_loaded()
        first = transcriber.pid
        assert transcriber.relieve() == "tiny.en"
        assert not psutil.pid_exists(first)
        assert len(transcriber.transcribe(sound)) >= 8
        assert transcriber.names == "base, tiny.en"
        assert transcriber.relieve() is None, "there is no smaller one"
    finally:
        transcriber.close()


def test_nothing_is_started_after_close() -> None:
    transcriber = RelievedTranscriber(installed("tiny.en"), installed("tiny.en"))
    transcriber.close()
    last = transcriber.pid
    assert transcriber.relieve() is None
    assert transcriber.pid == last


def test_a_graphics_card_that_is_not_there_is_said_to_be_that_and_auto_goes_without() -> None:
    model = installed("tiny.en")
    insisting = RelievedTranscriber(model, None, device="cuda")
    choosing = RelievedTranscriber(model, None, device="auto")
    try:
        choosing.wait_until_loaded()
        with pytest.raises(ModelError, match="graphics card cannot be used"):
            insisting.wait_until_loaded()
    finally:
        insisting.close()
        choosing.close()
