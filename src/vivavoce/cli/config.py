"""`vivavoce config`: the settings, where each came from, and where the file is."""

from __future__ import annotations

import json

import click

from vivavoce.config import Setting, list_settings
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
    """Show each setting, its value and where that came from."""
    settings = list_settings(find_locations().config_file)
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


@config.command(epilog='Example: nano "$(vivavoce config path)"')
def path() -> None:
    """Print where your settings file is, or would be."""
    click.echo(str(find_locations().config_file))


def _printed(value: Setting) -> str:
    """Return a value as it would stand in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{one_line(value)}"' if isinstance(value, str) else f"{value:g}"
