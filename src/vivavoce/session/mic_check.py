"""Running the microphone check: a second of silence, three of speech, a verdict, play it back."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from vivavoce.config import Config
from vivavoce.domain.mic_check import (
    SILENCE_SECONDS,
    SPEECH_SECONDS,
    MicCheckEvent,
    MicFailed,
    MicLevel,
    judge,
)
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.loudspeaker_sounddevice import SounddeviceLoudspeaker
from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone
from vivavoce.engines.protocols import Microphone, Playback, Samples
from vivavoce.errors import VivavoceError
from vivavoce.session.capture import CLIP_LEVEL, METER_SAMPLES, dbfs
from vivavoce.store.recording import RecordingWriter


class MicCheck:
    """One check. What was said is kept in a private temporary file until `close`."""

    def __init__(self, config: Config, observe: Callable[[MicCheckEvent], None]) -> None:
        """Prepare a check; `observe` is called on the check's thread."""
        self._config, self._observe = config, observe
        self._folder = tempfile.TemporaryDirectory(prefix="vivavoce-")
        self._wav = Path(self._folder.name) / "check.wav"
        self._closing = threading.Event()
        self._playback: Playback | None = None
        self._thread = threading.Thread(target=self._run, name="mic-check")

    def start(self) -> None:
        """Begin; the verdict or a failure arrives as an event."""
        self._thread.start()

    def play_back(self) -> None:
        """Play what was said.

        Raises:
            AudioDeviceError: No loudspeaker works.
        """
        if self._playback is not None:
            self._playback.stop()
        self._playback = SounddeviceLoudspeaker(self._config.output_device).play(self._wav)

    def close(self) -> None:
        """Stop, and delete what was said."""
        self._closing.set()
        if self._playback is not None:
            self._playback.stop()
        if self._thread.is_alive():
            self._thread.join()
        self._folder.cleanup()

    def _run(self) -> None:
        microphone = SounddeviceMicrophone(self._config.input_device)
        try:
            microphone.open()
            silence = self._record(microphone, "silence", SILENCE_SECONDS)
            speech = self._record(microphone, "speech", SPEECH_SECONDS)
            if self._closing.is_set():
                return
            writer = RecordingWriter(self._wav)
            writer.write((speech * 32767.0).astype(np.int16))
            writer.close()
            peak = float(np.abs(speech).max())
            self._observe(
                judge(
                    microphone.name,
                    dbfs(_loudness(silence)),
                    dbfs(max(_loudness(tenth) for tenth in _tenths(speech))),
                    dbfs(peak),
                    peak >= CLIP_LEVEL,
                )
            )
        except VivavoceError as error:
            self._observe(MicFailed(error.message, error.hint))
        finally:
            microphone.close()

    def _record(self, microphone: Microphone, phase: str, seconds: float) -> np.ndarray:
        """Return `seconds` of sound, float in -1 to 1, telling the level as it comes."""
        wanted = int(seconds * SAMPLE_RATE)
        heard: Samples = np.zeros(0, np.int16)
        metered = 0
        while len(heard) < wanted and not self._closing.is_set():
            block = microphone.read(timeout=0.1)
            if block is None:
                continue
            heard = np.concatenate([heard, block.samples])
            while len(heard) - metered >= METER_SAMPLES:
                tenth = heard[metered : metered + METER_SAMPLES] / 32768.0
                metered += METER_SAMPLES
                left = max(0.0, (wanted - metered) / SAMPLE_RATE)
                level = dbfs(_loudness(tenth)), dbfs(float(np.abs(tenth).max()))
                self._observe(MicLevel(phase, left, *level))
        return heard[:wanted] / 32768.0


def _loudness(audio: np.ndarray) -> float:
    return float(np.sqrt(np.mean(audio**2))) if len(audio) else 0.0


def _tenths(audio: np.ndarray) -> list[np.ndarray]:
    return [audio[i : i + METER_SAMPLES] for i in range(0, len(audio), METER_SAMPLES)]
