"""`vivavoce calibrate`: how far the scorer agrees with people, in the open."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
from pathlib import Path

import click

from vivavoce.domain.dispute import dispute_to_dict
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import level_word
from vivavoce.errors import UsageError
from vivavoce.locations import find_locations

WORST = 10
"""How many misses are printed."""
MOST_CHECKED = 100
"""Answers that the checks change and read again, evenly spread: a minute at most. Chosen."""
LEVELS, FLAG = ("0", "1", "2"), ("no", "yes")


@click.command(epilog="Examples: vivavoce calibrate labelled.jsonl --json · calibrate --mine")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--mine", is_flag=True, help="Report on your own attempts and what you disputed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def calibrate(file: Path | None, mine: bool, as_json: bool) -> int:
    """Compare the scorer with labelled answers, label by label, and run its built-in checks.

    FILE holds one labelled answer a line, in the form that docs/scoring.md shows. Without it the
    answers that ship with the program are read: the trained reader has seen those, so the figures
    of answers that it never saw are in docs/scoring.md.

    With --mine it tells instead how far the scorer agrees with you: which judgements on your own
    answers you disputed with “I did say it”.
    """
    if mine:
        if file is not None:
            raise UsageError(
                "A file and --mine are two reports.", "Leave one of them out: each runs alone."
            )
        _report_mine(as_json)
        return 0
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


def _report_mine(as_json: bool) -> None:
    from vivavoce.cli.attempts import unique_length
    from vivavoce.scoring.own_agreement import own_agreement
    from vivavoce.store.attempt_store import AttemptStore

    with contextlib.closing(AttemptStore(find_locations())) as store:
        result = own_agreement(store.judged())
        short = unique_length([summary.id for summary in store.list()])
    if as_json:
        fields = {
            "schema": 1,
            "attempts": result.attempts,
            "criteria": [dataclasses.asdict(agreed) for agreed in result.criteria],
            "disputes": [
                {"attempt": each.attempt_id, **dispute_to_dict(each.dispute)}
                for each in result.disputes
            ],
        }
        click.echo(json.dumps(_finite(fields), ensure_ascii=False, indent=2))
        return
    if not result.attempts:
        click.echo(
            "None of your attempts has been judged yet, so there is nothing to agree on. "
            "Begin one: vivavoce practice daily-mix-churn"
        )
        return
    plural = "s" if result.attempts > 1 else ""
    click.echo(f"{result.attempts} attempt{plural} of yours, samples left out.")
    click.echo(f"{'criterion':<12}{'judged':>6}{'disputed':>10}{'agreed':>8}   95 % interval")
    for agreed in result.criteria:
        click.echo(
            f"{agreed.criterion:<12}{agreed.judgements:>6}{agreed.disputed:>10}"
            f"{agreed.agreement:>8.2f}   {agreed.low:.2f} to {agreed.high:.2f}"
        )
    click.echo("A judgement that you let stand counts as agreed.")
    if not result.disputes:
        click.echo("\nYou disputed none: on a debrief, i says “I did say it”.")
        return
    click.echo("\nWhat you disputed, the newest first:")
    for each in result.disputes:
        said = each.dispute
        click.echo(
            f"{each.attempt_id[:short]}  {said.criterion:<10}  {said.level} "
            f"{level_word(said.criterion, said.level):<10}  “{one_line(said.quote)}”"
        )


def _finite(value: object) -> object:
    """Return the value with NaN as null: JSON has no other word for it."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value
