"""Keys that a person may choose: which there are, and whether a choice of them can be used."""

from __future__ import annotations

import difflib
import importlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.app import App
from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys
from textual.widget import Widget

from vivavoce.domain.text import one_line
from vivavoce.errors import UsageError

SCREENS = {
    "vivavoce.tui.screens.replay:ReplayScreen": (
        "vivavoce.tui.widgets.hand_scrolled:HandScrolled",
        "vivavoce.tui.widgets.replay_side:ReplaySide",
    )
}
"""Whose keys have ids, as "module:class"; with each, what takes keys before the screen does."""
_WRITE_A_KEY = "Write a letter, a sign, or a name such as space, left, f5 or ctrl+r."
_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_NAMED = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
_PROGRAM = ("ctrl+q", "ctrl+c", "ctrl+p", "tab", "shift+tab")
"""Of the program on every screen, beside those that its class binds."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does."""

    id: str
    """What the settings call it; empty where its keys cannot be chosen."""
    keys: tuple[str, ...]
    """As Textual names them, in the order in which they are bound."""
    does: str
    """In a sentence or a word."""


def screen_keys() -> dict[str, list[Key]]:
    """Return by screen everything that its keys do; the screens are imported for it."""
    return {
        path.partition(":")[2]: [key for each in (path, *within) for key in keys_of(_class(each))]
        for path, within in SCREENS.items()
    }


def _class(path: str) -> type[Widget]:
    module, _, name = path.partition(":")
    found: type[Widget] = getattr(importlib.import_module(module), name)
    return found


def keys_of(screen: type[Widget]) -> list[Key]:
    """Return what the keys of one kind of screen or widget do, those of its base classes apart."""
    gathered: dict[tuple[str, str], tuple[list[str], str]] = {}
    for binding in Binding.make_bindings(screen.__dict__.get("BINDINGS", ())):
        place = (binding.id or "", binding.action)
        keys, _ = gathered.setdefault(place, ([], binding.tooltip or binding.description))
        keys.append(binding.key)
    return [Key(place[0], tuple(keys), does) for place, (keys, does) in gathered.items()]


def choosable(screens: Mapping[str, Sequence[Key]]) -> dict[str, Key]:
    """Return by id what a person may choose keys for."""
    return {key.id: key for keys in screens.values() for key in keys if key.id}


def checked_keymap(
    chosen: Mapping[str, str],
    screens: Mapping[str, Sequence[Key]],
    app: type[App[int]],
    where: str,
) -> dict[str, str]:
    """Return the choice as `App.set_keymap` takes it.

    Args:
        chosen: By id, one key or several with commas.
        screens: See `screen_keys`.
        app: Whose keys work on every screen.
        where: The file, for what is told.

    Raises:
        UsageError: An id or a key does not exist, or two things would have one key.
    """
    known = choosable(screens)
    keymap: dict[str, tuple[str, ...]] = {}
    for name, text in chosen.items():
        if name not in known:
            told = f"{where}: there is nothing called {one_line(name)!r} in [keys]."
            raise UsageError(told, _near(name, known, f"Known: {', '.join(known)}."))
        keys = [_key(part.strip(), name, where) for part in _parts(text)]
        keymap[name] = tuple(dict.fromkeys(keys))
    programs = dict.fromkeys(_PROGRAM, "kept for the program")
    for binding in Binding.make_bindings(app.__dict__.get("BINDINGS", ())):
        programs[binding.key] = binding.tooltip or binding.description
    for bound in screens.values():
        _refuse_clashes(bound, keymap, programs, where)
    return {name: ",".join(keys) for name, keys in keymap.items()}


def _parts(text: str) -> list[str]:
    return [","] if text.strip() == "," else text.split(",")


def _key(text: str, name: str, where: str) -> str:
    """Return a key by Textual's name for it.

    Raises:
        UsageError: There is no such key.
    """
    *modifiers, key = text.lower().split("+") if len(text) > 1 else [text]
    if len(key) == 1 and not key.isalnum() and key.isprintable():
        named = unicodedata.name(key, "").lower().replace("-", "_").replace(" ", "_")
        key = KEY_NAME_REPLACEMENTS.get(named, named)
    written = "+".join([*modifiers, key])
    exists = (len(key) == 1 and key.isalnum()) or key in _NAMED or written in _NAMED or _sign(key)
    if exists and all(modifier in _MODIFIERS for modifier in modifiers):
        return written
    told = f"{where}: {name} is given {one_line(text)!r}, which is no key."
    raise UsageError(told, _near(text, sorted(_NAMED), _WRITE_A_KEY))


def _sign(name: str) -> bool:
    """Return whether a key is called so for the sign it writes: exclamation_mark."""
    names = (name, {value: key for key, value in KEY_NAME_REPLACEMENTS.items()}.get(name, name))
    for each in names:
        for spelt in (each.replace("_", " "), each.replace("_", "-")):
            try:
                unicodedata.lookup(spelt)
            except KeyError:
                continue
            return True
    return False


def _refuse_clashes(
    keys: Sequence[Key],
    keymap: Mapping[str, tuple[str, ...]],
    programs: Mapping[str, str],
    where: str,
) -> None:
    """Refuse a chosen key that does something else on the same screen."""
    for key in keys:
        for wanted in keymap.get(key.id, ()):
            if wanted in programs and wanted not in key.keys:
                raise UsageError(
                    f"{where}: {key.id} cannot have the key {wanted}: it is "
                    f"“{programs[wanted]}” everywhere.",
                    "Choose another one.",
                )
            for other in keys:
                if other is key or wanted not in keymap.get(other.id, other.keys):
                    continue
                named = other.id or f"“{other.does}”"
                move = (
                    f"Choose another one, or move {other.id}."
                    if other.id
                    else "Choose another one."
                )
                raise UsageError(
                    f"{where}: {key.id} and {named} would both have the key {wanted}.", move
                )


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else otherwise
