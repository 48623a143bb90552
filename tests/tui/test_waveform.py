"""The outline of a recording, and its marks."""

from __future__ import annotations

import numpy as np
import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseMove, MouseUp
from textual.geometry import Region
from textual.strip import Strip

from vivavoce.domain.peaks import Peaks
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.tui.themes import DARK, LIGHT
from vivavoce.tui.widgets.braille import mirrored
from vivavoce.tui.widgets.sounding import silences
from vivavoce.tui.widgets.waveform import PLAYHEAD, Waveform, WaveformMark, column_of, placed

LOUD = Peaks(np.full(50 * 40, 200, np.uint8), 40.0)
"""Forty seconds: at forty columns one each."""


class Alone(App[None]):
    """A waveform on a screen."""

    def __init__(self, waveform: Waveform, height: int = 4) -> None:
        super().__init__()
        self.waveform = waveform
        waveform.styles.height = height
        self.sought: list[float] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.waveform

    def on_waveform_sought(self, message: Waveform.Sought) -> None:
        self.sought.append(message.seconds)

    def strips(self) -> list[Strip]:
        return [self.waveform.render_line(y) for y in range(self.waveform.size.height)]

    def lines(self) -> list[str]:
        return [strip.text for strip in self.strips()]


class Watched(Waveform):
    """Remembers what it was asked to draw again."""

    def __init__(self, peaks: Peaks | None, seconds: float) -> None:
        super().__init__(peaks, seconds)
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


def test_an_outline_grows_up_and_down_from_its_middle() -> None:
    heights = np.array([0.0, 0.0, 0.01, 0.01, 0.5, 0.5, 1.0, 1.0])
    assert mirrored(heights, 1) == [" ⠶⠶⣿"]
    assert mirrored(heights, 3) == ["  ⣀⣿", " ⠶⣿⣿", "  ⠉⣿"]


def test_the_two_halves_of_a_character_are_of_their_own() -> None:
    assert mirrored(np.array([1.0, 0.0]), 2) == ["⡇", "⡇"]


def test_a_moment_has_its_column_and_one_outside_the_nearest() -> None:
    assert [column_of(at, 40.0, 40) for at in (-1.0, 0.0, 0.9, 39.9, 40.0, 99.0)] == [
        0,
        0,
        0,
        39,
        39,
        39,
    ]
    assert column_of(3.0, 0.0, 40) == 0


def letters(marks: list[WaveformMark], seconds: float = 40.0, width: int = 40) -> str:
    places = placed(marks, seconds, width)
    return "".join(places[x].letter if x in places else " " for x in range(width)).rstrip()


def test_marks_at_one_moment_stand_beside_each_other_the_first_one_in_its_place() -> None:
    marks = [WaveformMark(5.2, letter, "$success") for letter in "PSLE$✎"]
    assert letters(marks) == "   $LPSE"
    assert len(placed(marks, 40.0, 40)) == 5


def test_at_the_edge_marks_move_inwards() -> None:
    marks = [WaveformMark(40.0, letter, "$success") for letter in "PSL"]
    assert letters(marks) == " " * 37 + "LSP"


async def test_the_playhead_stands_on_every_line_of_the_outline_and_the_marks_below() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        app.waveform.position = 10.0
        app.waveform.show_marks([WaveformMark(10.0, "P", "bold $success")])
        await pilot.pause()
        lines = app.lines()
        assert lines[0] == "⣿" * 10 + PLAYHEAD + "⣿" * 29
        assert lines[1] == lines[2] == lines[0]
        assert lines[3].rstrip() == " " * 10 + "P"


async def test_what_was_played_is_of_another_colour_than_what_is_ahead() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)):
        app.waveform.position = 10.0
        played, head, ahead = app.strips()[0]
        assert [len(part.text) for part in (played, head, ahead)] == [10, 1, 29]
        colours = {part.style.color for part in (played, head, ahead) if part.style}
        assert len(colours) == 3


async def test_only_the_columns_that_the_playhead_passes_are_drawn_again() -> None:
    waveform = Watched(LOUD, 40.0)
    async with Alone(waveform).run_test(size=(40, 10)) as pilot:
        waveform.position = 10.0
        await pilot.pause()
        waveform.regions.clear()
        for position in (10.1, 10.5, 10.9):
            waveform.position = position
        assert waveform.regions == []
        waveform.position = 11.0
        waveform.position = 8.0
        assert waveform.regions == [(Region(10, 0, 2, 3),), (Region(8, 0, 4, 3),)]


async def test_the_screen_follows_the_playhead() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        for position in (10.0, 11.0, 20.0, 3.0):
            app.waveform.position = position
            await pilot.pause()
        first = app.screen._compositor.render_strips()[0].text
        assert first == "⣿" * 3 + PLAYHEAD + "⣿" * 36


TURNS = (
    Turn("prompt", Span(0.0, 10.0), "Why?"),
    Turn("answer", Span(10.0, 40.0), "", (), (Span(10.0, 20.0), Span(24.0, 40.0))),
)


