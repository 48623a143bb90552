"""`vivavoce attempts`: list, show, dispute, delete and recover what was practised."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence

import click

from vivavoce.cli.annotation_lines import annotation_lines
from vivavoce.cli.attempt_summary import summary_to_dict
from vivavoce.cli.debrief_lines import debrief_lines
from vivavoce.cli.lazy_group import LazyGroup
from vivavoce.cli.word_lines import word_lines
from vivavoce.config import load_config
from vivavoce.domain.annotation_json import annotation_to_dict
from vivavoce.domain.attempt import Attempt, AttemptSummary
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.debrief_change import changes
from vivavoce.domain.debrief_json import debrief_to_dict
from vivavoce.domain.dispute import dispute_to_dict
from vivavoce.domain.patching import patches
from vivavoce.domain.text import one_line
from vivavoce.domain.word_place import word_id
from vivavoce.domain.wording import STATE_NOTES, TIMED, clock, day_and_time
from vivavoce.errors import UsageError, VivavoceError
from vivavoce.locations import Locations, find_locations
from vivavoce.scoring.beside import beside, beside_to_dict
from vivavoce.store.attempt_store import AttemptStore

_SHORT_ID = 10
"""The time in a ULID: enough to tell attempts apart that did not begin in the same millisecond."""
_COLUMNS_BESIDE, _LEAST_TITLE = 37, 12
"""What a line takes beside its id, title and note, and what a title keeps. Chosen."""
_INDENT = " " * 9


_COMMANDS = {
    "dispute": ("vivavoce.cli.attempts_dispute:dispute", "Say that a judgement missed your words."),
    "compare": ("vivavoce.cli.attempts_compare:compare", "Set two attempts side by side."),
    "export": ("vivavoce.cli.attempts_export:export", "Write an attempt for other programs."),
    "import": ("vivavoce.cli.attempts_import:import_", "Take an attempt or notes back in."),
    "rescore": ("vivavoce.cli.attempts_rescore:rescore", "Score an attempt again."),
    "undo": ("vivavoce.cli.attempts_rescore:undo", "Take back the latest note or correction."),
    "redo": ("vivavoce.cli.attempts_rescore:redo", "Do again what was undone."),
}


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    epilog="Examples: vivavoce attempts list · vivavoce attempts show latest",
)
def attempts() -> None:
    """List, show, compare, export, dispute, delete or recover your attempts.

    An ID may be shortened as long as no other begins so; `latest` is the newest.
    """


@attempts.command(
    "list",
    epilog="Examples: vivavoce attempts list --json · vivavoce attempts list --search skips",
)
@click.option("--search", "words", default="", help="Only those in which these words were said.")
@click.option("--json", "as_json", is_flag=True, help="Print an array, newest first.")
def list_attempts(words: str, as_json: bool) -> None:
    """List your attempts, newest first; with --search the best match first.

    It looks through what you said, as you corrected it, and through your notes. The last word may
    be only begun.
    """
    with _store(find_locations()) as store:
        found = store.search(words) if words else {}
        summaries = list(found) if words else store.list()
    if as_json:
        matches = ({"found": found[s]} if words else {} for s in summaries)
        click.echo(
            _json([summary_to_dict(s) | match for s, match in zip(summaries, matches, strict=True)])
        )
    elif not summaries and words:
        click.echo(f"No attempt holds “{one_line(words)}”. Try fewer words.", err=True)
    elif not summaries:
        click.echo("No attempts yet: vivavoce practice daily-mix-churn asks you the first case.")
    else:
        heading, *lines = _table(summaries)
        click.echo(heading)
        for summary, line in zip(summaries, lines, strict=True):
            click.echo(line)
            if words:
                click.echo(f"{_INDENT}{one_line(found[summary])}")


@attempts.command(epilog="Examples: vivavoce attempts show latest · vivavoce attempts show 01JD4")
@click.argument("attempt_id", metavar="ID")
@click.option("--words", is_flag=True, help="Print one word a line: id, second, how sure, word.")
@click.option("--json", "as_json", is_flag=True, help="Print turns, words and debrief as JSON.")
def show(attempt_id: str, words: bool, as_json: bool) -> None:
    """Show what was said in an attempt, and its debrief.

    With --words each word has the id by which `vivavoce note`, `tag` and `correct` know it.
    """
    with _store(find_locations()) as store:
        attempt = store.get(attempt_id)
    if words and not as_json:
        for line in word_lines(attempt):
            click.echo(line)
    elif as_json:
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
        name = f"{_named(attempt)} ({attempt.id})"
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
                click.echo(
                    f"vivavoce: {_title(left)} of {day_and_time(left.started_at)}: {error}",
                    err=True,
                )
                continue
            recovered.append(summary_to_dict(attempt))
            if not as_json:
                click.echo(
                    f"Recovered {_named(attempt)}, "
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


def _patched(attempt: Attempt) -> Debrief | None:
    """Return the debrief with what was said again in its place; None without a patch."""
    if attempt.debrief is None or not patches(attempt.annotations):
        return None
    from vivavoce.session.answer_reader import open_reader
    from vivavoce.session.patching import patched_debrief

    return patched_debrief(attempt, open_reader(find_locations()))


def _whole(attempt: Attempt) -> dict[str, object]:
    """Return everything about an attempt; "patched" is the debrief with what was said again."""
    patched = _patched(attempt)
    return {
        **summary_to_dict(attempt),
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
                "id": word_id(index, place),
                "turn": index,
                "text": word.text,
                "start": word.start,
                "end": word.end,
                "probability": word.probability,
            }
            for index, turn in enumerate(attempt.turns)
            for place, word in enumerate(turn.words)
        ],
        "debrief": _debrief(attempt),
        "fillers": dict(attempt.fillers.counts) if attempt.fillers else None,
        "disputes": [dispute_to_dict(dispute) for dispute in attempt.disputes],
        "patched": debrief_to_dict(patched, attempt.id) if patched else None,
        "annotations": [annotation_to_dict(each) for each in attempt.annotations],
    }


def _debrief(attempt: Attempt) -> dict[str, object] | None:
    """Return the debrief and what stands beside it."""
    if attempt.debrief is None:
        return None
    found = beside(attempt.debrief, attempt.corrected, attempt.case, attempt.variant_id)
    return {**debrief_to_dict(attempt.debrief, attempt.id), **beside_to_dict(found)}


def _table(summaries: Sequence[AttemptSummary]) -> Iterator[str]:
    """Return aligned columns under a heading."""
    short = unique_length([summary.id for summary in summaries])
    titles = [summary.title or TIMED for summary in summaries]
    notes = [
        ", ".join(filter(None, ("sample" if each.sample else "", STATE_NOTES[each.state])))
        for each in summaries
    ]
    beside = short + _COLUMNS_BESIDE + max(map(len, notes))
    room = max(_LEAST_TITLE, shutil.get_terminal_size().columns - beside)
    width = min(room, max(len(title) for title in titles))
    yield f"{'ID':<{short}}  {'BEGUN':<16}  {'LENGTH':>7}  {'VOTE':<4}  CASE"
    for summary, title, note in zip(summaries, titles, notes, strict=True):
        length = clock(summary.duration_s) if summary.state != "recording" else "-"
        shown = title if len(title) <= width else f"{title[: width - 1]}…"
        line = (
            f"{summary.id[:short]}  {day_and_time(summary.started_at)}  {length:>7}"
            f"  {summary.vote or '-':<4}  {shown:<{width}}  {note}"
        )
        yield line.rstrip()


def unique_length(ids: Sequence[str]) -> int:
    """Return how many characters tell all ids apart; ten where there is none."""
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
        day_and_time(attempt.started_at),
        clock(attempt.duration_s),
        *(["sample"] if attempt.sample else []),
        *([note] if (note := STATE_NOTES[attempt.state]) else []),
    ]
    yield " · ".join(notes)
    if attempt.state == "recording":
        yield "Finish it with: vivavoce attempts recover"
        return
    for turn in attempt.corrected:
        speaker = "You" if turn.by_candidate else "Panel"
        yield ""
        yield f"{clock(turn.span.start):>7}  {speaker}"
        yield click.wrap_text(
            turn.text or "(nothing heard)", 78, initial_indent=_INDENT, subsequent_indent=_INDENT
        )
    yield from debrief_lines(attempt)
    if written := list(annotation_lines(attempt)):
        yield ""
        yield "Written on it"
        yield from written
    if (patched := _patched(attempt)) and attempt.debrief:
        told = changes(attempt.debrief, patched)
        yield ""
        yield f"With what you said again: {' · '.join(told) or 'judged as before'}"


def _title(attempt: Attempt) -> str:
    return attempt.case.title if attempt.case else TIMED


def _named(attempt: Attempt) -> str:
    return f"{_title(attempt)} of {day_and_time(attempt.started_at)}"
