"""The widgets that can be judged without a screen around them."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.scripted import MIX, more_cases, results
from vivavoce.tui.themes import DARK
from vivavoce.tui.widgets.answer_bar import AnswerBar
from vivavoce.tui.widgets.case_list import case_line, headings
from vivavoce.tui.widgets.conversation import PARAGRAPH_WORDS, Conversation, Paragraph
from vivavoce.tui.widgets.level_meter import LevelMeter, level_columns
from vivavoce.tui.widgets.line import Line
from vivavoce.tui.widgets.question import spoken_word


class Alone(App[None]):
    """One widget on a screen."""

    CSS = "AnswerBar { height: 2; } Conversation { height: 4; padding: 0; }"

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self._make = make
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self._make()


async def bar_lines(bar: AnswerBar, seconds: int, width: int = 72, over: bool = False) -> list[str]:
    app = Alone(lambda: bar)
    async with app.run_test(size=(width, 4)) as pilot:
        bar.seconds, bar.over = seconds, over
        await pilot.pause()
        return str(bar.render()).split("\n")


async def test_the_bar_names_the_target_the_marks_and_the_limit_at_its_end() -> None:
    bar, labels = await bar_lines(AnswerBar(180.0), 0)
    assert len(bar) == 72
    assert labels.split() == ["2:00", "aim", "3:00", "5:00", "10:00", "limit", "15:00"]
    assert labels.endswith("limit 15:00")
    assert bar.count("┿") == 5


async def test_labels_that_do_not_fit_are_left_out_never_run_together() -> None:
    _, labels = await bar_lines(AnswerBar(120.0), 0, width=30)
    assert labels.split() == ["aim", "2:00", "limit", "15:00"]


async def test_the_bar_fills_to_the_target_and_then_more_slowly_to_the_limit() -> None:
    bar = AnswerBar(120.0)
    filled = [bar.place(seconds, 100) for seconds in (0, 60, 120, 500, 900, 2000)]
    assert filled == [0, 22, 45, 72, 100, 100]


async def test_past_the_limit_the_bar_says_so_in_words() -> None:
    _, labels = await bar_lines(AnswerBar(120.0), 901, over=True)
    assert labels.endswith("over 15:00")


async def test_a_timed_answer_has_marks_but_no_target() -> None:
    _, labels = await bar_lines(AnswerBar(), 0)
    assert labels.split() == ["2:00", "5:00", "10:00", "limit", "15:00"]


@pytest.mark.parametrize(("dbfs", "columns"), [(-100.0, 0), (-60.0, 0), (-30.0, 12), (0.0, 24)])
def test_the_meter_is_empty_at_the_floor_and_full_at_full_scale(dbfs: float, columns: int) -> None:
    assert level_columns(dbfs, 24) == columns


async def test_the_meter_holds_its_word_between_syllables() -> None:
    meter = LevelMeter()
    async with Alone(lambda: meter).run_test(size=(60, 3)):
        meter.show(-14.0, clipped=False)
        for _ in range(5):
            meter.show(-70.0, clipped=False)
        assert str(meter.render()).endswith("good")
        for _ in range(20):
            meter.show(-70.0, clipped=False)
        assert str(meter.render()).endswith("silent")
        meter.show(0.0, clipped=True)
        assert str(meter.render()).endswith("too loud")


def test_the_lit_word_is_the_last_that_has_begun() -> None:
    words = ((0, 2, 0.0), (3, 6, 0.4), (7, 9, 0.9))
    assert spoken_word(words, -0.1) is None
    assert spoken_word(words, 0.5) == (3, 6)
    assert spoken_word(words, 60.0) == (7, 9)


@pytest.mark.parametrize("width", [34, 40, 63, 64, 76, 116])
def test_the_lines_of_the_list_and_their_headings_are_equally_wide(width: int) -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    cases = more_cases()
    known = results(now, cases)
    lines = [case_line(case, known.get(case.id), width, now) for case in cases]
    assert len({line.cell_length for line in lines if "not tried" not in line.plain}) == 1
    assert max(line.cell_length for line in lines) <= width
    if width >= 64:
        full = lines[0].plain
        head = headings(width).plain
        assert [full[head.index(word)] for word in ("problem", "change", "lift")] == list("●●◐")


def test_a_case_line_tells_the_round_and_the_age_of_the_result() -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    line = case_line(MIX, results(now, more_cases())[MIX.id], 76, now).plain
    assert "recommendation" in line
    assert line.endswith("2 d")


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[tuple[Conversation, Pilot[None]]]:
    """Open the paragraph of an answer, four lines of forty columns in view."""
    conversation = Conversation()
    async with Alone(lambda: conversation).run_test(size=(40, 4)) as pilot:
        conversation.listen()
        await pilot.pause()
        yield conversation, pilot


async def test_words_come_to_the_end_unless_the_reader_has_scrolled_up() -> None:
    async with listening() as (conversation, pilot):
        conversation.hear((0,), "one two three")
        await pilot.pause()
        assert conversation.scroll_y == 0
        conversation.hear((1,), "many words " * 40)
        await pilot.pause()
        end = conversation.max_scroll_y
        assert conversation.scroll_y == end > 0
        conversation.scroll_to(y=2, animate=False, immediate=True)
        await pilot.pause()
        conversation.hear((2,), "even more " * 40)
        await pilot.pause()
        assert conversation.scroll_y == 2


async def test_words_still_to_come_are_marked_until_they_have_come() -> None:
    async with listening() as (conversation, _):
        conversation.expect(0)
        conversation.expect(1)
        conversation.hear((0,), "First part")
        said = conversation.query_one(Paragraph)
        assert str(said.content) == "First part …"
        conversation.hear((1,), "and the second.")
        assert str(said.content) == "First part and the second."


async def test_a_long_answer_goes_on_in_a_new_paragraph_and_the_one_before_stays_as_it_is() -> None:
    async with listening() as (conversation, pilot):
        conversation.hear((0,), "word " * PARAGRAPH_WORDS)
        conversation.expect(1)
        conversation.draft("The next")
        assert [str(each.content) for each in conversation.query(Paragraph).results()] == [
            ("word " * PARAGRAPH_WORDS).strip(),
            "The next …",
        ]
        conversation.expect(2)
        conversation.hear((1,), "The next words.")
        await pilot.pause()
        first, second = conversation.query(Paragraph).results()
        assert str(first.content) == ("word " * PARAGRAPH_WORDS).strip()
        assert str(second.content) == "The next words. …"
        assert conversation.scroll_y == conversation.max_scroll_y
        conversation.hear((2,), "")
        conversation.draft("")
        assert str(second.content) == "The next words."
        conversation.begin()
        conversation.listen()
        await pilot.pause()
        conversation.hear((3,), "Anew.")
        assert [str(each.content) for each in conversation.query(Paragraph).results()] == ["Anew."]


async def test_words_that_could_not_be_read_open_no_paragraph() -> None:
    async with listening() as (conversation, pilot):
        conversation.hear((0,), "word " * PARAGRAPH_WORDS)
        conversation.hear((1,), "")
        await pilot.pause()
        assert len(conversation.query(Paragraph)) == 1


@pytest.mark.parametrize(
    ("text", "lines"), [("0:59  enter", 1), ("10:59  enter", 2), ("0:59 e enter", 2), ("", 1)]
)
async def test_a_line_takes_the_room_its_text_needs(text: str, lines: int) -> None:
    line = Line(Content("0:58  enter"))
    async with Alone(lambda: line).run_test(size=(11, 4)) as pilot:
        line.show(Content(text))
        await pilot.pause()
        assert str(line.render()) == text
        assert line.size.height == lines


async def test_a_clock_lays_nothing_out_anew_until_it_takes_other_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out: list[bool] = []
    monkeypatch.setattr(Line, "update", lambda _self, _text, *, layout: laid_out.append(layout))
    line = Line(Content("9:58  enter"))
    async with Alone(lambda: line).run_test(size=(20, 4)):
        for text, now in (("9:58  enter", []), ("9:59  enter", [False]), ("10:00  enter", [True])):
            line.show(Content(text))
            assert laid_out == now
            laid_out.clear()


async def test_a_line_changes_its_colour_too() -> None:
    line = Line(Content("0:58"))
    async with Alone(lambda: line).run_test(size=(11, 4)) as pilot:
        line.show(Content.styled("0:58", "bold"))
        await pilot.pause()
        assert line.render_line(0).text.strip() == "0:58"
        assert any(segment.style and segment.style.bold for segment in line.render_line(0))
