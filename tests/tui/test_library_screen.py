import threading
from dataclasses import replace
from datetime import datetime

from tests.tui.scripted import MIX, ScriptedBackstage, attempt, more_cases, results
from tests.tui.showing import showing
from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.events import DebriefReady
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import ModelError, NotFoundError, VivavoceError
from vivavoce.tui.backstage import Equipment, Shelf, Unfinished
from vivavoce.tui.screens.library import NOTHING_FOUND


def stocked(**changes: object) -> ScriptedBackstage:
    cases = more_cases()
    now = datetime.now().astimezone()
    shelf = Shelf(cases, (), results(now, cases), {}, ())
    return ScriptedBackstage(found=replace(shelf, **changes))  # type: ignore[arg-type]


async def test_the_cases_stand_with_their_round_and_latest_result() -> None:
    async with showing(stocked()) as shown:
        lines = shown.text.splitlines()
        first = next(line for line in lines if MIX.title in line)
        assert first.split()[-5:] == ["●", "●", "◐", "2", "d"]
        assert "recommendation" in first
        untried = next(line for line in lines if "Two hundredths" in line)
        assert "not tried" in untried


async def test_a_mark_goes_with_the_chosen_case() -> None:
    async with showing(stocked()) as shown:
        await shown.press("down")
        marked = [line for line in shown.text.splitlines() if "▸" in line]
        assert len(marked) == 1
        assert "Two hundredths" in marked[0]


async def test_without_a_try_the_first_step_is_taught() -> None:
    async with showing() as shown:
        assert "No case tried yet. Press enter to hear the first one" in shown.text


async def test_after_a_sample_round_no_case_was_tried_but_there_is_an_attempt() -> None:
    backstage = ScriptedBackstage()
    backstage.archive.attempts = [attempt(sample=True)]
    async with showing(backstage) as shown:
        assert "No case tried yet." in shown.text
        assert "No attempts" not in shown.text
        assert "h history" in shown.keys


async def test_the_header_tells_in_words_what_does_not_work() -> None:
    backstage = stocked()
    backstage.works = Equipment("none", "on", "base is missing", ("mic", "model"))
    async with showing(backstage) as shown:
        assert "mic none   voice on   model base is missing" in shown.text.splitlines()[0]


async def test_a_broken_case_file_is_told_in_one_line_and_the_others_work() -> None:
    async with showing(stocked(problems=("mine.toml: prompt: is missing.",))) as shown:
        assert "mine.toml: prompt: is missing." in shown.text
        await shown.press("enter")
        assert shown.backstage.requests == [RoundRequest(MIX, "a")]


async def test_the_filter_finds_by_words_and_esc_shows_all_again() -> None:
    async with showing(stocked()) as shown:
        await shown.press("slash", *"hiring table")
        assert "Five minutes and one table" in shown.text
        assert MIX.title not in shown.text
        await shown.press("enter", "escape")
        assert MIX.title in shown.text


async def test_a_filter_that_finds_nothing_says_so_and_what_to_do() -> None:
    async with showing(stocked()) as shown:
        await shown.press("slash", *"zebra")
        assert NOTHING_FOUND in " ".join(shown.text.split())
        await shown.press("enter")
        assert "start" not in shown.keys
        assert "esc all cases" in shown.keys
        await shown.press("escape")
        assert "Nothing found" not in shown.text
        assert MIX.title in shown.text
        assert "enter start" in shown.keys


async def test_a_filtered_case_can_be_started() -> None:
    async with showing(stocked()) as shown:
        await shown.press("slash", *"opened", "down", "enter")
        assert [request.case.id for request in shown.backstage.requests if request.case] == [
            "opened-once"
        ]


async def test_the_variant_whose_turn_it_is_is_asked() -> None:
    async with showing(stocked(variants={MIX.id: "b"})) as shown:
        await shown.press("enter")
        assert shown.backstage.requests == [RoundRequest(MIX, "b")]


async def test_s_holds_a_round_on_the_shipped_answer() -> None:
    async with showing(stocked()) as shown:
        await shown.press("down", "s")
        assert shown.backstage.requests == [RoundRequest(MIX, "a", sample=True)]


async def test_t_times_an_answer_without_a_case() -> None:
    async with showing(stocked()) as shown:
        await shown.press("t")
        assert shown.backstage.requests == [RoundRequest(None)]
        assert "Timer" in shown.text.splitlines()[0]
        assert MIX.prompt[:20] not in shown.text


