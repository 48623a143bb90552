"""Say only the missing sentence: recorded from the debrief, shown, played, taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.tui.scripted import (
    ANSWER,
    TIMING,
    ScriptedBackstage,
    attempt,
    judgement,
    reading,
    words_of,
)
from tests.tui.scripted_archive import ScriptedSentence
from tests.tui.showing import Shown, showing
from vivavoce.domain.annotation import Anchor, Annotation, WordRange
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import CRITERIA, Criterion, Debrief
from vivavoce.domain.said_sentence import (
    SentenceEnded,
    SentenceFailed,
    SentenceKept,
    SentenceLevel,
)
from vivavoce.domain.speech import Span
from vivavoce.errors import BadInputError, StorageError
from vivavoce.tui.screens.debrief import DebriefScreen
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.screens.say_sentence import SaySentenceScreen

SIZED = Debrief(reading(lift=2), TIMING)
"""The answer with a size in it: the money is what it misses now."""
LISTENING = SentenceLevel(12.4, -14.0, False, True)


def patch(
    criterion: Criterion = "lift", text: str = "Openers go from 480 to 520 thousand."
) -> Annotation:
    return Annotation(
        f"P-{criterion}",
        "patch",
        Anchor(Span(33.0, 33.0), WordRange(1, 52, 52)),
        text,
        datetime(2026, 3, 2, 18, 5, tzinfo=UTC),
        criterion=criterion,
        said=words_of(text, 0.15),
    )


def with_patches(*made: Annotation) -> Attempt:
    return attempt(annotations=made)


@asynccontextmanager
async def debriefed(
    finished: Attempt | None = None,
    patched: Debrief | None = SIZED,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Shown]:
    backstage = ScriptedBackstage()
    backstage.archive.patched = patched
    async with showing(backstage, size=size) as shown:
        shown.app.show_debrief(finished or attempt())
        await shown.settle()
        yield shown


def folded(shown: Shown) -> str:
    """Return what stands on the screen as one line."""
    return " ".join(shown.text.replace("▌", " ").split())


def notices(shown: Shown) -> list[str]:
    """Return what is told in passing, which a test run does not draw."""
    return [str(each.message) for each in shown.app._notifications]


def recording(shown: Shown) -> ScriptedSentence:
    return shown.backstage.archive.sentences[-1]


async def say(shown: Shown, *made: Annotation) -> None:
    """Say a sentence that is then kept."""
    await shown.press("enter")
    current = recording(shown).attempt
    others = tuple(a for a in current.annotations if a.criterion not in {m.criterion for m in made})
    after = shown.backstage.archive.edit(
        current, "the missing sentence", made, {a.id for a in current.annotations} - {
            a.id for a in others
        }
    ).attempt  # fmt: skip
    recording(shown).observe(SentenceKept(after))
    await shown.settle()


async def test_enter_records_the_sentence_that_say_this_next_asks_for() -> None:
    async with debriefed() as shown:
        assert "enter say that sentence" in shown.keys
        await shown.press("enter")
        assert isinstance(shown.app.screen, SaySentenceScreen)
        assert recording(shown).started
        assert recording(shown).criterion == "lift"
        assert "so openers in week three go from 480 thousand to ___" in shown.text
        assert "Getting the microphone" in shown.text


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_the_clock_runs_down_with_a_meter_and_the_keys_in_view(size: tuple[int, int]) -> None:
    async with debriefed(size=size) as shown:
        await shown.press("enter")
        recording(shown).observe(LISTENING)
        await shown.settle()
        assert "Say it now. 13 s left." in shown.text
        assert "mic  ━━" in shown.text
        assert "good" in shown.text
        assert "go from 480" in folded(shown)
        assert "enter done   esc drop it" in shown.text


async def test_enter_ends_it_and_the_words_are_read() -> None:
    async with debriefed() as shown:
        await shown.press("enter")
        await shown.press("enter")
        assert not recording(shown).finished, "nothing is recorded yet"
        recording(shown).observe(LISTENING)
        await shown.press("enter")
        assert recording(shown).finished
        recording(shown).observe(SentenceEnded())
        await shown.settle()
        assert "Reading it" in shown.text
        assert "enter done" not in shown.text
        assert "mic  " not in shown.text


async def test_escape_drops_it() -> None:
    async with debriefed() as shown:
        await shown.press("enter")
        recording(shown).observe(LISTENING)
        await shown.press("escape")
        assert recording(shown).closed
        assert isinstance(shown.app.screen, DebriefScreen)
        assert "YOUR SENTENCE" not in shown.text


async def test_what_was_kept_before_escape_is_shown() -> None:
    async with debriefed() as shown:
        await shown.press("enter")
        recording(shown).kept = with_patches(patch())
        await shown.press("escape")
        assert "“Openers go from 480 to 520 thousand.”" in shown.text


async def test_a_failure_is_told_and_enter_tries_once_more() -> None:
    async with debriefed() as shown:
        await shown.press("enter")
        recording(shown).observe(
            SentenceFailed("No microphone was found.", "Plug one in\x1b[31m, then press enter.")
        )
        await shown.settle()
        assert "No microphone was found." in shown.text
        assert "Plug one in[31m, then press enter." in shown.text
        assert "enter once more   esc back" in shown.text
        first = recording(shown)
        await shown.press("enter")
        assert first.closed
        assert recording(shown) is not first
        assert "Getting the microphone" in shown.text
        assert "No microphone" not in shown.text


async def test_the_vote_with_it_and_what_it_changes_are_shown_and_the_debrief_stays() -> None:
    async with debriefed(size=(80, 30)) as shown:
        await say(shown, patch())
        assert isinstance(shown.app.screen, DebriefScreen)
        assert "“Openers go from 480 to 520 thousand.”  Lift" in shown.text
        assert "With your sentence: YES · Lift: no size → sized" in shown.text
        assert "NO   You named the metric" in shown.text
        assert "Lift    ◐ no size" in shown.text


async def test_a_sentence_that_changes_nothing_is_told_kindly() -> None:
    async with debriefed(patched=None, size=(80, 30)) as shown:
        await say(shown, patch())
        assert "With your sentence: still NO. The levels stay as they were." in folded(shown)


async def test_the_next_enter_asks_for_what_is_still_missing_with_it() -> None:
    money = replace(SIZED, first=replace(SIZED.first, say_next="That is ___ people."))
    async with debriefed(patched=money, size=(80, 30)) as shown:
        await say(shown, patch())
        assert "That is ___ people." in shown.text
        await shown.press("enter")
        assert recording(shown).criterion == "impact"
        assert "That is ___ people." in shown.text
        await shown.press("escape", "u")
        assert "That is ___ people." not in shown.text
        assert "so openers in week three go from 480 thousand" in shown.text
        await shown.press("enter")
        assert recording(shown).criterion == "lift"


async def test_sentences_for_two_parts_stand_together_and_their_outcome_once() -> None:
    async with debriefed(size=(80, 40)) as shown:
        await say(shown, patch())
        await say(shown, patch("impact", "That is 3 million a year."))
        assert shown.text.count("YOUR SENTENCE") == 2
        assert shown.text.count("With your sentences: YES") == 1
        assert "With your sentence:" not in shown.text


async def test_sentences_that_were_said_earlier_are_shown_when_it_opens() -> None:
    async with debriefed(with_patches(patch()), size=(80, 30)) as shown:
        assert "“Openers go from 480 to 520 thousand.”  Lift" in shown.text
        assert "With your sentence: YES" in shown.text


async def test_space_and_p_play_the_answer_with_the_sentence_in_it() -> None:
    async with debriefed(size=(80, 30)) as shown:
        await say(shown, patch())
        assert "space hear it" in shown.keys, "the sentence has the focus"
        await shown.press("space")
        await shown.press("up", "up", "p")
        played = shown.backstage.archive.played_patched
        assert [each.annotations for each in played] == [(patch(),), (patch(),)]
        assert shown.backstage.played == []


async def test_u_takes_it_back_and_ctrl_r_puts_it_there_again() -> None:
    async with debriefed(size=(80, 30)) as shown:
        await say(shown, patch())
        await shown.press("u")
        assert notices(shown) == ["Undone: the missing sentence."]
        assert "YOUR SENTENCE" not in shown.text
        assert reading().say_next[:40] in shown.text
        assert "u undo" not in shown.keys
        await shown.press("ctrl+r")
        assert notices(shown)[-1].startswith("Redone")
        assert "With your sentence: YES" in shown.text
        assert shown.app.screen.focused is not None


async def test_without_a_sentence_u_does_nothing_and_ctrl_r_says_so() -> None:
    async with debriefed() as shown:
        await shown.press("u")
        assert isinstance(shown.app.screen, DebriefScreen)
        await shown.press("ctrl+r")
        assert notices(shown) == ["There is no such step."]


async def test_a_step_that_cannot_be_taken_back_is_told() -> None:
    class Full(type(ScriptedBackstage().archive)):  # type: ignore[misc]
        def undo(self, attempt: Attempt) -> object:
            raise StorageError("The disk is full.", "Free some space.")

    backstage = ScriptedBackstage(archive=Full([attempt()]))
    async with showing(backstage, size=(80, 30)) as shown:
        shown.app.show_debrief(with_patches(patch()))
        await shown.settle()
        await shown.press("u")
        assert "The disk is full." in shown.text


async def test_where_it_cannot_be_read_the_sentence_still_stands() -> None:
    backstage = ScriptedBackstage()
    backstage.archive.patched = BadInputError("No.", "")
    async with showing(backstage, size=(80, 30)) as shown:
        shown.app.show_debrief(with_patches(patch()))
        await shown.settle()
        assert "It could not be read in its place just now." in shown.text
        assert "enter say that sentence" in shown.keys


async def test_where_nothing_is_missing_enter_goes_back() -> None:
    whole = reading(lift=2)
    clear = {name: judgement(ANSWER, 2, "openers drop", 12.0) for name in CRITERIA}
    finished = attempt(debrief=Debrief(replace(whole, **clear), TIMING))  # type: ignore[arg-type]
    async with debriefed(finished) as shown:
        assert "enter back" in shown.keys
        assert shown.keys.count("back") == 1
        await shown.press("enter")
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_escape_goes_back_where_enter_says_the_sentence() -> None:
    async with debriefed(size=(100, 24)) as shown:
        assert "esc back" in shown.keys
        await shown.press("escape")
        assert isinstance(shown.app.screen, LibraryScreen)


@pytest.mark.parametrize(
    "finished",
    [
        attempt(debrief=Debrief(reading(), None, heard=False)),
        attempt(case=None, variant_id=""),
        attempt(turns=(attempt().turns[0], replace(attempt().turns[1], words=()))),
    ],
    ids=["silence", "timer", "no words"],
)
async def test_an_answer_into_which_nothing_can_be_put_is_not_asked_for_more(
    finished: Attempt,
) -> None:
    async with debriefed(finished) as shown:
        assert "say that sentence" not in shown.keys
        await shown.press("enter")
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_what_was_said_is_drawn_as_text_only() -> None:
    hostile = patch(text="Skips\x1b[31m \u202efall [b]by half[/b].")
    async with debriefed(with_patches(hostile), size=(80, 30)) as shown:
        assert "“Skips[31m fall [b]by half[/b].”" in shown.text
        assert not any(control in shown.text for control in "\x1b\u202e")


async def test_on_a_small_screen_the_sentence_comes_into_view() -> None:
    async with debriefed(size=(40, 10)) as shown:
        await say(shown, patch())
        assert "YOUR SENTENCE" in shown.text
        assert "With your sentence: YES" in shown.text
