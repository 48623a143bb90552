"""Counting fillers in a recording, with real weights."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.speaking import spoken
from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.locations import Locations, find_locations
from vivavoce.session.filler_count import fillers_of
from vivavoce.store.attempt_store import AttemptStore

SAID = (
    "So, um, the problem is that, uh, new listeners skip the first three songs, you know, and "
    "then they leave. Um, I would, kind of, move one familiar song to the top."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AttemptStore]:
    with contextlib.closing(AttemptStore(find_locations({"VIVAVOCE_HOME": str(tmp_path)}))) as it:
        yield it


@pytest.fixture
def locations() -> Locations:
    return find_locations()


@pytest.fixture
def answered(store: AttemptStore) -> Attempt:
    """The prompt's second holds nothing that counts; the answer holds fillers."""
    sound = np.concatenate(list(read_audio(spoken(SAID))))
    seconds = len(sound) / SAMPLE_RATE
    begun = store.begin(None, "", sample=False, model="base")
    begun.recording.write(sound)
    turns = (
        Turn("prompt", Span(0.0, 0.1), "Um, uh, um?"),
        Turn("answer", Span(0.1, seconds), voiced=(Span(0.1, seconds),), text=""),
    )
    store.finish(begun.id, "done", turns, seconds, None)
    return store.get(begun.id)


def test_fillers_are_heard_and_kept(
    answered: Attempt, store: AttemptStore, locations: Locations
) -> None:
    fillers = fillers_of(answered, store, Config(), locations, cancelled=lambda: False)
    assert fillers is not None
    counted = dict(fillers.counts)
    assert counted["you know"] == 1
    assert counted["kind of"] == 1
    assert counted["um"] + counted.get("uh", 0) >= 2
    assert store.get(answered.id).fillers == fillers


def test_a_cancelled_count_keeps_nothing(
    answered: Attempt, store: AttemptStore, locations: Locations
) -> None:
    assert fillers_of(answered, store, Config(), locations, cancelled=lambda: True) is None
    assert store.get(answered.id).fillers is None


def test_an_answer_without_a_voice_has_no_fillers(
    answered: Attempt, store: AttemptStore, locations: Locations
) -> None:
    silent = replace(answered, turns=(Turn("answer", Span(0.0, 3.0), text=""),))
    fillers = fillers_of(silent, store, Config(), locations, cancelled=lambda: False)
    assert fillers is not None
    assert fillers.total == 0
