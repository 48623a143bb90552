"""`vivavoce score`: read an answer as a panel would."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.debrief_json import debrief_to_dict
from vivavoce.domain.turns import Turn
from vivavoce.errors import BadInputError, NotFoundError, StorageError, UsageError
from vivavoce.locations import find_locations
from vivavoce.scoring.reader import Reader

MAX_TEXT_BYTES = 10 << 20
"""A transcript of an hour has 60 kB. Chosen."""
MAX_LINE_BYTES = 1 << 20
"""One answer of a JSONL file. Chosen."""
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@click.command(
    epilog="Examples: vivavoce score answer.txt · echo 'Skips fall by a third.' | vivavoce score - "
    "--json · vivavoce score answer.wav · vivavoce score --jsonl answers.jsonl --out read.jsonl"
)
@click.argument("file", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--case", "case_id", default="", help="The case that was answered.")
@click.option("--jsonl", type=click.Path(path_type=Path), help="Read many answers, one a line.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the results of --jsonl here.")
def score(
    file: str | None, as_json: bool, case_id: str, jsonl: Path | None, out: Path | None
) -> int:
    """Read FILE (or - for standard input) and tell how a panel would vote, and why.

    FILE is a text, a JSON transcript in Whisper's shape, or a recording. With --jsonl each line
    holds {"id", "text", "case"}; a bad line gives {"id", "error"} and the exit code 4 at the end.
    """
    if jsonl is not None:
        if file is not None or as_json:
            raise UsageError("--jsonl reads its own file and prints JSON.", "Leave the rest out.")
        return _score_lines(jsonl, out)
    if out is not None:
        raise UsageError("--out goes with --jsonl.", "Use > to keep the output in a file.")
    if file is None:
        raise UsageError("Which file?", "Name a text or a recording, or - for standard input.")
    case = _case(case_id) if case_id else None
    debrief, turns = _read_input(file)
    from vivavoce.scoring.beside import beside, beside_to_dict

    found = beside(debrief, turns, case)
    if as_json:
        name = case_id or (Path(file).stem if file != "-" else None)
        fields = {**debrief_to_dict(debrief, name), **beside_to_dict(found)}
        click.echo(json.dumps(fields, ensure_ascii=False, indent=2))
        return 0
    from vivavoce.cli.debrief_lines import timing_lines, verdict_lines

    if case is not None:
        click.echo(case.title)
    if not debrief.heard:
        click.echo("Not heard: there are no words in it.")
        return 0
    for line in verdict_lines(debrief, found):
        click.echo(line)
    if debrief.timing is not None:
        click.echo("\nTIMING")
        for line in timing_lines(debrief.timing):
            click.echo(line)
    return 0


def _case(case_id: str) -> Case:
    from vivavoce.store.case_library import load_library

    return load_library(find_locations()).find(case_id)


def _read_input(file: str) -> tuple[Debrief, Sequence[Turn]]:
    """Return the debrief of a file, and its turns; none where the input has no times."""
    from vivavoce.session.answer_reader import open_reader
    from vivavoce.session.debriefing import make_debrief
    from vivavoce.store.transcript_file import turn_from_whisper_json

    if file == "-":
        data = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1) if sys.stdin else b""
        if _looks_like_sound(data):
            with tempfile.NamedTemporaryFile() as spooled:  # 0600
                spooled.write(data)
                shutil.copyfileobj(sys.stdin.buffer, spooled)
                spooled.flush()
                turns = _heard(Path(spooled.name))
                return make_debrief(turns, open_reader(find_locations())), turns
    else:
        data = _bytes_of(Path(file))
        if _looks_like_sound(data):
            turns = _heard(Path(file))
            return make_debrief(turns, open_reader(find_locations())), turns
    if len(data) > MAX_TEXT_BYTES:
        raise BadInputError("That is more than 10 MB of text.", "Score one answer at a time.")
    try:
        text = data.decode("utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(
            f"{file} is neither text nor a recording.", "Save it as UTF-8 text, or as a WAV file."
        ) from None
    reader = open_reader(find_locations())
    if text.lstrip().startswith("{"):
        turn = turn_from_whisper_json(text, file)
        return make_debrief([turn], reader), [turn]
    return Debrief(reader.read(text), timing=None, heard=any(c.isalnum() for c in text)), ()


def _heard(recording: Path) -> tuple[Turn, ...]:
    from vivavoce.config import load_config
    from vivavoce.session.transcription import transcribe_file

    locations = find_locations()
    return transcribe_file(
        recording,
        load_config(locations.config_file),
        locations,
        on_fault=lambda sentence: click.echo(f"vivavoce: {sentence}", err=True),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_TEXT_BYTES + 1)
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {path}.", "Check the path.") from None
    except OSError as error:
        raise BadInputError(
            f"{path} cannot be read: {error.strerror}.", "Name a text or a recording."
        ) from error


def _looks_like_sound(data: bytes) -> bool:
    """Whether a file starts as sound does: text holds no NUL byte in its first kilobyte."""
    if data.startswith(UTF_16_MARKS):
        return False
    return data[:4] in (b"RIFF", b"fLaC", b"OggS", b"\x1aE\xdf\xa3") or b"\0" in data[:1024]


def _score_lines(source: Path, out: Path | None) -> int:
    """Read a JSONL file line by line, in order, in bounded memory."""
    if source.is_dir():
        raise BadInputError(f"{source} is a folder.", "Name a file with one answer a line.")
    from vivavoce.session.answer_reader import open_reader

    part = out.with_name(out.name + ".part") if out is not None else None
    reader = open_reader(find_locations())
    bad = 0
    try:
        with source.open("rb") as lines:
            sink = part.open("w", encoding="utf-8") if part is not None else sys.stdout
            try:
                if part is not None:
                    part.chmod(0o600)
                while line := lines.readline(MAX_LINE_BYTES + 1):
                    if not line.strip():
                        continue
                    if len(line) > MAX_LINE_BYTES:
                        while line and not line.endswith(b"\n"):
                            line = lines.readline(MAX_LINE_BYTES)
                        result: dict[str, object] = {"id": None, "error": "the line is over 1 MB"}
                    else:
                        result = _score_line(line, reader)
                    bad += "error" in result
                    sink.write(json.dumps(result, ensure_ascii=False) + "\n")
            finally:
                if part is not None:
                    sink.close()
        if part is not None and out is not None:
            part.replace(out)
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no {error.filename}.", "Check the path.") from None
    except OSError as error:
        if error.filename is None and out is None:
            raise  # it is standard output that failed
        raise StorageError(
            f"{error.filename or out or source}: {error.strerror}.", "Check the paths."
        ) from error
    finally:
        if part is not None:  # gone already where all went well
            part.unlink(missing_ok=True)
    if bad:
        click.echo(f"vivavoce: {bad} of the lines could not be read.", err=True)
    return BadInputError.exit_code if bad else 0


def _whole(text: str) -> str:
    """Return a text that can be written: half a character, as JSON allows, becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _score_line(line: bytes, reader: Reader) -> dict[str, object]:
    known: str | None = None
    try:
        item = json.loads(line)
        if not isinstance(item, dict):
            return {"id": None, "error": "the line is not a JSON object"}
        name = item.get("id")
        known = _whole(name) if isinstance(name, str) else None
        if known is None:
            return {"id": None, "error": "id must be a text"}
        text = item.get("text")
        if not isinstance(text, str):
            return {"id": known, "error": "text must be a text"}
        heard = any(character.isalnum() for character in text)
        return debrief_to_dict(Debrief(reader.read(text), None, heard=heard), known)
    except (ValueError, RecursionError) as error:
        return {"id": known, "error": f"not JSON: {error}"}
