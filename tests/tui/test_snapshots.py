"""One picture per state that matters. Look at a new one before it is accepted."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import pytest
from textual.pilot import Pilot

from tests.tui.scripted import MIX, ScriptedBackstage, attempt, disputed, more_cases, results
from tests.tui.showing import HALF_ANSWERED, Shown
from vivavoce.config import Config
from vivavoce.domain.events import DebriefReady
from vivavoce.domain.round_request import RoundRequest
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.backstage import Shelf

THEMES = pytest.mark.parametrize("theme", ["dark", "light"])
SIZES = pytest.mark.parametrize("size", [(80, 24), (40, 10)], ids=["80x24", "40x10"])
Compare = Callable[..., bool]


def stage(theme: str, request: RoundRequest | None = None) -> tuple[VivavoceApp, ScriptedBackstage]:
    cases = more_cases()
    # Half a day back: the age in days is the same at whatever hour the test runs.
    now = datetime.now().astimezone().replace(hour=12)
    found = Shelf(cases, ("mine.toml: prompt: is missing.",), results(now, cases), {}, ())
    backstage = ScriptedBackstage(found=found)
    return VivavoceApp(backstage, Config(theme=theme), request), backstage


def until(
    app: VivavoceApp, backstage: ScriptedBackstage, *events: object, keys: Sequence[str] = ()
) -> Callable[[Pilot[int]], Awaitable[None]]:
    async def run(pilot: Pilot[int]) -> None:
        shown = Shown(app, backstage, pilot)
        await shown.settle()
        if events:
            await shown.tell(*events)  # type: ignore[arg-type]
        if keys:
            await shown.press(*keys)

    return run


@THEMES
@SIZES
def test_library(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme)
    assert snap_compare(app, terminal_size=size, run_before=until(app, backstage))


@THEMES
@SIZES
def test_answering(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme, RoundRequest(MIX, "a"))
    run = until(app, backstage, *HALF_ANSWERED)
    assert snap_compare(app, terminal_size=size, run_before=run)


@THEMES
@SIZES
def test_debrief(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme, RoundRequest(MIX, "a"))
    run = until(app, backstage, *HALF_ANSWERED, DebriefReady(attempt()))
    assert snap_compare(app, terminal_size=size, run_before=run)


@THEMES
@SIZES
def test_marking_words(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme, RoundRequest(MIX, "a"))
    marking = ("down", "down", "down", "i", "down", *["shift+right"] * 9)
    run = until(app, backstage, *HALF_ANSWERED, DebriefReady(attempt()), keys=marking)
    assert snap_compare(app, terminal_size=size, run_before=run)


@THEMES
@SIZES
def test_disputed(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    finished = disputed(attempt(), "lift", "openers drop")
    finished = disputed(finished, "impact", "eight hundred to four hundred thousand")
    app, backstage = stage(theme, RoundRequest(MIX, "a"))
    keys = ("down", "down", "down")
    run = until(app, backstage, *HALF_ANSWERED, DebriefReady(finished), keys=keys)
    assert snap_compare(app, terminal_size=size, run_before=run)
