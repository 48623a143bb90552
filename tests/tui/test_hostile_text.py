"""Text from outside is shown as text: it draws nothing, moves nothing and crashes nothing."""

from dataclasses import replace

import pytest

from tests.tui.scripted import (
    MIX,
    TIMING,
    ScriptedBackstage,
    attempt,
    more_cases,
    reading,
    words_of,
)
from tests.tui.showing import TO_THE_ANSWER, showing
from vivavoce.domain.case import Exhibit, Variant
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.events import (
    InterviewerBegan,
    MicrophoneLost,
    RoundBegan,
    RoundFailed,
    UtterancesHeard,
)
from vivavoce.domain.mic_check import MicFailed
from vivavoce.domain.round_request import RoundRequest
from vivavoce.tui.backstage import Equipment, Shelf

HOSTILE = (
    "[/] [jargon] [@click=app.exit]x[/] \x1b[31mred\x1b]0;title\x07 \x9b2J \u202eback\u2066 $accent"
)
SHOWN = "[/] [jargon] [@click=app.exit]x[/] [31mred]0;title 2J back $accent"
CONTROLS = "\x1b\x9b\x07\u202e\u2066"


def clean(text: str) -> bool:
    return not any(control in text for control in CONTROLS)


async def test_in_the_library() -> None:
    case = replace(MIX, title=HOSTILE[:48], tags=(HOSTILE,))
    backstage = ScriptedBackstage(
        found=Shelf((case, *more_cases()[1:]), (HOSTILE,), {}, {}, ()),
        works=Equipment(HOSTILE[:20], "on", "base"),
    )
    async with showing(backstage, size=(120, 30)) as shown:
        assert "[/] [jargon] [@click=app.exit]x[/]" in shown.text
        assert SHOWN in shown.text
        assert clean(shown.text)


async def test_in_the_interview() -> None:
    exhibit = Exhibit(("week", "[/]"), ((HOSTILE, "1"),), note=HOSTILE)
    case = replace(
        MIX, title=HOSTILE, prompt=HOSTILE, variants=(Variant("a", exhibit, HOSTILE, HOSTILE),)
    )
    async with showing(request=RoundRequest(case, "a"), size=(120, 40)) as shown:
        await shown.tell(
            RoundBegan("A"),
            InterviewerBegan(0.1, "prompt", HOSTILE, True, ((0, 3, 0.0), (4, 12, 0.1))),
            *TO_THE_ANSWER[2:],
            UtterancesHeard((0,), words_of(HOSTILE, 12.0)),
            MicrophoneLost(20.0, HOSTILE),
            InterviewerBegan(66.0, "probe", HOSTILE, True),
        )
        assert shown.text.count(SHOWN) >= 6
        assert clean(shown.text)
        await shown.tell(RoundFailed(HOSTILE, HOSTILE, 5))
        assert "[jargon]" in shown.text
        assert clean(shown.text)


async def test_in_the_debrief() -> None:
    text = HOSTILE + " four songs in ten are from last week. leave out everything they heard this "
    text += "week, two percent of new listeners, for two weeks. I expect people to open it more."
    hostile = replace(reading(text), reasons=(HOSTILE, HOSTILE), turning=HOSTILE, say_next=HOSTILE)
    finished = attempt(
        case=replace(MIX, title=HOSTILE, variants=(replace(MIX.variants[0], twist=HOSTILE),)),
        debrief=Debrief(hostile, TIMING),
    )
    async with showing(size=(130, 60)) as shown:
        shown.app.show_debrief(finished)
        await shown.settle()
        assert shown.text.count(SHOWN) >= 5
        assert clean(shown.text)


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_in_the_mic_check(size: tuple[int, int]) -> None:
    async with showing(size=size) as shown:
        await shown.press("m")
        shown.backstage.checks[-1].observe(MicFailed(HOSTILE, HOSTILE))
        await shown.settle()
        assert "[jargon]" in shown.text
        assert clean(shown.text)


async def test_a_word_of_a_sentence_with_controls_is_not_lit_in_the_wrong_place() -> None:
    async with showing(request=RoundRequest(MIX, "a")) as shown:
        shown.round.heard = 5.0
        await shown.tell(
            RoundBegan("A"), InterviewerBegan(0.1, "prompt", "\x1bWhy now?", True, ((1, 4, 0.0),))
        )
        assert "Why now?" in shown.text
