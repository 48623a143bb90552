"""Models beside each other: which one is suggested, and one really measured."""

from __future__ import annotations

import pytest

from tests.speaking import samples_of, spoken
from vivavoce.bench import model_bench
from vivavoce.bench.model_bench import ModelFigures, measure_model, suggested
from vivavoce.bench.speech_folder import Recording, shipped_speech
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.locations import find_locations
from vivavoce.weights.files import model_folder


def figures(model: str, words_wrong: float, work: float = 0.1, wait: float = 0.5) -> ModelFigures:
    return ModelFigures(model, words_wrong, work, 200.0, wait, wait)


def test_the_model_that_hears_best_is_suggested() -> None:
    base, tiny = figures("base", 9.0), figures("tiny.en", 11.0)
    assert suggested([tiny, base]) == base


@pytest.mark.parametrize("slow", [figures("small", 5.0, work=0.6), figures("small", 5.0, wait=2.0)])
def test_a_better_model_that_falls_behind_is_not(slow: ModelFigures) -> None:
    base = figures("base", 9.0)
    assert not slow.keeps_up
    assert suggested([slow, base]) == base
    assert suggested([slow]) is None


def test_a_model_is_measured_in_real_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("STOPS", 1), ("STOP_SECONDS", 8.0), ("REAL_TIME_SECONDS", 4.0)):
        monkeypatch.setattr(model_bench, name, value)
    texts = (
        "Listeners leave because every third song is a repeat.",
        "I expect openers in week four to rise by ten percent.",
    )
    recordings = [Recording(text[:9], samples_of(spoken(text)), text) for text in texts]
    said: list[str] = []
    measured = measure_model(model_folder("tiny.en", find_locations()), recordings, said.append)
    assert measured.model == "tiny.en"
    assert measured.words_wrong < 25.0
    assert measured.work > 0.0
    assert measured.memory_mb > 75.0, "less than its weights"
    assert 0.0 <= measured.wait_s <= measured.longest_wait_s
    assert said == ["tiny.en: 2 recordings ...", "tiny.en: stop 1 of 1 ..."]


def test_the_shipped_speech_is_the_sample_answer_and_its_words() -> None:
    (recording,) = shipped_speech()
    assert 20.0 < len(recording.samples) / SAMPLE_RATE < 120.0
    assert len(recording.reference.split()) > 50
