"""Speech with references, joined."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.speaking import spoken
from vivavoce.bench.speech_folder import join, read_speech
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import BadInputError, NotFoundError

TEXTS = ("Every third song is a repeat.", "So we leave the repeats out.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = ["file\tseconds\treference"]
    for number, text in enumerate(TEXTS):
        shutil.copy(spoken(text), tmp_path / f"{number}.wav")
        rows.append(f"{number}.wav\t2.0\t{text}")
    (tmp_path / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_each_recording_stands_where_its_passage_says(folder: Path) -> None:
    recordings = read_speech(folder)
    joined = join(recordings, None, seed=1)
    assert [passage.reference for passage in joined.passages] == list(TEXTS)
    for recording, passage in zip(recordings, joined.passages, strict=True):
        begin, end = (round(t * SAMPLE_RATE) for t in (passage.span.start, passage.span.end))
        assert np.array_equal(joined.samples[begin:end], recording.samples)


def test_recordings_are_repeated_until_the_answer_is_long_enough(folder: Path) -> None:
    joined = join(read_speech(folder), 20.0, seed=1)
    assert joined.passages[-1].span.end >= 20.0
    assert joined.passages[-2].span.end < 20.0
    assert len(joined.passages) > len(TEXTS)


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"no manifest\.tsv"):
        read_speech(tmp_path)


def test_a_manifest_with_other_columns_is_told(folder: Path) -> None:
    (folder / "manifest.tsv").write_text("0.wav,hello\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="the columns file, seconds and reference"):
        read_speech(folder)
