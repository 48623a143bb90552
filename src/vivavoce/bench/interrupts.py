"""Whether the interviewer cuts in on spoken answers: what is said, and what came of it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from vivavoce.bench.word_times import Spoken, join_phrases
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import OUTCOMES, Criterion
from vivavoce.domain.events import SlotHeard
from vivavoce.domain.interview import interruption
from vivavoce.engines.protocols import Samples
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.scoring.scales import pressure_lines

Kind = Literal["good", "monologue"]
FEWEST_CUT_IN = 0.8
"""Of the monologues, the issue's goal: 16 of 20. Of the good answers: none."""
SENTENCE_PAUSE_SECONDS = (0.6, 0.9)
LONG_PAUSE_SECONDS = (2.0, 4.0)
"""Drawn evenly, between sentences and where a text has " ... ". Chosen."""
_LEAD, _TAIL = interruption("|").split("|")


@dataclass(frozen=True, slots=True)
class Script:
    """What a speaker says."""

    id: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal, an effect or what it is worth, as it was heard."""

    criterion: Criterion
    at: float
    """Seconds from the answer's beginning."""
    quote: str


@dataclass(frozen=True, slots=True)
class CutInRun:
    """What became of one answer. Seconds from the answer's beginning unless said otherwise."""

    id: str
    kind: Kind
    seconds: float
    """Length of the answer, without the interviewer's sentence."""
    cut_in_at: float | None
    """None where the interviewer kept silent."""
    term: str | None
    """The one that was quoted."""
    sentence: str | None
    """What the interviewer said."""
    seconds_to_outcome: float | None
    """From the end of the interviewer's sentence; None where none followed."""
    told: str | None
    """The debrief's line on the cut-in."""
    outcomes: tuple[Outcome, ...]
    """The first of each kind, in time order, and each that was clearer than the one before."""
    transcript: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers of one kind were cut in on."""

    tried: int
    cut_in: int


def read_scripts(path: Path) -> list[Script]:
    """Read one object a line: id, kind, text.

    Raises:
        NotFoundError: There is no such file.
        BadInputError: A line is something else.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.", "Check the path.")
    scripts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            script = Script(str(row["id"]), row["kind"], str(row["text"]))
        except (ValueError, KeyError, TypeError):
            script = None
        if script is None or script.kind not in get_args(Kind):
            raise BadInputError(
                f"Line {number} of {path} is no answer to speak.",
                "Each line needs the fields id, kind (good or monologue) and text.",
            )
        scripts.append(script)
    return scripts


def phrases_of(text: str) -> list[list[str]]:
    """Return the sentences of a text, in groups with a long pause between them."""
    return [re.split(r"(?<=[.?!])\s+", group) for group in re.split(r"\s+\.\.\.\s+", text.strip())]


def join_groups(groups: Sequence[Sequence[Spoken]], seed: int) -> Samples:
    """Join spoken sentences with the pauses of a person who talks, 16 kHz mono."""
    draw = random.Random(seed)
    pauses = [
        draw.uniform(*(LONG_PAUSE_SECONDS if g and not i else SENTENCE_PAUSE_SECONDS))
        for g, group in enumerate(groups)
        for i in range(len(group))
    ]
    return join_phrases([spoken for group in groups for spoken in group], pauses, seed).samples


def summed_up(
    script: Script, seconds: float, attempt: Attempt, slots: Iterable[SlotHeard]
) -> CutInRun:
    """Return what an attempt's turns, and what was heard while it ran, come to."""
    turns = attempt.turns
    answers = [turn for turn in turns if turn.kind == "answer"]
    begin = answers[0].span.start
    outcomes = tuple(
        sorted(
            (
                Outcome(slot.criterion, slot.evidence.start - begin, slot.evidence.quote)
                for slot in slots
                if slot.criterion in OUTCOMES and slot.evidence.start is not None
            ),
            key=lambda outcome: outcome.at,
        )
    )
    cut_in = next((turn for turn in turns if turn.kind == "cut-in"), None)
    term = told = after = None
    if cut_in is not None:
        end = cut_in.span.end - begin
        after = next((o.at - end for o in outcomes if o.at >= end), None)
        if attempt.debrief is not None:
            told = next(iter(pressure_lines(attempt.debrief, turns)), None)
        if cut_in.text.startswith(_LEAD) and cut_in.text.endswith(_TAIL):
            term = cut_in.text[len(_LEAD) : -len(_TAIL)]
    return CutInRun(
        id=script.id,
        kind=script.kind,
        seconds=seconds,
        cut_in_at=None if cut_in is None else cut_in.span.start - begin,
        term=term,
        sentence=None if cut_in is None else cut_in.text,
        seconds_to_outcome=after,
        told=told,
        outcomes=outcomes,
        transcript=" ".join(turn.text for turn in answers),
    )


def tally(runs: Iterable[CutInRun], kind: Kind) -> Tally:
    """Count the answers of one kind."""
    mine = [run for run in runs if run.kind == kind]
    return Tally(len(mine), sum(run.cut_in_at is not None for run in mine))


def goal_met(good: Tally, monologues: Tally) -> bool:
    """Whether nobody was cut in on wrongly, and most monologues were."""
    return good.cut_in == 0 and monologues.cut_in >= FEWEST_CUT_IN * monologues.tried
