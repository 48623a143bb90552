"""`vivavoce doctor`: what works on this machine, and what to mend."""

from __future__ import annotations

import dataclasses
import json

import click

from vivavoce.config import load_config
from vivavoce.locations import find_locations


@click.command(epilog="Example: vivavoce doctor")
@click.option("--json", "as_json", is_flag=True, help="Print findings as JSON.")
def doctor(as_json: bool) -> int:
    """Tell what works on this machine and what to mend.

    Listens for half a second, plays a silent tenth of one, and opens no network connection. The
    exit code is 0 when all is well, else the code of the first fault: 5 sound, 6 model, 7 storage.
    """
    from vivavoce.session.health import examine

    locations = find_locations()
    findings = []
    for finding in examine(load_config(locations.config_file), locations):
        findings.append(finding)
        if not as_json:
            mark = "ok  " if finding.exit_code == 0 else "MEND"
            click.echo(f"{mark}  {finding.subject:<10}  {finding.sentence}")
            if finding.remedy:
                click.echo(f"{'':<18}{finding.remedy}")
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
    return next((finding.exit_code for finding in findings if finding.exit_code), 0)
