"""A round as plain sentences: how its end is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.hostile_attempts import answer, attempt_of, prompt
from vivavoce.cli.plain_round import PlainObserver
from vivavoce.domain.events import DebriefReady, MicrophoneLost
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import AudioDeviceError


def test_a_round_that_lost_its_microphone_says_so_above_the_vote(
    capsys: pytest.CaptureFixture[str],
) -> None:
    attempt = replace(attempt_of(prompt(), answer(("They", "skip."))), state="interrupted")
    observer = PlainObserver(RoundRequest(attempt.case, attempt.variant_id))
    observer(MicrophoneLost(4.0, "The microphone “default” is gone."))
    observer(DebriefReady(attempt))
    out = " ".join(capsys.readouterr().out.split())
    assert out.index("Broken off at 0:04: the microphone was gone. The vote") < out.index("NO. ")
    assert observer.exit_code == AudioDeviceError.exit_code
