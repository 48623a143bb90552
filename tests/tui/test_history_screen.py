from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tui.scripted import MIX, ScriptedBackstage, attempt, more_cases, reading
from tests.tui.scripted_archive import ScriptedArchive
from tests.tui.showing import Shown, showing
from tests.tui.test_hostile_text import HOSTILE, clean
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import StorageError, VivavoceError
from vivavoce.tui.archive import History
from vivavoce.tui.screens.history import HistoryScreen
from vivavoce.tui.widgets.attempt_list import AttemptList

OTHER = more_cases()[2]


def past(number: int, **changes: object) -> Attempt:
    """Return an attempt that began `number` hours before the newest one."""
    made = attempt()
    began = made.started_at - timedelta(hours=number)
    return replace(made, id=f"01A{number:023d}", started_at=began, **changes)  # type: ignore[arg-type]


def kept(*attempts: Attempt) -> ScriptedBackstage:
    return ScriptedBackstage(archive=ScriptedArchive(list(attempts)))


def mixed() -> ScriptedBackstage:
    return kept(
        past(0, debrief=Debrief(reading(lift=2), None)),
        past(1),
        past(2, case=OTHER, sample=True),
        past(3, case=None, state="interrupted"),
        past(4, debrief=None, state="abandoned"),
        past(5, debrief=None, state="recording", duration_s=0.0),
    )


def lines_of(shown: Shown) -> list[str]:
    return [line for line in shown.text.splitlines() if "2026-03-0" in line]


async def test_the_library_offers_the_history_only_where_there_is_one() -> None:
    async with showing(kept()) as shown:
        assert "history" not in shown.keys
        await shown.press("h")
        assert not isinstance(shown.app.screen, HistoryScreen)
    async with showing(kept(past(0))) as shown:
        assert "h history" in shown.keys
        await shown.press("h")
        assert isinstance(shown.app.screen, HistoryScreen)


async def test_attempts_stand_newest_first_with_vote_levels_and_notes() -> None:
    async with showing(mixed()) as shown:
        await shown.press("h")
        assert "6 attempts, newest first." in shown.text
        lines = [" ".join(line.split()[2:]) for line in lines_of(shown)]
        assert lines[0].endswith("1:14 yes P● C● L●")
        assert lines[1].endswith("1:14 no P● C● L◐")
        assert "Opened once sample" in lines[2]
        assert "Timed answer interrupted 1:14 -" in lines[3]
        assert "left early 1:14 -" in lines[4]
        assert "not finished - -" in lines[5]
        assert len({line.index("P●") for line in lines_of(shown)[:3]}) == 1


async def test_a_wide_screen_names_the_three_sentences() -> None:
    async with showing(mixed(), size=(110, 24)) as shown:
        await shown.press("h")
        heading = next(line for line in shown.text.splitlines() if "begun" in line)
        assert heading.split()[-3:] == ["problem", "change", "lift"]
        first = lines_of(shown)[0]
        assert [first.index("●"), first.rindex("●")] == [
            heading.index("problem"),
            heading.index("lift"),
        ]


@pytest.mark.parametrize("size", [(40, 10), (64, 18), (80, 24)])
async def test_every_line_ends_in_view(size: tuple[int, int]) -> None:
    async with showing(mixed(), size=size) as shown:
        await shown.press("h")
        assert "L●" in shown.text
        assert shown.app.screen.query_one(AttemptList).max_scroll_x == 0


async def test_a_narrow_screen_tells_in_place_of_the_vote_why_there_is_none() -> None:
    async with showing(mixed(), size=(40, 16)) as shown:
        await shown.press("h")
        lines = [line for line in shown.text.splitlines() if "26-03-0" in line]
        assert [line.split("… ")[1] for line in lines[2:]] == [
            "no  P● C● L◐",
            "interrupted",
            "left early",
            "not finished",
        ]


async def test_enter_opens_the_debrief_and_esc_comes_back_to_the_same_attempt() -> None:
    async with showing(mixed()) as shown:
        await shown.press("h", "down", "enter")
        assert "SAY THIS NEXT" in shown.text
        await shown.press("escape")
        assert lines_of(shown)[1].startswith(" ▸")
        await shown.press("escape")
        assert "History" not in shown.text