class Interrupted(ScriptedBackstage):
    """One attempt was interrupted; finishing it takes until `finish` is set."""

    def __init__(self, title: str = MIX.title, error: VivavoceError | None = None) -> None:
        left = Unfinished("01OLD", title, datetime.now().astimezone())
        super().__init__(found=stocked(unfinished=(left,)).found)
        self.finish = threading.Event()
        self._error = error

    def recover(self, attempt_id: str, config: Config) -> Attempt:
        self.finish.wait(30)
        if self._error is not None:
            raise self._error
        self.found = replace(self.found, unfinished=())
        return super().recover(attempt_id, config)


async def test_an_interrupted_attempt_is_finished_at_the_next_start_and_f_shows_it() -> None:
    backstage = Interrupted()
    async with showing(backstage, settle=False) as shown:
        await shown.until(f"Interrupted: {MIX.title} (today). Its recording is being read")
        assert "read it" not in shown.keys
        backstage.finish.set()
        await shown.settle()
        assert backstage.recovered == ["01OLD"]
        assert "Your interrupted answer has been read. Press f to see it." in shown.text
        await shown.press("f")
        assert "SAY THIS NEXT" in shown.text
        await shown.press("escape")
        assert "interrupted" not in shown.text


async def test_a_round_is_not_covered_by_what_was_finished_meanwhile() -> None:
    backstage = Interrupted()
    async with showing(backstage, settle=False) as shown:
        await shown.until("Its recording is being read")
        await shown.pilot.press("enter")
        await shown.until(MIX.prompt[:30])
        backstage.finish.set()
        await shown.settle()
        assert backstage.requests == [RoundRequest(MIX, "a")]
        assert "SAY THIS NEXT" not in shown.text


async def test_what_cannot_be_finished_now_says_why_and_stays_unfinished() -> None:
    backstage = Interrupted("", ModelError("No model base.", "Bring it: vivavoce models pull base"))
    backstage.finish.set()
    async with showing(backstage, size=(120, 30)) as shown:
        said = "Interrupted: a timed answer (today). No model base. Bring it: vivavoce models pull"
        assert said in shown.text


async def test_keys_that_do_nothing_are_not_shown() -> None:
    backstage = stocked()
    backstage.archive.attempts.clear()
    async with showing(backstage) as shown:
        assert "finish" not in shown.keys
        assert " ".join(shown.keys.split()) == (
            "enter start / filter m mic check t timer s sample q quit ? keys"
        )
    async with showing(stocked(cases=())) as shown:
        assert "There are no cases" in shown.text
        assert "start" not in shown.keys
        assert "sample" not in shown.keys


async def test_a_library_that_cannot_be_read_is_told_once_with_what_to_do_next() -> None:
    class Refusing(ScriptedBackstage):
        def shelf(self) -> Shelf:
            raise NotFoundError("The cases are gone.", "Install vivavoce again.")

    async with showing(Refusing()) as shown:
        assert "The cases are gone." in shown.text
        assert "Install vivavoce again." in shown.text
        await shown.press("enter")
        assert "The cases are gone." not in shown.text


async def test_the_list_shows_the_result_of_the_round_that_was_just_held() -> None:
    async with showing(ScriptedBackstage()) as shown:
        await shown.press("enter")
        shown.backstage.found = stocked().found
        await shown.tell(DebriefReady(attempt()))
        await shown.press("escape")
        assert "8 cases, 3 tried" in shown.text


async def test_ctrl_t_changes_the_theme_and_it_is_remembered() -> None:
    async with showing(stocked()) as shown:
        seen = []
        for _ in range(2):
            await shown.press("ctrl+t")
            seen.append((shown.app.theme, dict(shown.backstage.remembered)))
        assert seen == [
            ("vivavoce-light", {"theme": "light"}),
            ("vivavoce-dark", {"theme": "dark"}),
        ]


async def test_the_question_mark_explains_every_key_of_the_screen() -> None:
    async with showing(stocked()) as shown:
        await shown.press("question_mark")
        for words in ("Begin the chosen case", "Check the microphone", "Light or dark"):
            assert words in shown.text
        await shown.press("escape")
        assert "Check the microphone" not in shown.text


async def test_a_key_can_be_clicked() -> None:
    async with showing(stocked()) as shown:
        await shown.pilot.click("KeyBar", offset=(shown.keys.index("timer") - 1, 0))
        await shown.settle()
        assert shown.backstage.requests == [RoundRequest(None)]


async def test_the_palette_offers_the_screens_keys_and_runs_them() -> None:
    async with showing(stocked()) as shown:
        names = [command.title for command in shown.app.get_system_commands(shown.app.screen)]
        assert "Mic check (m)" in names
        await shown.press("ctrl+p", *"timer")
        await shown.press("enter")
        assert shown.backstage.requests == [RoundRequest(None)]


async def test_q_leaves_with_code_0() -> None:
    async with showing(stocked()) as shown:
        await shown.press("q")
        assert shown.app.last_exit_code == 0
        assert shown.app._exit
