"""Notes, tags and marks that stand in an attempt, and the place for a coach's own."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.domain.annotation import MAX_CHARACTERS, Annotation, AnnotationKind
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES
from vivavoce.export.page.markup import Html, element, joined, moment, section, spaced

MAX_NAME = 80
"""Characters of a coach's name. Chosen."""
NOTED: dict[AnnotationKind, str] = {
    "mark": "Mark",
    "note": "Note",
    "tag": "Tag",
    "patch": "Said again",
}
"""The annotations that are told, by their names; the others are in the words already."""
_HOW = (
    "For a coach: click a word, shift-click another (or drag over several), then press “Note”. "
    "Your notes stay in this page until you save them as a small file to send back."
)


def standing_notes(attempt: Attempt, playable: bool) -> Html:
    """Return what stands in the attempt already; empty where nothing does."""
    noted = [each for each in attempt.annotations if each.kind in NOTED]
    if not noted:
        return Html()
    shown = shown_words(attempt.turns, attempt.annotations)
    items = (element("li", spaced(_note(each, shown, playable))) for each in noted)
    return section("notes", "Notes and marks", element("ul", items, class_="notes"))


def _note(note: Annotation, shown: list[ShownWord], playable: bool) -> Iterator[Html]:
    name = NOTED[note.kind]
    if author := one_line(note.author):
        name += f" by {author}"
    if note.criterion is not None:
        name += f", for {CRITERION_NAMES[note.criterion]}"
    # What was said again has a recording of its own; here the first take of it is played.
    yield moment(note.anchor.span, name, playable)
    yield element("b", name, class_=f"kind {note.kind}")
    if note.anchor.words is not None:
        words = note.anchor.words
        said = " ".join(each.word.text for each in shown if each.heard.touches(words))
        if said:
            yield element("q", said)
    if note.text:
        yield element("p", note.text, class_="told")


def own_notes() -> Html:
    """Return the place in which a coach writes; the page's script shows it."""
    name = joined(
        element("label", "Your name", for_="name"),
        element("input", type="text", id="name", maxlength=str(MAX_NAME), autocomplete="name"),
    )
    listed = element("ul", id="own", class_="notes")
    save = joined(
        element("button", "Save notes", type="button", id="save", class_="main", disabled=True),
        element("p", id="unsaved", class_="quiet"),
    )
    return section(
        "yours",
        "Your notes",
        element("p", _HOW, class_="how quiet"),
        listed,
        element("div", name, class_="field"),
        save,
        class_="only-scripted",
    )


def writing() -> Html:
    """Return the window in which a note is written."""
    return element(
        "dialog",
        element("h2", "A note on", id="writing-title"),
        element("q", id="writing-words"),
        element("p", element("button", "Play these words", type="button", id="writing-play")),
        element(
            "form",
            element("label", "Your note", for_="writing-text"),
            element(
                "textarea", id="writing-text", rows="5", maxlength=str(MAX_CHARACTERS),
                required=True,
            ),
            element(
                "div",
                element("button", "Keep it", type="submit", class_="main"),
                element("button", "Cancel", type="button", id="writing-cancel"),
                class_="buttons",
            ),
            method="dialog",
            id="writing-form",
        ),
        id="writing",
        aria_labelledby="writing-title",
    )  # fmt: skip