async def test_an_attempt_without_a_debrief_says_why() -> None:
    async with showing(mixed(), size=(100, 24)) as shown:
        await shown.press("h", "end", "enter")
        assert "This one is not finished. Its recording is kept" in shown.text
        assert "replay" not in shown.keys
        await shown.press("up", "enter")
        assert "You left this one early, so nothing was scored." in shown.text
        assert "v replay" in shown.keys


async def test_the_search_shows_what_was_said_around_the_words() -> None:
    backstage = mixed()
    second = backstage.archive.attempts[1].id
    backstage.archive.found = {"four songs": {second: "… week three, «four» «songs» in ten …"}}
    async with showing(backstage, size=(100, 24)) as shown:
        await shown.press("h", "slash", *"four songs")
        await shown.until("1 attempt with these words")
        assert "week three, «four» «songs» in ten" in shown.text
        assert len(lines_of(shown)) == 1
        await shown.press("enter", "enter")
        assert "SAY THIS NEXT" in shown.text
        await shown.press("escape")
        assert "esc all attempts" in shown.keys
        await shown.press("escape")
        assert len(lines_of(shown)) == 6
        assert "«" not in shown.text
        assert "esc cases" in shown.keys


async def test_other_words_choose_the_best_match_and_none_keep_the_chosen_one() -> None:
    backstage = kept(past(0), past(1), past(2))
    first, second, third = (each.id for each in backstage.archive.attempts)
    backstage.archive.found = {
        "four": {third: "«four»", first: "«four»"},
        "four songs": {second: "«four» «songs»", first: "«four» «songs»"},
    }
    async with showing(backstage, size=(100, 24)) as shown:
        await shown.press("h", "slash", *"four")
        await shown.until("2 attempts with these words")
        attempts = shown.app.screen.query_one(AttemptList)
        assert attempts.chosen is not None
        assert attempts.chosen.id == third
        await shown.press("enter", "down")
        assert attempts.chosen.id == first
        await shown.press("slash", "end", *" songs")
        await shown.until("«songs»")
        assert attempts.chosen.id == second
        await shown.press("enter", "down")
        assert attempts.chosen.id == first
        await shown.press("v", "escape")
        assert shown.app.screen is attempts.screen
        assert attempts.chosen.id == first
        await shown.press("up", "escape")
        assert len(lines_of(shown)) == 3
        assert attempts.chosen.id == second


class Waiting:
    """A timer that the test lets run out."""

    def __init__(self, _seconds: float, then: Callable[[], object]) -> None:
        self.then = then
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True


async def test_each_key_begins_the_wait_before_the_search_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backstage = kept(past(0))
    async with showing(backstage) as shown:
        await shown.press("h", "slash")
        waits: list[Waiting] = []

        def wait(seconds: float, then: Callable[[], object]) -> Waiting:
            waits.append(Waiting(seconds, then))
            return waits[-1]

        monkeypatch.setattr(shown.app.screen, "set_timer", wait)
        await shown.press(*"for")
        assert [each.stopped for each in waits] == [True, True, False]
        assert "Nothing found." not in shown.text
        waits[-1].then()
        await shown.settle()
        assert "Nothing found. Every word must have been said" in shown.text
        assert lines_of(shown) == []


async def test_an_answer_to_what_is_not_asked_any_more_changes_nothing() -> None:
    async with showing(mixed()) as shown:
        await shown.press("h")
        shown.app.screen.post_message(HistoryScreen.Listed("four", History(())))
        await shown.settle()
        assert len(lines_of(shown)) == 6


async def test_two_attempts_at_a_case_are_marked_and_compared_the_earlier_one_first() -> None:
    async with showing(mixed(), size=(100, 30)) as shown:
        await shown.press("h", "x")
        assert f"Press x on another attempt at “{MIX.title}”" in shown.text
        assert "to compare" in lines_of(shown)[0]
        await shown.press("down")
        assert lines_of(shown)[0].startswith("  x2026")
        await shown.press("x")
        assert "The vote went from no to yes. Gained: lift." in shown.text
        await shown.press("escape")
        assert "to compare" not in shown.text


async def test_x_says_what_cannot_be_compared_and_takes_its_mark_back() -> None:
    async with showing(mixed(), size=(100, 30)) as shown:
        await shown.press("h", "x", "down", "down", "x")
        assert "That is another case." in shown.text
        await shown.press("down", "x")
        assert "A timed answer has no case" in shown.text
        await shown.press("home", "x")
        assert "to compare" not in shown.text
        await shown.press("x", "end", "up", "x")
        assert "This one was not scored" in shown.text


