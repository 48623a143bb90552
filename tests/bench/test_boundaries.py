"""Edges of speech in a long answer, beside those that a fresh detector finds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.speaking import samples_of, spoken
from vivavoce.bench.boundaries import boundary_shifts
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.protocols import Samples
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.session.listening import Listening


@pytest.fixture(scope="module")
def answer() -> Samples:
    """Two minutes: a sentence, a pause of two seconds, again."""
    sentence = samples_of(spoken("Listeners leave because every third song is a repeat."))
    pause = np.zeros(2 * SAMPLE_RATE, np.int16)
    return np.resize(np.concatenate([pause, sentence]), 120 * SAMPLE_RATE)


@pytest.fixture(scope="module")
def voiced(answer: Samples) -> list[Span]:
    pieces = Listening(SileroVoiceActivity(), 0, 0).feed(answer)
    return [piece.utterance.voiced for piece in pieces if not piece.provisional]


def test_a_round_that_does_not_drift_has_the_same_edges(
    answer: Samples, voiced: list[Span]
) -> None:
    shifts = boundary_shifts(answer, voiced, SileroVoiceActivity)
    assert len(shifts) >= 10
    assert max(map(abs, shifts)) <= 0.05


def test_drift_and_edges_that_were_not_found_show(answer: Samples, voiced: list[Span]) -> None:
    late = [Span(span.start + 0.2, span.end + 0.2) for span in voiced]
    shifts = boundary_shifts(answer, late, SileroVoiceActivity)
    assert shifts == pytest.approx([0.2] * len(shifts), abs=0.05)
    deaf_later = [span for span in voiced if span.end < 60.0]
    shifts = boundary_shifts(answer, deaf_later, SileroVoiceActivity)
    assert math.isinf(shifts[-1])
    assert abs(shifts[0]) <= 0.05
