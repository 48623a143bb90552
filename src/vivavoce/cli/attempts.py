"""`vivavoce attempts`: list, show, delete and recover what was practised."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence

import click

from vivavoce.cli.debrief_lines import debrief_lines
from vivavoce.config import load_config
from vivavoce.domain.attempt import Attempt, AttemptState, AttemptSummary
from vivavoce.domain.debrief_json import debrief_to_dict
from vivavoce.domain.wording import clock
from vivavoce.errors import UsageError, VivavoceError
from vivavoce.locations import Locations, find_locations
from vivavoce.store.attempt_store import AttemptStore

_STATE_NOTES: dict[AttemptState, str] = {
    "recording": "not finished",
    "done": "",
    "restarted": "begun again",
    "abandoned": "left early",
    "interrupted": "interrupted",
}
_SHORT_ID = 10
"""The time in a ULID: enough to tell attempts apart that did not begin in the same millisecond."""
_BESIDE_TITLE = 60
"""Columns that the rest of a line may take."""
_NO_CASE = "Timed answer"
_INDENT = " " * 9


@click.group(epilog="Examples: vivavoce attempts list · vivavoce attempts show latest")
def attempts() -> None:
    """List, show, delete or recover your attempts.

    An ID may be shortened as long as no other begins so; `latest` is the newest.
    """


@attempts.command("list", epilog="Example: vivavoce attempts list --json")
@click.option("--json", "as_json", is_flag=True, help="Print an array, newest first.")
def list_attempts(as_json: bool) -> None:
    """List your attempts, newest first."""
    with _store(find_locations()) as store:
        summaries = store.list()
    if as_json:
        click.echo(_json([_summary(summary) for summary in summaries]))
    elif not summaries:
        click.echo("No attempts yet: vivavoce practice daily-mix-churn asks you the first case.")
    else:
        for line in _table(summaries):
            click.echo(line)


@attempts.command(epilog="Examples: vivavoce attempts show latest · vivavoce attempts show 01JD4")
@click.argument("attempt_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print turns, words and debrief as JSON.")
def show(attempt_id: str, as_json: bool) -> None:
    """Show what was said in an attempt, and its debrief."""
    with _store(find_locations()) as store:
        attempt = store.get(attempt_id)
    if as_json:
        click.echo(_json(_whole(attempt)))
    else:
        for line in _told(attempt):
            click.echo(line)


@attempts.command(epilog="Example: vivavoce attempts delete 01JD4 --yes")
@click.argument("attempt_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(attempt_id: str, yes: bool) -> None:
    """Delete an attempt: its recording, its words and its debrief. It cannot be undone."""
    with _store(find_locations()) as store:
        attempt = store.get(attempt_id)
        name = f"{_title(attempt)} of {_when(attempt)} ({attempt.id})"
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError(
                    f"Deleting {name} cannot be undone, and there is no terminal to ask on.",
                    "Add --yes.",
                )
            if not click.confirm(f"Delete {name} for good?", err=True):
                click.echo("Nothing was deleted.", err=True)
                return
        store.delete(attempt.id)
    click.echo(f"Deleted {name}.", err=True)


@attempts.command(epilog="Example: vivavoce attempts recover")
@click.option("--json", "as_json", is_flag=True, help="Print the recovered attempts as an array.")
def recover(as_json: bool) -> int:
    """Finish attempts that were cut off: read their recordings again and score them.

    The exit code is that of the first attempt that could not be recovered.
    """
    locations = find_locations()
    config = load_config(locations.config_file)
    recovered: list[object] = []
    exit_code = 0
    with _store(locations) as store:
        unfinished = store.unfinished()
        for left in unfinished:
            from vivavoce.session.recovery import recover_attempt  # half a second of libraries

            try:
                attempt = recover_attempt(left.id, store, config, locations)
            except VivavoceError as error:
                exit_code = exit_code or error.exit_code
                click.echo(f"vivavoce: {_title(left)} of {_when(left)}: {error}", err=True)
                continue
            recovered.append(_summary(attempt))
            if not as_json:
                click.echo(
                    f"Recovered {_title(attempt)} of {_when(attempt)}, "
                    f"{clock(attempt.duration_s)} long: vivavoce attempts show {attempt.id}"
                )
    if as_json:
        click.echo(_json(recovered))
    elif not unfinished:
        click.echo("Nothing to recover.")
    return exit_code


@contextlib.contextmanager
def _store(locations: Locations) -> Iterator[AttemptStore]:
    with contextlib.closing(AttemptStore(locations)) as store:
        yield store


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _summary(attempt: AttemptSummary | Attempt) -> dict[str, object]:
    """Return what a list tells of an attempt: a contract."""
    if isinstance(attempt, AttemptSummary):
        case_id = attempt.case_id
    else:
        case_id = attempt.case.id if attempt.case else None
    return {
        "id": attempt.id,
        "case": case_id,
        "started_at": attempt.started_at.isoformat(timespec="milliseconds"),
        "duration_s": round(attempt.duration_s, 3),
        "sample": attempt.sample,
        "vote": attempt.vote,
    }


def _whole(attempt: Attempt) -> dict[str, object]:
    """Return everything about an attempt."""
    return {
        **_summary(attempt),
        "variant": attempt.variant_id,
        "state": attempt.state,
        "model": attempt.model,
        "turns": [
            {
                "kind": turn.kind,
                "start": turn.span.start,
                "end": turn.span.end,
                "text": turn.text,
                "voiced": [{"start": span.start, "end": span.end} for span in turn.voiced],
            }
            for turn in attempt.turns
        ],
        "words": [
            {
                "turn": index,
                "text": word.text,
                "start": word.start,
                "end": word.end,
                "probability": word.probability,
            }
            for index, turn in enumerate(attempt.turns)
            for word in turn.words
        ],
        "debrief": debrief_to_dict(attempt.debrief, attempt.id) if attempt.debrief else None,
        "fillers": dict(attempt.fillers.counts) if attempt.fillers else None,
        "annotations": [],
    }


def _table(summaries: Sequence[AttemptSummary]) -> Iterator[str]:
    """Return aligned columns under a heading."""
    short = _unique_length([summary.id for summary in summaries])
    titles = [summary.title or _NO_CASE for summary in summaries]
    room = max(12, shutil.get_terminal_size().columns - _BESIDE_TITLE)
    width = min(room, max(len(title) for title in titles))
    yield f"{'ID':<{short}}  {'BEGUN':<16}  {'LENGTH':>7}  {'VOTE':<4}  CASE"
    for summary, title in zip(summaries, titles, strict=True):
        length = clock(summary.duration_s) if summary.state != "recording" else "-"
        shown = title if len(title) <= width else f"{title[: width - 1]}…"
        notes = ("sample" if summary.sample else "", _STATE_NOTES[summary.state])
        note = ", ".join(filter(None, notes))
        line = (
            f"{summary.id[:short]}  {_when(summary)}  {length:>7}  {summary.vote or '-':<4}"
            f"  {shown:<{width}}  {note}"
        )
        yield line.rstrip()


def _unique_length(ids: Sequence[str]) -> int:
    """Return how many characters tell all ids apart."""
    return next(
        length
        for length in range(_SHORT_ID, 27)
        if len({attempt_id[:length] for attempt_id in ids}) == len(ids)
    )


def _told(attempt: Attempt) -> Iterator[str]:
    """Return an attempt as lines: what it was, what was said, the debrief."""
    notes = [
        _title(attempt),
        *([f"variant {attempt.variant_id}"] if attempt.variant_id else []),
        _when(attempt),
        clock(attempt.duration_s),
        *(["sample"] if attempt.sample else []),
        *([note] if (note := _STATE_NOTES[attempt.state]) else []),
    ]
    yield " · ".join(notes)
    if attempt.state == "recording":
        yield "Finish it with: vivavoce attempts recover"
        return
    for turn in attempt.turns:
        speaker = "You" if turn.by_candidate else "Panel"
        yield ""
        yield f"{clock(turn.span.start):>7}  {speaker}"
        yield click.wrap_text(
            turn.text or "(nothing heard)", 78, initial_indent=_INDENT, subsequent_indent=_INDENT
        )
    yield from debrief_lines(attempt)


def _title(attempt: Attempt) -> str:
    return attempt.case.title if attempt.case else _NO_CASE


def _when(attempt: AttemptSummary | Attempt) -> str:
    """Return when an attempt began, in the user's own time zone."""
    return f"{attempt.started_at.astimezone():%Y-%m-%d %H:%M}"
