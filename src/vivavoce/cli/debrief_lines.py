"""A debrief as lines of text: the vote first, then the proof, then the sentence to say next."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Debrief, Reading
from vivavoce.domain.dispute import Dispute, dispute_about
from vivavoce.domain.text import one_line
from vivavoce.domain.timing import Timing
from vivavoce.domain.wording import (
    CRITERION_NAMES,
    clock,
    fillers_text,
    level_word,
    pace_text,
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


def timing_lines(timing: Timing) -> list[str]:
    """Return the timing as sentences."""
    lines = [
        f"  You spoke for {clock(timing.speaking_s)} of a {clock(timing.answer_s)} answer, "
        f"{pace_text(timing)}.",
        f"  Longest monologue {clock(timing.monologue_s)} of {clock(timing.limit_s)}.",
    ]
    if timing.over_threshold_at is not None:
        lines.append(
            f"  Over-engineering: you passed the limit at {clock(timing.over_threshold_at)}."
        )
    moments = [
        ("first word", timing.first_word_s),
        ("first metric", timing.first_metric_s),
        ("first tool", timing.first_tool_s),
    ]
    told = [f"{name} after {seconds:.1f} s" for name, seconds in moments if seconds is not None]
    if told:
        lines.append(f"  {', '.join(told).capitalize()}.")
    if timing.pauses:
        longest = max(pause.seconds for pause in timing.pauses)
        count = len(timing.pauses)
        lines.append(
            f"  {count} pause{'s' * (count != 1)} over 1.5 s, the longest {longest:.1f} s."
        )
    return lines


def verdict_lines(debrief: Debrief, found: Beside, disputes: Sequence[Dispute] = ()) -> list[str]:
    """Return the vote, its reasons, the proof, the sentence to say next, and what never counts."""
    first = debrief.first
    lines = [f"{first.vote.upper()}. {first.reasons[0]}", f"  {first.turning}"]
    if found.panel:
        lines += _wrapped([f"The panel: {found.panel}"])
    lines.append("")
    lines += reading_lines(first, disputes)
    lines += ["", "SAY THIS NEXT", *_wrapped([first.say_next])]
    if debrief.with_probes is not None:
        gained = [
            name.lower()
            for criterion, name in CRITERION_NAMES.items()
            if debrief.with_probes.judgement(criterion).level > first.judgement(criterion).level
        ]
        added = ", ".join(gained) if gained else "nothing that was missing"
        lines += ["", f"Your answers to the questions added: {added}."]
    for title, told in sections(found):
        lines += ["", title, *_wrapped(told)]
    also = [line for line in (*first.reasons[1:], reader_note(first)) if line]
    if also:
        lines += ["", *_wrapped(also)]
    return lines


def _wrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines indented, each broken where it is wider than a terminal."""
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")
    ]


def debrief_lines(attempt: Attempt) -> list[str]:
    """Return the whole debrief of an attempt."""
    debrief = attempt.debrief
    lines = [""]
    if debrief is None:
        return [*lines, "This attempt has no debrief."]
    if not debrief.heard:
        why = (
            "Not heard: there was sound, but no speech in it."
            if debrief.sound
            else "No sound: the microphone sent nothing. It is muted, unplugged or not allowed."
        )
        return [*lines, why, "  Try: vivavoce doctor"]
    if attempt.case is not None:
        found = beside(debrief, attempt.corrected, attempt.case, attempt.variant_id)
        lines += [*verdict_lines(debrief, found, attempt.disputes), ""]
    if debrief.timing is not None:
        lines += ["TIMING", *timing_lines(debrief.timing)]
    if attempt.fillers is not None:
        lines.append(f"  {fillers_text(attempt.fillers)}")
    if attempt.case is not None:
        twist = attempt.case.variant(attempt.variant_id).twist
        lines += ["", "THE TWIST", f"  {twist}"]
    return [*lines, "", f"Kept as attempt {attempt.id}."]
