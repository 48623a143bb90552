"""The real screens in a real terminal, on the virtual sound card."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import SoundCard
from tests.e2e.hearing import share_heard
from tests.e2e.program import NO_SOUND_CARD
from tests.e2e.terminal import Terminal
from tests.speaking import spoken
from vivavoce.store.case_file import read_case

ANSWER = (
    "Listeners leave because every third song is a repeat. I would push the repeats down for five "
    "percent of them, for two weeks. I expect openers in week four to rise by {figure} percent."
)
WITHOUT_NUMBERS = (
    "Listeners leave because the mix repeats itself. I would push the repeats down, and I expect "
    "people to open it more often."
)
PROMPT = read_case(Path(__file__).parents[2] / "cases" / "daily-mix-churn.toml").prompt
Open = Callable[..., Terminal]


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Open]:
    opened: list[Terminal] = []

    def open_one(*arguments: str, **options: object) -> Terminal:
        opened.append(Terminal(tmp_path, *arguments, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize(("figure", "heard"), [("ten", "10"), ("forty", "40")])
def test_the_prompt_is_heard_and_the_debrief_quotes_the_spoken_answer(
    sound_card: SoundCard, tmp_path: Path, open_terminal: Open, figure: str, heard: str
) -> None:
    sound_card.start_hearing()
    terminal = open_terminal(environment={"VIVAVOCE_MAX_PROBES": "0"})
    terminal.wait_for("The mix that wears out", "enter")
    terminal.press("Enter")
    terminal.wait_for("The question")
    terminal.wait_for("hink")
    prompt = sound_card.stop_hearing()
    terminal.press("Enter")
    terminal.wait_for("Your answer")
    assert sound_card.say(spoken(ANSWER.format(figure=figure))).wait() == 0
    terminal.press("Enter")
    debrief = terminal.wait_for("Problem", "Lift", "sized")
    line = next(line for line in debrief.splitlines() if "Lift" in line)
    assert heard in line or figure in line, debrief
    assert share_heard(PROMPT, prompt, tmp_path) > 0.7
    terminal.press("C-q")
    terminal.wait_for("left with code 0")


def test_a_microphone_that_vanishes_mid_answer_is_told_above_the_vote(
    spare_sound_card: SoundCard, open_terminal: Open
) -> None:
    terminal = open_terminal(environment={"VIVAVOCE_SPEAK": "false"})
    terminal.wait_for("The mix that wears out", "enter")
    terminal.press("Enter")
    terminal.wait_for("The question")
    terminal.press("Enter")
    terminal.wait_for("hink")
    terminal.press("Enter")
    terminal.wait_for("Your answer")
    assert spare_sound_card.say(spoken(WITHOUT_NUMBERS)).wait() == 0
    os.kill(spare_sound_card.server_pid, signal.SIGKILL)
    told = " ".join(terminal.wait_for("Broken off at", "Problem").split())
    assert "the microphone was gone. The vote rests on what was heard until then." in told
    terminal.press("C-q")
    terminal.wait_for("left with code")


def test_a_timed_answer_is_marked_read_and_heard_again(
    sound_card: SoundCard, open_terminal: Open
) -> None:
    terminal = open_terminal("practice", "--timer")
    terminal.wait_for("Your answer")
    assert sound_card.say(spoken(WITHOUT_NUMBERS)).wait() == 0
    terminal.press("m")
    terminal.wait_for("Marked at")
    terminal.press("Enter")
    terminal.wait_for("Timer", "TIMING", "Longest monologue")
    terminal.press("v")
    replay = terminal.wait_for("push", "down", "▾")
    written = " ".join(line.partition("│")[0] for line in replay.splitlines())
    assert "push the repeats down" in " ".join(written.split())  # on one line or on two
    sound_card.start_hearing()
    terminal.press("Space")
    terminal.wait_for("pause")
    terminal.wait_for("0:02")
    heard = sound_card.stop_hearing()
    assert abs(heard).max() > 1000
    terminal.press("Escape")
    terminal.press("C-q")
    terminal.wait_for("left with code 0")


def test_a_machine_without_a_microphone_is_told_what_to_do(open_terminal: Open) -> None:
    terminal = open_terminal("practice", "daily-mix-churn", environment=NO_SOUND_CARD)
    terminal.wait_for("microphone")
    terminal.press("Escape")
    terminal.press("C-q")
    terminal.wait_for("left with code 5")


def test_libraries_that_write_to_descriptor_two_never_draw_on_the_screen(
    sound_card: SoundCard, open_terminal: Open
) -> None:
    terminal = open_terminal(environment={"ALSA_CONFIG_PATH": "/usr/share/alsa/alsa.conf"})
    terminal.wait_for("The mix that wears out")
    terminal.press("m")
    shown = terminal.wait_for("icrophone")
    assert "ALSA lib" not in shown
    assert "PaAlsa" not in shown


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (120, 40)])
def test_it_opens_and_leaves_at_every_size(open_terminal: Open, size: tuple[int, int]) -> None:
    terminal = open_terminal(size=size)
    shown = terminal.wait_for("The mix", "? keys")
    assert all(len(line) <= size[0] for line in shown.splitlines())
    terminal.press("C-q")
    terminal.wait_for("left with code 0")
