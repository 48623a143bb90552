"""An earlier take beside the clock: on the bar, and in a round."""

from __future__ import annotations

from dataclasses import replace

from tests.tui.scripted import MIX, ScriptedBackstage, attempt
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.showing import HALF_ANSWERED, QUESTION, TO_THE_ANSWER, Shown, level, showing
from tests.tui.test_widgets import bar_lines
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.events import AnswerBegan, AnswerEnded, InterviewerBegan, RoundBegan
from vivavoce.domain.ghost import Ghost, GhostMark
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import StorageError
from vivavoce.tui.widgets.answer_bar import AnswerBar
from vivavoce.tui.widgets.conversation import Conversation

GHOST = Ghost((GhostMark("problem", 12.0), GhostMark("solution", 20.0), GhostMark("lift", 40.0)))
ROUND = RoundRequest(MIX, "a")


def haunted(ghost: Ghost = GHOST, target: float | None = 180.0) -> AnswerBar:
    bar = AnswerBar(target)
    bar.show_ghost(ghost)
    return bar


async def test_letters_stand_over_their_times_and_the_next_mark_is_named() -> None:
    bar = haunted()
    over, line, labels = await bar_lines(bar, 15)
    assert [(place, letter) for place, letter in enumerate(over[:20]) if letter != " "] == [
        (bar.place(12.0, 72), "P"),
        (bar.place(20.0, 72), "C"),
        (bar.place(40.0, 72), "L"),
    ]
    assert over.endswith("last time: change at 0:20")
    assert len(line) == 72
    assert "aim 3:00" in labels


async def test_marks_that_have_passed_are_dim() -> None:
    bar = haunted()
    await bar_lines(bar, 20)
    drawn = bar.render()
    parts = [(drawn.plain[span.start : span.end], span.style) for span in drawn.spans]
    letters = [part for part in parts if part[0] in ("P", "C", "L")]
    assert letters == [("P", "$quiet"), ("C", "$quiet"), ("L", "$accent")]


async def test_after_the_last_mark_nothing_more_is_named() -> None:
    over, _, _ = await bar_lines(haunted(), 40)
    assert over.split() == ["P", "C", "L"]


async def test_marks_at_the_same_place_stand_beside_each_other_within_the_bar() -> None:
    late = Ghost((GhostMark("problem", 2.0), GhostMark("solution", 2000.0), GhostMark("lift", 3e3)))
    over, line, _ = await bar_lines(haunted(late), 0, width=30)
    assert over.endswith("CL")
    assert len(over) == len(line)
    early = Ghost((GhostMark("problem", 1.0), GhostMark("solution", 1.5), GhostMark("lift", 2.0)))
    over, _, _ = await bar_lines(haunted(early), 0, width=30)
    assert over.startswith("PCL")


async def test_the_words_go_where_there_is_room_and_else_are_left_out() -> None:
    far = Ghost((GhostMark("lift", 600.0),))
    over, _, _ = await bar_lines(haunted(far), 0)
    assert over.startswith("last time: lift at 10:00  ")
    assert over.rstrip().endswith("L")
    over, _, _ = await bar_lines(haunted(far), 0, width=30)
    assert over.split() == ["L"]


async def test_a_bar_without_an_earlier_take_has_two_lines() -> None:
    assert len(await bar_lines(haunted(Ghost()), 0)) == 2


def backstage(best: Attempt | None = None) -> ScriptedBackstage:
    """Return what knows one earlier take at the case: P at 0:02, C at 0:19, L at 0:34."""
    return ScriptedBackstage(archive=ScriptedArchive([], best=best or attempt()))


async def test_the_last_best_take_runs_beside_the_clock() -> None:
    async with showing(backstage(), request=ROUND) as shown:
        await shown.tell(RoundBegan("A"), QUESTION)
        assert "last time: problem at 0:02" in shown.text
        await shown.tell(*TO_THE_ANSWER[2:], level(monologue=3.0))
        assert "last time: change at 0:19" in shown.text
        await shown.tell(level(monologue=30.0))
        assert "last time: lift at 0:34" in shown.text
        await shown.tell(level(monologue=35.0))
        assert "last time" not in shown.text


async def test_nothing_is_beside_the_clock_of_another_case_of_a_first_take_or_of_the_sample() -> (
    None
):
    other = attempt(case=replace(MIX, id="another"))
    for known, request in (
        (backstage(other), ROUND),
        (ScriptedBackstage(), ROUND),
        (backstage(), RoundRequest(MIX, sample=True)),
    ):
        async with showing(known, request=request) as shown:
            await shown.tell(*TO_THE_ANSWER, level(monologue=1.0))
            assert "last time" not in shown.text
            assert shown.app.screen.query_one(AnswerBar).size.height == 2


async def test_h_hides_it_with_the_meters() -> None:
    async with showing(backstage(), request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER)
        assert "last time" in shown.text
        await shown.press("h")
        assert "last time" not in shown.text


def top_of_the_words(shown: Shown) -> int:
    return shown.app.screen.query_one(Conversation).region.y


async def test_it_belongs_to_the_first_answer_only_and_nothing_moves_when_it_goes() -> None:
    async with showing(backstage(), request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER, level(monologue=1.0))
        assert shown.app.screen.query_one(AnswerBar).size.height == 3
        cut_in = InterviewerBegan(14.0, "cut-in", "Let me stop you there.", True)
        await shown.tell(cut_in, AnswerBegan(16.0, "answer"), level(monologue=1.0))
        assert "last time" not in shown.text
        assert shown.app.screen.query_one(AnswerBar).size.height == 3
        await shown.tell(RoundBegan("B"), QUESTION)
        assert "last time: problem at 0:02" in shown.text


async def test_it_does_not_come_in_the_middle_of_an_answer() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER, level(monologue=1.0))
        before = top_of_the_words(shown)
        shown.app.screen.post_message(shown.app.screen.Remembered(GHOST))  # type: ignore[attr-defined]
        await shown.settle()
        assert "last time" not in shown.text
        assert top_of_the_words(shown) == before
        await shown.tell(RoundBegan("B"), QUESTION)
        assert "last time: problem at 0:12" in shown.text


async def test_an_archive_that_cannot_be_read_does_not_disturb_the_round() -> None:
    class Broken(ScriptedArchive):
        def best_take(self, case_id: str) -> Attempt | None:
            raise StorageError("The database is damaged.", "Move it away.")

    async with showing(ScriptedBackstage(archive=Broken([])), request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, AnswerEnded(64.0))
        assert "Reading your last words" in shown.text
        assert "damaged" not in shown.text


async def test_on_a_small_terminal_it_takes_one_line() -> None:
    async with showing(backstage(), request=ROUND, size=(40, 10)) as shown:
        await shown.tell(*TO_THE_ANSWER, level(monologue=5.0))
        assert "last time: change at 0:19" in shown.text
        assert "aim 2:00" in shown.text
