"""The player on the virtual sound card: what is heard, and where it says it is.

The recording is a tone that rises by 200 Hz a second, so that its height tells the place of
whatever is heard, at every speed.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import re
import signal
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import HEARING_RATE, SoundCard
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.player_sounddevice import SounddevicePlayer
from vivavoce.engines.protocols import Player, Samples
from vivavoce.errors import AudioDeviceError

SECONDS = 12.0
LOWEST, SLOPE = 400.0, 200.0
"""Hz at the start, and Hz a second."""
WINDOW = HEARING_RATE // 20
TOLERANCE = 0.05
"""Seconds of the recording: what the position may be off."""

PIPE_BYTES = 40_000
"""Few more go into a pipe: it has sixteen pages, and a piece does not share one."""
WAIT_SECONDS = 20.0
"""What a test waits for comes far sooner, or never."""


@pytest.fixture(scope="module")
def recording() -> Samples:
    at = np.arange(round(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * (LOWEST + SLOPE / 2 * at) * at)
    return np.asarray(tone * 12_000, np.int16)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the loudspeaker played."""

    samples: NDArray[np.int16]
    began: float
    """When its first sample was heard, in seconds of the monotonic clock."""

    def place(self, index: int) -> float | None:
        """The place in the recording that is heard around a sample; None in silence."""
        piece = self.samples[max(0, index - WINDOW // 2) : index + WINDOW // 2].astype(np.float64)
        # Where silence cuts into the window, its middle is not the sound's.
        if len(piece) < WINDOW or min(np.abs(part).max() for part in np.split(piece, 10)) < 3_000:
            return None
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(WINDOW), 1 << 16))
        return (float(np.argmax(spectrum)) * HEARING_RATE / (1 << 16) - LOWEST) / SLOPE

    def place_at(self, when: float) -> float | None:
        return self.place(round((when - self.began) * HEARING_RATE))

    def places(self) -> list[float | None]:
        """One each hundredth of a second, from the first sound to the last."""
        loud = np.flatnonzero(np.abs(self.samples.astype(np.int32)) > 3_000)
        step = HEARING_RATE // 100
        return [
            self.place(index)
            for index in range(loud[0] + WINDOW // 2, loud[-1] - WINDOW // 2 + 1, step)
        ]

    @property
    def sounding(self) -> float:
        """Seconds in which there was sound."""
        tenths = self.samples[: len(self.samples) // 480 * 480].reshape(-1, 480)
        return float(np.count_nonzero(np.abs(tenths.astype(np.int32)).max(axis=1) > 3_000)) / 100


class Listener:
    """Someone at the loudspeaker who notes when the sound came."""

    def __init__(self, card: SoundCard) -> None:
        arguments = "--device=spk.monitor --latency-msec=5 --raw --format=s16le --channels=1"
        self._process = subprocess.Popen(
            ["parec", *arguments.split(), f"--rate={HEARING_RATE}"],
            env=os.environ | card.environment,
            stdout=subprocess.PIPE,
        )
        self._bytes = bytearray()
        self._began = float("inf")
        self._arrived = threading.Condition()
        self._thread = threading.Thread(target=self._collect)
        self._thread.start()
        self.hear(0.1)

    def hear(self, seconds: float) -> None:
        """Wait until so much more was heard, sound or silence."""
        with self._arrived:
            wanted = len(self._bytes) + round(seconds * HEARING_RATE) * 2
            assert self._arrived.wait_for(lambda: len(self._bytes) >= wanted, 20.0)

    def stop(self) -> Heard:
        self._process.terminate()
        self._thread.join()
        self._process.wait()
        whole = bytes(self._bytes[: len(self._bytes) // 2 * 2])
        return Heard(np.frombuffer(whole, "<i2"), self._began)

    def _collect(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while piece := os.read(stream.fileno(), 4_096):
                now = time.monotonic()
                with self._arrived:
                    self._bytes += piece
                    # A busy computer brings pieces late, never early: the least delay is true.
                    length = len(self._bytes) / 2 / HEARING_RATE
                    self._began = min(self._began, now - length)
                    self._arrived.notify_all()


@pytest.fixture
def player(sound_card: SoundCard, recording: Samples) -> Iterator[SounddevicePlayer]:
    player = SounddevicePlayer(recording)
    yield player
    player.close()


@pytest.fixture
def listener(sound_card: SoundCard) -> Iterator[Listener]:
    listener = Listener(sound_card)
    yield listener
    listener.stop()


def differences(heard: Heard, told: list[tuple[float, float]]) -> list[float]:
    """How far each position told was from the place heard at that time."""
    pairs = [(heard.place_at(when), position) for when, position in told]
    return [position - place for place, position in pairs if place is not None]


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 1.5, 2.0])
def test_the_position_is_the_place_that_is_heard_at_every_speed(
    player: SounddevicePlayer, listener: Listener, speed: float
) -> None:
    player.play(3.0, speed=speed)
    told = []
    for _ in range(80):
        listener.hear(0.02)
        told.append((time.monotonic(), player.position()))
    off = differences(listener.stop(), told)
    assert len(off) > 60
    assert max(map(abs, off)) <= TOLERANCE
    assert told[-1][1] > 3.0 + 1.2 * speed


def test_a_stretch_is_heard_from_its_start_to_its_end_and_then_it_is_over(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(2.0, 3.2)
    wait_until(lambda: not player.playing)
    assert player.position() == 3.2
    listener.hear(0.2)
    heard = listener.stop()
    assert heard.sounding == pytest.approx(1.2, abs=0.03)
    places = heard.places()
    assert places[0] == pytest.approx(2.025, abs=0.02)
    assert places[-1] == pytest.approx(3.175, abs=0.02)


def test_a_jump_is_heard_without_silence_and_the_old_place_is_heard_no_more(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(1.0)
    listener.hear(0.6)
    player.play(8.0)
    assert player.position() == 8.0
    listener.hear(0.6)
    player.play(4.0, speed=1.5)
    assert player.position() == 4.0
    listener.hear(0.6)
    heard = listener.stop().places()
    known = [place for place in heard if place is not None]
    assert len(known) > 0.9 * len(heard)
    jumps = [
        number for number in range(1, len(known)) if abs(known[number] - known[number - 1]) > 1
    ]
    assert 2 <= len(jumps) <= 4  # the tone of a window with a jump in it may be of either side
    assert known[jumps[0]] == pytest.approx(8.0, abs=0.1)
    assert known[jumps[-1]] == pytest.approx(4.0, abs=0.1)


def test_keys_in_quick_succession_end_at_the_last_one(
    player: SounddevicePlayer, listener: Listener
) -> None:
    for place in np.linspace(1.0, 7.0, 61):
        player.play(float(place), speed=0.75)
    assert player.position() == 7.0
    listener.hear(0.8)
    places = [place for place in listener.stop().places() if place is not None]
    assert len(places) > 30
    assert 7.2 < places[-1] < 7.7


def test_a_loop_repeats_its_stretch_without_a_gap(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(5.0, 5.4, loop=True)
    told = []
    for _ in range(90):
        listener.hear(0.02)
        told.append((time.monotonic(), player.position()))
    assert player.playing
    heard = listener.stop()
    # The tone of a window with the seam in it is of neither side.
    off = [one for one in differences(heard, told) if abs(one) < 0.2]
    assert len(off) > 60
    assert max(map(abs, off)) <= TOLERANCE
    positions = [position for _, position in told]
    assert all(5.0 <= position <= 5.4 for position in positions)
    assert sum(later < earlier for earlier, later in itertools.pairwise(positions)) >= 3
    first = int(np.argmax(np.abs(heard.samples.astype(np.int32)) > 3_000))
    sounding = heard.samples[first : first + round(1.4 * HEARING_RATE) // 240 * 240]
    assert np.abs(sounding.astype(np.int32)).reshape(-1, 240).max(axis=1).min() > 3_000


def test_a_pause_is_silent_and_the_position_stays_at_the_last_place_heard(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(2.0)
    listener.hear(0.7)
    player.pause()
    assert not player.playing
    listener.hear(0.4)
    position = player.position()
    listener.hear(0.2)
    assert player.position() == position
    assert not player.playing
    heard = listener.stop()
    assert heard.sounding == pytest.approx(position - 2.0, abs=TOLERANCE)
    assert not np.any(heard.samples[-HEARING_RATE // 5 :])
    last = heard.places()[-1]
    assert last is not None
    assert last + 0.025 == pytest.approx(position, abs=TOLERANCE)


def test_after_a_pause_it_goes_on_from_any_place(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(2.0)
    listener.hear(0.5)
    player.pause()
    player.play(6.0, 6.5)
    wait_until(lambda: not player.playing)
    listener.hear(0.1)
    places = [place for place in listener.stop().places() if place is not None]
    assert places[-1] == pytest.approx(6.475, abs=0.02)
    assert player.position() == 6.5


def test_the_first_frame_is_taken_after_it_was_asked_for(player: SounddevicePlayer) -> None:
    assert player.first_frame_at() is None
    for place in (1.0, 5.0):
        asked = time.monotonic()
        player.play(place)
        wait_until(lambda: player.first_frame_at() is not None)
        assert (player.first_frame_at() or 0.0) > asked


def test_before_anything_is_asked_for_it_stands_at_the_start(player: SounddevicePlayer) -> None:
    assert player.position() == 0.0
    assert not player.playing
    player.pause()
    player.check()
    assert player.position() == 0.0


@pytest.mark.parametrize(
    ("start", "end", "place"), [(-3.0, 0.0, 0.0), (99.0, None, SECONDS), (4.0, 4.0, 4.0)]
)
def test_nothing_to_play_silences_what_was_heard_and_is_over(
    player: SounddevicePlayer,
    listener: Listener,
    start: float,
    end: float | None,
    place: float,
) -> None:
    player.play(1.0)
    listener.hear(0.3)
    player.play(start, end, loop=True)
    listener.hear(0.4)
    assert not player.playing
    assert player.position() == place
    player.check()
    assert not np.any(listener.stop().samples[-HEARING_RATE // 10 :])


def test_another_speed_than_the_filter_can_is_refused_and_the_sound_goes_on(
    player: SounddevicePlayer, listener: Listener
) -> None:
    player.play(1.0)
    with pytest.raises(ValueError, match="speed"):
        player.play(2.0, speed=3.0)
    listener.hear(0.4)
    assert player.playing
    assert 1.0 < player.position() < 2.0


def test_it_fits_the_role_and_knows_its_device(player: SounddevicePlayer) -> None:
    role: Player = player
    assert not role.playing
    assert player.name == "default"


def test_closing_silences_it_and_may_be_repeated(
    sound_card: SoundCard, recording: Samples, listener: Listener
) -> None:
    player = SounddevicePlayer(recording)
    player.play(1.0)
    listener.hear(0.4)
    player.close()
    player.close()
    assert not player.playing
    player.check()
    listener.hear(0.3)
    assert not np.any(listener.stop().samples[-HEARING_RATE // 20 :])


def test_a_sound_server_that_dies_is_told(spare_sound_card: SoundCard, recording: Samples) -> None:
    player = SounddevicePlayer(recording)
    player.play(1.0)
    wait_until(lambda: player.position() > 1.2)
    os.kill(spare_sound_card.server_pid, signal.SIGKILL)
    error = failure(player)
    assert re.search("is gone|stopped playing", error.message)
    assert error.hint
    player.play(5.0)  # harmless
    assert not player.playing
    player.close()


def test_a_sound_server_that_hangs_is_told_and_holds_the_position(
    spare_sound_card: SoundCard, recording: Samples
) -> None:
    player = SounddevicePlayer(recording)
    player.play(1.0)
    wait_until(lambda: player.position() > 1.2)
    os.kill(spare_sound_card.server_pid, signal.SIGSTOP)
    assert "stopped playing" in failure(player).message
    assert player.position() < 2.0
    assert not player.playing
    player.close()


def test_a_worker_that_does_not_read_blocks_nobody(
    sound_card: SoundCard, recording: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.engines.player_sounddevice.AHEAD_SECONDS", SECONDS)
    before = children()
    player = SounddevicePlayer(recording)
    (worker,) = children() - before
    os.kill(worker, signal.SIGSTOP)
    player.play(0.0)
    wait_until(lambda: waiting_for(worker) >= PIPE_BYTES)
    assert player.position() == 0.0
    player.play(1.0)
    player.close()
    assert not Path(f"/proc/{worker}").exists()


def test_without_a_sound_server_it_says_so_when_it_is_made(
    spare_sound_card: SoundCard, recording: Samples
) -> None:
    spare_sound_card.stop()
    with pytest.raises(AudioDeviceError, match="No loudspeaker was found") as caught:
        SounddevicePlayer(recording)
    assert caught.value.hint


def test_a_device_that_is_not_there_is_told_by_name(
    sound_card: SoundCard, recording: Samples
) -> None:
    with pytest.raises(AudioDeviceError, match="No loudspeaker is called “kazoo”"):
        SounddevicePlayer(recording, "kazoo")


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it never came"
        threading.Event().wait(0.002)


def failure(player: SounddevicePlayer) -> AudioDeviceError:
    """Wait for what `check` tells."""
    told: list[AudioDeviceError] = []

    def failed() -> bool:
        try:
            player.check()
        except AudioDeviceError as error:
            told.append(error)
        return bool(told)

    wait_until(failed)
    return told[0]


def waiting_for(process: int) -> int:
    """Bytes in the pipe to a process, which it has not read."""
    pipe = os.open(f"/proc/{process}/fd/0", os.O_RDONLY)
    try:
        return int(np.frombuffer(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), np.int32)[0])
    finally:
        os.close(pipe)


def children() -> set[int]:
    """This process's children."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(pid) for path in lists for pid in path.read_text().split()}
