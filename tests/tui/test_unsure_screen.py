"""Asking whether a number was heard right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from textual.widgets import Input

from tests.attempts_made import turns_saying
from tests.tui.scripted import ScriptedBackstage, ScriptedSound, attempt
from tests.tui.showing import Shown, showing
from tests.tui.test_hostile_text import HOSTILE, clean
from vivavoce.config import Config
from vivavoce.domain.annotation import WordRange
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.number_answers import Answer
from vivavoce.domain.speech import Span
from vivavoce.errors import AudioDeviceError
from vivavoce.tui.screens.unsure import LEAD_SECONDS, TAIL_SECONDS, UnsureScreen

TEXT = (
    "People in our app stay for about 80 months before they leave us for another one, "
    "and then 3% of them come back within a year."
)
MONTHS, SHARE = WordRange(1, 7, 8), WordRange(1, 18, 18)


@dataclass
class Asked:
    """The box on a screen, and what it was dismissed with."""

    shown: Shown
    answers: list[list[Answer] | None] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, on one line."""
        inside = (line.split("│")[1] for line in self.shown.text.splitlines() if "│" in line)
        return " ".join(" ".join(inside).split())


@asynccontextmanager
async def asking(
    questions: Sequence[WordRange] = (MONTHS, SHARE),
    backstage: ScriptedBackstage | None = None,
    about: Attempt | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Asked]:
    about = about or attempt(turns=turns_saying(TEXT))
    async with showing(backstage, size=size) as shown:
        asked = Asked(shown)
        shown.app.push_screen(UnsureScreen(about, questions), asked.answers.append)
        await shown.settle()
        yield asked


async def test_a_number_is_asked_about_among_the_words_around_it() -> None:
    async with asking() as asked:
        assert "Heard “80 months”: right?" in asked.text
        assert "0:06 People in our app stay for about 80 months before they" in asked.text
        assert "1 of 2" in asked.text
        for key in ("y yes, right", "c correct", "p hear it", "esc ask me no more"):
            assert key in asked.text


async def test_y_confirms_one_after_the_other() -> None:
    async with asking() as asked:
        await asked.shown.press("y")
        assert "Heard “3%”: right?" in asked.text
        assert "2 of 2" in asked.text
        assert asked.answers == []
        await asked.shown.press("y")
        assert asked.answers == [[(MONTHS, None), (SHARE, None)]]


async def test_c_takes_what_was_said_instead() -> None:
    async with asking() as asked:
        await asked.shown.press("c")
        assert "Type what you said in its place, then enter." in asked.text
        assert asked.shown.app.screen.query_one(Input).value == "80 months"
        await asked.shown.press("ctrl+u", *"18 months p", "backspace", "backspace", "enter")
        assert "Heard “3%”: right?" in asked.text
        await asked.shown.press("y")
        assert asked.answers == [[(MONTHS, "18 months"), (SHARE, None)]]
        assert not asked.shown.backstage.played


async def test_the_same_words_typed_again_are_a_yes() -> None:
    async with asking([MONTHS]) as asked:
        await asked.shown.press("c", "enter")
        assert asked.answers == [[(MONTHS, None)]]


async def test_nothing_typed_is_no_answer_and_esc_goes_back_to_the_question() -> None:
    async with asking() as asked:
        await asked.shown.press("c", "ctrl+u", "enter")
        assert "Nothing is typed yet." in asked.text
        await asked.shown.press("escape")
        assert "1 of 2" in asked.text
        assert "y yes, right" in asked.text
        assert not asked.shown.app.screen.query_one(Input).display
        await asked.shown.press("y", "y")
        assert asked.answers == [[(MONTHS, None), (SHARE, None)]]


async def test_esc_asks_no_more_and_keeps_what_was_answered() -> None:
    async with asking() as asked:
        await asked.shown.press("y", "escape")
        assert asked.answers == [[(MONTHS, None)]]


@pytest.mark.parametrize("key", ["p", "space"])
async def test_the_number_is_heard_with_what_was_said_around_it(key: str) -> None:
    async with asking() as asked:
        await asked.shown.press(key)
        ((attempt_id, span),) = asked.shown.backstage.played
        assert attempt_id == attempt().id
        assert span == Span(6.5 - LEAD_SECONDS, 7.4 + TAIL_SECONDS)
        assert asked.answers == []


async def test_a_loudspeaker_that_does_not_work_is_told_in_the_box() -> None:
    class Mute(ScriptedBackstage):
        def play(self, attempt_id: str, span: Span, config: Config) -> ScriptedSound:
            raise AudioDeviceError("No loudspeaker works.", "See vivavoce doctor.")

    async with asking(backstage=Mute()) as asked:
        await asked.shown.press("p")
        assert "No loudspeaker works. See vivavoce doctor." in asked.text
        await asked.shown.press("y")
        assert "Heard “3%”: right?" in asked.text
        assert "No loudspeaker" not in asked.text


async def test_one_question_is_not_counted() -> None:
    async with asking([SHARE]) as asked:
        assert "1 of" not in asked.text


async def test_a_small_terminal_shows_the_question_and_its_keys() -> None:
    async with asking(size=(40, 10)) as asked:
        assert "Heard “80 months”: right?" in asked.text
        assert "y yes, right" in asked.text
        await asked.shown.press("c")
        assert "80 months" in asked.text
        assert "Type what you said" in asked.text


async def test_hostile_words_and_answers_are_text() -> None:
    prompt, answer = turns_saying(TEXT)
    words = tuple(
        replace(word, text=HOSTILE if index in (6, 7) else word.text)
        for index, word in enumerate(answer.words)
    )
    about = attempt(turns=(prompt, replace(answer, words=words)))
    async with asking([MONTHS], about=about) as asked:
        assert clean(asked.shown.text)
        assert "[jargon]" in asked.text
        await asked.shown.press("c", "ctrl+u", *"[b]", "enter")
        assert asked.answers == [[(MONTHS, "[b]")]]
