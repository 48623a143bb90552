"""The debrief as Markdown, for people: the vote, the proof, what to say next, what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Exhibit
from vivavoce.domain.debrief import Debrief, Reading
from vivavoce.domain.debrief_told import added_told, broken_off_told, not_heard_told, timing_told
from vivavoce.domain.dispute import dispute_about
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import (
    CRITERION_NAMES,
    TIMED,
    clock,
    fillers_text,
    level_word,
    reader_note,
)
from vivavoce.export.spoken import (
    notes_of,
    segments_of,
    speaker_of,
    turns_to_tell,
)
from vivavoce.scoring.beside import Beside, beside
from vivavoce.scoring.beside_told import sections

_SIGNS = re.compile(
    r"[\\`*_\[\]<|~$]|&(?=#?\w+;)|(?<=[a-z]):(?=//)|(?<=\w)@(?=\w)|(?<=www)\.", re.I
)
"""What Markdown, or GitHub's and Pandoc's, takes for markup or a link, wherever it stands."""
_AT_START = re.compile(r"^(?=[-+:](?:\s|$)|[-=]+\s*$|[>#])|^(\d+)(?=[.)](?:\s|$))")
"""What it takes for a list, a rule, a quote or a heading at the start of a line."""


def markdown(attempt: Attempt, raw: bool = False) -> str:
    """Return an attempt as one page.

    Args:
        attempt: As it is kept.
        raw: The transcript as the machine heard it, without corrections.
    """
    blocks = [*_heading(attempt)]
    if attempt.debrief is not None:
        blocks += _debrief(attempt, attempt.debrief)
    if turns := turns_to_tell(attempt, raw):
        blocks.append("## What was said")
        for turn in turns:
            blocks.append(f"**{speaker_of(turn)}**, {clock(turn.span.start)}")
            said = [f"- {clock(s.start)} {escaped(s.text)}" for s in segments_of(turn)]
            blocks.append("\n".join(said) or "*Nothing heard.*")
    if notes := notes_of(attempt):
        lines = [f"- {clock(note.span.start)} {escaped(note.text)}" for note in notes]
        blocks += ["## Notes", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    line = _SIGNS.sub(_escaped_sign, one_line(text))
    return _AT_START.sub(r"\1\\", line)


def _escaped_sign(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def _heading(attempt: Attempt) -> Iterator[str]:
    yield f"# {escaped(attempt.case.title) if attempt.case else TIMED}"
    facts = [
        f"{attempt.started_at:%Y-%m-%d %H:%M} UTC",
        *([f"variant {escaped(attempt.variant_id)}"] if attempt.variant_id else []),
        clock(attempt.duration_s),
        *(["the shipped sample"] if attempt.sample else []),
        f"heard by {escaped(attempt.model)}",
    ]
    yield " · ".join(facts)


def _debrief(attempt: Attempt, debrief: Debrief) -> Iterator[str]:
    if broken_off := broken_off_told(attempt):
        yield broken_off
    if not debrief.first_heard:
        title, why = not_heard_told(debrief)
        yield f"**{title}.** {why} Nothing is held against you."
        if added := added_told(debrief):
            yield added
        if not debrief.heard:
            return
    elif attempt.case is not None:
        yield from _verdict(attempt, debrief)
    if debrief.timing is not None:
        target = attempt.case.target_seconds if attempt.case is not None else None
        lines = list(timing_told(debrief.timing, target))
        if attempt.fillers is not None:
            lines.append(fillers_text(attempt.fillers))
        yield "## Timing"
        yield _listed(lines)
    if attempt.case is not None:
        variant = attempt.case.variant(attempt.variant_id)
        yield "## The figures shown"
        yield _table(variant.exhibit)
        yield "## The twist"
        yield escaped(variant.twist)


def _verdict(attempt: Attempt, debrief: Debrief) -> Iterator[str]:
    first = debrief.first
    found: Beside = beside(debrief, attempt.corrected, attempt.case, attempt.variant_id)
    yield f"**{first.vote.upper()}.** {escaped(first.reasons[0])}"
    yield escaped(first.turning)
    if found.panel:
        yield f"The panel: {escaped(found.panel)}"
    yield "\n".join(_proof(first, attempt))
    yield "## Say this next"
    yield f"> {escaped(first.say_next)}"
    if added := added_told(debrief):
        yield added
    for title, told in sections(found):
        yield f"## {title.capitalize()}"
        yield _listed(told)
    if also := [line for line in (*first.reasons[1:], reader_note(first, to_owner=False)) if line]:
        yield from map(escaped, also)


def _proof(reading: Reading, attempt: Attempt) -> Iterator[str]:
    for criterion, name in CRITERION_NAMES.items():
        judgement = reading.judgement(criterion)
        line = f"- **{name}**: {level_word(criterion, judgement.level)}"
        if judgement.evidence:
            shown = judgement.evidence[0]
            at = f"{clock(shown.start)} " if shown.start is not None else ""
            line += f" · {at}“{escaped(shown.quote)}”"
        yield line
        if disputed := dispute_about(attempt.disputes, criterion):
            yield f"  - You say: {clock(disputed.start)} “{escaped(disputed.quote)}”"


def _table(exhibit: Exhibit) -> str:
    rows = [exhibit.columns, *exhibit.rows]
    head, *body = ("| " + " | ".join(map(escaped, row)) + " |" for row in rows)
    lines = [head, "|" + " --- |" * len(exhibit.columns), *body]
    note = [f"\n{escaped(exhibit.note)}"] if exhibit.note else []
    return "\n".join([*lines, *note])


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)
