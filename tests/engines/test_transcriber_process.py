"""The transcriber in its own process, with real weights."""

from __future__ import annotations

import itertools
import os
import select
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


def wait_until_asked(pid: int) -> None:
    """Return once a request has arrived at a process that was stopped."""
    requests = os.open(f"/proc/{pid}/fd/0", os.O_RDONLY | os.O_NONBLOCK)
    assert select.select([requests], [], [], 10.0)[0]
    os.close(requests)


def reply_in_its_place(pid: int, reply: bytes) -> None:
    """Write into the pipe that the process answers through."""
    ends = {end.name: str(end.readlink()) for end in Path(f"/proc/{pid}/fd").iterdir()}
    (answers,) = [e for e, to in ends.items() if to.startswith("pipe:") and to != ends["0"]]
    Path(f"/proc/{pid}/fd/{answers}").write_bytes(reply)


def test_a_process_that_dies_over_a_request_is_an_error_and_the_next_call_works(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    transcriber.wait_until_loaded()
    os.kill(transcriber.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        words = pool.submit(transcriber.transcribe, spoken)
        wait_until_asked(transcriber.pid)
        os.kill(transcriber.pid, signal.SIGKILL)
        with pytest.raises(ModelError, match="stopped"):
            words.result(10.0)
    assert len(transcriber.transcribe(spoken)) >= 8


def test_a_process_that_died_between_two_calls_is_replaced(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    transcriber.wait_until_loaded()
    os.kill(transcriber.pid, signal.SIGKILL)
    os.waitid(os.P_PID, transcriber.pid, os.WEXITED | os.WNOWAIT)
    assert len(transcriber.transcribe(spoken)) >= 8


@pytest.mark.parametrize("reply", [b'{"words": [[" Peop', b"Segmentation fault\n"])
def test_a_reply_that_is_none_is_an_error_and_the_next_call_works(
    transcriber: TranscriberProcess, spoken: Samples, reply: bytes
) -> None:
    transcriber.wait_until_loaded()
    os.kill(transcriber.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        words = pool.submit(transcriber.transcribe, spoken[:1_000])
        wait_until_asked(transcriber.pid)
        reply_in_its_place(transcriber.pid, reply)
        if not reply.endswith(b"\n"):
            os.kill(transcriber.pid, signal.SIGKILL)
        with pytest.raises(ModelError, match="stopped"):
            words.result(9.0)
    assert len(transcriber.transcribe(spoken)) >= 8


def test_a_model_that_cannot_be_loaded_is_told_each_time_at_once(tmp_path: Path) -> None:
    process = TranscriberProcess(tmp_path)
    try:
        for _ in range(3):
            began = time.monotonic()
            with pytest.raises(ModelError):
                process.wait_until_loaded()
            assert time.monotonic() - began < 30.0
    finally:
        process.close()


def test_closing_over_a_request_ends_it_and_nothing_starts_again(
    transcriber: TranscriberProcess, spoken: Samples
) -> None:
    transcriber.wait_until_loaded()
    pid = transcriber.pid
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        words = pool.submit(transcriber.transcribe, spoken)
        wait_until_asked(pid)
        transcriber.close()
        with pytest.raises(ModelError, match="stopped"):
            words.result(9.0)
    with pytest.raises(ModelError, match="stopped"):
        transcriber.transcribe(spoken)
    assert transcriber.pid == pid


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


def test_a_slow_first_decode_gives_every_later_one_more_time(
    transcriber: TranscriberProcess,
) -> None:
    transcriber.wait_until_loaded()
    assert 0.0 < transcriber.warm_up_seconds < 10.0
    assert decode_deadline(28 * SAMPLE_RATE, 1.0) == decode_deadline(28 * SAMPLE_RATE)
    assert decode_deadline(SAMPLE_RATE, 20.0) >= 6 * 20.0
    assert decode_deadline(28 * SAMPLE_RATE, 20.0) >= 20 * 20.0
