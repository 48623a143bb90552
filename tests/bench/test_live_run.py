"""A measured round: a real decoder, the key pressed by the stopwatch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.speaking import samples_of, spoken
from vivavoce.bench.live_run import run_live, voice_end
from vivavoce.bench.offline_calls import Call, hear_offline
from vivavoce.bench.speech_folder import Joined, Recording, join
from vivavoce.bench.word_errors import error_rate, errors_by_passage
from vivavoce.locations import find_locations
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
    assert run.cpu_share is not None
    assert run.cpu_share > 0.0


@pytest.mark.parametrize("call", ["offline", "default", "batched"])
def test_the_offline_calls_hear_the_same_answer(joined: Joined, call: Call) -> None:
    result = hear_offline(joined, MODEL, call)
    assert result.wer < 25.0
    assert result.wall_s > 0.0
