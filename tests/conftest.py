"""A sound card for the whole run: `sound_card`, real PulseAudio and real PortAudio on top.

    def test_it_is_heard(sound_card: SoundCard) -> None:
        sound_card.say(path).wait()      # into the microphone; a Popen of paplay
        sound_card.start_hearing()       # what the loudspeaker plays, from here on
        samples = sound_card.stop_hearing()  # int16 mono at HEARING_RATE

The environment of this process points at the card before `sounddevice` is imported, and programs
started by a test inherit it; `sound_card.environment` is what was set. A test that kills the server
starts a card of its own: `spare_sound_card`. Where the card cannot run, the tests that ask for it
fail, and the message names the missing package.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

HEARING_RATE = 48_000
"""Samples per second of what `stop_hearing` returns: the card's own."""
SCRIPT = Path(__file__).parents[1] / "scripts" / "virtual-sound-card"


class SoundCard:
    """One running virtual card."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listener: subprocess.Popen[bytes] | None = None
        self.start()
        lines = subprocess.run(
            [SCRIPT, "env", folder], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        self.environment = dict(line.removeprefix("export ").split("=", 1) for line in lines)

    @property
    def server_pid(self) -> int:
        return int((self._folder / "pulseaudio.pid").read_text())

    def say(self, path: Path) -> subprocess.Popen[bytes]:
        """Begin to play a sound file into the microphone."""
        return subprocess.Popen([SCRIPT, "say", path, self._folder])

    def control(self, *command: str) -> None:
        """Tell the server something, as pactl would."""
        subprocess.run(["pactl", *command], env=os.environ | self.environment, check=True)

    def start_hearing(self) -> None:
        """Listen to the loudspeaker; returns once sound arrives."""
        arguments = "--device=spk.monitor --latency-msec=20 --raw --format=s16le --channels=1"
        self._heard = bytearray()
        self._listener = subprocess.Popen(
            ["parec", *arguments.split(), f"--rate={HEARING_RATE}"],
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
        )
        arriving = threading.Event()
        self._collector = threading.Thread(target=self._collect, args=(arriving,))
        self._collector.start()
        assert arriving.wait(10), "the virtual loudspeaker delivers nothing"

    def stop_hearing(self) -> NDArray[np.int16]:
        """Return what was heard since `start_hearing`, shape (n,)."""
        assert self._listener is not None
        self._listener.terminate()
        self._collector.join()
        self._listener.wait()
        return np.frombuffer(bytes(self._heard[: len(self._heard) // 2 * 2]), "<i2")

    def start(self) -> None:
        """Start the server, again if a test has killed it."""
        started = subprocess.run([SCRIPT, "start", self._folder], capture_output=True, text=True)
        if started.returncode:
            pytest.fail(f"No virtual sound card: {started.stderr.strip()}", pytrace=False)

    def stop(self) -> None:
        subprocess.run([SCRIPT, "stop", self._folder], check=True)

    def _collect(self, arriving: threading.Event) -> None:
        assert self._listener is not None
        assert self._listener.stdout is not None
        with self._listener.stdout as stream:
            while piece := os.read(stream.fileno(), 4096):
                self._heard += piece
                arriving.set()


@pytest.fixture(scope="session")
def sound_card() -> Iterator[SoundCard]:
    """The card of the whole run; this process and its children use it."""
    # Not pytest's own folder: a socket's path may have 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        card = SoundCard(Path(folder))
        before = {name: os.environ.get(name) for name in card.environment}
        os.environ |= card.environment
        yield card
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        card.stop()


@pytest.fixture
def spare_sound_card(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundCard]:
    """A card for one test, which may break it."""
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        card = SoundCard(Path(folder))
        for name, value in card.environment.items():
            monkeypatch.setenv(name, value)
        yield card
        card.stop()
