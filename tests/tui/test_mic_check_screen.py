from tests.tui.scripted import ScriptedMicCheck
from tests.tui.showing import Shown, showing
from vivavoce.domain.mic_check import MicCheckEvent, MicFailed, MicLevel, judge
from vivavoce.tui.screens.library import LibraryScreen


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
