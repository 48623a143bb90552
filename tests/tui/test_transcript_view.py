"""The transcript on a screen: what is lit, what is chosen, and where the page stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult
from textual.events import MouseMove, MouseScrollDown, MouseUp
from textual.geometry import Region
from textual.pilot import Pilot

from tests.tui.transcripts import PROMPT, answer, noted, show
from vivavoce.domain.turns import Turn
from vivavoce.tui.themes import DARK, LIGHT
from vivavoce.tui.widgets.transcript import TranscriptView

TURNS = (PROMPT, answer("people skip songs that they have heard before"))
LONG = (PROMPT, answer(" ".join(f"word{index}" for index in range(600))))
"""About 150 lines at 40 columns."""


class Watched(TranscriptView):
    """Remembers what it was asked to draw again."""

    def __init__(self) -> None:
        super().__init__()
        self.regions: list[tuple[Region, ...]] = []

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Watched:
        self.regions.append(regions)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


class Alone(App[None]):
    """A transcript on a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.view = Watched()
        self.told: list[TranscriptView.WordClicked | TranscriptView.WordsDragged] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.view

    def on_transcript_view_word_clicked(self, message: TranscriptView.WordClicked) -> None:
        self.told.append(message)

    def on_transcript_view_words_dragged(self, message: TranscriptView.WordsDragged) -> None:
        self.told.append(message)

    def follows(self) -> bool:
        return self.view.follow

    @property
    def page(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def styled(self, attribute: str) -> str:
        """Return what is drawn with a style's attribute, a blank between two stretches."""
        found = []
        for y in range(self.view.size.height):
            for segment in self.view.render_line(y):
                style = segment.style
                assert style is not None
                value = getattr(style, attribute)
                ground = style.bgcolor.name if style.bgcolor else ""
                if value is True or (attribute == "bgcolor" and ground not in ("", "#14171b")):
                    found.append(segment.text)
        return "|".join(found)


@asynccontextmanager
async def showing(
    turns: tuple[Turn, ...] = TURNS, size: tuple[int, int] = (42, 10)
) -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    app = Alone()
    async with app.run_test(size=size) as pilot:
        show(app.view, turns)
        await pilot.pause()
        yield app, pilot


async def test_before_anything_is_shown_it_says_that_there_are_no_words() -> None:
    app = Alone()
    async with app.run_test(size=(60, 10)):
        assert "There are no words in this recording." in app.page
        app.view.lit = 3
        app.view.selected = (0, 4)
        app.view.scroll_to_word(2)
        app.view.back_to_now()
        assert app.view.lit is None


async def test_the_lit_word_stands_out_by_more_than_its_colour() -> None:
    async with showing() as (app, _):
        app.view.lit = 2
        assert app.styled("bold") == "songs"
        assert app.styled("underline") == "songs"
        assert app.styled("bgcolor") == "songs"
        app.view.lit = None
        assert app.styled("bold") == ""


async def test_chosen_words_are_one_block_and_found_ones_stand_out() -> None:
    async with showing() as (app, _):
        app.view.selected = (1, 3)
        assert app.styled("bgcolor") == "skip songs that"
        app.view.selected = None
        app.view.found = [0, 7]
        assert app.styled("bold") == "people|before"


async def test_noted_words_and_evidence_are_underlined() -> None:
    async with showing() as (app, _):
        show(app.view, TURNS, [noted(TURNS, "note", 1, 2, "why?")], [(6, 7, "L")])
        assert app.styled("underline") == "skip songs|heard before"


async def test_only_the_lines_of_the_lit_word_are_drawn_again() -> None:
    async with showing() as (app, pilot):
        app.view.lit = 0
        await pilot.pause()
        app.view.regions.clear()
        app.view.lit = 0
        assert app.view.regions == []
        app.view.lit = 7
        assert app.view.regions == [(Region(0, 2, 39, 1),), (Region(0, 3, 39, 1),)]


async def test_the_screen_shows_what_is_lit_after_each_change() -> None:
    async with showing() as (app, pilot):
        for word, text in ((0, "people"), (7, "before"), (1, "skip")):
            app.view.lit = word
            await pilot.pause()
            lit = [
                segment.text
                for strip in app.screen._compositor.render_strips()
                for segment in strip
                if segment.style and segment.style.underline
            ]
            assert lit == [text]


async def test_the_lit_word_stays_in_view_and_the_page_moves_by_half_its_height() -> None:
    async with showing(LONG) as (app, pilot):
        tops = []
        for word in range(60):
            app.view.lit = word
            await pilot.pause()
            assert f"word{word}" in app.page.split()
            tops.append(app.view.scroll_offset.y)
        moves = [after - before for before, after in pairwise(tops) if after != before]
        assert len(moves) >= 2
        assert min(moves) >= 3


@pytest.mark.parametrize("key", ["down", "pagedown", "end"])
async def test_a_reader_who_scrolls_by_keys_is_left_alone_until_told_to_come_back(key: str) -> None:
    async with showing(LONG) as (app, pilot):
        app.view.lit = 0
        app.view.focus()
        await pilot.press(key, key)
        top = app.view.scroll_offset.y
        assert top > 1
        assert not app.follows()
        app.view.lit = 1
        await pilot.pause()
        assert app.view.scroll_offset.y == top
        app.view.back_to_now()
        await pilot.pause()
        assert app.follows()
        assert "word1" in app.page.split()


async def test_a_reader_who_turns_the_wheel_is_left_alone_too() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.post_message(MouseScrollDown(None, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert not app.follows()


async def test_the_keys_of_the_player_are_not_taken() -> None:
    async with showing(LONG) as (app, _):
        keys = {key for key, _ in app.view._bindings}
        assert not keys & {"left", "right", "space", "enter", "shift+left"}


async def test_a_word_can_be_brought_into_view_without_being_lit() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.lit = 0
        app.view.scroll_to_word(400)
        await pilot.pause()
        assert "word400" in app.page.split()
        app.view.lit = 1
        await pilot.pause()
        assert "word400" in app.page.split()


async def test_at_another_width_the_same_words_stay_at_the_top() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.scroll_to_word(400)
        await pilot.pause()
        first = app.page.split()[0]
        await pilot.resize_terminal(100, 10)
        await pilot.pause()
        assert first in app.page.splitlines()[0].split()


async def test_a_new_transcript_keeps_the_place_in_it() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.scroll_to_word(400)
        await pilot.pause()
        first = app.page.split()[0]
        show(app.view, LONG, [noted(LONG, "correction", 410, 410, "twelve")])
        await pilot.pause()
        assert app.page.split()[0] == first
        assert "[twelve]" in app.page


async def test_a_shorter_transcript_leaves_no_empty_page() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.scroll_to_word(599)
        await pilot.pause()
        show(app.view, TURNS)
        await pilot.pause()
        assert "people skip" in app.page


async def test_a_click_tells_the_word_and_whether_shift_was_held() -> None:
    async with showing() as (app, pilot):
        await pilot.click(TranscriptView, offset=(1 + 7 + 8, 2))
        await pilot.click(TranscriptView, offset=(1 + 7, 3), shift=True)
        assert app.told == [
            TranscriptView.WordClicked(1, False),
            TranscriptView.WordClicked(6, True),
        ]


async def test_a_click_beside_the_words_tells_nothing() -> None:
    async with showing() as (app, pilot):
        for offset in ((2, 2), (10, 1), (10, 0), (35, 8)):
            await pilot.click(TranscriptView, offset=offset)
        assert app.told == []


async def test_a_click_on_a_page_that_was_scrolled_tells_the_word_that_is_seen_there() -> None:
    async with showing(LONG) as (app, pilot):
        app.view.scroll_to_word(300)
        await pilot.pause()
        y = next(y for y, line in enumerate(app.page.splitlines()) if "word300" in line)
        x = app.page.splitlines()[y].index("word300")
        await pilot.click(TranscriptView, offset=(x, y))
        assert app.told == [TranscriptView.WordClicked(300, False)]
        assert app.view.word_at(x - 1, y) == 300


async def test_a_drag_tells_each_stretch_once_in_order_and_is_no_click() -> None:
    async with showing() as (app, pilot):
        await pilot.mouse_down(TranscriptView, offset=(1 + 7 + 13, 2))
        for x, y in ((22, 2), (29, 2), (29, 2), (9, 2), (3, 3)):
            app.view.post_message(_at(MouseMove, x, y))
        app.view.post_message(_at(MouseUp, 3, 3))
        app.view.post_message(_at(MouseMove, 9, 2))
        await pilot.pause()
        assert not app.view.follow
        assert app.told == [
            TranscriptView.WordsDragged(2, 3),
            TranscriptView.WordsDragged(0, 2),
            TranscriptView.WordsDragged(2, 6),
        ]


async def test_a_drag_below_the_page_scrolls_it() -> None:
    async with showing(LONG) as (app, pilot):
        await pilot.mouse_down(TranscriptView, offset=(10, 9))
        for _ in range(5):
            app.view.post_message(_at(MouseMove, 10, 12))
        await pilot.pause()
        assert app.view.scroll_offset.y == 5


async def test_a_narrow_and_low_page_still_shows_the_lit_word() -> None:
    for size in ((40, 10), (20, 3), (12, 1)):
        async with showing(LONG, size) as (app, pilot):
            for word in (0, 5, 50, 599, 3):
                app.view.lit = word
                await pilot.pause()
                assert f"word{word}" in app.page.split()


async def test_another_theme_has_other_colours() -> None:
    async with showing() as (app, pilot):
        before = [segment.style for segment in app.view.render_line(2)]
        app.theme = LIGHT.name
        await pilot.pause()
        assert before != [segment.style for segment in app.view.render_line(2)]


def _at(kind: type[MouseMove | MouseUp], x: int, y: int) -> MouseMove | MouseUp:
    return kind(None, x, y, 0, 0, 1, False, False, False)