async def test_deleting_asks_first_and_the_next_attempt_is_chosen() -> None:
    backstage = mixed()
    second, third = (each.id for each in backstage.archive.attempts[1:3])
    async with showing(backstage) as shown:
        await shown.press("h", "down", "d")
        assert f"Delete “{MIX.title}” of 2026-03-02" in shown.text
        await shown.press("enter")
        assert len(backstage.archive.attempts) == 6
        await shown.press("delete", "y")
        assert second not in [each.id for each in backstage.archive.attempts]
        assert "5 attempts" in shown.text
        chosen = shown.app.screen.query_one(AttemptList).chosen
        assert chosen is not None
        assert chosen.id == third


async def test_a_mark_on_an_attempt_that_was_deleted_is_gone() -> None:
    async with showing(mixed()) as shown:
        await shown.press("h", "x", "d", "y")
        assert "5 attempts, newest first." in shown.text


async def test_the_last_one_deleted_leaves_what_to_do_first() -> None:
    backstage = kept(past(0))
    async with showing(backstage) as shown:
        await shown.press("h", "d", "y")
        assert "No attempts yet: press enter to hear the first case." in shown.text
        assert "enter first case" in shown.keys
        await shown.press("enter")
        assert backstage.requests == [RoundRequest(MIX, "a")]


class Broken(ScriptedArchive):
    """Cannot do what is asked."""

    fault: VivavoceError = StorageError("The disk is gone.", "Plug it in.")
    listed = True

    def delete(self, attempt_id: str) -> None:
        raise self.fault

    def attempt(self, attempt_id: str) -> Attempt:
        raise self.fault

    def history(self, words: str = "") -> History:
        if not self.listed:
            raise self.fault
        return super().history(words)


async def test_attempts_that_cannot_be_read_are_not_counted() -> None:
    archive = Broken([past(0)])
    async with showing(ScriptedBackstage(archive=archive)) as shown:
        archive.listed = False
        await shown.press("h", "enter")
        assert "Your attempts could not be read." in shown.text


@pytest.mark.parametrize("keys", [("enter",), ("d", "y"), ("x", "down", "x")])
async def test_what_does_not_work_is_told_and_the_list_stays(keys: tuple[str, ...]) -> None:
    archive = Broken([past(0), past(1)])
    async with showing(ScriptedBackstage(archive=archive)) as shown:
        await shown.press("h", *keys)
        assert "The disk is gone." in shown.text
        await shown.press("enter")
        assert "2 attempts, newest first." in shown.text


async def test_five_thousand_attempts_are_no_more_widgets_and_the_last_is_reached() -> None:
    async with showing(kept(*(past(number) for number in range(5000)))) as shown:
        await shown.press("h")
        assert "5000 attempts" in shown.text
        assert len(shown.app.screen.query_one(AttemptList).children) == 0
        await shown.press("end")
        chosen = shown.app.screen.query_one(AttemptList).chosen
        assert chosen is not None
        assert chosen.id == past(4999).id
        assert "▸" in shown.text


async def test_a_click_chooses_and_a_second_one_opens() -> None:
    async with showing(mixed()) as shown:
        await shown.press("h")
        await shown.pilot.click(AttemptList, offset=(10, 1))
        await shown.settle()
        assert lines_of(shown)[1].startswith(" ▸")
        await shown.pilot.click(AttemptList, offset=(10, 0), times=2)
        await shown.settle()
        assert "SAY THIS NEXT" in shown.text


async def test_text_from_outside_is_shown_as_text() -> None:
    hostile = past(0, case=replace(MIX, title=HOSTILE))
    backstage = kept(hostile)
    backstage.archive.found = {"x": {hostile.id: f"« {HOSTILE} » and « [/]"}}
    async with showing(backstage, size=(200, 24)) as shown:
        await shown.press("h", "x")
        assert "[/] [jargon] [@click=app.exit]x[/]" in shown.text
        assert clean(shown.text)
        await shown.press("x", "slash", "x")
        await shown.until("1 attempt with these words")
        assert "and « [/]" in shown.text
        assert "[/]»" not in shown.text
        assert clean(shown.text)
        await shown.press("enter", "d")
        assert "Delete “[/] [jargon]" in shown.text
        assert clean(shown.text)
