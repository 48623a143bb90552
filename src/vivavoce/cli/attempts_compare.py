"""`vivavoce attempts compare`: two attempts at the same case, side by side."""

from __future__ import annotations

import contextlib
import json
import shutil

import click

from vivavoce.cli.attempt_summary import summary_to_dict
from vivavoce.cli.comparison_lines import comparison_lines
from vivavoce.domain.comparison import Comparison, Figure, Slot
from vivavoce.domain.comparison import compare as compare_both
from vivavoce.locations import find_locations
from vivavoce.store.attempt_store import AttemptStore


@click.command(
    "compare",
    epilog="Examples: vivavoce attempts compare 01JD4 latest · "
    "vivavoce attempts compare 01JD4 01JD7 --json",
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print both and what changed as JSON.")
def compare(first: str, second: str, as_json: bool) -> None:
    """Set two attempts at the same case side by side.

    The sentences with their best quotes, the vote, the timing, and the words that stand in one
    only. A is compared with: name the earlier one first. Both may be shortened ids or `latest`.
    """
    with contextlib.closing(AttemptStore(find_locations())) as store:
        compared = compare_both(store.get(first), store.get(second))
    if as_json:
        click.echo(json.dumps(_comparison(compared), indent=2, ensure_ascii=False))
    else:
        for line in comparison_lines(compared, shutil.get_terminal_size().columns):
            click.echo(line)


def _comparison(compared: Comparison) -> dict[str, object]:
    """Return a comparison in the contract's shape."""
    a, b = compared.a, compared.b
    return {
        "a": summary_to_dict(a),
        "b": summary_to_dict(b),
        "vote": {"a": a.vote, "b": b.vote},
        "slots": {slot.criterion: _slot(slot) for slot in compared.slots},
        "timing": {figure.name: _figure(figure) for figure in compared.figures},
        "fillers": {
            "a": a.fillers.total if a.fillers else None,
            "b": b.fillers.total if b.fillers else None,
        },
        "words": {"added": compared.words.added, "dropped": compared.words.dropped},
    }


def _slot(slot: Slot) -> dict[str, object]:
    return {
        "a": slot.a.level,
        "b": slot.b.level,
        "change": slot.change,
        "quote_a": slot.a.quote or None,
        "quote_b": slot.b.quote or None,
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {"a": _rounded(figure.a), "b": _rounded(figure.b)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
