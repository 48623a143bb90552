"""The state of this machine: what a round needs, whether it works, and what to do if not."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.loudspeaker_sounddevice import SounddeviceLoudspeaker
from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice
from vivavoce.errors import AudioDeviceError, ModelError, VivavoceError
from vivavoce.locations import Locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import RecordingWriter
from vivavoce.weights.files import check_model, check_whisper_model
from vivavoce.weights.registry import MINILM

LISTEN_SECONDS = 0.5
"""Long enough to tell a device that delivers from one that does not. Chosen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing."""

    subject: str
    """settings, microphone, speaker, voice, model, reader or storage."""
    sentence: str
    remedy: str
    """Empty when all is well."""
    exit_code: int
    """0 when all is well, else the code of the fault."""


def examine(config: Config, locations: Locations) -> Iterator[Finding]:
    """Yield a finding a subject, as each is found out."""
    checks: dict[str, Callable[[], str]] = {
        "microphone": lambda: _microphone(config),
        "speaker": lambda: _speaker(config),
        "voice": lambda: _voice(config, locations),
        "model": lambda: _model(config, locations),
        "reader": lambda: _reader(locations),
        "storage": lambda: _storage(locations),
    }
    for subject, check in checks.items():
        try:
            yield Finding(subject, check(), "", 0)
        except VivavoceError as error:
            yield Finding(subject, error.message, error.hint, error.exit_code)


def _microphone(config: Config) -> str:
    microphone = SounddeviceMicrophone(config.input_device)
    microphone.open()
    try:
        heard = np.zeros(0, np.int16)
        deadline = time.monotonic() + 4 * LISTEN_SECONDS
        while len(heard) < LISTEN_SECONDS * SAMPLE_RATE and time.monotonic() < deadline:
            block = microphone.read(timeout=0.1)
            heard = heard if block is None else np.concatenate([heard, block.samples])
    finally:
        microphone.close()
    if not len(heard):
        raise AudioDeviceError(
            f"{microphone.name} opens, but no sound arrives.",
            "Unplug it and plug it in again, or choose another in your system's sound settings.",
        )
    if not heard.any():
        raise AudioDeviceError(
            f"{microphone.name} delivers nothing but silence.",
            "Check that it is not muted and that this terminal may use the microphone.",
        )
    return f"{microphone.name} is listening."


def _speaker(config: Config) -> str:
    loudspeaker = SounddeviceLoudspeaker(config.output_device)
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        wav = Path(folder) / "silence.wav"
        writer = RecordingWriter(wav)
        writer.write(np.zeros(SAMPLE_RATE // 10, np.int16))
        writer.close()
        playback = loudspeaker.play(wav)
        try:
            if not playback.wait(timeout=3.0):
                raise AudioDeviceError(
                    f"{loudspeaker.name} opens, but takes no sound.",
                    "Choose another output in your system's sound settings.",
                )
        finally:
            playback.stop()
    return f"{loudspeaker.name} is playing."


def _voice(config: Config, locations: Locations) -> str:
    rendered = Pyttsx3Voice(locations.cache, config.voice, config.voice_rate).render("Ready.")
    return f"The interviewer can speak ({rendered.seconds:.1f} s of sound made)."


def _model(config: Config, locations: Locations) -> str:
    check_whisper_model(config.model, locations, deep=True)
    return f"The Whisper model {config.model} is whole."


def _reader(locations: Locations) -> str:
    check_model(MINILM.name, locations, deep=True)
    if open_reader(locations).read("").reader != "trained":
        raise ModelError(
            "The model that reads your answer is here, but cannot be opened; rules read instead.",
            "Bring it again: vivavoce models pull minilm",
        )
    return "The model that reads your answer is whole."


def _storage(locations: Locations) -> str:
    store = AttemptStore(locations)
    store.require_space()
    kept = len(store.list())
    return f"Your attempts are kept in {locations.data}: {kept} so far."
