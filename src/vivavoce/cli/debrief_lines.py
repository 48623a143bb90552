"""A debrief as lines of text: the vote first, then the proof, then the sentence to say next."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief, Reading
from vivavoce.domain.debrief_told import added_told, broken_off_told, not_heard_told, timing_told
from vivavoce.domain.dispute import Dispute, dispute_about
from vivavoce.domain.text import one_line
from vivavoce.domain.timing import Timing
from vivavoce.domain.wording import (
    CRITERION_NAMES,
    clock,
    fillers_text,
    level_word,
    reader_note,
)
from vivavoce.scoring.beside import Beside, beside
from vivavoce.scoring.beside_told import sections

WIDTH = 80
"""Columns of the narrowest common terminal."""
QUOTE_COLUMN = 29
"""Where a criterion's quote begins."""


def reading_lines(reading: Reading, disputes: Sequence[Dispute] = ()) -> list[str]:
    """Return one line a criterion, with its time and quote, and below it what is disputed."""
    lines = []
    for criterion, name in CRITERION_NAMES.items():
        judgement = reading.judgement(criterion)
        line = f"  {name:<8} {level_word(criterion, judgement.level):<10}"
        if judgement.evidence:
            shown = judgement.evidence[0]
            at = clock(shown.start) if shown.start is not None else ""
            line += f' {at:>5}  "{shown.quote}"'
        lines += textwrap.wrap(line.rstrip(), WIDTH, subsequent_indent=" " * QUOTE_COLUMN)
        if disputed := dispute_about(disputes, criterion):
            said = f'{clock(disputed.start):>5}  "{one_line(disputed.quote)}"'
            start = f"  {'':<8} {'you say':<10} "
            lines += textwrap.wrap(
                said, WIDTH, initial_indent=start, subsequent_indent=" " * QUOTE_COLUMN
            )
    return lines


def timing_lines(timing: Timing, target_seconds: float | None = None) -> list[str]:
    """Return the timing as sentences; see `timing_told`."""
    return _wrapped([*timing_told(timing, target_seconds)])


def verdict_lines(debrief: Debrief, found: Beside, disputes: Sequence[Dispute] = ()) -> list[str]:
    """Return the vote, its reasons, the proof, the sentence to say next, and what never counts."""
    first = debrief.first
    lines = textwrap.wrap(
        f"{first.vote.upper()}. {first.reasons[0]}", WIDTH, subsequent_indent="    "
    )
    lines += _wrapped([*first.reasons[1:], first.turning])
    if found.panel:
        lines += _wrapped([f"The panel: {found.panel}"])
    lines.append("")
    lines += reading_lines(first, disputes)
    lines += ["", "SAY THIS NEXT", *_wrapped([first.say_next])]
    if added := added_told(debrief):
        lines += ["", *textwrap.wrap(added, WIDTH)]
    for title, told in sections(found):
        lines += ["", title, *_wrapped(told)]
    if note := reader_note(first):
        lines += ["", *_wrapped([note])]
    return lines


def _wrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines indented, each broken where it is wider than a terminal."""
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")
    ]


def debrief_lines(attempt: Attempt, *, just_held: bool = False) -> list[str]:
    """Return the whole debrief of an attempt.

    Args:
        attempt: What came of a round.
        just_held: Whether the round is just over.
    """
    debrief = attempt.debrief
    lines = ["", *textwrap.wrap(broken_off_told(attempt, just_held=just_held), WIDTH)]
    if debrief is None:
        return [*lines, "This attempt has no debrief."]
    if not debrief.first_heard:
        title, why = not_heard_told(debrief)
        lines += [*textwrap.wrap(f"{title}. {why}", WIDTH), "  Try: vivavoce doctor"]
        if not debrief.heard:
            return lines
        lines += ["", *textwrap.wrap(added_told(debrief), WIDTH), ""]
    elif attempt.case is not None:
        found = beside(debrief, attempt.corrected, attempt.case, attempt.variant_id)
        lines += [*verdict_lines(debrief, found, attempt.disputes), ""]
    if debrief.timing is not None:
        target = attempt.case.target_seconds if attempt.case is not None else None
        lines += ["TIMING", *timing_lines(debrief.timing, target)]
    if attempt.fillers is not None:
        lines += _wrapped([fillers_text(attempt.fillers)])
    if attempt.case is not None:
        twist = attempt.case.variant(attempt.variant_id).twist
        lines += ["", "THE TWIST", *_wrapped([twist])]
    return [*lines, "", f"Kept as attempt {attempt.id}."]
