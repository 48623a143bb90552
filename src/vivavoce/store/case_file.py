"""Reading one case from its TOML file, and saying by file and key what is wrong with it.

A case file is untrusted text: it may come from anybody. Nothing in it is run, and no name in it is
opened. docs/cases.md describes the format.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NoReturn, cast, get_args

from vivavoce.domain.case import Case, Exhibit, Probe, ProbeTag, Round, Variant
from vivavoce.domain.text import one_line, strip_controls
from vivavoce.store.case_table import CaseTable, refuse

MAX_FILE_BYTES = 256 * 1024
"""The longest shipped case has 9 KiB."""
MAX_LINE_DOTS = 200
"""Chosen: five rows of figures on one line have fewer. tomllib's time for a dotted key grows with
the square of its parts: 2.5 s for 16,000 (measured), minutes for what fits into a file."""
CASE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MAX_TITLE_CHARACTERS = 48
MAX_PROMPT_WORDS = 45
MAX_PROBE_WORDS = 20
MAX_EXHIBIT_ROWS = 5
MAX_EXHIBIT_WIDTH = 56
"""Terminal columns, so that the table fits beside a margin at 60."""
MAX_NOTE_CHARACTERS = 112
"""Two lines under the table. Chosen."""
MAX_TWIST_WORDS = 60
"""Chosen: read in one look."""
MAX_MODEL_ANSWER_WORDS = 120
"""Chosen: three sentences that can be said in under a minute."""
MAX_TAGS = 8
MAX_TAG_CHARACTERS = 24
OWN_WORDS = ("tool", "number")
"""The candidate's own words that a probe may hold in braces."""

_VARIANT_ID = re.compile(r"[a-z0-9]{1,8}")
_SENTENCE_END = re.compile(r"[.?!][\"'”’)]*(?=\s|$)")


def read_case(path: Path) -> Case:
    """Return the case in one file.

    Raises:
        BadInputError: It cannot be read or is not a case; one line with file, key and reason.
    """
    name = one_line(path.name)
    try:
        if path.is_symlink():
            refuse(name, "file", "is a link: put the file itself here")
        if path.exists() and not path.is_file():
            refuse(name, "file", "is not a file")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        refuse(name, "file", f"cannot be read: {error.strerror}")
    if len(data) > MAX_FILE_BYTES:
        _refuse_size(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(name, "file", f"line {line} is not UTF-8: save it as UTF-8")
    return parse_case(text, path.name)


def parse_case(text: str, name: str) -> Case:
    """Return the case that `text` describes, control characters left out.

    Args:
        text: TOML, as docs/cases.md says.
        name: The file's name, `<id>.toml`; a path is refused.

    Raises:
        BadInputError: One line with file, key and what is wrong; the first problem found.
    """
    shown = one_line(name)
    case_id = name.removesuffix(".toml")
    if case_id == name or not CASE_ID.fullmatch(case_id):
        refuse(
            shown,
            "file",
            "must be named <id>.toml, the id of small letters, digits and hyphens, 64 at most",
        )
    text = strip_controls(text)
    if len(text.encode()) > MAX_FILE_BYTES:
        _refuse_size(shown)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_LINE_DOTS and not line.startswith("#"):
            refuse(shown, "file", f"line {number} has more than {MAX_LINE_DOTS} dots")
    try:
        values = tomllib.loads(text)
    except RecursionError:
        refuse(shown, "file", "is nested too deeply")
    except ValueError as error:  # not only TOMLDecodeError: a number may be too long to be one
        refuse(shown, "file", f"is not TOML: {one_line(str(error))}")
    return _case(CaseTable(shown, "", values), case_id)


def _refuse_size(name: str) -> NoReturn:
    refuse(name, "file", f"is longer than {MAX_FILE_BYTES // 1024} KiB")


def _case(table: CaseTable, file_id: str) -> Case:
    table.known(
        "id",
        "order",
        "title",
        "round",
        "prompt",
        "think_seconds",
        "target_seconds",
        "limit_seconds",
        "tags",
        "probes",
        "variants",
    )
    if table.raw_text("id") != file_id:
        table.refuse("id", f"must be {file_id}, like the file's name")
    shared = table.each("probes", _probe)
    variants = table.each("variants", lambda variant: _variant(variant, shared))
    if not variants:
        table.refuse("variants", "there must be at least one")
    ids = [variant.id for variant in variants]
    for number, variant_id in enumerate(ids):
        if variant_id in ids[:number]:
            table.refuse(f"variants[{number + 1}].id", f"{variant_id} is there already")
    tags = table.texts("tags", 0, MAX_TAGS) if table.has("tags") else ()
    if any(len(tag) > MAX_TAG_CHARACTERS for tag in tags):
        table.refuse("tags", f"may have {MAX_TAG_CHARACTERS} characters each")
    target_seconds = table.number("target_seconds", 120.0, 10.0, 3600.0)
    return Case(
        id=file_id,
        title=table.short_text("title", MAX_TITLE_CHARACTERS),
        round=cast(Round, table.one_of("round", get_args(Round))),
        prompt=table.spoken("prompt", MAX_PROMPT_WORDS),
        variants=variants,
        think_seconds=table.number("think_seconds", 45.0, 0.0, 600.0),
        target_seconds=target_seconds,
        limit_seconds=table.number("limit_seconds", 900.0, target_seconds, 7200.0),
        tags=tags,
        order=int(table.number("order", 0.0, 0.0, 9999.0)),
    )


def _variant(table: CaseTable, shared: tuple[Probe, ...]) -> Variant:
    table.known("id", "exhibit", "twist", "model_answer", "probes")
    variant_id = table.raw_text("id")
    if not _VARIANT_ID.fullmatch(variant_id):
        table.refuse("id", "must be 1 to 8 small letters or digits, such as a")
    model_answer = table.worded_text("model_answer", MAX_MODEL_ANSWER_WORDS)
    sentences = len(_SENTENCE_END.findall(model_answer))
    if sentences != 3:
        wrong = f"has {sentences} sentences, must have 3: the problem, the change, the lift"
        table.refuse("model_answer", wrong)
    return Variant(
        id=variant_id,
        exhibit=_exhibit(table.table("exhibit")),
        twist=table.worded_text("twist", MAX_TWIST_WORDS),
        model_answer=model_answer,
        probes=table.each("probes", _probe) + shared,
    )


def _exhibit(table: CaseTable) -> Exhibit:
    table.known("columns", "rows", "note")
    columns = table.texts("columns", 2, 16)
    rows = table.rows("rows", 1, MAX_EXHIBIT_ROWS)
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            table.refuse(
                f"rows[{number}]", f"has {len(row)} cells, but there are {len(columns)} columns"
            )
    note = table.short_text("note", MAX_NOTE_CHARACTERS) if table.has("note") else ""
    exhibit = Exhibit(columns, rows, note)
    if exhibit.width > MAX_EXHIBIT_WIDTH:
        wrong = f"is printed {exhibit.width} columns wide, {MAX_EXHIBIT_WIDTH} are allowed"
        table.refuse("rows", wrong, "Shorten a heading or a name.")
    return exhibit


def _probe(table: CaseTable) -> Probe:
    table.known("tag", "text")
    text = table.spoken("text", MAX_PROBE_WORDS, OWN_WORDS)
    if text.count("?") > 1:
        table.refuse("text", "asks more than one question")
    return Probe(cast(ProbeTag, table.one_of("tag", get_args(ProbeTag))), text)
