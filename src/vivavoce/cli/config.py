"""`vivavoce config`: the settings, where each came from, and where the file is."""

from __future__ import annotations

import json
from pathlib import Path

import click

from vivavoce.config import Setting, Source, list_settings, load_keys
from vivavoce.domain.text import one_line
from vivavoce.locations import find_locations


@click.group(epilog="Examples: vivavoce config show · VIVAVOCE_SPEAK=no vivavoce config show")
def config() -> None:
    """Show your settings and where they are.

    A variable of the environment (VIVAVOCE_ and the key in capitals) overrides the file.
    """


@config.command(epilog="Example: vivavoce config show --json")
@click.option("--json", "as_json", is_flag=True, help="Print an object: key to value and source.")
def show(as_json: bool) -> None:
    """Show each setting and each key of the replay, its value and where that came from.

    To move a key, write it under [keys] in the file: "replay.play" = "p", or "p,space" for two.
    """
    file = find_locations().config_file
    settings = list_settings(file) | list_keys(file)
    if as_json:
        listed = {
            key: {"value": value, "from": source} for key, (value, source) in settings.items()
        }
        click.echo(json.dumps(listed, indent=2))
        return
    key_width = max(len(key) for key in settings)
    value_width = max(len(_printed(value)) for value, _ in settings.values())
    for key, (value, source) in settings.items():
        click.echo(f"{key:<{key_width}}  {_printed(value):<{value_width}}  {source}")


@config.command(epilog='Examples: nano "$(vivavoce config path)" · vivavoce config path --all')
@click.option("--all", "everything", is_flag=True, help="Also recordings, models, cache and log.")
@click.option("--json", "as_json", is_flag=True, help="Print all of them as an object.")
def path(everything: bool, as_json: bool) -> None:
    """Print where your settings file is, or would be."""
    locations = find_locations()
    places = {
        "settings": locations.config_file,
        "recordings": locations.attempts,
        "database": locations.database,
        "cases": locations.own_cases,
        "models": locations.models,
        "cache": locations.cache,
        "log": locations.log_file,
    }
    if as_json:
        click.echo(json.dumps({name: str(place) for name, place in places.items()}, indent=2))
    elif everything:
        for name, place in places.items():
            click.echo(f"{name:<10}  {one_line(str(place))}")
    else:
        click.echo(str(locations.config_file))


def list_keys(file: Path) -> dict[str, tuple[Setting, Source]]:
    """Return the keys that may be chosen, each under its name in the file.

    Raises:
        UsageError: The choice cannot be used.
    """
    chosen = load_keys(file)
    from vivavoce.tui.app import VivavoceApp  # half a second of libraries
    from vivavoce.tui.keymap import checked_keymap, choosable, screen_keys

    screens = screen_keys()
    moved = checked_keymap(chosen, screens, VivavoceApp, str(file))
    return {
        f"keys.{name}": (moved[name], "file") if name in moved else (",".join(key.keys), "default")
        for name, key in choosable(screens).items()
    }


def _printed(value: Setting) -> str:
    """Return a value as it would stand in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{one_line(value)}"' if isinstance(value, str) else f"{value:g}"
