"""Running the app on a scripted session, and reading what stands on its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from tests.tui.scripted import ANSWER, MIX, ScriptedBackstage, ScriptedRound, utterance, words_of
from vivavoce.config import Config
from vivavoce.domain.events import (
    AnswerBegan,
    InterviewerBegan,
    InterviewerEnded,
    LevelMeasured,
    RoundBegan,
    SessionEvent,
    SpeechBegan,
    ThinkingBegan,
    UtteranceClosed,
    UtterancesHeard,
)
from vivavoce.domain.round_request import RoundRequest
from vivavoce.tui.app import VivavoceApp


@dataclass
class Shown:
    """A running app."""

    app: VivavoceApp
    backstage: ScriptedBackstage
    pilot: Pilot[int]

    async def press(self, *keys: str) -> None:
        """Press keys, then wait until all that follows from them has happened."""
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until workers and messages are through."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, text: str) -> None:
        """Wait until a text stands on the screen, whatever workers still do."""
        for _ in range(1000):
            if text in self.text:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{text!r} never came:\n{self.text}")

    async def tell(self, *events: SessionEvent) -> None:
        """Report events of the round that runs."""
        self.round.tell(*events)
        await self.settle()

    @property
    def round(self) -> ScriptedRound:
        """The round that was opened last."""
        return self.backstage.rounds[-1]

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(
            "".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height]
        )

    @property
    def keys(self) -> str:
        """The last line."""
        return self.text.splitlines()[-1]


@asynccontextmanager
async def showing(
    backstage: ScriptedBackstage | None = None,
    config: Config | None = None,
    request: RoundRequest | None = None,
    size: tuple[int, int] = (80, 24),
    settle: bool = True,
) -> AsyncIterator[Shown]:
    """Run the app and wait until it has shown what it begins with, unless a worker of it waits
    for the test."""
    backstage = backstage or ScriptedBackstage()
    app = VivavoceApp(backstage, config or Config(), request)
    async with app.run_test(size=size) as pilot:
        shown = Shown(app, backstage, pilot)
        if settle:
            await shown.settle()
        yield shown


def level(
    monologue: float = 54.0, thinking: float = 0.0, peak: float = -14.0, silence: float = 0.0
) -> LevelMeasured:
    """Return a reading of the microphone."""
    return LevelMeasured(66.0, -25.0, peak, False, monologue, thinking, silence)


QUESTION = InterviewerBegan(0.1, "prompt", MIX.prompt, True)
TO_THE_ANSWER: tuple[SessionEvent, ...] = (
    RoundBegan("01A"),
    QUESTION,
    InterviewerEnded(9.0),
    ThinkingBegan(9.0, 45.0),
    AnswerBegan(12.0, "answer"),
)
"""A round up to the moment when the candidate may speak."""
HALF_ANSWERED: tuple[SessionEvent, ...] = (
    *TO_THE_ANSWER,
    SpeechBegan(12.0),
    level(),
    UtteranceClosed(utterance(0, 12.0, 30.0)),
    UtterancesHeard((0,), words_of(ANSWER, 12.0)[:40]),
    UtteranceClosed(utterance(1, 30.0, 40.0)),
)
"""And on: words heard, more to come."""
