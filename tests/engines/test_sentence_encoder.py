"""The built encoder: real weights, read word by word."""

from __future__ import annotations

import numpy as np
import pytest

from vivavoce.engines.sentence_encoder_minilm import MiniLmEncoder
from vivavoce.locations import find_locations
from vivavoce.scoring.marks import WINDOW_WORDS
from vivavoce.weights.answer_reader import built_reader
from vivavoce.weights.files import model_folder

ONE = ["skips", "fall", "by", "a", "third"]
OTHER = ["the", "uninstallability", "of", "12", "million", "dollars"]


@pytest.fixture(scope="module")
def encoder() -> MiniLmEncoder:
    return MiniLmEncoder(built_reader(model_folder("minilm", find_locations())))


def test_each_word_has_a_vector_whatever_it_is_made_of(encoder: MiniLmEncoder) -> None:
    strange = ["", "x" * 5000, "ſ", "日本語", "\u200b"]
    [vectors] = encoder.encode([strange])
    assert vectors.shape == (len(strange), 384)
    assert np.isfinite(vectors).all()


def test_a_window_is_read_alike_alone_and_beside_others(encoder: MiniLmEncoder) -> None:
    together = encoder.encode([ONE, OTHER, ONE * 3])
    for window, vectors in zip([ONE, OTHER, ONE * 3], together, strict=True):
        [alone] = encoder.encode([window])
        assert np.allclose(alone, vectors, atol=0.15)  # 8-bit weights round by the batch
        similar = (
            (alone * vectors).sum(1)
            / np.linalg.norm(alone, axis=1)
            / np.linalg.norm(vectors, axis=1)
        )
        assert similar.min() > 0.99


def test_the_longest_window_fits(encoder: MiniLmEncoder) -> None:
    [vectors] = encoder.encode([["incomprehensibilities"] * WINDOW_WORDS])
    assert vectors.shape == (WINDOW_WORDS, 384)


def test_nothing_to_read_gives_nothing(encoder: MiniLmEncoder) -> None:
    assert encoder.encode([]) == []


def test_a_word_is_read_in_its_context(encoder: MiniLmEncoder) -> None:
    [first] = encoder.encode([["bank", "of", "the", "river"]])
    [second] = encoder.encode([["bank", "of", "england", "loans"]])
    assert not np.allclose(first[0], second[0], atol=0.05)
