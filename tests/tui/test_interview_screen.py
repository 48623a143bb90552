import gc
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.tui.scripted import (
    ANSWER,
    MIX,
    ScriptedBackstage,
    ScriptedRound,
    attempt,
    utterance,
    words_of,
)
from tests.tui.showing import HALF_ANSWERED, QUESTION, TO_THE_ANSWER, Shown, level, showing
from vivavoce.config import Config
from vivavoce.domain.commands import Command
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    GapHeard,
    InterviewerBegan,
    InterviewerEnded,
    LimitPassed,
    MarkPassed,
    MicrophoneLost,
    MicrophoneSilent,
    MomentMarked,
    PauseChanged,
    RoundAbandoned,
    RoundBegan,
    RoundFailed,
    SessionEvent,
    SpeechBegan,
    ThinkingBegan,
    TranscriberRelieved,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import ModelError
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.screens.interview import InterviewScreen
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.widgets.conversation import PARAGRAPH_WORDS, Paragraph
from vivavoce.tui.widgets.question import Question

ROUND = RoundRequest(MIX, "a")
PROBE = InterviewerBegan(66.0, "probe", "Thirty-eight becomes what?", True)


async def test_the_question_is_read_with_the_spoken_word_lit() -> None:
    starts = ((0, 6, 0.0), (7, 11, 0.5), (12, 17, 0.8))
    async with showing(request=ROUND) as shown:
        shown.round.heard = 0.6
        await shown.tell(RoundBegan("A"), replace(QUESTION, word_starts=starts))
        question = shown.app.screen.query_one(Question)
        shown.app.screen._light()  # type: ignore[attr-defined]
        assert [str(span.style) for span in question.content.spans] == ["bold underline $accent"]  # type: ignore[union-attr]
        assert [(span.start, span.end) for span in question.content.spans] == [(7, 11)]  # type: ignore[union-attr]
        await shown.tell(InterviewerEnded(9.0))
        assert not question.content.spans  # type: ignore[union-attr]


async def test_the_exhibit_stays_in_view_from_the_question_to_the_reply() -> None:
    async with showing(request=ROUND) as shown:
        for events in ((RoundBegan("A"), QUESTION), HALF_ANSWERED, (PROBE,)):
            await shown.tell(*events)
            assert "repeats of last week (%)" in shown.text


async def test_silence_is_not_judged_while_the_interviewer_speaks() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(RoundBegan("A"), QUESTION, level(monologue=0.0, peak=-80.0))
        assert "silent" not in shown.text
        await shown.tell(AnswerBegan(12.0, "answer"), level(monologue=0.0, peak=-80.0))
        assert "silent" in shown.text


async def test_thinking_counts_down_and_says_how_to_skip() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(RoundBegan("A"), ThinkingBegan(9.0, 45.0), level(thinking=38.0))
        assert "Think 0:38   enter starts your answer." in shown.text


async def test_words_appear_as_they_come_with_the_clock_and_the_level() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        assert "Your answer 0:54" in shown.text
        assert "four songs in ten" in shown.text
        assert "listeners, …" in shown.text
        assert "good" in shown.text
        await shown.tell(UtterancesHeard((1,), words_of("the end.", 30.0)))
        assert "the end." in shown.text
        assert "…" not in shown.text.splitlines()[-2]


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("enter", Command.NEXT),
        ("space", Command.PAUSE),
        ("m", Command.MARK),
        ("r", Command.RESTART),
    ],
)
async def test_a_key_sends_its_command(key: str, command: Command) -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        await shown.press(key)
        assert shown.round.sent == [command]


async def test_enter_ends_an_answer_without_a_word_only_when_pressed_twice() -> None:
    asked = "Your answer 0:00   Nothing heard yet. enter again ends your answer."
    async with showing(request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER, level(monologue=0.0))
        await shown.press("enter")
        assert shown.round.sent == []
        assert asked in shown.text
        await shown.press("enter")
        assert shown.round.sent == [Command.NEXT]


async def test_once_a_voice_is_heard_enter_ends_the_answer_at_once() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER)
        await shown.press("enter")
        await shown.tell(SpeechBegan(14.0), level(monologue=2.0))
        assert "Your answer 0:02   enter when done." in shown.text
        await shown.press("enter")
        assert shown.round.sent == [Command.NEXT]


async def test_enter_goes_on_from_a_pause_and_skips_a_question_at_once() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(RoundBegan("A"), QUESTION)
        await shown.press("enter")
        await shown.tell(*TO_THE_ANSWER[2:4])
        await shown.press("enter")
        await shown.tell(*TO_THE_ANSWER[4:], PauseChanged(13.0, True))
        await shown.press("enter")
        assert shown.round.sent == [Command.NEXT] * 3


