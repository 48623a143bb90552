"""A measured round: a real decoder, the key pressed by the stopwatch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.speaking import samples_of, spoken
from vivavoce.bench.live_run import run_live, voice_end
from vivavoce.bench.offline_calls import Call, hear_offline
from vivavoce.bench.on_screen import Screening
from vivavoce.bench.speech_folder import Joined, Recording, join
from vivavoce.bench.word_errors import error_rate, errors_by_passage
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.locations import find_locations
from vivavoce.store.case_library import load_library
from vivavoce.weights.files import model_folder

MODEL = model_folder("tiny.en", find_locations())
TEXTS = (
    "Listeners leave because every third song is a repeat.",
    "I would push the repeats down for five percent of them, for two weeks.",
    "I expect openers in week four to rise by ten percent.",
)


@pytest.fixture(scope="module")
def joined() -> Joined:
    recordings = [Recording(text[:9], samples_of(spoken(text)), text) for text in TEXTS]
    return join(recordings, None, seed=1)


def test_an_answer_is_heard_to_its_last_word_and_timed(joined: Joined, tmp_path: Path) -> None:
    run = run_live(joined, MODEL, tmp_path, stop_after=0.3, real_time_seconds=5.0)
    assert error_rate(errors_by_passage(joined.passages, run.words)) < 25.0
    assert "percent" in run.words[-1].text or "%" in run.words[-1].text
    assert run.seconds == voice_end(joined) <= joined.passages[-1].span.end
    assert 0.0 <= run.stop_to_final < run.stop_to_debrief
    assert run.stop_to_screen is None
    assert run.cpu_share is not None
    assert run.cpu_share > 0.0


def test_on_the_screens_it_ends_with_the_debrief_drawn(joined: Joined, tmp_path: Path) -> None:
    screening = Screening(load_library(find_locations()).cases[0])
    run = run_live(joined, MODEL, tmp_path, stop_after=0.3, screening=screening)
    assert error_rate(errors_by_passage(joined.passages, run.words)) < 25.0
    assert run.stop_to_screen is not None
    assert 0.0 < run.stop_to_debrief < run.stop_to_screen


def test_on_the_screens_a_round_in_which_nothing_is_heard_ends_too(tmp_path: Path) -> None:
    silence = Recording("nothing", np.ones(3 * SAMPLE_RATE, np.int16), "")
    screening = Screening(load_library(find_locations()).cases[0])
    run = run_live(join([silence], None, seed=1), MODEL, tmp_path, screening=screening)
    assert run.words == []
    assert run.stop_to_screen is None


@pytest.mark.parametrize("call", ["offline", "default", "batched"])
def test_the_offline_calls_hear_the_same_answer(joined: Joined, call: Call) -> None:
    result = hear_offline(joined, MODEL, call)
    assert result.wer < 25.0
    assert result.wall_s > 0.0
