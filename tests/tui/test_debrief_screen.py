import re
import threading
from dataclasses import replace
from datetime import UTC, datetime

from textual.widgets import Static

from tests.tui.scripted import (
    ANSWER,
    MIX,
    TIMING,
    ScriptedBackstage,
    ScriptedSound,
    attempt,
    reading,
    summary_of,
)
from tests.tui.showing import HALF_ANSWERED, Shown, showing
from vivavoce.config import Config
from vivavoce.domain.annotation import Anchor, Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief, Judgement
from vivavoce.domain.events import DebriefReady
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.speech import Span
from vivavoce.errors import AudioDeviceError
from vivavoce.scoring.beside import beside
from vivavoce.tui.archive import History
from vivavoce.tui.screens.compare import CompareScreen
from vivavoce.tui.screens.debrief import DebriefScreen
from vivavoce.tui.screens.debrief_onward import take_beside
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.screens.replay import ReplayScreen


async def debriefed(shown: Shown, finished: Attempt) -> None:
    shown.app.show_debrief(finished)
    await shown.settle()


async def test_the_vote_and_its_reason_come_first_then_what_would_turn_it() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        text = shown.text
        places = [
            text.index(words)
            for words in (
                "NO   You named the metric",
                "To turn it  Say how much",
                "Problem ● clear",
                "SAY THIS NEXT",
            )
        ]
        assert places == sorted(places)


async def test_each_criterion_has_its_word_time_and_quote() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        assert "Lift    ◐ no size    0:46  “I expect people to open it more”" in shown.text
        assert "Money   ○ not heard" in shown.text


async def test_no_overall_score_stands_on_the_screen() -> None:
    async with showing(size=(100, 60)) as shown:
        await debriefed(shown, attempt())
        assert str(reading().score) not in shown.text
        assert not re.search(r"\d ?%|score", shown.text)


async def test_a_yes_says_what_keeps_it() -> None:
    finished = attempt(debrief=Debrief(reading(lift=2), TIMING))
    async with showing() as shown:
        await debriefed(shown, finished)
        assert "YES " in shown.text
        assert "To turn it" not in shown.text
        assert reading(lift=2).turning in shown.text


async def test_space_plays_the_quote_of_the_entry_and_the_next_one_after_down() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        await shown.press("space")
        await shown.press("down", "space")
        name = attempt().id
        assert shown.backstage.played == [(name, Span(14.0, 17.0)), (name, Span(31.0, 34.0))]


async def test_space_again_stops_what_plays() -> None:
    class Endless(ScriptedSound):
        def wait(self, timeout: float) -> bool:
            threading.Event().wait(timeout)
            return self.stopped

    class Playing(ScriptedBackstage):
        sound = Endless()

        def play(self, attempt_id: str, span: Span, config: Config) -> ScriptedSound:
            self.played.append((attempt_id, span))
            return self.sound

    backstage = Playing()
    async with showing(backstage) as shown:
        await debriefed(shown, attempt())
        await shown.pilot.press("space")
        await shown.pilot.pause(0.05)
        before = (backstage.sound.stopped, "0:14 ▶" in shown.text, "space stop" in shown.keys)
        await shown.press("space")
        after = (backstage.sound.stopped, "0:14 ▶" in shown.text, "space stop" in shown.keys)
        assert (before, after) == ((False, True, True), (True, False, False))
        assert len(backstage.played) == 1


async def test_what_was_not_heard_cannot_be_played() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        await shown.press("down", "down", "down", "down", "space")
        assert shown.backstage.played == []
        assert "hear it" not in shown.keys


async def test_a_silent_loudspeaker_is_told() -> None:
    class Mute(ScriptedBackstage):
        def play(self, attempt_id: str, span: Span, config: Config) -> ScriptedSound:
            raise AudioDeviceError("No loudspeaker was found.", "Plug one in.")

    async with showing(Mute()) as shown:
        await debriefed(shown, attempt())
        await shown.press("space")
        assert "No loudspeaker was found." in shown.text
        assert "Plug one in." in shown.text


