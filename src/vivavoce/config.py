"""Settings: defaults, then the TOML file, then `VIVAVOCE_*`, then flags."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal

import tomlkit

from vivavoce.errors import StorageError, UsageError
from vivavoce.locations import private_folder

Setting = str | int | float | bool
Source = Literal["default", "file", "environment"]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a person may choose. Each field is a key of the file and, in capitals after
    `VIVAVOCE_`, a variable of the environment."""

    model: str = "base"
    """Whisper model: a name of `vivavoce models list`, or a folder."""
    input_device: str = ""
    """Part of the microphone's name; empty for the system's default."""
    output_device: str = ""
    """Part of the loudspeaker's name; empty for the system's default."""
    voice: str = ""
    """Part of the voice's id; empty for the engine's English default."""
    voice_rate: int = 165
    """Words per minute of the interviewer. Chosen: a calm reading pace."""
    speak: bool = True
    """False shows the interviewer's sentences without saying them."""
    silence_stop_seconds: float = 0.0
    """End the answer after this much silence; 0 means only a key ends it."""
    max_probes: int = 2
    """Follow-up questions a round, at most: 0 to 2."""
    device: str = "auto"
    """`auto` uses a CUDA graphics card where there is one; `cpu` or `cuda` insists."""
    saver: bool = False
    """Save the battery: no words while they are still drafts, and a longer wait at the end."""
    replay_step_back_seconds: float = 2.0
    """How much is heard again when a replay goes on after a pause: 0 to 30."""
    hide_meters: bool = False
    """Hide words and meters while answering."""
    theme: str = "dark"
    """`dark` or `light`."""


_CHOICES = {"theme": ("dark", "light"), "device": ("auto", "cpu", "cuda")}
_RANGES: dict[str, tuple[float, float]] = {
    "voice_rate": (80, 400),
    "silence_stop_seconds": (0, 60),
    "max_probes": (0, 2),
    "replay_step_back_seconds": (0, 30),
}
_KEYS = "keys"
"""The table of the file that is no setting: see `load_keys`."""
_OTHER_VARIABLES = {"VIVAVOCE_HOME", "VIVAVOCE_MODELS"}


