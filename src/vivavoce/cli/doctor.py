"""`vivavoce doctor`: what works on this machine, and what to mend."""

from __future__ import annotations

import dataclasses
import itertools
import json
import textwrap
from pathlib import Path

import click

from vivavoce.cli.config import list_keys
from vivavoce.cli.debrief_lines import WIDTH
from vivavoce.config import Config, load_config
from vivavoce.domain.text import one_line
from vivavoce.errors import UsageError
from vivavoce.locations import find_locations

COLUMN = 18
"""Where a finding's sentence begins."""


@click.command(epilog="Example: vivavoce doctor")
@click.option("--json", "as_json", is_flag=True, help="Print findings as JSON.")
def doctor(as_json: bool) -> int:
    """Tell what works on this machine and what to mend.

    Listens for half a second, plays a silent tenth of one, and opens no network connection. Where
    a setting is wrong, the rest is examined with the defaults. The exit code is 0 when all is well,
    else the code of the first fault: 2 settings, 5 sound, 6 model, 7 storage.
    """
    from vivavoce.session.health import Finding, examine

    locations = find_locations()
    defaults = config = Config()
    try:
        config = load_config(locations.config_file)
        list_keys(locations.config_file)
    except UsageError as error:
        rest = "The rest was examined with the defaults." if config is defaults else ""
        mend = f"{error.hint} {rest}".strip()
        settings = Finding("settings", error.message, mend, error.exit_code)
    else:
        settings = Finding("settings", _sound(locations.config_file), "", 0)
    findings = []
    for finding in itertools.chain([settings], examine(config, locations)):
        findings.append(finding)
        if not as_json:
            mark = "ok  " if finding.exit_code == 0 else "MEND"
            _print(f"{mark}  {finding.subject:<10}  ", finding.sentence)
            _print("", finding.remedy)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
    return next((finding.exit_code for finding in findings if finding.exit_code), 0)


def _print(start: str, text: str) -> None:
    """Print a text in its column, broken between words where it is wider than a terminal."""
    for line in textwrap.wrap(text, WIDTH - COLUMN, break_long_words=False, break_on_hyphens=False):
        click.echo(f"{start:<{COLUMN}}{line}")
        start = ""


def _sound(file: Path) -> str:
    if file.exists():
        return f"Your settings in {one_line(str(file))} are sound."
    return "You have no settings file."
