"""The panel's sentence: "not X, but Y", in the candidate's own words and nothing else."""

from __future__ import annotations

import re

from vivavoce.domain.debrief import Criterion, Evidence, Reading
from vivavoce.domain.wording import clock
from vivavoce.scoring.say_next import shortened

LONGEST_QUOTE = 80
"""Characters; a longer quote ends with an ellipsis."""
_LIKED: tuple[Criterion, ...] = ("experiment", "lift", "impact")
_CLAUSE = re.compile(r"[.?!,;:]\s|\n")


def panel_sentence(reading: Reading) -> str:
    """Return what a panel would carry out of the room; empty where nothing was heard.

    A yes names the test or the effect that won, a no what stood in its place.
    """
    tool = _tool_quote(reading)
    if reading.vote == "yes":
        best = next((name for name in _LIKED if reading.judgement(name).level == 2), None)
        if best is None:
            return ""
        liked = _quoted(reading.judgement(best).evidence[0])
        return f"Not {tool or 'how it works'}, but {liked}."
    if reading.over_engineered and tool:
        return f"Not what it moves, but {tool}."
    if reading.solution.level == 2 and reading.lift.level < 2:
        return f"Not how much it moves, but only what you would do: {_first(reading, 'solution')}."
    if reading.lift.level == 2 and reading.solution.level < 2:
        return f"Not what you would do, but only what it should bring: {_first(reading, 'lift')}."
    if reading.problem.level:
        return f"Not a plan yet, but a topic: {_first(reading, 'problem')}."
    return ""


def _first(reading: Reading, criterion: Criterion) -> str:
    return _quoted(reading.judgement(criterion).evidence[0])


def _quoted(evidence: Evidence) -> str:
    at = f" at {clock(evidence.start)}" if evidence.start is not None else ""
    return f"“{shortened(evidence.quote, LONGEST_QUOTE)}”{at}"


def _tool_quote(reading: Reading) -> str:
    """Return the clause in which the first tool was named, quoted; empty without one."""
    place = reading.first_tool_char
    if place is None:
        return ""
    ends = [match.start() for match in _CLAUSE.finditer(reading.text)]
    starts = [match.end() for match in _CLAUSE.finditer(reading.text)]
    start = max((s for s in starts if s <= place), default=0)
    end = min((e for e in ends if e > place), default=len(reading.text))
    clause = reading.text[max(start, place - LONGEST_QUOTE // 2) : end]
    if start < place - LONGEST_QUOTE // 2:
        clause = clause[clause.find(" ") + 1 :]
    return f"“{shortened(clause.strip(' .'), LONGEST_QUOTE)}”"
