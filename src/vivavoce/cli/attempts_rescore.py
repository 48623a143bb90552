"""`vivavoce attempts rescore`, `undo` and `redo`: an attempt read again, a step taken back."""

from __future__ import annotations

import click

from vivavoce.cli.annotate import annotator, tell
from vivavoce.session.annotating import Change

_as_json = click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
_attempt = click.argument("attempt_id", metavar="ID")


@click.command(epilog="Example: vivavoce attempts rescore latest")
@_attempt
@_as_json
def rescore(attempt_id: str, as_json: bool) -> None:
    """Score an attempt again, as it is corrected now and by the scorer of today.

    The earlier debrief stays readable in the database.
    """
    with annotator() as (store, annotating):
        change = annotating.rescore(store.get(attempt_id))
    if not change.what:
        tell(change, "That attempt was never scored, so there is nothing to score again.", as_json)
    elif change.judged:
        tell(change, "Scored again. What changed:", as_json)
    else:
        tell(change, "Scored again: everything is judged as before.", as_json)


@click.command(epilog="Example: vivavoce attempts undo latest")
@_attempt
@_as_json
def undo(attempt_id: str, as_json: bool) -> None:
    """Take back the latest mark, note, tag, correction or patch."""
    with annotator() as (store, annotating):
        change = annotating.undo(store.get(attempt_id))
    _tell_step(change, "Undone", "There is nothing to undo.", as_json)


@click.command(epilog="Example: vivavoce attempts redo latest")
@_attempt
@_as_json
def redo(attempt_id: str, as_json: bool) -> None:
    """Do again what was undone last."""
    with annotator() as (store, annotating):
        change = annotating.redo(store.get(attempt_id))
    _tell_step(change, "Redone", "There is nothing to redo.", as_json)


def _tell_step(change: Change, done: str, nothing: str, as_json: bool) -> None:
    tell(change, f"{done}: {change.what}." if change.what else nothing, as_json)