async def test_the_twist_is_revealed_and_the_model_answer_waits_for_its_key() -> None:
    async with showing(size=(100, 90)) as shown:
        await debriefed(shown, attempt())
        assert "Repeats stop rising in week three" in shown.text
        assert "I would cap songs" not in shown.text
        await shown.press("o")
        assert "I would cap songs" in shown.text
        await shown.press("o")
        assert "I would cap songs" not in shown.text


async def test_the_timing_names_every_figure() -> None:
    async with showing(size=(110, 50)) as shown:
        await debriefed(shown, attempt())
        for words in (
            "Answer 0:52, you aimed for 2:00. You spoke for 0:44 in all.",
            "First word 2 s in, first metric 14 s in.",
            "Longest monologue 0:52 of 15:00. 142 words a minute.",
            "2 pauses, the longest 2.1 s at 0:20.",
        ):
            assert words in shown.text


async def test_a_monologue_over_the_limit_is_named() -> None:
    long = replace(TIMING, monologue_s=960.0, over_threshold_at=912.0)
    async with showing(size=(110, 50)) as shown:
        await debriefed(shown, attempt(debrief=Debrief(reading(), long)))
        assert "It passed 15:00" in shown.text


async def test_what_the_follow_ups_added_is_named_with_what_it_was() -> None:
    both = Debrief(reading(), TIMING, with_probes=reading(lift=2))
    async with showing(size=(100, 50)) as shown:
        await debriefed(shown, attempt(debrief=both))
        assert "THE FOLLOW-UPS ADDED" in shown.text
        assert "“I expect people to open it more”  before: no size" in shown.text
    missed = Debrief(replace(reading(), lift=Judgement(0)), TIMING, with_probes=reading(lift=2))
    async with showing(size=(100, 50)) as shown:
        await debriefed(shown, attempt(debrief=missed))
        assert "“I expect people to open it more”  before: not heard" in shown.text
    nothing = Debrief(reading(), TIMING, with_probes=reading())
    async with showing(size=(100, 50)) as shown:
        await debriefed(shown, attempt(debrief=nothing))
        assert "They added nothing" in shown.text


async def test_silence_is_told_kindly_and_m_checks_the_microphone() -> None:
    silent = attempt(debrief=Debrief(reading(), None, heard=False))
    async with showing() as shown:
        await debriefed(shown, silent)
        assert "Not heard." in shown.text
        assert "NO" not in shown.text
        assert "no speech in it" in shown.text
        await shown.press("m")
        assert "Microphone check" in shown.text


async def test_a_dead_microphone_is_told_apart_from_silence() -> None:
    dead = attempt(debrief=Debrief(reading(), None, heard=False, sound=False))
    async with showing() as shown:
        await debriefed(shown, dead)
        assert "No sound." in shown.text
        assert "muted, unplugged or not allowed" in shown.text


NOT_FIRST = Debrief(reading("", lift=0), TIMING, with_probes=reading(lift=2))
"""Of a round in which only the follow-up's answer was heard."""


async def test_a_first_answer_that_was_not_heard_has_no_vote_and_shows_what_was_added() -> None:
    async with showing(size=(100, 60)) as shown:
        await debriefed(shown, attempt(debrief=NOT_FIRST))
        assert "First answer not heard." in shown.text
        assert "Nothing is held against you." in shown.text
        assert "“I expect people to open it more”" in shown.text
        assert "before:" not in shown.text
        assert "THE TWIST" in shown.text
        for words in ("NO ", "no words to read", "SAY THIS NEXT", "TWO WAYS TO ORDER"):
            assert words not in shown.text
        assert shown.text.count("THE FOLLOW-UPS ADDED") == 1
        assert "m mic check" in shown.keys
        await shown.press("space")
        assert shown.backstage.played, "what the follow-up added can be heard"


