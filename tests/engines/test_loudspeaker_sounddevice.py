"""The loudspeaker on the virtual sound card."""

from __future__ import annotations

import os
import signal
import threading
import time
import wave
from pathlib import Path

import numpy as np
import pytest
import soxr

from tests.conftest import HEARING_RATE, SoundCard
from tests.hearing import find_sound
from vivavoce.engines.loudspeaker_sounddevice import SounddeviceLoudspeaker
from vivavoce.engines.protocols import Playback
from vivavoce.errors import AudioDeviceError, BadInputError

RATE = 22_050
"""What eSpeak renders; the card has another rate."""
SECONDS = 2.0


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Two seconds of loud noise up to 3 kHz, alike nowhere."""
    coarse = np.random.default_rng(7).normal(0, 5_000, int(6_000 * SECONDS))
    samples = soxr.resample(coarse, 6_000, RATE).clip(-30_000, 30_000).astype(np.int16)
    path = tmp_path / "noise.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setparams((1, 2, RATE, 0, "NONE", ""))
        wav.writeframes(samples.tobytes())
    return path


def wait_for_position(playback: Playback, seconds: float) -> None:
    while playback.position() < seconds:
        assert not playback.wait(timeout=0.01)


def test_the_loudspeaker_plays_the_whole_file_and_nothing_else(
    sound_card: SoundCard, noise: Path
) -> None:
    sound_card.start_hearing()
    playback = SounddeviceLoudspeaker().play(noise)
    assert playback.wait(timeout=10.0)
    heard = sound_card.stop_hearing()
    with wave.open(str(noise)) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), np.int16)
    expected = soxr.resample(samples, RATE, HEARING_RATE)
    begin, likeness = find_sound(expected, heard)
    assert likeness > 0.95
    loud = np.flatnonzero(np.abs(heard.astype(np.int32)) > 50)
    assert loud[-1] - begin == pytest.approx(len(expected), abs=0.02 * HEARING_RATE)


def test_the_position_follows_what_is_heard_and_ends_at_the_length(
    sound_card: SoundCard, noise: Path
) -> None:
    playback = SounddeviceLoudspeaker().play(noise)
    began = time.monotonic()
    positions = []
    while not playback.wait(timeout=0.1):
        positions.append((time.monotonic() - began, playback.position()))
    assert positions == sorted(positions)
    assert all(abs(elapsed - position) < 0.2 for elapsed, position in positions[:15])
    assert playback.position() == pytest.approx(SECONDS)


def test_stop_silences_it_at_once(sound_card: SoundCard, noise: Path) -> None:
    sound_card.start_hearing()
    playback = SounddeviceLoudspeaker().play(noise)
    wait_for_position(playback, 0.7)
    playback.stop()
    position = playback.position()
    assert playback.wait(timeout=0.0)
    quiet = SounddeviceLoudspeaker().play(noise)  # so that silence between the two is heard too
    wait_for_position(quiet, 0.3)
    quiet.stop()
    heard = sound_card.stop_hearing()
    blocks = np.abs(heard[: len(heard) // 480 * 480].reshape(-1, 480).astype(np.int32)).max(axis=1)
    first = int(np.argmax(blocks > 500))
    sounding = int(np.argmin(blocks[first:] > 500)) / 100
    assert sounding == pytest.approx(position, abs=0.08)


def test_stopping_twice_does_nothing(sound_card: SoundCard, noise: Path) -> None:
    playback = SounddeviceLoudspeaker().play(noise)
    playback.stop()
    playback.stop()
    assert playback.wait(timeout=0.0)


def test_a_sound_server_that_dies_is_told_and_stopping_does_not_block(
    spare_sound_card: SoundCard, noise: Path
) -> None:
    playback = SounddeviceLoudspeaker().play(noise)
    wait_for_position(playback, 0.3)
    os.kill(spare_sound_card.server_pid, signal.SIGKILL)
    with pytest.raises(AudioDeviceError, match=r"is gone|stopped playing"):
        playback.wait(timeout=10.0)
    began = time.monotonic()
    playback.stop()
    assert time.monotonic() - began < 1.0


def test_a_sound_server_that_hangs_is_told_and_stopping_does_not_block(
    spare_sound_card: SoundCard, noise: Path
) -> None:
    playback = SounddeviceLoudspeaker().play(noise)
    wait_for_position(playback, 0.3)
    os.kill(spare_sound_card.server_pid, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(AudioDeviceError, match="stopped playing"):
        playback.wait(timeout=10.0)
    assert time.monotonic() - began < 4.0


def test_a_sound_whose_device_took_long_to_open_is_played_to_its_end(
    spare_sound_card: SoundCard, noise: Path
) -> None:
    os.kill(spare_sound_card.server_pid, signal.SIGSTOP)
    awake = threading.Timer(3.0, os.kill, [spare_sound_card.server_pid, signal.SIGCONT])
    awake.start()
    began = time.monotonic()
    playback = SounddeviceLoudspeaker().play(noise)
    assert time.monotonic() - began > 2.5
    assert not playback.wait(timeout=0.0)
    assert playback.wait(timeout=10.0)
    assert playback.position() == pytest.approx(SECONDS)


def test_opening_on_a_hanging_sound_server_ends_with_an_error(
    spare_sound_card: SoundCard, noise: Path
) -> None:
    os.kill(spare_sound_card.server_pid, signal.SIGSTOP)
    with pytest.raises(AudioDeviceError):
        SounddeviceLoudspeaker().play(noise)


def test_without_a_sound_server_the_error_says_what_to_do(
    spare_sound_card: SoundCard, noise: Path
) -> None:
    spare_sound_card.stop()
    with pytest.raises(AudioDeviceError, match="No loudspeaker was found") as caught:
        SounddeviceLoudspeaker().play(noise)
    assert caught.value.hint


def test_a_file_that_is_no_wav_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    path.write_bytes(b"not a sound")
    with pytest.raises(BadInputError, match="cannot be played"):
        SounddeviceLoudspeaker().play(path)
