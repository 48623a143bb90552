"""What a plain round says about numbers that it was not sure of, and about marks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.attempts_made import CASE, debrief_of, home, turns_saying
from tests.tui.scripted import attempt
from vivavoce.cli.main import vivavoce
from vivavoce.cli.plain_round import _KEYS, PlainObserver
from vivavoce.cli.unsure_lines import unsure_lines
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.commands import Command
from vivavoce.domain.events import DebriefReady, MomentMarked
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.turns import Turn
from vivavoce.store.attempt_store import AttemptStore

TEXT = "They stay for 80 months here, and later on 3% leave."


def heard() -> tuple[Turn, ...]:
    """Return turns in which both numbers were hard to make out."""
    prompt, answer = turns_saying(TEXT)
    words = tuple(
        replace(word, probability={"80": 0.0001, "3%": 0.01}.get(word.text, 0.95))
        for word in answer.words
    )
    return prompt, replace(answer, words=words)


def finished() -> Attempt:
    return attempt(turns=heard(), debrief=debrief_of(heard()))


def test_each_number_is_told_with_its_time_and_below_it_the_command_that_corrects_it() -> None:
    first, command, second, other = unsure_lines(finished())
    assert first == "Not sure about “80 months” at 0:04. If you said something else:"
    assert command == f"  vivavoce correct {finished().id} 1.3-4 'what you said'"
    assert "“3%” at 0:07" in second
    assert f"correct {finished().id} 1.9 '" in other


def test_the_sample_is_not_asked_about() -> None:
    assert not list(unsure_lines(replace(finished(), sample=True)))


def test_the_command_corrects_just_that_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    store = AttemptStore(home(tmp_path))
    opened = store.begin(CASE, "a", False, "base")
    store.finish(opened.id, "done", heard(), 8.0, debrief_of(heard()))
    line = " ".join(unsure_lines(store.get(opened.id)))
    command = re.search(r"vivavoce (correct \S+ \S+) '", line)
    assert command is not None
    result = CliRunner().invoke(vivavoce, [*command[1].split(), "18 months"])
    assert result.exit_code == 0, result.output
    corrected = store.get(opened.id)
    assert corrected.corrected[1].text == TEXT.replace("80", "18")
    assert [words for words in unsure_lines(corrected) if "months" in words] == []
    store.close()


def test_a_plain_round_says_it_after_the_debrief(capsys: pytest.CaptureFixture[str]) -> None:
    PlainObserver(RoundRequest(CASE))(DebriefReady(finished()))
    lines = capsys.readouterr().out.splitlines()
    assert lines[-4].startswith("Not sure about “80 months”")
    assert lines[-2].startswith("Not sure about “3%”")
    assert len(lines) > 5


def test_m_and_enter_mark_a_moment_which_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _KEYS["m"] is Command.MARK
    observer = PlainObserver(RoundRequest(CASE))
    observer(MomentMarked(134.2))
    observer(MomentMarked(135.0, kept=False))
    assert capsys.readouterr().out.splitlines() == [
        "Marked at 2:14.",
        "That mark could not be kept.",
    ]