async def test_the_interviewer_is_of_half_the_dots_and_a_pause_is_a_rule() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)):
        app.waveform.show_turns(TURNS)
        app.waveform.position = 39.0
        top, middle, _, _ = app.lines()
        assert top == "⡇" * 10 + "⣿" * 10 + " " * 4 + "⣿" * 15 + PLAYHEAD
        assert middle == "⡇" * 10 + "⣿" * 10 + "─" * 4 + "⣿" * 15 + PLAYHEAD


def test_a_silence_shorter_than_a_pause_is_none_and_words_stand_for_a_voice_that_is_unknown() -> (
    None
):
    words = (Word("a", 1.0, 2.0, 0.9), Word("b", 3.4, 4.0, 0.9), Word("c", 6.0, 7.0, 0.9))
    assert silences((Turn("answer", Span(0.0, 7.0), "", words),), 9.0) == [
        Span(4.0, 6.0),
        Span(7.0, 9.0),
    ]


async def test_the_loop_is_told_by_the_ground_and_keeps_its_words() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)):
        app.waveform.selection = Span(20.0, 22.5)
        for strip in app.strips():
            grounds = [
                segment.style.bgcolor.name if segment.style and segment.style.bgcolor else ""
                for segment in strip
                for _ in segment.text
            ]
            assert grounds[20:23] == ["#28303a"] * 3
            assert "#28303a" not in grounds[:20] + grounds[23:]


async def test_a_recording_of_noise_is_not_blown_up() -> None:
    app = Alone(Waveform(Peaks(np.full(2000, 3, np.uint8), 40.0), 40.0))
    async with app.run_test(size=(40, 10)):
        assert set(app.lines()[0][1:]) == {" "}


async def test_a_quiet_voice_is_drawn_as_high_as_a_loud_one() -> None:
    app = Alone(Waveform(Peaks(np.full(2000, 40, np.uint8), 40.0), 40.0))
    async with app.run_test(size=(40, 10)):
        assert set(app.lines()[0][1:]) == {"⣿"}


@pytest.mark.parametrize("seconds", [40.0, 0.0])
async def test_without_a_recording_a_rule_holds_the_playhead_and_the_marks(seconds: float) -> None:
    app = Alone(Waveform(None, seconds))
    async with app.run_test(size=(40, 10)):
        app.waveform.show_turns(TURNS)
        app.waveform.show_marks([WaveformMark(0.0, "P", "$success")])
        lines = app.lines()
        assert lines[1] == PLAYHEAD + "─" * 39
        assert lines[3].rstrip() == "P"


@pytest.mark.parametrize("height", [1, 2, 3, 5])
async def test_at_every_height_each_line_is_as_wide_as_the_widget(height: int) -> None:
    app = Alone(Waveform(LOUD, 40.0), height)
    async with app.run_test(size=(30, 10)):
        app.waveform.show_turns(TURNS)
        app.waveform.show_marks(
            [WaveformMark(5.0, "漢", "$accent"), WaveformMark(9.0, "\x1b[31m", "$accent")]
        )
        assert {cell_len(line) for line in app.lines()} == {30}
        assert "\x1b" not in "".join(app.lines())


async def test_at_another_width_everything_is_drawn_anew() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        app.waveform.position = 20.0
        await pilot.resize_terminal(80, 10)
        await pilot.pause()
        assert app.lines()[0] == "⣿" * 40 + PLAYHEAD + "⣿" * 39


async def test_another_theme_has_other_colours() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        app.waveform.show_marks([WaveformMark(10.0, "P", "$success")])
        dark = app.strips()
        app.theme = LIGHT.name
        await pilot.pause()
        for before, after in zip(dark, app.strips(), strict=True):
            assert [segment.style for segment in before] != [segment.style for segment in after]


async def test_a_click_seeks_and_the_playhead_then_stands_where_it_was_clicked() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        for column in (0, 7, 39):
            await pilot.click(Waveform, offset=(column, 1))
            app.waveform.position = app.sought[-1]
            assert app.lines()[0].index(PLAYHEAD) == column


async def test_a_click_on_a_mark_seeks_its_very_moment() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        app.waveform.show_marks([WaveformMark(7.9, "P", "$success")])
        app.lines()
        await pilot.click(Waveform, offset=(7, 3))
        assert app.sought == [7.9]


async def test_a_drag_seeks_once_a_column_and_not_after_the_button_is_up() -> None:
    app = Alone(Waveform(LOUD, 40.0))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.mouse_down(Waveform, offset=(5, 1))
        for x in (6, 6, 60):
            app.waveform.post_message(_at(MouseMove, x))
        app.waveform.post_message(_at(MouseUp, 39))
        app.waveform.post_message(_at(MouseMove, 20))
        await pilot.pause()
        assert app.sought == [5.5, 6.5, 39.5]


def _at(kind: type[MouseMove | MouseUp], x: int) -> MouseMove | MouseUp:
    return kind(None, x, 1, 0, 0, 1, False, False, False)
