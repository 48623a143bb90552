"""What the player is asked for, and what follows at the end of a stretch."""

import pytest

from tests.tui.scripted_archive import ScriptedPlayer
from vivavoce.domain.speech import Span
from vivavoce.errors import AudioDeviceError
from vivavoce.tui.playhead import SPEEDS, Playhead


def playhead(position: float = 0.0) -> tuple[Playhead, ScriptedPlayer]:
    head, player = Playhead(60.0, position, 2.0), ScriptedPlayer()
    head.take(player)
    return head, player


def test_after_a_pause_the_last_two_seconds_are_heard_again() -> None:
    head, player = playhead()
    head.turn()
    player.at = 10.0
    head.turn()
    assert (head.playing, player.playing, head.position) == (False, False, 10.0)
    head.turn()
    assert player.asked == [(0.0, None, 1.0, False), (8.0, None, 1.0, False)]


def test_stepping_back_ends_at_the_beginning() -> None:
    head, player = playhead()
    head.turn()
    player.at = 1.0
    head.turn()
    head.turn()
    assert player.asked[-1][0] == 0.0


def test_where_it_was_left_last_time_some_is_heard_again_too() -> None:
    head, player = playhead(position=30.0)
    head.turn()
    assert player.asked == [(28.0, None, 1.0, False)]


def test_a_place_that_was_gone_to_is_played_from_there() -> None:
    head, player = playhead(position=30.0)
    head.seek(20.0)
    head.turn()
    assert player.asked == [(20.0, None, 1.0, False)]


def test_going_elsewhere_while_it_plays_plays_on_from_there() -> None:
    head, player = playhead()
    head.turn()
    head.seek(40.0)
    assert player.asked[-1] == (40.0, None, 1.0, False)
    head.pause()
    head.seek(41.0)
    assert len(player.asked) == 2
    assert head.position == 41.0


@pytest.mark.parametrize(("to", "place"), [(-3.0, 0.0), (99.0, 60.0)])
def test_no_place_lies_outside_the_recording(to: float, place: float) -> None:
    head, _ = playhead()
    head.seek(to)
    assert head.position == place


def test_at_the_end_it_begins_at_the_front() -> None:
    head, player = playhead()
    head.seek(60.0)
    head.turn()
    assert player.asked == [(0.0, None, 1.0, False)]


def test_the_end_is_noticed() -> None:
    head, player = playhead()
    head.turn()
    player.at, player.playing = 60.0, False
    head.follow()
    assert not head.playing
    assert head.position == 60.0


def test_a_speed_is_heard_at_once_and_kept_within_its_limits() -> None:
    head, player = playhead()
    head.change_speed(-1)
    assert player.asked == []
    head.turn()
    player.at = 5.0
    for _ in SPEEDS:
        head.change_speed(1)
    assert head.speed == 2.0
    assert player.asked[1] == (5.0, None, 1.0, False)
    assert player.asked[-1] == (5.0, None, 2.0, False)
    for _ in SPEEDS:
        head.change_speed(-1)
    assert head.speed == 0.5


def test_a_stretch_stops_at_its_end_and_is_gone_on_from() -> None:
    head, player = playhead()
    head.hear(Span(10.0, 12.0))
    head.change_speed(1)
    assert player.asked == [(10.0, 12.0, 1.0, False), (10.0, 12.0, 1.25, False)]
    player.at, player.playing = 12.0, False
    head.follow()
    assert not head.playing
    head.turn()
    assert player.asked[-1] == (12.0, None, 1.25, False)


def test_from_a_moment_on_it_plays_on() -> None:
    head, player = playhead()
    head.hear(Span(10.0, 10.0))
    assert player.asked == [(10.0, None, 1.0, False)]


def test_a_stretch_that_is_too_short_to_be_heard_is_made_longer() -> None:
    head, player = playhead()
    head.hear(Span(10.0, 10.1))
    head.repeat_endlessly(Span(20.0, 20.0))
    assert player.asked == [(10.0, 10.3, 1.0, False), (20.0, 20.3, 1.0, True)]


def test_a_repeated_phrase_is_slow_and_then_it_goes_on_as_before() -> None:
    head, player = playhead()
    head.change_speed(1)
    head.turn()
    player.at = 14.0
    head.repeat(Span(10.0, 13.0))
    repeated = [head.repeated]
    head.repeat(Span(10.0, 13.0))  # once more, in the middle of it
    player.playing = False
    head.follow()
    assert [*repeated, head.repeated] == [Span(10.0, 13.0), None]
    assert head.playing
    slow = (10.0, 13.0, 0.75, False)
    assert player.asked[1:] == [slow, slow, (13.0, None, 1.25, False)]


def test_a_phrase_that_was_repeated_while_paused_ends_paused() -> None:
    head, player = playhead()
    head.repeat(Span(10.0, 13.0))
    head.repeat(Span(10.0, 13.0))
    player.playing = False
    head.follow()
    assert len(player.asked) == 2
    assert not head.playing


def test_a_phrase_that_was_repeated_is_meant_again_until_something_else_is_gone_to() -> None:
    head, player = playhead()
    head.repeat(Span(10.0, 13.0))
    player.playing = False
    head.follow()
    assert head.repeated == Span(10.0, 13.0)
    head.seek(13.0)
    assert head.repeated is None


def test_a_speed_that_is_chosen_ends_the_slow_phrase() -> None:
    head, player = playhead()
    head.repeat(Span(10.0, 13.0))
    head.change_speed(1)
    assert player.asked[-1] == (10.0, None, 1.25, False)
    player.playing = False
    head.follow()
    assert not head.playing


def test_a_loop_goes_on_through_a_pause_and_a_change_of_speed() -> None:
    head, player = playhead()
    head.repeat_endlessly(Span(10.0, 13.0))
    player.at = 12.0
    head.change_speed(-1)
    head.turn()
    head.turn()
    assert player.asked == [
        (10.0, 13.0, 1.0, True),
        (10.0, 13.0, 0.75, True),
        (10.0, 13.0, 0.75, True),
    ]


def test_the_end_of_a_loop_plays_on_and_going_elsewhere_ends_it() -> None:
    head, player = playhead()
    head.repeat_endlessly(Span(10.0, 13.0))
    player.at = 12.0
    head.repeat_endlessly(None)
    head.repeat_endlessly(Span(10.0, 13.0))
    head.seek(20.0)
    assert head.loop is None
    assert player.asked == [
        (10.0, 13.0, 1.0, True),
        (12.0, None, 1.0, False),
        (10.0, 13.0, 1.0, True),
        (20.0, None, 1.0, False),
    ]


def test_without_a_player_the_place_still_moves() -> None:
    head = Playhead(60.0, 0.0, 2.0)
    head.turn()
    assert not head.playing
    head.seek(7.0)
    head.follow()
    assert head.position == 7.0


def test_a_device_that_is_gone_is_told_and_the_place_is_kept() -> None:
    head, player = playhead()
    head.turn()
    player.at, player.fault = 9.0, AudioDeviceError("The loudspeaker is gone.")
    with pytest.raises(AudioDeviceError):
        head.follow()
    assert head.let_go() is player
    assert (head.position, head.playing, head.player) == (9.0, False, None)
    again = ScriptedPlayer()
    head.take(again)
    head.turn()
    assert again.asked == [(7.0, None, 1.0, False)]  # it was interrupted: some is heard again
