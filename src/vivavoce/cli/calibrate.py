"""`vivavoce calibrate`: how far the scorer agrees with people, in the open."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import click

from vivavoce.domain.text import one_line
from vivavoce.locations import find_locations

WORST = 10
"""How many misses are printed."""
MOST_CHECKED = 100
"""Answers that the checks change and read again, evenly spread: a minute at most. Chosen."""
LEVELS, FLAG = ("0", "1", "2"), ("no", "yes")


@click.command(epilog="Examples: vivavoce calibrate · vivavoce calibrate labelled.jsonl --json")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def calibrate(file: Path | None, as_json: bool) -> int:
    """Compare the scorer with labelled answers, label by label, and run its built-in checks.

    FILE holds one labelled answer a line, in the form that docs/scoring.md shows. Without it the
    answers that ship with the program are read: the trained reader has seen those, so the figures
    of answers that it never saw are in docs/scoring.md.
    """
    from vivavoce.scoring.agreement import agreement
    from vivavoce.scoring.checks import run_checks
    from vivavoce.scoring.labelled import OWN_ANSWERS
    from vivavoce.session.answer_reader import open_reader
    from vivavoce.store.labelled_file import read_labelled

    answers = read_labelled(file or OWN_ANSWERS)
    reader = open_reader(find_locations())
    readings = [reader.read(answer.text) for answer in answers]
    result = agreement(answers, readings)
    step = -(-len(answers) // MOST_CHECKED)
    checks = run_checks(reader, [(answer.id, answer.text) for answer in answers[::step]])
    name = readings[0].reader
    if as_json:
        fields = {
            "schema": 1,
            "reader": name,
            "scorer_version": readings[0].scorer_version,
            "seen_in_training": file is None and name == "trained",
            **dataclasses.asdict(result),
            "checks": [dataclasses.asdict(check) for check in checks],
        }
        click.echo(json.dumps(_finite(fields), ensure_ascii=False, indent=2))
        return 0
    from vivavoce.scoring.agreement import table

    click.echo(f"Reader: {name} ({readings[0].scorer_version})")
    if file is None and name == "trained":
        click.echo("It was trained on these answers: docs/scoring.md has what it does on others.")
    click.echo(table(result))
    for label in result.labels:
        if label.confusion:
            heads = LEVELS if len(label.confusion) == 3 else FLAG
            click.echo(f"\n{label.label}: labelled down, read across")
            click.echo("      " + "".join(f"{head:>6}" for head in heads))
            for head, row in zip(heads, label.confusion, strict=True):
                click.echo(f"{head:>6}" + "".join(f"{count:>6}" for count in row))
    if result.misses:
        click.echo("\nThe worst misses:")
    for miss in result.misses[:WORST]:
        kind = f" ({one_line(miss.kind)})" if miss.kind else ""
        click.echo(f"{one_line(miss.id)}{kind}: {', '.join(miss.differences)}")
    click.echo("\nChecks:")
    for check in checks:
        held = check.tried - len(check.failed)
        click.echo(f"{check.name}: {held} of {check.tried}")
        if check.failed:
            click.echo(f"  {one_line(check.failed[0])}")
    return 0


def _finite(value: object) -> object:
    """Return the value with NaN as null: JSON has no other word for it."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value