async def test_a_round_that_lost_its_microphone_says_so_above_the_vote() -> None:
    async with showing(request=RoundRequest(MIX, "a")) as shown:
        await shown.tell(*HALF_ANSWERED, DebriefReady(attempt(state="interrupted")))
        told = " ".join(shown.text.split())
        assert "Broken off at 1:14: the microphone was gone. The vote rests on what" in told
        assert "Press m to check the microphone." in told
        assert told.index("Broken off") < told.index("NO You named the metric")
        await shown.press("m")
        assert "Microphone check" in shown.text


async def test_a_kept_attempt_that_was_broken_off_says_so_too() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt(state="interrupted"))
        assert "Broken off at 1:14: the microphone or the program stopped." in shown.text
        await debriefed(shown, attempt())
        assert "Broken off" not in shown.text


async def test_a_timed_answer_has_only_its_timing() -> None:
    timed = attempt(case=None, variant_id="")
    async with showing(size=(100, 50)) as shown:
        await debriefed(shown, timed)
        assert "Longest monologue" in shown.text
        for words in ("NO", "SAY THIS NEXT", "Problem", "THE TWIST", "MODEL ANSWER"):
            assert words not in shown.text
        await shown.press("a")
        assert shown.backstage.requests == [RoundRequest(None)]


async def test_a_asks_the_same_case_with_other_figures_and_comes_back_to_the_library() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        await shown.press("a")
        assert shown.backstage.requests == [RoundRequest(MIX, "b")]
        await shown.press("escape", "y")
        shown.app.screen._go()  # type: ignore[attr-defined]
        await shown.settle()
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_a_long_transcript_can_be_read_to_its_end_with_one_key() -> None:
    turns = attempt().turns
    long = replace(turns[1], text=f"{ANSWER} " * 12 + "Finis.")
    async with showing() as shown:
        await debriefed(shown, attempt(turns=(turns[0], long)))
        assert "Finis." not in shown.text
        await shown.press(*["down"] * 40)
        assert "Finis." in shown.text
        await shown.press(*["up"] * 50)
        assert "NO   You named the metric" in shown.text


async def test_fillers_are_counted_after_the_debrief_stands() -> None:
    async with showing(size=(100, 60)) as shown:
        await debriefed(shown, attempt(fillers=None))
        assert "About 5 fillers: um 4, you know 1." in shown.text


async def test_leaving_the_debrief_ends_the_counting() -> None:
    backstage = ScriptedBackstage(counts_until_cancelled=True)
    async with showing(backstage, size=(100, 60)) as shown:
        shown.app.show_debrief(attempt(fillers=None))
        await shown.until("Being counted")
        await shown.pilot.press("escape")
        await shown.until("The mix that wears out")
        for _ in range(1000):
            if backstage.cancelled_counts:
                break
            await shown.pilot.pause(0.01)
        assert len(backstage.cancelled_counts) == 1


async def test_a_count_that_was_kept_is_not_made_again() -> None:
    backstage = ScriptedBackstage(counts_until_cancelled=True)
    async with showing(backstage, size=(100, 60)) as shown:
        await debriefed(shown, attempt(fillers=Fillers(())))
        assert "No fillers were heard." in shown.text


async def test_v_replays_from_the_words_of_the_entry_and_corrections_made_there_are_shown() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        assert "v replay" not in shown.keys, "there is no room for it"
        await shown.press("down", "v")
        screen = shown.app.screen
        assert isinstance(screen, ReplayScreen)
        assert screen._at == 31.0
        made = Annotation(
            "N", "note", Anchor(Span(12.0, 12.3)), "Slower.", datetime(2026, 3, 2, tzinfo=UTC)
        )
        corrected = replace(
            attempt(), annotations=(made,), debrief=Debrief(reading(lift=2), TIMING)
        )
        shown.backstage.archive.attempts = [corrected]
        shown.app.pop_screen()
        await shown.settle()
        assert "YES   You named the metric" in shown.text
        assert "Lift    ● sized" in shown.text
        assert headings(shown) == HEADINGS
        await shown.press("down", "down")
        assert shown.app.screen.focused is not None


