from collections.abc import Callable

import pytest

from tests.tui.scripted import ScriptedMicCheck
from tests.tui.showing import Shown, showing
from vivavoce.domain.mic_check import SPEECH_SECONDS, MicCheckEvent, MicFailed, MicLevel, judge
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.screens.mic_check import PLAYING


async def checking(shown: Shown, *events: MicCheckEvent) -> ScriptedMicCheck:
    await shown.press("m")
    check = shown.backstage.checks[-1]
    assert check.started
    for event in events:
        check.observe(event)
    await shown.settle()
    return check


async def test_it_asks_for_silence_and_then_for_a_sentence() -> None:
    async with showing() as shown:
        check = await checking(shown, MicLevel("silence", 0.5, -60.0, -55.0))
        assert "First a second of silence." in shown.text
        check.observe(MicLevel("speech", 2.4, -20.0, -12.0))
        await shown.settle()
        assert "Speak now. 3 s left." in shown.text
        assert "-12 dB" in shown.text
        assert "play" not in shown.keys


async def test_the_verdict_names_the_device_and_the_figures_and_p_plays_back() -> None:
    async with showing() as shown:
        check = await checking(shown, judge("Desk microphone", -62.0, -20.0, -11.0, False))
        assert "Good: loud enough" in shown.text
        assert "Desk microphone" in shown.text
        assert "-11 dB (best between -18 and -6)" in shown.text
        await shown.press("p")
        assert check.played == 1
        assert PLAYING in shown.text


async def test_the_screen_says_that_it_plays_until_it_was_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with showing() as shown:
        check = await checking(shown, judge("Desk microphone", -62.0, -20.0, -11.0, False))
        assert PLAYING not in shown.text
        ends: list[Callable[[], object]] = []

        class Timer:
            def stop(self) -> None:
                ends.clear()

        def after(seconds: float, then: Callable[[], object]) -> Timer:
            assert seconds == SPEECH_SECONDS
            ends.append(then)
            return Timer()

        monkeypatch.setattr(shown.app.screen, "set_timer", after)
        await shown.press("p")
        assert PLAYING in shown.text
        await shown.press("p")
        assert check.played == 2
        assert PLAYING in shown.text
        [end] = ends
        end()
        await shown.settle()
        assert PLAYING not in shown.text
        assert "p plays it back" in shown.text


async def test_the_verdict_stands_alone_and_the_meter_agrees_with_it_before() -> None:
    async with showing() as shown:
        check = await checking(
            shown, MicLevel("silence", 0.5, -60.0, -55.0), MicLevel("speech", 2.4, -9.0, -1.0)
        )
        assert "-1 dB  too loud" in shown.text
        check.observe(MicLevel("speech", 2.3, -20.0, -12.0))
        check.observe(judge("Desk microphone", -97.0, -9.0, -1.0, False))
        await shown.settle()
        assert "A little too loud" in shown.text
        assert "-12 dB" not in shown.text
        assert "good" not in shown.text


def test_only_words_that_were_cut_off_are_said_to_distort() -> None:
    assert judge("", -62.0, -9.0, -1.0, False).sentence.startswith("A little too loud")
    assert "loudest words distort" in judge("", -62.0, -3.0, 0.0, True).sentence


async def test_silence_is_told_as_such_and_a_meter_begins_anew() -> None:
    async with showing() as shown:
        check = await checking(
            shown, MicLevel("speech", 1.0, -20.0, -12.0), judge("Desk", -97.0, -95.0, -88.0, False)
        )
        assert "Nothing was heard." in shown.text
        assert "say the sentence aloud" in " ".join(shown.text.split())
        assert "not muted" in " ".join(shown.text.split())
        await shown.press("r")
        check = shown.backstage.checks[-1]
        check.observe(MicLevel("silence", 0.1, -95.0, -90.0))
        check.observe(MicLevel("speech", 2.9, -95.0, -90.0))
        await shown.settle()
        assert "-90 dB  silent" in shown.text


async def test_a_bad_verdict_says_what_to_do() -> None:
    async with showing() as shown:
        await checking(shown, judge("Desk microphone", -62.0, -40.0, -31.0, False))
        assert "Raise the input level" in shown.text


async def test_a_missing_microphone_is_told_and_r_tries_again() -> None:
    async with showing() as shown:
        await checking(shown, MicFailed("No microphone was found.", "Plug one in."))
        assert "No microphone was found." in shown.text
        assert "Plug one in." in shown.text
        await shown.press("r")
        assert len(shown.backstage.checks) == 2
        assert shown.backstage.checks[0].closed


async def test_enter_ends_the_check_and_goes_back() -> None:
    async with showing() as shown:
        check = await checking(shown, MicLevel("silence", 0.5, -60.0, -55.0))
        await shown.press("enter")
        assert check.closed
        assert isinstance(shown.app.screen, LibraryScreen)
