"""The screens of a measured round: it ends when its debrief is drawn, and says when it is not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.tui.scripted import MIX, ScriptedRound, attempt
from tests.tui.showing import TO_THE_ANSWER
from vivavoce.bench import on_screen
from vivavoce.bench.on_screen import Screening
from vivavoce.domain.debrief import CRITERIA, Debrief, Evidence, Judgement
from vivavoce.domain.events import DebriefReady, RoundBegan, RoundFailed, SessionEvent
from vivavoce.domain.wording import CRITERION_NAMES
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations
from vivavoce.session.round import Round
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.screens.interview import InterviewScreen


class ToldRound(ScriptedRound):
    """Tells what it is to tell, or does what it is to do, as soon as it starts."""

    def __init__(self, *events: SessionEvent, then: Callable[[], None] = lambda: None) -> None:
        super().__init__(lambda _: None)
        self._events, self._then = events, then

    def listen(self, observe: Callable[[SessionEvent], None]) -> None:
        self.observe = observe

    def start(self) -> None:
        self.tell(*self._events)
        self._then()


def held(session: ToldRound, folder: Path) -> Screening:
    screening = Screening(MIX)
    locations = Locations(folder, folder, folder, folder, folder)
    screening.hold(cast("Round", session), session.listen, locations)
    assert session.closed
    return screening


@pytest.mark.parametrize("quote", ["repeats go from 38 to 15", "and then we " * 200])
def test_a_debrief_that_is_drawn_ends_it(quote: str, tmp_path: Path) -> None:
    debrief = attempt().debrief
    assert debrief is not None
    evidence = (Evidence(quote, 0, len(quote), 12.0, 20.0),)
    said = {name: Judgement(2, evidence) for name in CRITERIA}
    told = replace(debrief, first=replace(debrief.first, **said))  # type: ignore[arg-type]
    session = ToldRound(RoundBegan("A"), *TO_THE_ANSWER, DebriefReady(attempt(debrief=told)))
    assert held(session, tmp_path).drawn_at is not None


def test_the_frame_that_counts_holds_vote_proofs_and_what_to_say_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_screen, "SIZE", (100, 60))
    frames: list[str] = []
    written = Screening._written

    def keep(screening: Screening, frame: str) -> None:
        written(screening, frame)
        if screening.drawn_at is not None:
            frames.append(frame)

    monkeypatch.setattr(Screening, "_written", keep)
    held(ToldRound(RoundBegan("A"), *TO_THE_ANSWER, DebriefReady(attempt())), tmp_path)
    for name in (*CRITERION_NAMES.values(), "SAY THIS NEXT"):
        assert name in frames[0]
    assert "FILLERS" not in frames[0]


@pytest.mark.parametrize(
    "last",
    [
        RoundFailed("The disk is full.", "Make room.", 7),
        DebriefReady(attempt(debrief=None)),
        DebriefReady(attempt(debrief=replace(cast("Debrief", attempt().debrief), heard=False))),
    ],
)
def test_a_round_without_a_debrief_ends_it_too(last: SessionEvent, tmp_path: Path) -> None:
    assert held(ToldRound(RoundBegan("A"), last), tmp_path).drawn_at is None


def test_a_debrief_that_is_never_drawn_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_screen, "DRAWN_WITHIN_SECONDS", 0.2)
    monkeypatch.setattr(VivavoceApp, "show_debrief", lambda *_, **__: None)
    with pytest.raises(VivavoceError, match="never stood on the screen"):
        held(ToldRound(RoundBegan("A"), DebriefReady(attempt())), tmp_path)


def test_a_fault_of_the_screens_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(_screen: InterviewScreen) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(InterviewScreen, "_begin", fault)
    with pytest.raises(ZeroDivisionError):
        held(ToldRound(RoundBegan("A")), tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_told_to_stop_stops_the_benchmark(number: signal.Signals, tmp_path: Path) -> None:
    session = ToldRound(RoundBegan("A"), then=lambda: os.kill(os.getpid(), number))
    with pytest.raises(KeyboardInterrupt):
        held(session, tmp_path)
