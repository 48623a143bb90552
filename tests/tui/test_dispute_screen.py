"""“I did say it”: marking words, keeping them beside the judgement, taking them back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.geometry import Offset
from textual.widgets import TextArea

from tests.tui.scripted import (
    ANSWER,
    TIMING,
    ScriptedBackstage,
    attempt,
    disputed,
    judgement,
    reading,
    words_of,
)
from tests.tui.showing import Shown, showing
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.speech import Span
from vivavoce.domain.turns import Turn
from vivavoce.errors import StorageError
from vivavoce.tui.screens.debrief import DebriefScreen
from vivavoce.tui.screens.dispute import DisputeScreen

LIFT = ("down", "down", "down")
"""From the first entry of a debrief to the one of the lift, which is read as level 1."""
IMPACT = (*LIFT, "down")
"""To the money, level 0."""
MIX_REPEATS = ("ctrl+right", "right", "right", *["ctrl+shift+right"] * 2, *["shift+left"] * 2)
"""Marks “ix repea” of “The mix repeats itself: …”."""


@asynccontextmanager
async def debriefed(
    finished: Attempt | None = None,
    backstage: ScriptedBackstage | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Shown]:
    async with showing(backstage, size=size) as shown:
        shown.app.show_debrief(finished or attempt())
        await shown.settle()
        yield shown


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_marked_words_are_kept_whole_and_shown_beside_the_judgement(
    size: tuple[int, int],
) -> None:
    async with debriefed(size=size) as shown:
        await shown.press(*LIFT, "i")
        assert "Mark the words in which you said it:" in shown.text
        assert "The mix repeats itself" in shown.text
        await shown.press(*MIX_REPEATS, "enter")
        assert "≠ you: “mix repeats”  0:12" in shown.text
        assert "“I expect people to open it more”" in shown.text
        ((attempt_id, criterion, kept),) = shown.backstage.disputes
        assert (attempt_id, criterion) == (attempt().id, "lift")
        assert kept is not None
        assert (kept.level, kept.quote, kept.scorer_version) == (1, "mix repeats", "1")
        assert ANSWER[kept.start_char : kept.end_char] == kept.quote
        assert (kept.start, kept.end) == pytest.approx((12.4, 13.12))  # words two and three
        assert kept.made_at.utcoffset() is not None


async def test_on_a_small_screen_what_was_kept_comes_into_view() -> None:
    async with debriefed(size=(40, 10)) as shown:
        await shown.press(*LIFT, "i", "down", *["shift+down"] * 3, "enter")
        assert "≠ you: “three, four songs in ten" in shown.text
        assert "hundred”  0:14" in shown.text


async def test_what_was_not_heard_is_answered_by_the_words_alone() -> None:
    async with debriefed() as shown:
        await shown.press(*IMPACT)
        assert "worth a sentence" in shown.text
        await shown.press("i", "shift+end", "enter")
        assert "≠ you: “The mix repeats itself: by week" in shown.text
        assert "worth a sentence" not in shown.text


async def test_a_drag_with_the_mouse_marks_too() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i")
        await shown.pilot.mouse_down(TextArea, Offset(6, 0))
        await shown.pilot.hover(TextArea, Offset(14, 0))
        await shown.pilot.mouse_up(TextArea, Offset(14, 0))
        await shown.press("enter")
        assert "≠ you: “mix repeats”" in shown.text


async def test_enter_with_nothing_marked_says_so_and_stays() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", "right", "enter")
        assert isinstance(shown.app.screen, DisputeScreen)
        assert "Nothing is marked yet. Hold shift" in shown.text
        await shown.press("shift+right")
        assert "Nothing is marked yet" not in shown.text
        assert "Mark the words in which you said it" in shown.text


async def test_a_space_alone_is_nothing() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", "right", "right", "right", "shift+right", "enter")
        assert "Nothing is marked yet" in shown.text
        assert shown.backstage.disputes == []


async def test_escape_keeps_nothing() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", *MIX_REPEATS, "escape")
        assert isinstance(shown.app.screen, DebriefScreen)
        assert "you:" not in shown.text
        assert shown.backstage.disputes == []


async def test_the_answer_cannot_be_rewritten() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", "x", "backspace", "delete", "ctrl+k", "ctrl+x")
        assert shown.app.screen.query_one(TextArea).text == ANSWER


async def test_space_plays_the_words_that_were_picked_and_the_quote_again_after_it() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", *MIX_REPEATS, "enter", "space")
        await shown.press("i", "space")
        (_, picked), (_, quoted) = shown.backstage.played
        assert (picked.start, picked.end) == pytest.approx((12.4, 13.12))
        assert quoted == Span(46.0, 49.0)


async def test_i_again_takes_it_back_and_the_key_bar_says_so() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT)
        assert "i I did say it" in shown.keys
        await shown.press("i", *MIX_REPEATS, "enter")
        assert "i take it back" in shown.keys
        assert "I did say it" not in shown.keys
        await shown.press("i")
        assert "i I did say it" in shown.keys
        assert "you:" not in shown.text
        assert "“I expect people to open it more”" in shown.text
        assert shown.backstage.disputes[-1] == (attempt().id, "lift", None)


async def test_each_judgement_has_its_own_dispute() -> None:
    async with debriefed() as shown:
        await shown.press(*LIFT, "i", *MIX_REPEATS, "enter")
        await shown.press("down", "i", "shift+end", "enter")
        assert shown.text.count("≠ you:") == 2
        await shown.press("i")
        assert shown.text.count("≠ you:") == 1
        assert "“mix repeats”" in shown.text


async def test_a_dispute_that_was_kept_earlier_is_shown() -> None:
    async with debriefed(disputed(attempt(), "lift", "openers drop")) as shown:
        assert "≠ you: “openers drop”  0:18" in shown.text
        await shown.press(*LIFT)
        assert "i take it back" in shown.keys


async def test_a_judgement_that_is_better_now_can_still_be_taken_back() -> None:
    earlier = disputed(attempt(), "lift", "openers drop")
    finished = replace(earlier, debrief=Debrief(reading(lift=2), TIMING))
    async with debriefed(finished) as shown:
        await shown.press(*LIFT, "i")
        assert shown.backstage.disputes == [(finished.id, "lift", None)]


async def test_it_is_offered_only_where_something_could_have_been_missed() -> None:
    async with debriefed(size=(120, 40)) as shown:
        offered = []
        for _ in range(8):
            offered.append("I did say it" in shown.keys)
            await shown.press("down")
        # Problem, change and test are clear; lift and money are not; then other sections.
        assert offered == [False, False, False, True, True, False, False, False]


async def test_a_clear_judgement_opens_nothing() -> None:
    async with debriefed() as shown:
        await shown.press("i")
        assert isinstance(shown.app.screen, DebriefScreen)


async def test_an_answer_without_words_has_nothing_to_mark() -> None:
    prompt, answer = attempt().turns
    wordless = attempt(turns=(prompt, replace(answer, words=())))
    async with debriefed(wordless) as shown:
        await shown.press(*LIFT, "i")
        assert isinstance(shown.app.screen, DebriefScreen)
        assert "I did say it" not in shown.keys


async def test_a_dispute_that_cannot_be_kept_is_told_and_not_shown() -> None:
    full = StorageError("The disk is full.", "Free some space and try again.")
    async with debriefed(backstage=ScriptedBackstage(dispute_fault=full)) as shown:
        await shown.press(*LIFT, "i", *MIX_REPEATS, "enter")
        assert "The disk is full." in shown.text
        assert "Free some space" in shown.text
        await shown.press("enter")
        assert "you:" not in shown.text
        assert "i I did say it" in shown.keys


async def test_controls_in_the_words_are_not_drawn_and_move_no_offset() -> None:
    text = "Skips\x1b[31m \u202efall by [b]nine[/b] points soon."
    turns = (attempt().turns[0], Turn("answer", Span(12.0, 64.0), text, words_of(text, 12.0)))
    quoting = replace(
        reading(text="I expect people to open it more. " + ANSWER),
        text=text,
        lift=judgement(text, 1, "points"),
    )
    async with debriefed(attempt(turns=turns, debrief=Debrief(quoting, TIMING))) as shown:
        await shown.press(*LIFT, "i")
        assert "Skips [31m  fall by [b]nine[/b] points soon." in shown.text
        await shown.press("end", "left", *["ctrl+shift+left"] * 2, "enter")
        assert "≠ you: “points soon”" in shown.text
        (_, _, kept) = shown.backstage.disputes[0]
        assert kept is not None
        assert text[kept.start_char : kept.end_char] == "points soon"
        assert not any(control in shown.text for control in "\x1b\u202e")
