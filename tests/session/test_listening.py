"""Real speech through the real detector."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.speaking import samples_of, spoken
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.session.listening import Listening, Piece


@pytest.fixture(scope="module")
def sentence() -> Samples:
    return samples_of(spoken("People open their mix less with every week they have it."))


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def listen_closely(samples: Samples, block: int, origin: int = 0) -> list[Piece]:
    listening = Listening(SileroVoiceActivity(), origin, 0)
    pieces = []
    for start in range(0, len(samples), block):
        pieces += listening.feed(samples[start : start + block])
    return pieces + listening.flush()


def listen(samples: Samples, block: int, origin: int = 0) -> list[Piece]:
    return [piece for piece in listen_closely(samples, block, origin) if not piece.provisional]


def test_a_sentence_between_silences_is_one_utterance_where_it_was_spoken(
    sentence: Samples,
) -> None:
    sound = np.concatenate([silence(2.0), sentence, silence(2.0)])
    (piece,) = listen(sound, 1600, origin=10 * SAMPLE_RATE)
    span = piece.utterance.voiced
    assert span.start == pytest.approx(12.0, abs=0.35)
    assert span.end == pytest.approx(12.0 + len(sentence) / SAMPLE_RATE, abs=0.35)


def test_the_sound_of_an_utterance_is_exactly_its_span(sentence: Samples) -> None:
    sound = np.concatenate([silence(1.0), sentence, silence(1.0)])
    (piece,) = listen(sound, 1600)
    begin, end = (
        round(t * SAMPLE_RATE) for t in (piece.utterance.span.start, piece.utterance.span.end)
    )
    assert np.array_equal(piece.samples, sound[begin:end])


def test_a_pause_that_ends_the_utterance_has_shown_it_before_sample_for_sample(
    sentence: Samples,
) -> None:
    early, closed = listen_closely(np.concatenate([sentence, silence(1.0)]), 320)[-2:]
    assert early.provisional
    assert not closed.provisional
    assert early.utterance == closed.utterance
    assert np.array_equal(early.samples, closed.samples)


def test_the_size_of_the_blocks_changes_nothing(sentence: Samples) -> None:
    sound = np.concatenate([sentence, silence(1.0), sentence, silence(1.0)])
    small = [piece.utterance for piece in listen(sound, 160)]
    large = [piece.utterance for piece in listen(sound, 48_000)]
    assert len(small) >= 2
    assert small == large


def test_the_detector_does_not_drift_over_twenty_minutes(sentence: Samples) -> None:
    one = np.concatenate([sentence, silence(0.8)])
    times = 20 * 60 * SAMPLE_RATE // len(one)
    found = listen(np.tile(one, times), 16_000)
    voiced = sum(piece.utterance.voiced.seconds for piece in found)
    expected = sum(piece.utterance.voiced.seconds for piece in listen(one, 16_000)) * times
    assert voiced == pytest.approx(expected, rel=0.03)


def music(seconds: int) -> NDArray[np.float64]:
    """A melody of plucked strings over a bass and a beat."""
    generator = np.random.default_rng(3)
    sound = np.zeros(seconds * SAMPLE_RATE)
    beat = SAMPLE_RATE // 4
    ring = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    scale = 220.0 * 2.0 ** (np.array([0, 2, 4, 7, 9, 12, 14, 16]) / 12.0)
    for number, begin in enumerate(range(0, len(sound) - SAMPLE_RATE, beat)):
        notes = [generator.choice(scale), scale[0] / 2 if number % 4 == 0 else 0.0]
        for pitch in notes:
            for harmonic in range(1, 7):
                tone = np.sin(2 * np.pi * harmonic * pitch * ring) / harmonic**1.5
                sound[begin : begin + SAMPLE_RATE] += 0.08 * tone * np.exp(-5.0 * ring)
        drum = generator.normal(0, 0.1, SAMPLE_RATE // 10) * np.exp(-60.0 * ring[:1600])
        sound[begin : begin + 1600] += drum
    return sound


@pytest.mark.parametrize("kind", ["silence", "noise", "hum", "clicks", "music"])
def test_a_minute_without_a_voice_has_no_utterance(kind: str) -> None:
    time = np.arange(60 * SAMPLE_RATE) / SAMPLE_RATE
    generator = np.random.default_rng(7)
    sound = {
        "silence": np.zeros_like(time),
        "noise": generator.normal(0, 0.02, len(time)),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * time),
        "music": music(60),
        "clicks": np.where(np.arange(len(time)) % 8000 == 0, 0.8, 0.0),
    }[kind]
    assert listen((sound * 32767).astype(np.int16), 16_000) == []
