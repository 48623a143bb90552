"""Measuring word times: known ones of both voices, pairing and figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vivavoce.bench.word_times import (
    KnownWord,
    Spoken,
    end_errors,
    figures,
    in_noise,
    join_phrases,
    pair,
    sounding,
    speak_by_espeak,
    speak_by_piper,
    start_errors,
)
from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice


def heard(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, 1.0)


def test_piper_tells_words_that_agree_with_the_sound(tmp_path: Path) -> None:
    (phrase,) = speak_by_piper(["Returns went down, slowly."], tmp_path)
    assert [word.text for word in phrase.words] == ["Returns", "went", "down,", "slowly."]
    known = [(word.start, word.end) for word in phrase.words]
    assert all(end is not None and start < end for start, end in known)
    assert known == sorted(known)
    sound = sounding(phrase.samples)
    assert phrase.words[0].start == pytest.approx(sound.start, abs=0.05)
    assert phrase.words[-1].end == sound.end


def test_piper_knows_no_words_where_two_are_spoken_as_one(tmp_path: Path) -> None:
    apart, together = speak_by_piper(["people listen", "a bit of the way"], tmp_path)
    assert len(apart.words) == 2
    assert len(together.words) in (0, 5)


def test_espeak_tells_where_words_begin(tmp_path: Path) -> None:
    (phrase,) = speak_by_espeak(["teachers save an hour"], Pyttsx3Voice(tmp_path))
    assert [word.text for word in phrase.words] == ["teachers", "save", "an", "hour"]
    starts = [word.start for word in phrase.words]
    assert starts == sorted(starts)
    assert phrase.words[0].start == pytest.approx(sounding(phrase.samples).start, abs=0.02)
    assert phrase.words[-1].end == sounding(phrase.samples).end


def test_joined_phrases_keep_their_words_on_their_sound() -> None:
    tone = (8000 * np.sin(np.arange(SAMPLE_RATE) * 0.2)).astype(np.int16)
    tone[: SAMPLE_RATE // 4] = 0  # sounds from 0.25 to 1.0
    phrase = Spoken(tone, (KnownWord("so", 0.25, 0.6), KnownWord("then", 0.6, 1.0)))
    joined = join_phrases([phrase, phrase], [0.5, 0.3], seed=1)
    assert len(joined.samples) == round(2.8 * SAMPLE_RATE)
    starts = [word.start for word in joined.words]
    assert starts == pytest.approx([0.5, 0.85, 1.55, 1.9])
    assert joined.words[3].end == pytest.approx(2.3)
    loud = np.abs(joined.samples) > 1000
    assert not loud[: SAMPLE_RATE // 2].any()
    assert loud[round(1.56 * SAMPLE_RATE) : round(1.58 * SAMPLE_RATE)].any()


def test_only_words_heard_as_they_were_said_are_paired() -> None:
    known = [
        KnownWord("The", 0.0, 0.2),
        KnownWord("churn,", 0.2, 0.6),
        KnownWord("fell", 0.7, None),
    ]
    pairs = pair(known, [heard("the", 0.1, 0.2), heard("turn", 0.2, 0.6), heard("Fell.", 0.6, 0.9)])
    assert [p.known.text for p in pairs] == ["The", "fell"]
    assert start_errors(pairs) == pytest.approx([0.1, -0.1])
    assert end_errors(pairs) == pytest.approx([0.0])


def test_figures_sum_up_errors() -> None:
    result = figures([-0.04, 0.02, -0.16, -0.03])
    assert (result.count, result.worst, result.within) == (4, 0.16, 0.75)
    assert result.median == pytest.approx(0.035)
    assert result.bias == pytest.approx(-0.035)
    assert not result.met
    assert figures([0.04, -0.15]).met is False
    assert figures([0.04, -0.05, 0.15]).met
    assert not figures([0.01] * 39 + [0.9]).met  # one in forty is far off


def test_noise_is_as_far_below_the_speech_as_wanted() -> None:
    tone = (8000 * np.sin(np.arange(SAMPLE_RATE) * 0.2)).astype(np.int16)
    spoken = Spoken(np.concatenate([np.zeros(SAMPLE_RATE, np.int16), tone]), ())
    noise = in_noise(spoken, 20.0).samples[:SAMPLE_RATE].astype(float)
    assert 10 * np.log10(np.mean(tone.astype(float) ** 2) / np.mean(noise**2)) == pytest.approx(
        20.0, abs=0.5
    )
