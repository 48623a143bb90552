"""How an attempt stands in a list: one line of columns, and the words that were searched. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from vivavoce.domain.attempt import AttemptSummary
from vivavoce.domain.debrief import Criterion, Level
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import LEVEL_MARKS, STATE_NOTES, TIMED, clock
from vivavoce.tui.widgets.case_list import NARROW_COLUMNS, SHOWN
from vivavoce.tui.words import LEVEL_COLOURS

Levels = Mapping[Criterion, Level]
WIDE_COLUMNS = 92
"""From this width on the three sentences are named in the heading, below it by their letter.
Chosen: a title needs thirty columns."""
_LENGTH = 7
_VOTE = 4
_LEAST_TITLE = 8
"""Columns that a title and the two before a note keep; else the note is left out. Chosen."""


def attempt_headings(width: int) -> Content:
    """Return the names of the columns, `width` columns wide."""
    if width < NARROW_COLUMNS:
        return Content("")
    names = "  ".join(word for _, word in SHOWN) if width >= WIDE_COLUMNS else "heard".ljust(8)
    return _line(
        "begun".ljust(16), "case", f"{'length':>{_LENGTH}}  {'vote':<{_VOTE}}  {names}", width
    )


def attempt_line(
    attempt: AttemptSummary, levels: Levels | None, width: int, compared: bool = False
) -> Content:
    """Return the line of an attempt, `width` columns wide.

    Args:
        attempt: What to tell.
        levels: Of problem, solution and lift; None where nothing was judged.
        width: Columns.
        compared: Whether it was marked to be compared with another one.
    """
    notes = [
        "to compare" if compared else "",
        "sample" if attempt.sample else "",
        STATE_NOTES[attempt.state],
    ]
    began = attempt.started_at.astimezone()
    judged = _judged(levels if attempt.vote else None, width)
    vote = attempt.vote or "-"
    title = one_line(attempt.title) or TIMED
    note = ", ".join(filter(None, notes))
    if width < NARROW_COLUMNS:
        outcome = Content.assemble(f"{vote:<{_VOTE}}", judged)
        if not attempt.vote and attempt.state != "done":
            # There is nothing else to tell of it, and no room to tell it elsewhere.
            note, outcome = "", Content.styled(STATE_NOTES[attempt.state].ljust(12), "$accent")
        return _line(f"{began:%y-%m-%d}", title, outcome, width, note)
    length = clock(attempt.duration_s) if attempt.state != "recording" else "-"
    outcome = Content.assemble(f"{length:>{_LENGTH}}  {vote:<{_VOTE}}  ", judged)
    return _line(f"{began:%Y-%m-%d %H:%M}", title, outcome, width, note)


def found_line(stretch: str, width: int) -> Content:
    """Return the stretch in which words were found; those stand between « and »."""
    line = _cut(one_line(stretch), max(8, width - 4))
    parts: list[str | tuple[str, str]] = ["      "]
    for index, part in enumerate(line.split("«")):
        inside, closed, after = part.partition("»")
        if index and closed:
            parts += [(f"«{inside}»", "bold $accent"), (after, "$quiet")]
        else:
            parts.append((f"«{part}" if index else part, "$quiet"))
    return Content.assemble(*parts)


def _line(began: str, title: str, outcome: Content | str, width: int, note: str = "") -> Content:
    room = max(8, width - len(began) - len(str(outcome)) - 4)
    told = f"  {note}" if note and room >= len(note) + _LEAST_TITLE else ""
    name = _cut(title, room - len(told))
    space = " " * max(0, room - cell_len(name) - len(told))
    gap = " " if width < NARROW_COLUMNS else "  "
    return Content.assemble((began, "$quiet"), gap, name, (told, "$accent"), space, gap, outcome)


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _judged(levels: Levels | None, width: int) -> Content:
    """Return the three marks, always as wide, so that columns align."""
    named = width >= WIDE_COLUMNS
    if levels is None:
        return Content(" " * (sum(len(word) + 2 for _, word in SHOWN) - 2 if named else 8))
    parts: list[str | tuple[str, str]] = []
    for criterion, word in SHOWN:
        level = levels[criterion]
        name = "" if named else word[0].upper()
        after = " " * (len(word) + 1 if named else 1)
        parts += [name, (LEVEL_MARKS[level], LEVEL_COLOURS[level]), after]
    return Content.assemble(*parts[:-1], " " * (len(SHOWN[-1][1]) - 1 if named else 0))
