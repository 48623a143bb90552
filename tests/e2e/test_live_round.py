"""A round on the virtual sound card: spoken to, heard, killed, unplugged."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SoundCard
from tests.e2e.hearing import share_heard
from tests.e2e.program import NO_SOUND_CARD, Conversation, run
from tests.speaking import samples_of, spoken
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.store.case_file import read_case
from vivavoce.store.recording import read_recording

ANSWER = (
    "Listeners leave because every third song is a repeat. I would push the repeats down for five "
    "percent of them, for two weeks. I expect openers in week four to rise by ten percent."
)
CASES = Path(__file__).parents[2] / "cases"
CASE = "daily-mix-churn"
PROMPT = read_case(CASES / f"{CASE}.toml").prompt


@pytest.fixture
def conversations() -> Iterator[list[Conversation]]:
    begun: list[Conversation] = []
    yield begun
    for conversation in begun:
        conversation.close()


def begin(
    conversations: list[Conversation], home: Path, *arguments: str, **environment: str
) -> Conversation:
    conversations.append(Conversation(home, *arguments, environment=environment))
    return conversations[-1]


def to_the_answer(conversation: Conversation) -> None:
    conversation.wait_for("Interviewer:")
    conversation.press()
    conversation.wait_for("to think")
    conversation.press()
    conversation.wait_for("Your turn.")


def test_the_prompt_is_heard_and_a_spoken_answer_is_quoted(
    sound_card: SoundCard, tmp_path: Path, conversations: list[Conversation]
) -> None:
    sound_card.start_hearing()
    talk = begin(conversations, tmp_path, CASE, VIVAVOCE_MAX_PROBES="0")
    talk.wait_for("Interviewer:")
    talk.wait_for("to think")
    heard = sound_card.stop_hearing()
    talk.press()
    talk.wait_for("Your turn.")
    assert sound_card.say(spoken(ANSWER)).wait() == 0
    talk.press()
    assert talk.finish() == 0, talk.text
    assert "ten percent" in talk.text or "10%" in talk.text
    assert "Lift     sized" in talk.text
    assert share_heard(PROMPT, heard, tmp_path) > 0.7


def test_killed_while_recording_it_loses_less_than_a_second(
    sound_card: SoundCard, tmp_path: Path, conversations: list[Conversation]
) -> None:
    generator = random.Random(20)
    for _ in range(4):
        talk = begin(conversations, tmp_path, "--timer")
        talk.wait_for("Your turn.")
        begun = time.monotonic()
        saying = sound_card.say(spoken(ANSWER))
        with contextlib.suppress(subprocess.TimeoutExpired):
            saying.wait(timeout=generator.uniform(1.5, 5.0))
        talk.process.send_signal(signal.SIGKILL)
        elapsed = time.monotonic() - begun
        talk.process.wait()
        saying.kill()
        saying.wait()
        newest = max(
            tmp_path.glob("data/attempts/*/recording.wav"), key=lambda p: p.stat().st_mtime
        )
        assert len(read_recording(newest)) / SAMPLE_RATE > elapsed - 1.0
    recovered = run(tmp_path, "attempts", "recover", "--json")
    assert recovered.returncode == 0, recovered.stderr
    listed = json.loads(run(tmp_path, "attempts", "list", "--json").stdout)
    assert len(listed) == 4
    longest = max(listed, key=lambda attempt: attempt["duration_s"])
    shown = json.loads(run(tmp_path, "attempts", "show", longest["id"], "--json").stdout)
    assert "every third song" in shown["turns"][-1]["text"]


def test_a_device_that_vanishes_mid_answer_keeps_what_was_said_and_says_so(
    spare_sound_card: SoundCard, tmp_path: Path, conversations: list[Conversation]
) -> None:
    talk = begin(conversations, tmp_path, CASE, VIVAVOCE_SPEAK="false")
    to_the_answer(talk)
    assert spare_sound_card.say(spoken(ANSWER)).wait() == 0
    os.kill(spare_sound_card.server_pid, signal.SIGKILL)
    talk.wait_for("What you said so far is kept.")
    assert talk.finish() == 5, talk.text
    assert "isteners leave" in talk.text
    assert "SAY THIS NEXT" in talk.text
    assert "the microphone was gone. The vote rests on" in " ".join(talk.text.split())


def test_ctrl_c_keeps_the_recording_and_leaves_with_130(
    sound_card: SoundCard, tmp_path: Path, conversations: list[Conversation]
) -> None:
    talk = begin(conversations, tmp_path, CASE, VIVAVOCE_SPEAK="false")
    to_the_answer(talk)
    talk.process.send_signal(signal.SIGINT)
    assert talk.finish() == 130, talk.text
    assert "What you said is kept: vivavoce attempts recover" in talk.text
    assert "Traceback" not in talk.text
    recovered = run(tmp_path, "attempts", "recover", "--json")
    assert recovered.returncode == 0, recovered.stderr
    assert len(json.loads(recovered.stdout)) == 1


def test_what_the_microphone_hears_of_the_interviewer_is_not_transcribed(
    sound_card: SoundCard, tmp_path: Path, conversations: list[Conversation]
) -> None:
    talk = begin(conversations, tmp_path, CASE, VIVAVOCE_SPEAK="false", VIVAVOCE_MAX_PROBES="0")
    talk.wait_for("Interviewer:")
    sound_card.say(spoken("Bananas are yellow and grow on trees.")).wait()
    talk.press()
    talk.wait_for("to think")
    talk.press()
    talk.wait_for("Your turn.")
    sound_card.say(spoken(ANSWER)).wait()
    talk.press()
    assert talk.finish() == 0, talk.text
    assert "anana" not in talk.text
    assert "isteners leave" in talk.text
    (wav,) = tmp_path.glob("data/attempts/*/recording.wav")
    sound = read_recording(wav)
    loud = np.abs(sound.astype(np.int32)) > 1000
    assert np.flatnonzero(loud)[0] < len(samples_of(spoken(ANSWER)))


def test_without_a_microphone_it_says_which_command_helps(tmp_path: Path) -> None:
    result = run(tmp_path, "practice", CASE, "--plain", environment=NO_SOUND_CARD)
    assert result.returncode == 5
    assert "microphone" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
