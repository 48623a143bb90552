"""The replay screen on a scripted archive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.tui.scripted import ScriptedBackstage, attempt
from tests.tui.scripted_archive import ScriptedArchive, ScriptedPlayer
from tests.tui.showing import Shown, showing
from vivavoce.config import Config
from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.tui.screens.replay import ReplayScreen
from vivavoce.tui.widgets.transcript import TranscriptView
from vivavoce.tui.widgets.waveform import Waveform

# The answer's words, one every 0.4 s from 12.0 on: 0 The, 1 mix, 2 repeats, 3 itself:, 4 by,
# 5 week, 6 three,, 7 four, 8 songs, 9 in, 10 ten, ... 39 new, 40 listeners,


class Replayed:
    """A replay that runs."""

    def __init__(self, shown: Shown, screen: ReplayScreen) -> None:
        self.shown, self.screen = shown, screen
        self.archive: ScriptedArchive = shown.backstage.archive

    @property
    def player(self) -> ScriptedPlayer:
        """The one that was opened last."""
        return self.archive.players[-1]

    @property
    def attempt(self) -> Attempt:
        """As it is kept."""
        return self.archive.attempts[0]

    @property
    def written(self) -> list[Annotation]:
        """What stands on it."""
        return list(self.attempt.annotations)

    @property
    def transcript(self) -> TranscriptView:
        return self.screen.query_one(TranscriptView)

    @property
    def stands(self) -> bool:
        """Whether the replay is what is shown."""
        return self.shown.app.screen is self.screen

    @property
    def looped(self) -> bool:
        """Whether the outline shows a loop."""
        return self.screen.query_one(Waveform).selection is not None

    @property
    def lit(self) -> str:
        """The word that is lit."""
        index = self.transcript.lit
        return "" if index is None else self.screen.words[index].word.text

    @property
    def selected(self) -> str:
        """The words that are selected."""
        if self.transcript.selected is None:
            return ""
        first, last = self.transcript.selected
        return " ".join(each.word.text for each in self.screen.words[first : last + 1])

    @property
    def text(self) -> str:
        return self.shown.text

    async def press(self, *keys: str) -> None:
        await self.shown.press(*keys)

    async def heard(self, seconds: float) -> None:
        """Let the player have come to a place, and the screen notice."""
        self.player.at = seconds
        await self.until(lambda: abs(self.screen.head.position - seconds) < 0.001)
        clock = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
        await self.until(lambda: f"{clock} / " in self.text)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until the clock of the screen has brought something about."""
        for _ in range(1000):
            if true():
                return
            await self.shown.pilot.pause(0.01)
        raise AssertionError(f"it never came about:\n{self.text}")


@asynccontextmanager
async def replaying(
    archive: ScriptedArchive | None = None,
    *,
    at: float | None = None,
    size: tuple[int, int] = (80, 24),
    config: Config | None = None,
) -> AsyncIterator[Replayed]:
    archive = archive or ScriptedArchive([attempt()])
    backstage = ScriptedBackstage(archive=archive)
    async with showing(backstage, config, size=size) as shown:
        shown.app.show_replay(archive.attempts[0].id, at)
        await shown.settle()
        screen = shown.app.screen
        assert isinstance(screen, ReplayScreen)
        yield Replayed(shown, screen)
