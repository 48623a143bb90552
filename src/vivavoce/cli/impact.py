"""`vivavoce impact`: what a lift is in users and money."""

from __future__ import annotations

import dataclasses
import json
from typing import get_args

import click

from vivavoce.domain.impact_chain import Chain, LiftKind, follow, told
from vivavoce.errors import UsageError
from vivavoce.scoring.plain_words import plain_words


@click.command(
    epilog="Examples: vivavoce impact --people 2M --base 4% --lift 0.8% --value 9.99 · "
    "vivavoce impact --people '12 mil' --base '4 percent' --lift 'half a percent' --points"
)
@click.option("--people", default="", help="How many see it: 2M, 250k, 'two million'.")
@click.option("--base", default="", help="The share of them that does it today: 4%.")
@click.option("--lift", default="", help="How much that moves: 0.8%, or -5% for a fall.")
@click.option("--relative", "kind", flag_value="relative", help="The lift is a share of the base.")
@click.option("--points", "kind", flag_value="points", help="The lift is in percentage points.")
@click.option("--conversion", default="", help="The share of those who then pay or stay: 12%.")
@click.option("--value", default="", help="What one of them is worth: 9.99.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def impact(
    people: str,
    base: str,
    lift: str,
    kind: LiftKind | None,
    conversion: str,
    value: str,
    as_json: bool,
) -> int:
    """Follow a metric chain: people × base × lift × conversion × value.

    Without --relative or --points the lift is told both ways: they are far apart, and a panel will
    ask which one you mean. Where a link is missing, it says which one to bring.
    """
    chain = Chain(
        people=_amount("--people", people),
        baseline=_share("--base", base),
        lift=_share("--lift", lift, below_zero=True),
        conversion=_share("--conversion", conversion),
        value=_amount("--value", value),
    )
    kinds: tuple[LiftKind, ...] = (kind,) if kind else get_args(LiftKind)
    results = [follow(chain, each) for each in kinds]
    if as_json:
        fields = {
            "schema": 1,
            **dataclasses.asdict(chain),
            "results": [dataclasses.asdict(result) for result in results],
        }
        click.echo(json.dumps(fields, indent=2))
        return 0
    for sentence in told(chain, results):
        click.echo(sentence)
    return 0


def _share(option: str, text: str, below_zero: bool = False) -> float | None:
    """Return a share of 0 to 1: "4%", "4 percent", "0.04"."""
    amount = _amount(option, text.lstrip("+-\u2212"))
    if amount is None:
        return None
    words = {word.text for word in plain_words(text)}
    share = amount / 100 if words & {"percent", "point", "points"} else amount
    if share > 1:
        raise UsageError(f"{option} {text} is more than everybody.", "Write it as 4% or as 0.04.")
    falls = text.lstrip()[:1] in ("-", "\u2212")
    if falls and not below_zero:
        raise UsageError(f"{option} cannot be below zero.", "Only the lift can be a fall.")
    return -share if falls else share


def _amount(option: str, text: str) -> float | None:
    """Return a number as people write or say it: "2M", "250k", "two million", "half a"."""
    if not text.strip():
        return None
    scales = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
    words = [word.text for word in plain_words(text)]
    for index, word in enumerate(words):
        number = {"one": 1.0, "half": 0.5, "quarter": 0.25}.get(word)
        if number is None and word[0].isdigit():
            number = float(word)
        if number is not None:
            following = words[index + 1] if index + 1 < len(words) else ""
            return number * scales.get(following, 1.0)
    raise UsageError(f"{option} {text} holds no number.", "Write it as 2M, 250k, 4% or 9.99.")
