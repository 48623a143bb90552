"""What an answer lacks, in terms of the questions an interviewer asks."""

from __future__ import annotations

from vivavoce.domain.case import ProbeTag
from vivavoce.domain.debrief import Reading
from vivavoce.scoring.lexicon import TOOL


def missing(reading: Reading) -> tuple[ProbeTag, ...]:
    """Return what the answer lacks, what decides the vote first."""
    lacks: list[ProbeTag] = []
    if reading.tool_first and named_tool(reading):
        lacks.append("tool")
    if reading.lift.level < 2:
        lacks.append("size")
    if reading.over_engineered or reading.solution.level < 2:
        lacks.append("why")
    if reading.problem.level < 2:
        lacks += ["cause", "base"]
    if reading.experiment.level < 2:
        lacks.append("test")
    if reading.impact.level < 2:
        lacks.append("cfo")
    return tuple(lacks)


def named_tool(reading: Reading) -> str | None:
    """Return the first tool that the candidate named, in their words, or None."""
    if reading.first_tool_char is None:
        return None
    tool = TOOL.match(reading.text, reading.first_tool_char)
    return tool[0].lower().removeprefix("the ").removeprefix("a ") if tool else None
