"""`vivavoce attempts import`: take an exported attempt, a recording or a coach's notes back in."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import click

from vivavoce.config import load_config
from vivavoce.domain.annotation import Annotation
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import TIMED, clock, day_and_time
from vivavoce.errors import BadInputError, NotFoundError, UsageError
from vivavoce.locations import Locations, find_locations
from vivavoce.store.attempt_store import AttemptStore

MAX_BYTES = 1 << 30
"""Of an attempt with its sound inside: six hours. Chosen."""
MAX_TRANSCRIPT_BYTES = 64 << 20
"""Of a transcript or notes: some days of speech. Chosen."""
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@click.command(
    "import",
    epilog="Examples: vivavoce attempts import 01JD4.json · "
    "vivavoce attempts import talk.m4a --transcript talk.srt --case daily-mix-churn · "
    "vivavoce attempts import --notes notes.json",
)
@click.argument("file", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--audio",
    type=click.Path(path_type=Path),
    help="For an exported attempt: its recording, of any format.",
)
@click.option(
    "--transcript",
    type=click.Path(path_type=Path),
    help="For a recording: what is said in it, as SRT, WebVTT or Whisper's JSON. "
    "Without it the recording is transcribed here.",
)
@click.option("--case", "case_id", default="", help="For a recording: the case that it answers.")
@click.option("--variant", default="", help="With which of the case's figures.")
@click.option("--new-id", is_flag=True, help="Keep an attempt that is here already once more.")
@click.option(
    "--notes",
    type=click.Path(path_type=Path),
    help="Notes that a coach saved from the HTML page. FILE is then the attempt's ID, if you name "
    "one: the notes know theirs.",
)
def import_(
    file: Path | None,
    audio: Path | None,
    transcript: Path | None,
    case_id: str,
    variant: str,
    new_id: bool,
    notes: Path | None,
) -> None:
    """Take in FILE: an attempt that was exported as json, or a recording of an answer.

    A recording becomes an attempt with one answer. With --case it is scored, else only timed.
    """
    for_recording: dict[str, object] = {
        "--transcript": transcript,
        "--case": case_id,
        "--variant": variant,
    }
    for_attempt: dict[str, object] = {"--audio": audio, "--new-id": new_id}
    locations = find_locations()
    if notes is not None:
        _refuse(for_recording | for_attempt, "--notes goes alone, with the attempt's id at most.")
        _import_notes(notes, str(file) if file is not None else "", locations)
        return
    if file is None:
        raise UsageError("Which file?", "Name an exported attempt or a recording.")
    if _begins_like_json(file):
        _refuse(for_recording, "An exported attempt has its words and its case inside.")
        _import_attempt(file, audio, new_id, locations)
    else:
        _refuse(for_attempt, f"{one_line(file.name)} is taken for a recording.")
        if variant and not case_id:
            raise UsageError("--variant needs the case.", "Name it with --case.")
        _import_recording(file, transcript, case_id, variant, locations)


def _refuse(options: dict[str, object], why: str) -> None:
    if given := [name for name, value in options.items() if value]:
        raise UsageError(why, f"Leave {' and '.join(given)} out.")


def _import_attempt(file: Path, audio: Path | None, new_id: bool, locations: Locations) -> None:
    from vivavoce.session.importing import import_attempt
    from vivavoce.store.attempt_file import read_attempt_file

    shown = one_line(file.name)
    text = _text_of(file, MAX_BYTES)
    if '"vivavoce-notes"' in text[:1000]:
        raise UsageError(f"{shown} holds a coach's notes.", "Bring them in with --notes.")
    read = read_attempt_file(text, shown)
    with contextlib.closing(AttemptStore(locations)) as store:
        imported = import_attempt(read, store, audio, new_id)
    _tell(imported.faults)
    attempt = imported.attempt
    title = attempt.case.title if attempt.case else TIMED
    click.echo(
        f"Imported {title} of {day_and_time(attempt.started_at)}: "
        f"vivavoce attempts show {attempt.id}"
    )


def _import_recording(
    file: Path, transcript: Path | None, case_id: str, variant: str, locations: Locations
) -> None:
    from vivavoce.session.importing import import_recording, read_transcript
    from vivavoce.store.case_library import load_library

    case = load_library(locations).find(case_id) if case_id else None
    heard = None
    if transcript is not None:
        text = _text_of(transcript, MAX_TRANSCRIPT_BYTES)
        heard = read_transcript(text, one_line(transcript.name))
    else:
        click.echo(f"Writing down what is said in {one_line(file.name)} ...", err=True)
    config = load_config(locations.config_file)
    with contextlib.closing(AttemptStore(locations)) as store:
        imported = import_recording(file, heard, case, variant, store, config, locations)
    _tell(imported.faults)
    attempt = imported.attempt
    if attempt.debrief is not None and not attempt.debrief.heard:
        click.echo(f"No speech was heard in {one_line(file.name)}.", err=True)
    click.echo(
        f"Imported {one_line(file.name)}, {clock(attempt.duration_s)} long: "
        f"vivavoce attempts show {attempt.id}"
    )


def _import_notes(file: Path, attempt_id: str, locations: Locations) -> None:
    from vivavoce.export.coach_notes import read_notes

    shown = one_line(file.name)
    text = _text_of(file, MAX_TRANSCRIPT_BYTES)
    with contextlib.closing(AttemptStore(locations)) as store:
        attempt = store.get(attempt_id or _attempt_named(text, shown))
        notes = read_notes(text, attempt, shown)
        known = store.annotations.known(attempt.id, (note.id for note in notes))
        new = [note for note in notes if note.id not in known]
        if new:
            store.annotations.edit(attempt.id, "a coach's notes", added=new)
    click.echo(_notes_told(new, len(notes) - len(new)))
    if new:
        click.echo(f"Read them with: vivavoce attempts show {attempt.id}", err=True)


def _notes_told(new: list[Annotation], known: int) -> str:
    authors = sorted({one_line(note.author) for note in new if note.author})
    told = f"{_counted(len(new))} came in" if new else "Nothing new came in"
    if authors:
        told += f", by {', '.join(authors)}"
    if known:
        told += f"; {_counted(known)} had come before"
    return f"{told}."


def _counted(count: int) -> str:
    return f"{count} note{'s' * (count != 1)}"


def _attempt_named(text: str, name: str) -> str:
    """Return the id of the attempt that notes are about.

    Raises:
        BadInputError: They name none.
    """
    try:
        attempt_id = json.loads(text)["attempt"]
    except (ValueError, KeyError, TypeError, RecursionError):
        attempt_id = None
    if not isinstance(attempt_id, str) or not attempt_id.isalnum() or len(attempt_id) > 26:
        raise BadInputError(
            f"{name} holds no notes on an attempt.", "Save them again from the page."
        )
    return attempt_id


def _begins_like_json(file: Path) -> bool:
    begin = _bytes_of(file, 4096, whole=False)
    encoding = "utf-16" if begin.startswith(UTF_16_MARKS) else "utf-8-sig"
    return begin.decode(encoding, "ignore").lstrip().startswith("{")


def _text_of(file: Path, most: int) -> str:
    data = _bytes_of(file, most)
    try:
        return data.decode("utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(
            f"{one_line(str(file))} is not UTF-8 text.", "Save it as UTF-8, then try again."
        ) from None


def _bytes_of(file: Path, most: int, whole: bool = True) -> bytes:
    shown = one_line(str(file))
    if file.is_dir():
        raise BadInputError(f"{shown} is a folder.", "Name a file in it.")
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {shown}.", "Check the path.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name holds a NUL"
        raise BadInputError(f"{shown} cannot be read: {reason}.", "Name another file.") from error
    if whole and len(data) > most:
        raise BadInputError(f"{shown} has more than {most >> 20} MB.", "Name another file.")
    return data


def _tell(faults: tuple[str, ...]) -> None:
    for fault in faults:
        click.echo(f"vivavoce: {fault}", err=True)