async def test_a_mark_is_told_in_the_hints_place_for_three_seconds_and_nothing_moves() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        before = shown.text
        await shown.tell(MomentMarked(66.0))
        assert "Your answer 0:54   Marked at 0:54." in shown.text  # by the clock beside it
        assert shown.text.replace("Marked at 0:54.", "enter when done.") == before
        await shown.tell(replace(level(monologue=56.0), at=68.9))
        assert "Your answer 0:56   Marked at 0:54." in shown.text
        await shown.tell(replace(level(), at=69.0))
        assert shown.text == before


async def test_m_is_offered_in_every_phase_that_is_recorded_and_not_in_a_pause() -> None:
    async with showing(request=ROUND) as shown:
        assert "m mark" not in shown.keys
        for events in ((RoundBegan("A"), QUESTION), TO_THE_ANSWER[2:4], TO_THE_ANSWER[4:]):
            await shown.tell(*events)
            assert "m mark" in shown.keys
        await shown.tell(PauseChanged(60.0, True))
        await shown.press("m")
        assert "m mark" not in shown.keys
        assert shown.round.sent == []
        await shown.tell(PauseChanged(60.0, False), AnswerEnded(64.0))
        assert "m mark" in shown.keys


async def test_a_mark_that_was_not_kept_is_said_to_be_lost() -> None:
    async with showing(config=Config(hide_meters=True), request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, MomentMarked(66.0, kept=False))
        assert "That mark could not be kept." in shown.text


async def test_d_goes_to_the_debrief_only_while_a_follow_up_is_asked() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        await shown.press("d")
        assert shown.round.sent == []
        assert "d debrief" not in shown.keys
        await shown.tell(AnswerEnded(64.0), PROBE)
        assert "d debrief" in shown.keys
        await shown.press("d")
        assert shown.round.sent == [Command.FINISH]


async def test_a_follow_up_is_shown_as_the_interviewers_line_and_as_the_question() -> None:
    async with showing(request=ROUND, size=(100, 40)) as shown:
        await shown.tell(*HALF_ANSWERED, AnswerEnded(64.0), PROBE)
        assert shown.text.count(PROBE.text) == 2
        assert MIX.prompt[:30] not in shown.text
        await shown.tell(InterviewerEnded(70.0), AnswerBegan(70.0, "probe-answer"))
        await shown.tell(UtterancesHeard((2,), words_of("Twenty-five.", 71.0)))
        assert shown.text.index(PROBE.text, 400) < shown.text.index("Twenty-five.")


async def test_a_draft_stands_behind_the_words_until_better_ones_replace_it() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, WordsDrafted((1,), words_of("two the last.", 40.0), 41.0))
        assert "listeners, two the last." in " ".join(shown.text.split())
        await shown.tell(UtteranceClosed(utterance(2, 44.0, 45.0)))
        assert "two the last." in " ".join(shown.text.split())
        await shown.tell(UtterancesHeard((1, 2), words_of("to the last.", 40.0)))
        assert "to the last." in " ".join(shown.text.split())
        assert "two the last" not in " ".join(shown.text.split())


async def test_words_that_come_after_the_answer_ended_stay_in_their_paragraph() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, AnswerEnded(64.0))
        await shown.tell(UtterancesHeard((1,), words_of("to the last word.", 40.0)))
        assert "to the last word." in shown.text
        assert "Reading your last words" in shown.text


async def test_the_interviewer_cutting_in_is_shown_and_the_bar_says_over() -> None:
    cut = InterviewerBegan(905.0, "cut-in", "Let me stop you there: that was 15 minutes.", True)
    async with showing(request=ROUND, size=(100, 40)) as shown:
        await shown.tell(*HALF_ANSWERED, level(monologue=901.0), LimitPassed(905.0, 900.0), cut)
        assert "over 15:00" in shown.text
        assert "Let me stop you there" in shown.text
        assert "The interviewer cuts in" in shown.text


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (MicrophoneSilent(5.0), "The microphone sends nothing. Is it muted"),
        (GapHeard(5.0, 5.4), "The device lost 0.4 s of sound."),
        (TranscriberRelieved("tiny.en"), "tiny.en reads on: quicker, less exact."),
        (MicrophoneLost(5.0, "The microphone was unplugged."), "What you said before is kept."),
        (MarkPassed(312.0, 300.0), "5:00 without a break."),
    ],
)
async def test_trouble_is_told_in_a_calm_sentence(event: SessionEvent, words: str) -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER, event)
        assert words in shown.text
        await shown.tell(SpeechBegan(6.0))
        assert words not in shown.text


