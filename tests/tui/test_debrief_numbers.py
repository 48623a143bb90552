"""The debrief of a round that was just held asks about the numbers that were hard to make out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from tests.attempts_made import debrief_of, turns_saying
from tests.tui.scripted import MIX, ScriptedBackstage, attempt
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.showing import TO_THE_ANSWER, Shown, showing
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.events import DebriefReady
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import StorageError
from vivavoce.tui.screens.debrief import DebriefScreen
from vivavoce.tui.screens.replay import ReplayScreen
from vivavoce.tui.screens.unsure import UnsureScreen

SAID = "People stay for about 80 months before they leave us."


def unsure() -> Attempt:
    prompt, answer = turns_saying(SAID)
    words = tuple(
        replace(word, probability=0.3) if word.text in ("80", "months") else word
        for word in answer.words
    )
    turns = (prompt, replace(answer, words=words))
    return attempt(turns=turns, debrief=debrief_of(turns))


@asynccontextmanager
async def just_held(finished: Attempt) -> AsyncIterator[Shown]:
    backstage = ScriptedBackstage(archive=ScriptedArchive([finished]))
    assert finished.case is not None
    request = RoundRequest(finished.case, "a")
    async with showing(backstage, request=request, settle=False) as shown:
        await shown.settle()
        await shown.tell(*TO_THE_ANSWER, DebriefReady(finished))
        yield shown


async def test_a_number_is_asked_about_after_the_round_and_the_answer_is_kept() -> None:
    async with just_held(unsure()) as shown:
        assert isinstance(shown.app.screen, UnsureScreen)
        shown.backstage.archive.judged = ("Lift: no size → sized",)
        await shown.press("c", "ctrl+u", *"18 months", "enter")
        (kept,) = shown.backstage.archive.attempts
        (made,) = kept.annotations
        assert (made.kind, made.text) == ("correction", "18 months")
        (told,) = shown.app._notifications
        assert told.message == "Kept: answers about numbers.\nLift: no size → sized"


async def test_an_answer_that_was_right_is_remembered() -> None:
    async with just_held(unsure()) as shown:
        await shown.press("y")
        (kept,) = shown.backstage.archive.attempts
        assert [each.kind for each in kept.annotations] == ["confirmed"]


async def test_the_key_that_ended_the_answer_confirms_nothing() -> None:
    async with just_held(unsure()) as shown:
        await shown.press("enter")
        assert isinstance(shown.app.screen, UnsureScreen)
        await shown.press("escape")
        assert shown.backstage.archive.attempts[0].annotations == ()


async def test_an_attempt_that_is_opened_again_asks_nothing() -> None:
    async with showing() as shown:
        shown.app.show_debrief(unsure())
        await shown.settle()
        assert isinstance(shown.app.screen, DebriefScreen)


async def test_an_answer_that_cannot_be_kept_says_why() -> None:
    async with just_held(unsure()) as shown:
        shown.backstage.archive.edit_fault = StorageError("The disk is full.", "Free some space.")
        await shown.press("y")
        assert "The disk is full." in shown.text
        assert "Free some space." in shown.text


def stands(shown: Shown, screen: type[Screen[Any]]) -> bool:
    """Return whether a screen is the one that takes the keys."""
    return isinstance(shown.app.screen, screen)


async def test_who_has_gone_on_is_asked_on_coming_back() -> None:
    finished = unsure()
    backstage = ScriptedBackstage(archive=ScriptedArchive([finished]))
    request = RoundRequest(MIX, "a")
    async with showing(backstage, request=request, settle=False) as shown:
        await shown.settle()
        shown.round.tell(*TO_THE_ANSWER, DebriefReady(finished))
        while not stands(shown, DebriefScreen):
            await shown.pilot.pause(0)
        shown.app.show_replay(finished.id)  # before the numbers are found
        await shown.settle()
        assert stands(shown, ReplayScreen)
        await shown.press("escape")
        assert stands(shown, UnsureScreen)
        await shown.press("escape")
        assert stands(shown, DebriefScreen)