HEADINGS = [
    *("SAY THIS NEXT", "THE PANEL", "ALSO", "TIMING", "FILLERS"),
    *("THE TWIST", "MODEL ANSWER", "WHAT WAS HEARD"),
]


def headings(shown: Shown) -> list[str]:
    """Return the headings on the page, in order, whatever is in view."""
    texts = [str(each.content) for each in shown.app.screen.query(Static).results()]
    return [text for text in texts if text in HEADINGS]


async def test_keys_pressed_before_all_stands_do_no_harm() -> None:
    async with showing() as shown:
        await shown.app.push_screen(DebriefScreen(attempt()))
        assert headings(shown) == HEADINGS[:1]
        await shown.press("o")
        assert headings(shown) == HEADINGS


async def test_what_stands_beside_is_shown_though_the_attempt_was_read_again_meanwhile() -> None:
    async with showing() as shown:
        await debriefed(shown, attempt())
        screen = shown.app.screen
        assert isinstance(screen, DebriefScreen)
        await screen.query("#beside > *").remove()
        debrief, case = attempt().debrief, attempt().case
        assert debrief is not screen._attempt.debrief == debrief
        assert debrief is not None
        assert case is not None
        found = beside(debrief, attempt().corrected, case, attempt().variant_id)
        screen.post_message(screen.Found(replace(debrief, sound=False), found))
        await shown.settle()
        assert not screen.query("#beside > *")
        screen.post_message(screen.Found(debrief, found))
        await shown.settle()
        assert headings(shown) == HEADINGS


async def test_a_debrief_that_is_left_before_all_stands_leaves_no_fault() -> None:
    async with showing() as shown:
        screen = DebriefScreen(attempt())
        await shown.app.push_screen(screen)
        screen.dismiss()
        await shown.settle()
        assert isinstance(shown.app.screen, LibraryScreen)
        await screen._go_on()
        assert not shown.app.faulted


async def test_x_puts_the_take_before_beside_this_one() -> None:
    earlier = attempt(id="01JYYYYYYYYYYYYYYYYYYYYYYY", started_at=datetime(2026, 3, 1, tzinfo=UTC))
    backstage = ScriptedBackstage()
    backstage.archive.attempts = [attempt(), earlier]
    async with showing(backstage, size=(120, 30)) as shown:
        await debriefed(shown, attempt())
        assert "x compare" in shown.keys
        await shown.press("x")
        screen = shown.app.screen
        assert isinstance(screen, CompareScreen)
        assert (screen._comparison.a.id, screen._comparison.b.id) == (earlier.id, attempt().id)


async def test_a_first_take_has_nothing_to_be_compared_with() -> None:
    async with showing(size=(120, 30)) as shown:
        await debriefed(shown, attempt())
        assert "compare" not in shown.keys
        await shown.press("x")
        assert isinstance(shown.app.screen, DebriefScreen)


def test_the_take_beside_is_the_one_before_or_else_the_next_one() -> None:
    def take(day: int, **changes: object) -> Attempt:
        return attempt(id=f"A{day}", started_at=datetime(2026, 3, day, tzinfo=UTC), **changes)

    def found(this: Attempt, *others: Attempt) -> str | None:
        listed = History(tuple(summary_of(each) for each in (*others, this)))
        beside = take_beside(this, listed)
        return beside.id if beside is not None else None

    assert found(take(5), take(9), take(4), take(3)) == "A4"
    assert found(take(5), take(9), take(7)) == "A7"
    assert found(take(5), take(4, case=None), take(3, debrief=None)) is None
    assert found(take(5, case=None), take(4, case=None)) is None
