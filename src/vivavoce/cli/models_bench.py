"""`vivavoce models bench`: which model this machine keeps up with."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError, VivavoceError
from vivavoce.locations import find_locations
from vivavoce.weights.files import check_model, installed_whisper_models, model_folder

if TYPE_CHECKING:
    from vivavoce.bench.model_bench import ModelFigures


@click.command(
    epilog="Examples: vivavoce models bench · vivavoce models bench --speech FOLDER --json"
)
@click.option(
    "--speech",
    type=click.Path(path_type=Path),
    help="Recordings with a manifest.tsv: file, seconds, reference.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def bench(speech: Path | None, as_json: bool) -> None:
    """Measure the models you have on this machine, and suggest one.

    Takes about two minutes a model, and longer with more speech.
    """
    try:
        from vivavoce.bench.model_bench import measure_model, suggested
        from vivavoce.bench.speech_folder import read_speech, shipped_speech
    except ImportError as error:
        raise VivavoceError(
            f"Measuring needs the library {error.name}.",
            "Run scripts/vivavoce models bench, which brings it, or install vivavoce[bench].",
        ) from error
    locations = find_locations()
    names = installed_whisper_models(locations)
    if not names:
        raise ModelError("There is no model yet.", "Bring one: vivavoce models pull base")
    recordings = shipped_speech() if speech is None else read_speech(speech)
    for name in names:
        check_model(name, locations)
    figures = [measure_model(model_folder(name, locations), recordings, _say) for name in names]
    best = suggested(figures)
    if as_json:
        rows = [{**dataclasses.asdict(row), "keeps_up": row.keeps_up} for row in figures]
        click.echo(json.dumps({"models": rows, "suggested": best and best.model}, indent=2))
        return
    _print_table(figures)
    if speech is None:
        click.echo("Heard: the one shipped answer. --speech FOLDER gives a better figure.")
    if best is None:
        click.echo("None of them keeps up on this machine. Try: vivavoce models pull tiny.en")
    else:
        click.echo(
            f"Take {best.model}: of those that keep up it hears best. "
            f'Set it in the settings: model = "{best.model}"'
        )


def _print_table(figures: Sequence[ModelFigures]) -> None:
    heads = ("model", "words wrong", "work", "memory", "wait", "longest", "keeps up")
    rows = [
        (
            one_line(row.model),
            f"{row.words_wrong:.1f} %",
            f"{row.work:.3f}",
            f"{row.memory_mb:.0f} MB",
            f"{row.wait_s:.2f} s",
            f"{row.longest_wait_s:.2f} s",
            "yes" if row.keeps_up else "no",
        )
        for row in figures
    ]
    for name, *cells in (heads, *rows):
        click.echo(f"{name:<18}" + "".join(f"{cell:>12}" for cell in cells))
    click.echo("\nWork: processor seconds a second of speech. Wait: from the key to the last word.")


def _say(text: str) -> None:
    click.echo(text, err=True)
