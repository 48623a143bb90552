"""Samples to compressed sound and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.export.reported import hiss
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.audio_files_av import AudioFile
from vivavoce.engines.encoder_av import SUFFIX, opus_webm


@pytest.mark.parametrize("count", [1, 959, 961, SAMPLE_RATE * 3 + 7])
def test_the_sound_has_the_length_of_the_recording(count: int, tmp_path: Path) -> None:
    path = tmp_path / f"sound{SUFFIX}"
    path.write_bytes(opus_webm(hiss(count / SAMPLE_RATE)))
    with AudioFile(path) as sound:
        heard = sum(map(len, sound.chunks()))
        assert sound.fault == ""
    # Opus ends with a whole frame of 60 ms; the rest of it is silence.
    assert count - 160 <= heard <= count + 1920


def test_what_is_heard_is_the_recording_in_its_place(tmp_path: Path) -> None:
    samples = hiss(20.0)
    path = tmp_path / f"sound{SUFFIX}"
    path.write_bytes(opus_webm(samples))
    with AudioFile(path) as sound:
        heard = np.concatenate(list(sound.chunks())).astype(float)
    for start in (0, 7 * SAMPLE_RATE, 19 * SAMPLE_RATE):
        wanted = samples[start : start + SAMPLE_RATE // 2].astype(float)
        around = heard[max(0, start - 800) : start + len(wanted) + 800]
        found = int(np.argmax(np.correlate(around, wanted, "valid"))) + max(0, start - 800)
        assert abs(found - start) < 0.005 * SAMPLE_RATE


def test_no_samples_give_no_file() -> None:
    assert opus_webm(np.zeros(0, np.int16)) == b""
