from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tests.tui.scripted import ScriptedBackstage, attempt
from tests.tui.showing import showing
from vivavoce.errors import UsageError
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.keymap import Key, checked_keymap, choosable, keys_of, screen_keys
from vivavoce.tui.screens.replay import ReplayScreen


class TwoKeys(Screen[None]):
    """A screen with keys that can be chosen, and one that cannot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "play", tooltip="Play, or pause", id="two.play"),
        Binding("j,down", "go(1)", "next", id="two.next"),
        Binding("k", "go(-1)", "before", id="two.before"),
        Binding("x", "leave", "leave"),
    ]


SCREENS = {"TwoKeys": keys_of(TwoKeys)}


def chosen(**keys: str) -> dict[str, str]:
    named = {f"two.{name}": key for name, key in keys.items()}
    return checked_keymap(named, SCREENS, VivavoceApp, "c.toml")


def test_what_keys_do_is_read_from_the_bindings() -> None:
    assert SCREENS["TwoKeys"] == [
        Key("two.play", ("space",), "Play, or pause"),
        Key("two.next", ("j", "down"), "next"),
        Key("two.before", ("k",), "before"),
        Key("", ("x",), "leave"),
    ]
    assert list(choosable(SCREENS)) == ["two.play", "two.next", "two.before"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("p", "p"),
        ("P", "P"),
        ("ü", "ü"),
        ("7", "7"),
        ("f5", "f5"),
        ("Space", "space"),
        ("Ctrl+Left", "ctrl+left"),
        ("!", "exclamation_mark"),
        ("exclamation_mark", "exclamation_mark"),
        ("+", "plus"),
        ("-", "minus"),
        ("/", "slash"),
        (",", "comma"),
        ("_", "underscore"),
        ("ctrl+r", "ctrl+r"),
        ("ctrl+shift+left", "ctrl+shift+left"),
        ("alt+.", "alt+full_stop"),
        ("left_curly_bracket", "left_curly_bracket"),
        (" p , enter,p", "p,enter"),
    ],
)
def test_a_key_is_written_by_its_sign_or_its_name(written: str, key: str) -> None:
    assert chosen(play=written) == {"two.play": key}


def test_two_things_may_change_places() -> None:
    assert chosen(next="k", before="j") == {"two.next": "k", "two.before": "j"}


def test_a_key_that_was_moved_away_is_free() -> None:
    assert chosen(play="j", next="n") == {"two.play": "j", "two.next": "n"}


def test_one_that_keeps_a_key_of_its_own_is_no_clash() -> None:
    assert chosen(next="j,n") == {"two.next": "j,n"}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"plya": "p"}, r"c\.toml: .*'two\.plya' in \[keys\]\. Did you mean two\.play\?"),
        ({"\x1b[2J": "p"}, r"'two\.\[2J' in \[keys\]"),
        ({"play": "spce"}, r"two\.play is given 'spce', which is no key\. Did you mean space\?"),
        ({"play": "qqqqq"}, r"'qqqqq', which is no key\. Write a letter, a sign, or a name"),
        ({"play": "p,"}, "'', which is no key"),
        ({"play": "hyper+ctlr+p"}, "which is no key"),
        ({"play": "\x1b"}, "'', which is no key"),
        ({"play": "j"}, r"two\.play and two\.next would both have the key j\. .* move two\.next"),
        ({"play": "down"}, r"two\.play and two\.next would both"),
        ({"play": "p", "next": "p"}, r"two\.play and two\.next would both have the key p"),
        ({"play": "x"}, r"two\.play and “leave” would both have the key x\. Choose another one\."),
        ({"play": "?"}, "cannot have the key question_mark: it is “Show these keys” everywhere"),
        ({"play": "ctrl+q"}, "“Leave vivavoce” everywhere"),
        ({"play": "ctrl+p"}, "kept for the program"),
    ],
)
def test_a_choice_that_cannot_be_used_is_told_in_one_sentence(
    keys: dict[str, str], told: str
) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        chosen(**keys)
    assert "\x1b" not in str(raised.value)


def test_an_unknown_name_without_a_near_one_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"Known: two\.play, two\.next, two\.before\."):
        checked_keymap({"qqq": "p"}, SCREENS, VivavoceApp, "c.toml")


def test_every_key_of_the_replay_can_be_chosen_by_an_id_of_its_own() -> None:
    (keys,) = screen_keys().values()
    own = keys_of(ReplayScreen)
    assert keys[: len(own)] == own
    assert len(own) >= 20
    assert [key.does for key in own if not key.id.startswith("replay.")] == []
    assert len(choosable(screen_keys())) == len(own)


@pytest.mark.parametrize("key", ["up", "end", "enter"])
def test_a_key_that_the_words_or_the_list_beside_take_first_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match=f"would both have the key {key}"):
        checked_keymap({"replay.play": key}, screen_keys(), VivavoceApp, "c.toml")


def test_the_keys_as_they_are_could_be_chosen() -> None:
    screens = screen_keys()
    as_they_are = {key.id: ",".join(key.keys) for key in choosable(screens).values()}
    assert checked_keymap(as_they_are, screens, VivavoceApp, "c.toml") == as_they_are


async def test_a_chosen_key_plays_and_the_old_one_does_not() -> None:
    keymap = checked_keymap({"replay.play": "p"}, screen_keys(), VivavoceApp, "c.toml")
    backstage = ScriptedBackstage()
    async with showing(backstage, size=(240, 24)) as shown:
        shown.app.set_keymap(keymap)
        shown.app.show_replay(attempt().id)
        await shown.settle()
        assert "p play" in shown.keys
        await shown.pilot.press("space")
        await shown.pilot.pause()
        assert [player.asked for player in backstage.archive.players] == [[]]
        await shown.pilot.press("p")
        await shown.pilot.pause()
        assert len(backstage.archive.players[0].asked) == 1


def test_a_bad_choice_ends_the_program_before_the_screens_open(tmp_path: Path) -> None:
    from vivavoce.tui.app import _chosen_keys

    file = tmp_path / "config.toml"
    assert _chosen_keys(file) == {}
    file.write_text('[keys]\nreplay.play = "p"\n')
    assert _chosen_keys(file) == {"replay.play": "p"}
    file.write_text('[keys]\nreplay.play = "j"\n')
    with pytest.raises(UsageError, match=r"replay\.play and replay\.next_word") as raised:
        _chosen_keys(file)
    assert raised.value.exit_code == 2
    assert str(file) in raised.value.message
