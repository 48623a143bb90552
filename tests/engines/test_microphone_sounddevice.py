"""The microphone on the virtual sound card."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SoundCard
from tests.hearing import find_sound
from tests.mounts import hiding
from tests.speaking import samples_of
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone
from vivavoce.engines.protocols import Block
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice
from vivavoce.errors import AudioDeviceError

PLAYS = 3
"""On a busy machine the player itself may stumble; a microphone that loses sound always does."""


@pytest.fixture
def sentence(tmp_path: Path) -> Path:
    """A rendered sentence of about four seconds."""
    return Pyttsx3Voice(tmp_path).render("Which week is your starting point, and why that?").wav


@contextmanager
def listening(name_part: str = "") -> Iterator[SounddeviceMicrophone]:
    microphone = SounddeviceMicrophone(name_part)
    with closing(microphone):
        microphone.open()
        assert microphone.read(timeout=5.0) is not None
        yield microphone


def read_for(microphone: SounddeviceMicrophone, seconds: float) -> list[Block]:
    deadline = time.monotonic() + seconds
    blocks = []
    while time.monotonic() < deadline:
        if block := microphone.read(timeout=0.1):
            blocks.append(block)
    return blocks


def read_until_it_fails(microphone: SounddeviceMicrophone) -> None:
    read_for(microphone, 10.0)


def test_a_sentence_played_into_it_is_captured(sound_card: SoundCard, sentence: Path) -> None:
    source = samples_of(sentence)
    for _ in range(PLAYS):
        with listening() as microphone:
            player = sound_card.say(sentence)
            blocks = read_for(microphone, len(source) / SAMPLE_RATE + 1.0)
            assert player.wait() == 0
        captured = np.concatenate([block.samples for block in blocks])
        _, likeness = find_sound(source, captured)
        if likeness > 0.9:
            break
    assert captured.dtype == np.int16
    assert likeness > 0.9
    assert sum(block.lost for block in blocks) == 0


def test_it_delivers_sixteen_thousand_samples_a_second(sound_card: SoundCard) -> None:
    with listening() as microphone:
        began = time.monotonic()
        samples = sum(len(block.samples) for block in read_for(microphone, 3.0))
        elapsed = time.monotonic() - began
    assert abs(samples / SAMPLE_RATE - elapsed) < 0.1


def test_a_second_in_which_the_device_delivers_nothing_is_counted_as_lost(
    sound_card: SoundCard,
) -> None:
    with listening() as microphone:
        began = time.monotonic()
        blocks = read_for(microphone, 1.0)
        sound_card.control("suspend-source", "mic", "1")
        blocks += read_for(microphone, 1.0)
        sound_card.control("suspend-source", "mic", "0")
        blocks += read_for(microphone, 2.0)
        elapsed = time.monotonic() - began
    lost = sum(block.lost for block in blocks) / SAMPLE_RATE
    assert 0.7 < lost < 1.3
    heard = sum(len(block.samples) for block in blocks) / SAMPLE_RATE
    assert abs(heard + lost - elapsed) < 0.15


def test_nothing_is_lost_while_nobody_reads(sound_card: SoundCard) -> None:
    with listening() as microphone:
        began = time.monotonic()
        assert not threading.Event().wait(1.5)
        blocks = read_for(microphone, 0.5)
        elapsed = time.monotonic() - began
    assert sum(block.lost for block in blocks) == 0
    heard = sum(len(block.samples) for block in blocks) / SAMPLE_RATE
    assert abs(heard - elapsed) < 0.15


def test_a_sound_server_that_dies_is_told_and_closing_does_not_block(
    spare_sound_card: SoundCard,
) -> None:
    with listening() as microphone:
        os.kill(spare_sound_card.server_pid, signal.SIGKILL)
        began = time.monotonic()
        # PortAudio itself tells it at once, or spins for ever and is found out by its silence.
        with pytest.raises(AudioDeviceError, match=r"is gone|stopped delivering"):
            read_until_it_fails(microphone)
        assert time.monotonic() - began < 3.5
        began = time.monotonic()
        microphone.close()
        assert time.monotonic() - began < 2.0


def test_a_sound_server_that_hangs_is_told_after_two_seconds_and_closing_does_not_block(
    spare_sound_card: SoundCard,
) -> None:
    with listening() as microphone:
        os.kill(spare_sound_card.server_pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(AudioDeviceError, match="stopped delivering"):
            read_until_it_fails(microphone)
        assert 1.5 < time.monotonic() - began < 3.5
        began = time.monotonic()
        microphone.close()
        assert time.monotonic() - began < 2.5
        os.kill(spare_sound_card.server_pid, signal.SIGCONT)


def test_a_program_that_is_killed_leaves_no_process_behind(sound_card: SoundCard) -> None:
    code = (
        "from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone as Microphone; "
        "microphone = Microphone(); microphone.open(); print(microphone._stream._process.pid, "
        "flush=True); input()"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        ended = os.pidfd_open(worker)
        program.kill()
    assert select.select([ended], [], [], 3.0)[0]
    os.close(ended)


def test_it_opens_again_after_its_sound_server_was_replaced(
    sound_card: SoundCard, spare_sound_card: SoundCard
) -> None:
    microphone = SounddeviceMicrophone()
    with closing(microphone):
        microphone.open()
        os.kill(spare_sound_card.server_pid, signal.SIGKILL)
        with pytest.raises(AudioDeviceError):
            read_until_it_fails(microphone)
        spare_sound_card.start()
        microphone.open()
        assert microphone.read(timeout=5.0) is not None


def test_without_a_sound_server_the_error_says_what_to_do(spare_sound_card: SoundCard) -> None:
    spare_sound_card.stop()
    with pytest.raises(AudioDeviceError, match="No microphone was found") as caught:
        SounddeviceMicrophone().open()
    assert "Plug one in" in caught.value.hint
    for way in ("s in the list of cases", "--sample", "--answer FILE"):
        assert way in caught.value.hint
    with pytest.raises(AudioDeviceError, match="input_device asks for “Blue Yeti”"):
        SounddeviceMicrophone("Blue Yeti").open()


def test_a_portaudio_that_aborts_takes_nothing_else_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # It does so where ALSA's configuration is missing.
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nonexistent")
    with pytest.raises(AudioDeviceError, match="ended the process"):
        SounddeviceMicrophone().open()


def test_a_name_that_no_device_has_lists_those_there_are(sound_card: SoundCard) -> None:
    with pytest.raises(AudioDeviceError, match="No microphone is called “banana”") as caught:
        SounddeviceMicrophone("banana").open()
    assert "the setting input_device asks for" in caught.value.message
    assert "“default”" in caught.value.hint


def test_a_part_of_the_name_in_any_case_finds_the_device(sound_card: SoundCard) -> None:
    with listening("DEF") as microphone:
        assert microphone.name == "default"


def test_without_portaudio_the_package_to_install_is_named() -> None:
    code = "from vivavoce.engines.sounddevice_devices import list_devices; list_devices('input')"
    outcome = hiding("sounddevice", "libportaudio", code)
    assert "AudioDeviceError: PortAudio" in outcome.stderr
    assert "Install it" in outcome.stderr
