"""The replay: hearing, going from word to word, searching, leaving."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.geometry import Offset
from textual.widgets import Static

from tests.tui.replaying_attempts import Replayed, replaying
from tests.tui.scripted import ANSWER, ScriptedBackstage, attempt, words_of
from tests.tui.scripted_archive import ScriptedArchive, ScriptedPlayer
from tests.tui.showing import showing
from vivavoce.config import Config
from vivavoce.domain.speech import Span
from vivavoce.domain.turns import Turn
from vivavoce.errors import AudioDeviceError
from vivavoce.tui.archive import Replay
from vivavoce.tui.screens.library import LibraryScreen
from vivavoce.tui.screens.replay import ReplayScreen
from vivavoce.tui.widgets.replay_side import ReplaySide
from vivavoce.tui.widgets.transcript import TranscriptView
from vivavoce.tui.widgets.waveform import Waveform

NO_DEVICE = AudioDeviceError("No loudspeaker was found.", "Plug one in.")
NO_SOUND = "No sound; all else works, and space tries again."


class Unrecorded(ScriptedArchive):
    def open_replay(self, attempt_id: str) -> Replay:
        return Replay(self.attempt(attempt_id), None, 0.0, "The recording is gone.")


def silence_of(replay: Replayed) -> str:
    """Return why nothing is heard."""
    return str(replay.screen.query_one("#silence", Static).content)


async def test_it_begins_where_it_was_left_and_space_steps_back_from_there() -> None:
    async with replaying(ScriptedArchive([attempt()], position=30.0)) as replay:
        assert "The mix that wears out" in replay.text
        began = attempt().started_at.astimezone()
        assert f"{began.day} {began:%b %Y}" in replay.text
        assert "‖ 0:30 / 1:14  1×" in replay.text
        await replay.press("space")
        assert replay.player.asked == [(28.0, None, 1.0, False)]
        assert "▶ 0:28" in replay.text
        assert "space pause" in replay.shown.keys


async def test_how_far_it_steps_back_is_a_setting() -> None:
    config = Config(replay_step_back_seconds=0.0)
    async with replaying(ScriptedArchive([attempt()], position=30.0), config=config) as replay:
        await replay.press("space")
        assert replay.player.asked == [(30.0, None, 1.0, False)]


async def test_it_begins_where_it_is_told_to() -> None:
    async with replaying(ScriptedArchive([attempt()], position=30.0), at=14.0) as replay:
        await replay.press("space")
        assert replay.player.asked == [(14.0, None, 1.0, False)]


async def test_the_word_being_spoken_is_lit_and_the_clock_follows() -> None:
    async with replaying() as replay:
        await replay.press("space")
        await replay.heard(14.9)
        await replay.until(lambda: replay.lit == "four")
        assert "▶ 0:14 / 1:14" in replay.text
        assert replay.screen.query_one(Waveform).position == pytest.approx(14.9)
        await replay.heard(40.0)
        await replay.until(lambda: replay.lit == "")


async def test_the_end_is_shown_as_a_pause() -> None:
    async with replaying() as replay:
        await replay.press("space")
        replay.player.at, replay.player.playing = 74.0, False
        await replay.until(lambda: "‖ 1:14 / 1:14" in replay.text)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["right"], 33.0),
        (["left"], 27.0),
        (["shift+right"], 40.0),
        (["shift+left", "shift+left"], 10.0),
    ],
)
async def test_arrows_move_by_seconds(keys: list[str], place: float) -> None:
    async with replaying(at=30.0) as replay:
        await replay.press(*keys)
        assert replay.screen.head.position == place
        await replay.press("tab", "right")  # beside, too
        assert replay.screen.head.position == place + 3


async def test_j_and_k_go_from_word_to_word_also_while_it_plays() -> None:
    async with replaying() as replay:
        await replay.press("j", "j", "j")
        assert replay.lit == "repeats"
        await replay.press("k")
        assert replay.lit == "mix"
        assert replay.player.asked == []
        await replay.press("space", "j")
        assert [start for start, *_ in replay.player.asked] == pytest.approx([12.4, 12.8])


async def test_words_without_length_do_not_hold_j_and_k_up() -> None:
    words = tuple(replace(word, start=12.0, end=12.0) for word in words_of("a b c d", 12.0))
    turns = (attempt().turns[0], Turn("answer", Span(12.0, 64.0), "a b c d", words))
    async with replaying(ScriptedArchive([attempt(turns=turns)])) as replay:
        await replay.press("j")
        seen = [replay.lit]
        for key in ("j", "j", "j", "j", "k", "k", "k"):
            await replay.press(key)
            seen.append(replay.lit)
        assert seen == ["a", "b", "c", "d", "d", "c", "b", "a"]


async def test_brackets_change_the_speed() -> None:
    async with replaying() as replay:
        await replay.press("]", "]")
        assert "1.5×" in replay.text
        await replay.press("space")
        assert replay.player.asked[-1][2] == 1.5
        await replay.press("[", "[", "[")
        assert replay.player.asked[-1][2] == 0.75
        assert "0.75×" in replay.text


async def test_r_repeats_the_phrase_slowly_and_goes_on() -> None:
    async with replaying(at=13.0) as replay:
        await replay.press("space")
        await replay.heard(20.0)
        await replay.press("r")
        start, end, speed, loop = replay.player.asked[-1]
        assert (start, end) == pytest.approx((12.0, 21.92))  # up to “… thousand.”
        assert (speed, loop) == (0.75, False)
        replay.player.playing = False
        await replay.until(lambda: len(replay.player.asked) == 3)
        assert replay.player.asked[-1][0] == pytest.approx(21.92)


async def test_r_just_behind_a_phrase_means_the_one_that_was_heard() -> None:
    async with replaying(at=13.0) as replay:
        await replay.press("space")
        await replay.heard(22.3)  # “I would …” began at 22.0
        await replay.press("r")
        assert replay.player.asked[-1][0] == pytest.approx(12.0)


async def test_l_loops_the_phrase_and_l_again_ends_it() -> None:
    async with replaying(at=13.0) as replay:
        shown = []
        for _ in range(2):
            await replay.press("l")
            shown.append((replay.looped, "loop" in replay.text.splitlines()[0]))
        assert shown == [(True, True), (False, False)]
        assert [loop for *_, loop in replay.player.asked] == [True, False]


async def test_l_loops_what_is_selected() -> None:
    async with replaying() as replay:
        await replay.press("j", "v", "j", "j", "l")
        start, end, _, loop = replay.player.asked[-1]
        assert (start, end) == pytest.approx((12.0, 13.12))
        assert loop


async def test_v_selects_with_j_and_k_and_esc_ends_it_before_it_leaves() -> None:
    async with replaying() as replay:
        await replay.press("j", "j", "v", "j", "j")
        assert replay.selected == "mix repeats itself:"
        assert "j and k select more, esc ends it." in replay.text
        await replay.press("k", "k", "k")
        assert replay.selected == "The mix"
        await replay.press("escape")
        assert replay.selected == ""
        assert replay.stands
        await replay.press("escape")
        assert not replay.stands


async def test_a_selection_stays_within_its_turn() -> None:
    turns = (
        Turn("answer", Span(0.0, 3.0), "one two", words_of("one two", 1.0)),
        Turn("probe-answer", Span(3.0, 6.0), "three", words_of("three", 4.0)),
    )
    async with replaying(ScriptedArchive([attempt(turns=turns)])) as replay:
        await replay.press("j", "v", "j", "j", "j")
        assert replay.selected == "one two"
        await replay.press("k")
        assert replay.selected == "one"


async def test_a_click_goes_to_a_word_and_a_drag_selects() -> None:
    async with replaying() as replay:
        row = next(
            y for y, line in enumerate(replay.text.splitlines()) if "The mix repeats" in line
        )
        line = replay.text.splitlines()[row]
        pilot = replay.shown.pilot
        await pilot.click(offset=Offset(line.index("itself:") + 2, row))
        await replay.shown.settle()
        assert replay.lit == "itself:"
        await pilot.click(offset=Offset(line.index("week"), row), shift=True)
        await replay.shown.settle()
        assert replay.selected == "itself: by week"
        await pilot.mouse_down(offset=Offset(line.index("mix"), row))
        await pilot.hover(offset=Offset(line.index("repeats") + 1, row))
        await pilot.mouse_up(offset=Offset(line.index("repeats") + 1, row))
        await replay.shown.settle()
        assert replay.selected == "mix repeats"


async def test_a_click_on_the_outline_goes_there() -> None:
    async with replaying() as replay:
        await replay.shown.pilot.click(Waveform, offset=Offset(38, 1))
        await replay.shown.settle()
        assert replay.screen.head.position == pytest.approx(37.0, abs=1.0)


async def test_a_quote_beside_is_heard_with_enter_and_stops_at_its_end() -> None:
    async with replaying() as replay:
        await replay.press("tab")
        assert "enter hear it" in replay.shown.keys
        await replay.press("enter")
        await replay.press("down", "enter")
        assert replay.player.asked == [(14.0, 17.0, 1.0, False), (31.0, 34.0, 1.0, False)]


async def test_all_quotes_and_what_is_missing_stand_beside() -> None:
    async with replaying(size=(120, 40)) as replay:
        for told in (
            "P Problem ● clear",
            "0:14 “four songs in ten are from last",
            "L Lift ◐ no size",
            "$ Money ○ not heard",
            "Nothing yet. n writes a note on a",
        ):
            assert told in replay.text


async def test_on_a_narrow_screen_tab_shows_the_list_in_place_of_the_words() -> None:
    async with replaying(size=(40, 10)) as replay:
        assert "HEARD" not in replay.text
        await replay.press("tab")
        assert "P Problem ● clear" in replay.text
        assert not replay.transcript.display
        await replay.press("escape")
        assert "HEARD" not in replay.text
        assert replay.transcript.has_focus


async def test_a_search_goes_from_hit_to_hit_and_round() -> None:
    async with replaying() as replay:
        await replay.press("slash", *"week")
        assert "4 found" in replay.text
        await replay.press("enter")
        assert (replay.lit, "1 of 4" in replay.text) == ("week", True)
        await replay.press("down", "enter")
        assert (replay.lit, "3 of 4" in replay.text) == ("week,", True)
        await replay.press("enter", "enter")
        assert "1 of 4" in replay.text
        await replay.press("up")
        assert "4 of 4" in replay.text
        assert len(replay.transcript.found) == 4
        await replay.press("escape")
        assert replay.transcript.found == ()
        assert replay.transcript.has_focus
        assert replay.lit == "weeks."
        await replay.press("j")  # a key of the replay again, and no letter
        assert replay.lit == "I"


async def test_a_search_begins_at_the_place_and_says_when_nothing_is_found() -> None:
    async with replaying(at=25.0) as replay:
        await replay.press("slash", *"week", "enter")
        assert "3 of 4" in replay.text
        await replay.press("z", "enter")
        assert "not found" in replay.text


async def test_a_search_that_begins_at_the_quotes_of_a_narrow_screen_shows_the_words() -> None:
    async with replaying(size=(40, 10)) as replay:
        await replay.press("tab", "slash", *"week")
        assert replay.transcript.display
        await replay.press("tab", "escape")
        assert replay.transcript.display
        assert replay.transcript.has_focus


async def test_escape_ends_a_search_wherever_the_keys_go() -> None:
    async with replaying(size=(120, 40)) as replay:
        await replay.press("slash", *"week")
        assert "enter next" in replay.shown.keys
        assert "/ search" not in replay.shown.keys
        replay.transcript.focus()  # as a click on a word does
        await replay.press("escape")
        assert replay.stands
        assert replay.transcript.found == ()
        assert "Search" not in replay.text


async def test_what_is_seen_first_does_not_hang_on_what_is_laid_out_first() -> None:
    async with replaying(at=20.5, size=(40, 10)) as replay:
        height = replay.transcript.scrollable_content_region.height
        first = replay.transcript._layout.lines_of(replay.transcript.lit or 0)[0]
        assert replay.transcript.scroll_offset.y == first - height // 2


async def test_what_is_not_sure_is_gone_to_and_round_again() -> None:
    unsure = {5: 0.2, 10: 0.79, 20: 0.1}  # “week”, “ten”: a number, and another word
    words = tuple(
        replace(word, probability=unsure.get(index, 0.9))
        for index, word in enumerate(words_of(ANSWER, 12.0))
    )
    turns = (attempt().turns[0], Turn("answer", Span(12.0, 64.0), ANSWER, words))
    async with replaying(ScriptedArchive([attempt(turns=turns)])) as replay:
        seen = []
        for _ in range(4):
            await replay.press("!")
            seen.append(replay.lit)
        assert seen == ["week", "ten", words[20].text, "week"]
        assert "I heard “week” and was not sure. c corrects it." in replay.text


async def test_where_all_is_sure_it_says_so() -> None:
    async with replaying() as replay:
        await replay.press("!")
        assert "I was sure of every word here." in replay.text


async def test_dot_comes_back_to_the_word_that_is_heard() -> None:
    async with replaying(size=(40, 10)) as replay:
        await replay.press("j", "end")
        assert "The mix repeats" not in replay.text
        await replay.press(".")
        assert "The mix repeats" in replay.text


async def test_without_a_loudspeaker_all_else_works_and_space_tries_again() -> None:
    archive = ScriptedArchive([attempt()], player_fault=NO_DEVICE)
    async with replaying(archive) as replay:
        assert silence_of(replay) == f"{NO_SOUND} No loudspeaker was found. Plug one in."
        await replay.press("j", "j", "n", *"size", "enter")
        assert [each.text for each in replay.written] == ["size"]
        await replay.press("space")
        assert "No sound" in replay.text
        archive.player_fault = None
        await replay.press("space")
        assert "No sound" not in replay.text
        assert replay.player.asked == [(12.4, None, 1.0, False)]


async def test_a_short_screen_says_which_key_tries_the_loudspeaker_again() -> None:
    fault = AudioDeviceError(
        "No loudspeaker was found.",
        "Plug one in or switch it on in the system's sound settings, then try again.",
    )
    archive = ScriptedArchive([attempt()], player_fault=fault)
    async with replaying(archive, size=(40, 10)) as replay:
        assert NO_SOUND in " ".join(replay.text.split())


async def test_a_loudspeaker_that_opens_late_does_not_disturb_who_writes_by_then() -> None:
    async with replaying() as replay:
        player = replay.screen.head.let_go()
        assert player is not None
        replay.screen.with_sound(replay.screen.head.turn)
        replay.screen.hold_still()
        await replay.shown.settle()
        assert replay.player is not player
        assert replay.player.asked == []


async def test_without_a_loudspeaker_a_quote_is_gone_to() -> None:
    async with replaying(ScriptedArchive([attempt()], player_fault=NO_DEVICE)) as replay:
        await replay.press("tab", "down", "enter")
        assert replay.screen.head.position == 31.0


async def test_without_a_recording_it_says_so_and_the_words_work() -> None:
    async with replaying(Unrecorded([attempt()])) as replay:
        assert silence_of(replay) == f"{NO_SOUND} The recording is gone."
        await replay.press("j", "j", "m")
        assert [each.kind for each in replay.written] == ["mark"]


async def test_a_device_that_goes_is_told_and_closed_and_the_place_stays() -> None:
    async with replaying() as replay:
        await replay.press("space")
        await replay.heard(20.0)
        gone = replay.player
        gone.fault = AudioDeviceError("The loudspeaker is gone.", "Plug it in.")
        await replay.until(lambda: gone.closed)
        assert silence_of(replay) == f"{NO_SOUND} The loudspeaker is gone. Plug it in."
        assert "‖ 0:20" in replay.text
        await replay.press("space")
        assert replay.player is not gone
        assert replay.player.asked == [(18.0, None, 1.0, False)]


async def test_leaving_frees_the_device_and_keeps_the_place() -> None:
    async with replaying() as replay:
        await replay.press("right", "right", "q")
        assert not replay.stands
        assert replay.player.closed
        assert replay.archive.position == 6.0


async def test_quitting_frees_the_device_and_keeps_the_place() -> None:
    async with replaying(at=7.0) as replay:
        await replay.shown.pilot.press("ctrl+q")
    assert replay.player.closed
    assert replay.archive.position == 7.0


async def test_the_place_is_kept_every_ten_seconds_while_it_plays() -> None:
    async with replaying() as replay:
        await replay.press("space")
        await replay.heard(9.0)
        assert replay.archive.position == 0.0
        await replay.heard(10.5)
        await replay.until(lambda: replay.archive.position == 10.5)


async def test_a_player_that_is_opened_too_late_is_closed() -> None:
    late: list[ScriptedPlayer] = []

    class Slow(ScriptedArchive):
        leave: Callable[[], None]

        def open_player(self, attempt_id: str, config: Config) -> ScriptedPlayer:
            late.append(super().open_player(attempt_id, config))
            self.leave()
            return late[0]

    archive = Slow([attempt()])
    async with showing(ScriptedBackstage(archive=archive)) as shown:

        def leave() -> None:
            screen = shown.app.screen
            assert isinstance(screen, ReplayScreen)
            screen._gone = True  # as leaving sets it, in the middle of opening

        archive.leave = leave
        shown.app.show_replay(attempt().id)
        await shown.settle()
        assert late[0].closed


async def test_an_attempt_that_is_gone_is_told_and_left() -> None:
    archive = ScriptedArchive([])
    async with showing(ScriptedBackstage(archive=archive)) as shown:
        shown.app.show_replay("01A")
        await shown.settle()
        assert "That attempt is gone." in shown.text
        await shown.press("enter")
        assert isinstance(shown.app.screen, LibraryScreen)


async def test_an_attempt_without_words_can_be_heard() -> None:
    silent = attempt(turns=(attempt().turns[0],), debrief=None)
    async with replaying(ScriptedArchive([silent])) as replay:
        assert (
            "Nothing was judged here." in replay.text.replace("\n", " ") or "HEARD" in replay.text
        )
        await replay.press("j", "k", "v", "l", "r", "!", "{", "}", "slash", "a", "enter", "escape")
        assert replay.player.asked == []
        await replay.press("n")
        assert "There are no words here to write on. m marks the moment." in replay.text
        await replay.press("space")
        assert replay.player.asked == [(0.0, None, 1.0, False)]


async def test_every_key_has_an_id_of_its_own_and_explains_itself() -> None:
    bindings = list(ReplayScreen.BINDINGS)
    ids = [getattr(binding, "id", None) for binding in bindings]
    assert all(name is not None and name.startswith("replay.") for name in ids)
    assert len(set(ids)) == len(ids)
    assert all(getattr(binding, "tooltip", "") for binding in bindings)


async def test_a_key_that_was_moved_is_told_where_it_is_now() -> None:
    backstage = ScriptedBackstage(archive=ScriptedArchive([attempt()], player_fault=NO_DEVICE))
    async with showing(backstage, size=(120, 40)) as shown:
        shown.app.set_keymap({"replay.play": "p", "replay.note": "w", "replay.next_word": "x"})
        shown.app.show_replay(attempt().id)
        await shown.settle()
        screen = shown.app.screen
        assert isinstance(screen, ReplayScreen)
        replay = Replayed(shown, screen)
        assert "p tries again" in replay.text
        assert "p play" in shown.keys
        assert "x k word" in shown.keys
        assert "w writes a note" in replay.text
        await replay.press("x")
        assert replay.lit == "The"


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (120, 40)])
async def test_the_keys_are_listed(size: tuple[int, int]) -> None:
    async with replaying(size=size) as replay:
        await replay.press("question_mark")
        assert "Play, or pause" in replay.text


async def test_the_words_follow_what_is_played_out_of_view() -> None:
    async with replaying(size=(60, 12)) as replay:
        await replay.press("space")
        await replay.heard(31.1)
        await replay.until(lambda: replay.lit != "" and replay.lit in replay.text)
        assert replay.screen.query_one(TranscriptView).scroll_offset.y > 0
        assert replay.screen.query_one(ReplaySide).display is False
