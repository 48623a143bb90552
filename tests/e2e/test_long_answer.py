"""Twenty minutes of monologue, fed fast: the flag at 15:00, and the answer goes on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.program import run
from tests.speaking import samples_of, save, spoken
from vivavoce.domain.speech import SAMPLE_RATE

PASSAGE = (
    "So the way I would go about it is a two tower model, with a transformer on the left, and we "
    "train it with sampled softmax on eight graphics cards, and then we tune the learning rate."
)


def test_the_flag_rises_at_fifteen_minutes_and_the_interviewer_says_so(tmp_path: Path) -> None:
    # Pauses count into a monologue, so most of it may be silence: that is decoded in no time.
    sentence = samples_of(spoken(PASSAGE))
    passage = np.concatenate([sentence, np.zeros(30 * SAMPLE_RATE, np.int16)])
    answer = np.resize(passage, 20 * 60 * SAMPLE_RATE)
    wav = save(tmp_path / "monologue.wav", answer)
    result = run(
        tmp_path / "home",
        *("practice", "daily-mix-churn", "--answer", str(wav), "--plain", "--fast"),
        *("--model", "tiny.en"),
    )
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    marks = [line for line in lines if line.startswith("You have been speaking for")]
    assert [mark.split(" for ")[1] for mark in marks[:3]] == [
        "2 minutes.",
        "5 minutes.",
        "10 minutes.",
    ]
    said = next(
        i for i, line in enumerate(lines) if "Let me stop you there: that was 15 min" in line
    )
    assert lines[said - 1] == "Over-engineering: 15 minutes without a break."
    assert any(line.startswith("You: ") for line in lines[said:])
    shown = run(tmp_path / "home", "attempts", "show", "latest", "--json")
    attempt = json.loads(shown.stdout)
    timing = attempt["debrief"]["timing"]
    assert timing["over_threshold_at"] == pytest.approx(900.0, abs=1.0)
    assert timing["monologue_s"] > 900.0
    assert attempt["duration_s"] == pytest.approx(1200.0, abs=0.2)
    assert len(attempt["words"]) > 0.8 * len(PASSAGE.split()) * len(answer) / len(passage)
    assert attempt["debrief"]["vote"] == "no"
