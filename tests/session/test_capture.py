"""The capture thread: disk first, the clock in samples, and what a device's faults become."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from tests.session.scripted import LOUD, LoudnessActivity, ScriptedMicrophone, tone
from vivavoce.domain.events import GapHeard, MicrophoneLost, MicrophoneSilent, SpeechBegan
from vivavoce.domain.interview import SourceEnded
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.session.capture import Capture, CaptureReport, Closed, Metered, dbfs
from vivavoce.store.recording import RecordingWriter, read_recording

Report = TypeVar("Report")


class Desk:
    """A capture with its microphone, and what it reports."""

    def __init__(self, folder: Path, live: bool = True) -> None:
        self.wav = folder / "recording.wav"
        self.microphone = ScriptedMicrophone(live)
        self.reports: queue.SimpleQueue[CaptureReport] = queue.SimpleQueue()
        self.capture = Capture(
            self.microphone,
            RecordingWriter(self.wav),
            LoudnessActivity(),
            self.reports.put,
            settle=None,
        )

    def wait_for(self, kind: type[Report]) -> Report:
        while True:
            report = self.reports.get(timeout=5)
            if isinstance(report, kind):
                return report

    def recorded_until(self, seconds: float) -> None:
        while self.wait_for(Metered).tick.at < seconds - 0.05:
            pass


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.capture.close()


def test_every_sample_is_on_disk_in_order(desk: Desk) -> None:
    sound = np.arange(-16_000, 16_000, dtype=np.int16)
    desk.microphone.put(sound)
    desk.recorded_until(2.0)
    assert desk.capture.close() == 2.0
    assert np.array_equal(read_recording(desk.wav), sound)
    assert desk.microphone.closed


def test_lost_sound_becomes_silence_of_the_same_length_and_the_clock_stays_true(
    desk: Desk,
) -> None:
    desk.microphone.put(tone(1.0))
    desk.microphone.put(tone(1.0), lost=8_000)
    assert desk.wait_for(GapHeard) == GapHeard(1.0, 1.5)
    desk.recorded_until(2.5)
    desk.capture.close()
    sound = read_recording(desk.wav)
    assert len(sound) == 2.5 * SAMPLE_RATE
    assert not sound[16_000:24_000].any()
    assert (sound[24_000:] == LOUD).all()


def test_speech_before_listening_begins_is_recorded_and_not_reported(desk: Desk) -> None:
    desk.microphone.put(tone(2.0))
    desk.recorded_until(2.0)
    assert desk.capture.listen() == 2.0
    desk.microphone.put(np.concatenate([tone(1.0, 1), tone(2.0), tone(1.0, 1)]))
    piece = desk.wait_for(Closed).piece
    assert piece.utterance.voiced.start == pytest.approx(3.0, abs=0.04)
    assert piece.utterance.voiced.end == pytest.approx(5.0, abs=0.04)


def test_stopping_mid_word_waits_for_the_sound_that_is_still_on_its_way(desk: Desk) -> None:
    desk.capture.listen()
    desk.microphone.put(tone(1.0))
    desk.wait_for(SpeechBegan)
    desk.recorded_until(1.0)
    desk.microphone.put(tone(1.0))  # still in the device when the key is pressed
    stopped = desk.capture.stop_listening()
    piece = desk.wait_for(Closed).piece
    assert piece.utterance.voiced.end >= 1.2
    assert stopped >= 1.2


def test_nothing_is_recorded_during_a_pause_and_the_clock_stands_still(desk: Desk) -> None:
    desk.microphone.put(tone(1.0))
    desk.recorded_until(1.0)
    desk.capture.set_paused(True)
    desk.microphone.put(tone(3.0))
    desk.microphone.put(tone(0.1), last=True)
    while not desk.microphone.drained:
        pass
    desk.capture.set_paused(False)
    assert desk.capture.close() == pytest.approx(1.0, abs=0.11)


def test_a_second_and_a_half_of_exact_zeros_is_told_once(desk: Desk) -> None:
    desk.microphone.put(tone(4.0, 0))
    assert desk.wait_for(MicrophoneSilent).at == pytest.approx(1.5, abs=0.11)
    desk.recorded_until(4.0)
    assert desk.reports.empty()


def test_the_hiss_of_a_live_device_is_no_dead_microphone(desk: Desk) -> None:
    desk.microphone.put(tone(3.0, 1))
    desk.recorded_until(3.0)
    assert desk.reports.empty()


def test_the_silence_of_a_recorded_answer_is_nobodys_fault(tmp_path: Path) -> None:
    desk = Desk(tmp_path, live=False)
    desk.microphone.put(tone(3.0, 0), last=True)
    assert desk.wait_for(SourceEnded).at == 3.0
    desk.capture.close()


def test_a_vanished_device_keeps_what_was_recorded(desk: Desk) -> None:
    desk.capture.listen()
    desk.microphone.put(tone(2.0))
    desk.microphone.fail("The microphone is gone.")
    assert desk.wait_for(MicrophoneLost) == MicrophoneLost(2.0, "The microphone is gone.")
    desk.capture.stop_listening()
    assert desk.wait_for(Closed).piece.utterance.voiced.end == pytest.approx(2.0, abs=0.04)
    assert desk.capture.close() == 2.0
    assert len(read_recording(desk.wav)) == 2 * SAMPLE_RATE


def test_levels_are_told_ten_times_a_second_in_decibels(desk: Desk) -> None:
    desk.microphone.put(np.concatenate([tone(0.5, 0), tone(0.5, 32_767)]))
    metered = [desk.wait_for(Metered) for _ in range(10)]
    assert [round(m.tick.at, 1) for m in metered] == [n / 10 for n in range(1, 11)]
    assert metered[0].peak_dbfs == -100.0
    assert metered[-1].peak_dbfs == pytest.approx(0.0, abs=0.01)
    assert metered[-1].clipped
    assert not metered[0].clipped


@pytest.mark.parametrize(("amplitude", "expected"), [(1.0, 0.0), (0.1, -20.0), (0.0, -100.0)])
def test_decibels_below_full_scale(amplitude: float, expected: float) -> None:
    assert dbfs(amplitude) == pytest.approx(expected)


def test_a_recorded_answer_is_held_while_the_round_is_paused(desk: Desk) -> None:
    desk.capture.listen()
    desk.capture.set_paused(True)
    desk.capture.set_paused(False)
    assert desk.microphone.turns == [True, False, True]


def test_the_end_of_the_interviewers_sentence_is_recorded_and_not_taken_for_an_answer(
    desk: Desk,
) -> None:
    desk.capture.listen(after_sound=True)
    desk.microphone.put(np.concatenate([tone(0.2), tone(2.0, 1), tone(1.0), tone(1.0, 1)]))
    piece = desk.wait_for(Closed).piece
    assert piece.utterance.voiced.start == pytest.approx(2.2, abs=0.04)
    desk.capture.close()
    assert (read_recording(desk.wav)[:3_200] == LOUD).all()
