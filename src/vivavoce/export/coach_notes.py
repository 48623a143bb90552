"""A coach's notes: the small file that the debrief's page saves, back into annotations."""

from __future__ import annotations

from vivavoce.domain.annotation import MAX_CHARACTERS, Annotation, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.errors import BadInputError
from vivavoce.export.page.notes import MAX_NAME
from vivavoce.store.json_fields import ULID, Field, WrongFieldError

FORMAT = "vivavoce-notes"
SCHEMA = 1
MAX_NOTES = 2000
"""In one file: more than anybody writes about an hour. Chosen."""
NAMELESS = "a coach"
"""The author of notes without a name, so that they are never taken for one's own."""


def read_notes(text: str, attempt: Attempt, name: str) -> tuple[Annotation, ...]:
    """Return the notes of a file that the page saved.

    Their ids were made in the page, so that the same file read twice gives the same ids.

    Args:
        text: {"format": "vivavoce-notes", "schema": 1, "attempt", "author", "notes": [{"id",
            "turn", "first", "last", "text", "made_at"}]}. Where a note stands follows from its
            words; the times in the file are for its other readers.
        attempt: That they are about.
        name: The file's, for the message.

    Raises:
        BadInputError: It is not that, is about another attempt or about words that are not there.
    """
    shown = one_line(name)
    try:
        document = Field.parse(text)
        if document["format"].line() != FORMAT:
            document["format"].wrong(f"must be “{FORMAT}”")
        if (schema := document["schema"].count(1)) > SCHEMA:
            raise BadInputError(
                f"{shown} was saved by a newer page (format {schema}).",
                "Update vivavoce, then import it again.",
            )
        about = document["attempt"].line()
        if about != attempt.id:
            raise BadInputError(
                f"The notes in {shown} are about another attempt.",
                f"Import them there: vivavoce attempts import --notes {shown} {about}"
                if ULID.fullmatch(about)
                else "Ask your coach for the file that your page saved.",
            )
        author = document["author"].line()[:MAX_NAME].strip() or NAMELESS
        fields = document["notes"].items()
        if len(fields) > MAX_NOTES:
            document["notes"].wrong(f"must be at most {MAX_NOTES}")
        notes = tuple(_note(field, attempt, author) for field in fields)
        if len({note.id for note in notes}) < len(notes):
            document["notes"].wrong("must have an id each")
    except WrongFieldError as error:
        raise BadInputError(
            f"{shown} is not a file of notes: {error}.",
            "Use the file that “Save notes” in the debrief's page gives.",
        ) from None
    return notes


def _note(field: Field, attempt: Attempt, author: str) -> Annotation:
    note_id, text = field["id"].line(), field["text"].text().strip()
    if not ULID.fullmatch(note_id):
        field["id"].wrong("must be a ULID")
    if not text or len(text) > MAX_CHARACTERS:
        field["text"].wrong(f"must have 1 to {MAX_CHARACTERS} characters")
    words = WordRange(field["turn"].count(), field["first"].count(), field["last"].count())
    try:
        anchor = anchor_at(attempt.turns, words)
    except IndexError:
        field.wrong("is about words that this attempt does not have")
    return Annotation(note_id, "note", anchor, text, field["made_at"].moment(), author)