_PLAIN: dict[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_MEND = "Change it, or take it out."
_TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _known(key: str, where: str) -> None:
    names = [field.name for field in fields(Config)]
    if key in names:
        return
    near = difflib.get_close_matches(key, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(names)}."
    raise UsageError(f"{where} has an unknown setting: {key}.", hint)


def _checked(key: str, value: object, where: str) -> Setting:
    """Return `value` as the type of the setting `key`, or say what is wrong with it."""
    wanted = type(getattr(Config(), key))
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted or not isinstance(value, (str, int, float, bool)):
        raise UsageError(f"{where}: {key} must be {_PLAIN[wanted]}, not {value!r}.", _MEND)
    if key in _CHOICES and value not in _CHOICES[key]:
        raise UsageError(f"{where}: {key} must be {_listed(_CHOICES[key])}, not {value!r}.", _MEND)
    if key in _RANGES and isinstance(value, (int, float)):
        low, high = _RANGES[key]
        if not low <= value <= high:
            raise UsageError(f"{where}: {key} must lie between {low:g} and {high:g}.", _MEND)
    return value


def _listed(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def _parsed(key: str, text: str, where: str) -> Setting:
    """Return the value of a variable as the type of the setting `key`."""
    wanted = type(getattr(Config(), key))
    try:
        if wanted is bool:
            return _TRUTHS[text.strip().lower()]
        if wanted is int:
            return int(text)
        return float(text) if wanted is float else text
    except (KeyError, ValueError):
        raise UsageError(f"{where}: {key} must be {_PLAIN[wanted]}, not {text!r}.", _MEND) from None


def _read(file: Path) -> str:
    """Return the text of the settings file, empty when there is none."""
    try:
        return file.read_text(encoding="utf-8-sig")  # Windows editors begin a file with a mark
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{file} cannot be read: it is not UTF-8.", "Mend or delete it.") from None
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Mend it.") from error


def _table(file: Path) -> dict[str, object]:
    """Return what stands in the settings file.

    Raises:
        UsageError: It is not TOML.
    """
    try:
        return tomllib.loads(_read(file))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} cannot be read: {error}.", "Mend or delete it.") from error


def _choices(file: Path, environment: Mapping[str, str]) -> dict[str, tuple[Setting, Source]]:
    """Return what the user has chosen, and where."""
    chosen: dict[str, tuple[Setting, Source]] = {}
    for key, value in _table(file).items():
        if key == _KEYS:
            continue
        _known(key, str(file))
        chosen[key] = (_checked(key, value, str(file)), "file")
    for name, text in environment.items():
        if name.startswith("VIVAVOCE_") and name not in _OTHER_VARIABLES:
            key = name.removeprefix("VIVAVOCE_").lower()
            _known(key, f"The environment ({name})")
            if text:
                chosen[key] = (_checked(key, _parsed(key, text, name), name), "environment")
    return chosen


def load_config(file: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Return the settings of this user.

    Args:
        file: The TOML file; it need not exist.
        environment: `VIVAVOCE_<KEY>` overrides the file; an empty one counts as not set.

    Raises:
        UsageError: A key is unknown or a value is of the wrong kind; it names the file and key.
    """
    chosen = {key: value for key, (value, _) in _choices(file, environment).items()}
    return replace(Config(), **chosen)  # type: ignore[arg-type]


def list_settings(
    file: Path, environment: Mapping[str, str] = os.environ
) -> dict[str, tuple[Setting, Source]]:
    """Return every setting by its key: its value and where that came from.

    Raises:
        UsageError: See `load_config`.
    """
    settings: dict[str, tuple[Setting, Source]] = {
        field.name: (getattr(Config(), field.name), "default") for field in fields(Config)
    }
    return settings | _choices(file, environment)


def load_keys(file: Path) -> Mapping[str, str]:
    """Return the keys that the user chose in the table `[keys]`: by id, one or more with commas.

    Which ids and keys there are is checked by the screens. An id may stand in quotes or without.

    Args:
        file: The TOML file; it need not exist.

    Raises:
        UsageError: The file or the table is written wrongly.
    """
    chosen: dict[str, str] = {}
    _gather_keys(_table(file).get(_KEYS, {}), "", str(file), chosen)
    return chosen


def _gather_keys(value: object, name: str, where: str, chosen: dict[str, str]) -> None:
    """Collect the keys below `name`: without quotes, `replay.play` is a table in a table."""
    if isinstance(value, dict):
        for key, below in value.items():
            _gather_keys(below, f"{name}.{key}" if name else key, where, chosen)
    elif not name:
        raise UsageError(f"{where}: {_KEYS} must be a table.", 'As in: "replay.play" = "p"')
    elif not isinstance(value, str) or not value.strip():
        raise UsageError(
            f"{where}: in [{_KEYS}], {name} must be a key as text, not {value!r}.",
            'As in: "p", or "p,space"',
        )
    else:
        chosen[name] = value


def remember(file: Path, key: str, value: Setting) -> None:
    """Write one setting into the user's file, leaving comments and the rest as they are.

    Raises:
        StorageError: The file cannot be written.
        UsageError: The file is not TOML, or the setting cannot have this value.
    """
    _known(key, "The program")
    value = _checked(key, value, "The program")
    try:
        document = tomlkit.parse(_read(file))
    except tomlkit.exceptions.TOMLKitError as error:
        raise UsageError(f"{file} cannot be read: {error}.", "Mend or delete it.") from error
    document[key] = value
    target = file.resolve()  # a link into somebody's dotfiles stays a link
    private_folder(target.parent)
    part = target.with_suffix(".part")
    try:
        part.touch(mode=0o600)
        part.write_text(tomlkit.dumps(document), encoding="utf-8")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"{file} cannot be written: {error.strerror}.",
            "Make room or make it writable; until then the setting is not kept.",
        ) from error
