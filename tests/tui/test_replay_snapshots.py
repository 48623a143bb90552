"""Pictures of the replay. Look at a new one before it is accepted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot

from tests.tui.scripted import ScriptedBackstage, attempt
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.showing import Shown
from vivavoce.config import Config
from vivavoce.domain.annotation import Anchor, Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import Span
from vivavoce.errors import AudioDeviceError
from vivavoce.tui.app import VivavoceApp

THEMES = pytest.mark.parametrize("theme", ["dark", "light"])
SIZES = pytest.mark.parametrize(
    "size", [(80, 24), (40, 10), (120, 40)], ids=["80x24", "40x10", "120x40"]
)
Compare = Callable[..., bool]


def annotated() -> Attempt:
    """Return an attempt with something of each kind, and a word that was hard to hear."""
    prompt, answer = attempt().turns
    words = tuple(
        replace(word, probability=0.4) if index == 21 else word
        for index, word in enumerate(answer.words)
    )
    turns = (prompt, replace(answer, words=words))

    def on(kind: AnnotationKind, text: str, first: int, last: int, author: str = "") -> Annotation:
        anchor = anchor_at(turns, WordRange(1, first, last))
        return Annotation(
            f"{kind}{first}", kind, anchor, text, datetime(2026, 5, 4, tzinfo=UTC), author
        )

    mark = Annotation("m", "mark", Anchor(Span(28.0, 28.0)), "", datetime(2026, 5, 4, tzinfo=UTC))
    return attempt(
        started_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),  # the same day nearly everywhere
        turns=turns,
        annotations=(
            on("note", "say who, first", 1, 2),
            on("correction", "two in five songs", 7, 10),
            on("note", "this lands", 17, 18, "Ana"),
            on("tag", "good metric", 20, 24),
            mark,
        ),
    )


def stage(theme: str, archive: ScriptedArchive) -> tuple[VivavoceApp, ScriptedBackstage]:
    backstage = ScriptedBackstage(archive=archive)
    return VivavoceApp(backstage, Config(theme=theme), replay=(attempt().id, 20.5)), backstage


def pressing(
    app: VivavoceApp, backstage: ScriptedBackstage, *keys: str
) -> Callable[[Pilot[int]], Awaitable[None]]:
    async def run(pilot: Pilot[int]) -> None:
        shown = Shown(app, backstage, pilot)
        await shown.settle()
        await shown.press(*keys)

    return run


@THEMES
@SIZES
def test_replay(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme, ScriptedArchive([annotated()]))
    assert snap_compare(app, terminal_size=size, run_before=pressing(app, backstage, "space"))


@THEMES
@SIZES
def test_selected_words(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app, backstage = stage(theme, ScriptedArchive([annotated()]))
    run = pressing(app, backstage, "v", "j", "j", "l", "]")
    assert snap_compare(app, terminal_size=size, run_before=run)


@SIZES
def test_correcting(snap_compare: Compare, size: tuple[int, int]) -> None:
    app, backstage = stage("dark", ScriptedArchive([annotated()]))
    assert snap_compare(app, terminal_size=size, run_before=pressing(app, backstage, "c"))


@SIZES
def test_tagging(snap_compare: Compare, size: tuple[int, int]) -> None:
    app, backstage = stage("dark", ScriptedArchive([annotated()]))
    assert snap_compare(app, terminal_size=size, run_before=pressing(app, backstage, "t"))


@SIZES
def test_without_sound_beside(snap_compare: Compare, size: tuple[int, int]) -> None:
    fault = AudioDeviceError("No loudspeaker was found.", "Plug one in or switch it on.")
    app, backstage = stage("light", ScriptedArchive([annotated()], player_fault=fault))
    run = pressing(app, backstage, "tab", "end", "up")
    assert snap_compare(app, terminal_size=size, run_before=run)


@SIZES
def test_searching(snap_compare: Compare, size: tuple[int, int]) -> None:
    app, backstage = stage("dark", ScriptedArchive([annotated()]))
    run = pressing(app, backstage, "slash", *"week", "enter")
    assert snap_compare(app, terminal_size=size, run_before=run)