async def test_words_that_lag_behind_are_explained() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        shown.round.backlog = 28.0
        shown.app.screen._show_backlog()  # type: ignore[attr-defined]
        await shown.settle()
        assert "to be read" not in shown.text
        shown.round.backlog = 41.0
        shown.app.screen._show_backlog()  # type: ignore[attr-defined]
        await shown.settle()
        assert "41 s still to be read" in shown.text


async def test_h_hides_words_and_meters_and_it_is_remembered() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        await shown.press("h")
        assert shown.backstage.remembered == {"hide_meters": True}
        for hidden in ("four songs in ten", "limit 15:00", "mic "):
            assert hidden not in shown.text
        assert "Your answer 0:54" in shown.text
        assert "h shows them" in shown.text
        await shown.press("h")
        assert shown.backstage.remembered == {"hide_meters": False}
        assert "four songs in ten" in shown.text


async def test_meters_that_were_hidden_stay_hidden_in_the_next_round() -> None:
    async with showing(config=Config(hide_meters=True), request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        assert "limit 15:00" not in shown.text


async def test_a_pause_is_told() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, PauseChanged(60.0, True))
        assert "Nothing is recorded. space goes on." in shown.text
        assert shown.text.splitlines()[0].endswith("paused")


async def test_another_take_begins_with_an_empty_page() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, RoundBegan("B"), QUESTION)
        assert "four songs" not in shown.text
        assert "The question" in shown.text


async def asked_to_leave(shown: Shown) -> None:
    await shown.tell(*HALF_ANSWERED)
    await shown.press("escape")
    assert "Leave this round?" in shown.text


@pytest.mark.parametrize("key", ["escape", "enter", "n"])
async def test_leaving_is_confirmed_first(key: str) -> None:
    async with showing(request=ROUND) as shown:
        await asked_to_leave(shown)
        await shown.press(key)
        assert shown.round.sent == []
        assert "Your answer 0:54" in shown.text


async def test_a_round_that_was_left_is_closed_and_the_library_is_back() -> None:
    async with showing(request=ROUND) as shown:
        await asked_to_leave(shown)
        await shown.press("y")
        assert shown.round.sent == [Command.ABANDON]
        await shown.tell(RoundAbandoned("01A"))
        assert shown.round.closed
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_the_debrief_follows_even_from_under_a_box() -> None:
    async with showing(request=ROUND) as shown:
        await asked_to_leave(shown)
        await shown.tell(DebriefReady(attempt()))
        assert "SAY THIS NEXT" in shown.text
        assert shown.round.closed
        await shown.press("escape")
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_a_round_that_failed_says_why_and_what_to_do_and_leaves_its_code() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED, RoundFailed("The disk is full.", "Make room.", 7))
        assert "The disk is full." in shown.text
        assert "Make room." in shown.text
        assert shown.round.closed
        await shown.press("enter")
        assert isinstance(shown.app.screen, LibraryScreen)
        assert shown.app.last_exit_code == 7


async def test_a_round_that_cannot_be_opened_says_how_to_mend_it() -> None:
    fault = ModelError("The model base is missing.", "Bring it: vivavoce models pull base")
    async with showing(ScriptedBackstage(fault=fault), request=ROUND) as shown:
        assert "vivavoce models pull base" in shown.text
        await shown.press("enter")
        assert isinstance(shown.app.screen, LibraryScreen)
        assert shown.app.last_exit_code == 6


async def test_a_round_after_a_failure_clears_the_code() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(RoundFailed("The disk is full.", "Make room.", 7))
        await shown.press("enter", "enter")
        await shown.tell(DebriefReady(attempt()))
        assert shown.app.last_exit_code == 0


async def test_a_small_terminal_keeps_the_clock_the_phase_and_the_words() -> None:
    async with showing(request=ROUND, size=(40, 10)) as shown:
        await shown.tell(RoundBegan("A"), QUESTION)
        assert "People open their personal mix" in shown.text
        await shown.tell(*HALF_ANSWERED)
        assert "Your answer 0:54" in shown.text
        assert "listeners, …" in shown.text
        assert "enter next" in shown.keys
        assert shown.keys.endswith("? keys")


async def test_the_key_of_the_table_is_offered_while_the_terminal_is_low() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        for height, offered in ((10, True), (24, False)):
            await shown.pilot.resize_terminal(80, height)
            await shown.settle()
            assert ("x table" in shown.text) == offered


async def test_words_from_before_a_cut_in_stand_before_its_line() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        await shown.tell(UtterancesHeard((1,), words_of("word " * PARAGRAPH_WORDS, 30.0)))
        await shown.tell(replace(PROBE, kind="cut-in"))
        await shown.tell(UtterancesHeard((2,), words_of("Said before it.", 65.0)))
        said = [str(each.content) for each in shown.app.screen.query(Paragraph).results()]
        assert said[-2:] == ["Said before it.", PROBE.text]


