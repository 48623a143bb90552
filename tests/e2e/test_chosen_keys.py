"""Keys that were chosen in the settings, in a real terminal."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tests.attempts_made import home, make_attempt
from tests.e2e.program import NO_SOUND_CARD
from tests.e2e.terminal import Terminal
from vivavoce.store.attempt_store import AttemptStore


def kept(folder: Path, keys: str) -> None:
    """Keep an attempt and choose keys."""
    with contextlib.closing(AttemptStore(home(folder))) as store:
        make_attempt(store)
    (folder / "config.toml").write_text(f"[keys]\n{keys}\n", encoding="utf-8")


def opened(folder: Path) -> Terminal:
    return Terminal(folder, "replay", "latest", size=(240, 24), environment=NO_SOUND_CARD)


def test_a_chosen_key_stands_at_the_foot_of_the_replay(tmp_path: Path) -> None:
    kept(tmp_path, '"replay.play" = "p"')
    terminal = opened(tmp_path)
    try:
        assert "space play" not in terminal.wait_for("p play")
        terminal.press("C-q")
        terminal.wait_for("left with code 0")
    finally:
        terminal.close()


def test_a_key_that_does_something_else_is_told_before_the_screens_open(tmp_path: Path) -> None:
    kept(tmp_path, 'replay.play = "j"')
    terminal = opened(tmp_path)
    try:
        told = terminal.wait_for("left with code 2")
        assert "replay.play and replay.next_word would both have the key j." in told
        assert "Traceback" not in told
    finally:
        terminal.close()
