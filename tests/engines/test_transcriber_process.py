"""The transcriber in its own process, with real weights."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import TranscriberProcess, decode_deadline
from vivavoce.errors import ModelError
from vivavoce.locations import find_locations
from vivavoce.store.case_library import sample_answer
from vivavoce.weights.files import model_folder


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """The first seconds of the shipped sample."""
    return np.concatenate(list(read_audio(sample_answer("daily-mix-churn"))))[: 8 * SAMPLE_RATE]


@pytest.fixture
def transcriber() -> Iterator[TranscriberProcess]:
    process = TranscriberProcess(model_folder("tiny.en", find_locations()))
    yield process
    process.close()


def test_speech_becomes_words_with_rising_times(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    words = transcriber.transcribe(spoken)
    assert len(words) >= 8
    assert all(a.start <= b.start and a.end <= b.end + 0.01 for a, b in itertools.pairwise(words))
    assert all(0.0 <= word.probability <= 1.0 for word in words)
    assert words[-1].end <= 8.5


def test_a_folder_without_a_model_is_said_to_be_that(tmp_path: Path) -> None:
    process = TranscriberProcess(tmp_path)
    try:
        with pytest.raises(ModelError, match="cannot be loaded"):
            process.wait_until_loaded()
    finally:
        process.close()


def test_a_process_that_dies_is_an_error_and_not_a_hang(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    transcriber.wait_until_loaded()
    os.kill(transcriber.pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="stopped"):
        transcriber.transcribe(spoken)


def test_the_call_after_a_death_is_answered_by_a_new_process(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    transcriber.wait_until_loaded()
    os.kill(transcriber.pid, signal.SIGKILL)
    with pytest.raises(ModelError):
        transcriber.transcribe(spoken)
    assert len(transcriber.transcribe(spoken)) >= 8


def test_what_was_closed_stays_closed(transcriber: TranscriberProcess, spoken: Samples) -> None:
    transcriber.close()
    with pytest.raises(ModelError):
        transcriber.transcribe(spoken)
    with pytest.raises(ProcessLookupError):
        os.kill(transcriber.pid, 0)


def test_closing_ends_the_process(transcriber: TranscriberProcess) -> None:
    transcriber.close()
    with pytest.raises(ProcessLookupError):
        os.kill(transcriber.pid, 0)


def test_a_deadline_leaves_room_for_a_machine_eight_times_slower() -> None:
    assert decode_deadline(28 * SAMPLE_RATE) >= 8 * 2.23