async def test_a_second_of_the_clock_asks_for_no_keys_anew() -> None:
    async with showing(request=ROUND) as shown:
        await shown.tell(*HALF_ANSWERED)
        asked: list[object] = []
        shown.app.screen.bindings_updated_signal.subscribe(shown.app.screen, asked.append)
        await shown.tell(level(monologue=55.0))
        assert "Your answer 0:55" in shown.text
        assert not asked
        await shown.tell(PauseChanged(70.0, True))
        assert asked


async def test_the_timer_shows_the_clock_and_the_words_only() -> None:
    async with showing(request=RoundRequest(None)) as shown:
        await shown.tell(
            RoundBegan("A"),
            AnswerBegan(0.0, "answer"),
            level(monologue=130.0),
            UtteranceClosed(utterance(0, 0.0, 3.0)),
            UtterancesHeard((0,), words_of(ANSWER, 0.0)),
        )
        assert "Your answer 2:10" in shown.text
        assert "The mix repeats itself" in shown.text
        assert "aim" not in shown.text


async def test_a_round_that_is_still_opening_is_left_and_closed_once_it_is_open() -> None:
    class Slow(ScriptedBackstage):
        go_on = threading.Event()

        def open_round(
            self, request: RoundRequest, config: Config, observe: Callable[[SessionEvent], None]
        ) -> ScriptedRound:
            self.go_on.wait(10.0)
            return super().open_round(request, config, observe)

    backstage = Slow()
    app = VivavoceApp(backstage, Config(), ROUND)
    async with app.run_test() as pilot:
        await pilot.press("escape", "y")
        before = type(app.screen)
        backstage.go_on.set()
        await Shown(app, backstage, pilot).settle()
        assert (before, type(app.screen)) == (InterviewScreen, LibraryScreen)
        assert backstage.rounds[0].closed
        assert not backstage.rounds[0].started


async def test_a_request_without_a_variant_asks_the_case_as_written() -> None:
    async with showing(request=RoundRequest(MIX, sample=True)) as shown:
        assert "repeats of last week (%)" in shown.text


async def test_on_a_small_screen_the_table_stands_while_thinking_and_comes_back_with_x() -> None:
    async with showing(request=ROUND, size=(40, 10)) as shown:
        await shown.tell(*TO_THE_ANSWER[:-1])
        assert "openers (thousands): 820, 610," in shown.text
        await shown.tell(*TO_THE_ANSWER[-1:])
        assert "820" not in shown.text
        await shown.press("x")
        assert "openers (thousands): 820, 610," in shown.text
        await shown.press("x")
        assert "820" not in shown.text


async def test_a_recorded_answer_is_announced_until_it_speaks() -> None:
    announced = "A recording answers in your place"
    async with showing(request=RoundRequest(MIX, "a", sample=True)) as shown:
        await shown.tell(*TO_THE_ANSWER)
        assert announced in shown.text
        await shown.tell(SpeechBegan(12.0))
        assert announced not in shown.text
    async with showing(request=ROUND) as shown:
        await shown.tell(*TO_THE_ANSWER)
        assert announced not in shown.text


async def test_what_lives_on_is_out_of_the_collectors_sight_and_the_round_before_is_let_go() -> (
    None
):
    gc.unfreeze()
    async with showing(request=ROUND) as shown:
        frozen = gc.get_freeze_count()
        assert frozen > 0
        before = weakref.ref(shown.app.screen)
        await shown.tell(RoundBegan("A"), *HALF_ANSWERED, AnswerEnded(64.0))
        assert gc.get_freeze_count() > frozen
        await shown.tell(RoundAbandoned("A"))
        assert gc.get_freeze_count() == 0
        shown.app.hold_round(ROUND)
        await shown.settle()
        assert isinstance(shown.app.screen, InterviewScreen)
        await shown.tell(RoundBegan("B"), RoundAbandoned("B"))
        shown.backstage.rounds.clear()  # they hold their screens
        shown.app.hold_round(ROUND)
        await shown.settle()
        assert before() is None


async def test_a_variant_that_there_is_not_shows_the_case_as_written_while_it_is_refused() -> None:
    backstage = ScriptedBackstage(fault=ModelError("There is no such variant."))
    async with showing(backstage, request=RoundRequest(MIX, "none")) as shown:
        await shown.until("There is no such variant.")
        assert MIX.variant_or_first("none") is MIX.variants[0]
        assert MIX.variant_or_first("a") is MIX.variant("a")
