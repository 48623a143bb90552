"""Reading an answer by rules over words: what is left where the trained reader is not here."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.debrief import Evidence, Judgement, Level, Reading
from vivavoce.domain.text import strip_controls
from vivavoce.scoring.bounds import bounded
from vivavoce.scoring.lexicon import STUFFING
from vivavoce.scoring.sentences import Sentence, cut
from vivavoce.scoring.signals import (
    find_experiment,
    find_impact,
    is_over_engineered,
    is_tool_first,
)
from vivavoce.scoring.slots import (
    Found,
    find_lift,
    find_problem,
    find_solution,
    first_metric,
    first_tool,
)
from vivavoce.scoring.verdict import judge

READER = "rules"
SCORER_VERSION = "rules-3"


class RulesReader:
    """Reads answers by rules."""

    def read(self, text: str) -> Reading:
        """Read one answer; without a word in the text every level is 0."""
        return read(text)


def read(text: str) -> Reading:
    """Read one answer.

    Args:
        text: A transcript or a typed answer; punctuation may be missing.

    Returns:
        The reading; without a word in the text every level is 0.
    """
    text = strip_controls(text)
    sentences = cut(text)
    stuffed = len(STUFFING.findall(text)) >= 2
    nothing = Found(0)
    solution = nothing if stuffed else find_solution(sentences)
    lift = find_lift(sentences)
    problem = nothing if stuffed else find_problem(sentences, solution, lift)
    if stuffed and lift.level == 2:
        lift = Found(1, lift.start, lift.end)
    experiment = find_experiment(sentences)
    impact = nothing if stuffed else find_impact(sentences)
    over = is_over_engineered(text, experiment, lift)
    tool = first_tool(sentences)
    return judge(
        sentences,
        text=text,
        problem=_judgement(text, problem),
        solution=_judgement(text, solution),
        lift=bounded("lift", _judgement(text, lift)),
        experiment=bounded("experiment", _judgement(text, experiment)),
        impact=_judgement(text, impact),
        order_ok=_in_order(problem, solution, lift),
        summary=_summarised(sentences, problem, solution, lift),
        tool_first=is_tool_first(tool, problem, lift),
        over_engineered=over,
        first_metric_char=first_metric(sentences),
        first_tool_char=tool,
        reader=READER,
        scorer_version=SCORER_VERSION,
    )


def _judgement(text: str, found: Found) -> Judgement:
    level: Level = found.level
    if level == 0:
        return Judgement(0)
    quote = text[found.start : found.end]
    return Judgement(level, (Evidence(quote, found.start, found.end),))


def _in_order(problem: Found, solution: Found, lift: Found) -> bool:
    heard = problem.level and solution.level and lift.level
    return bool(heard) and problem.start < solution.start < lift.start


def _summarised(
    sentences: Sequence[Sentence], problem: Found, solution: Found, lift: Found
) -> bool:
    if not _in_order(problem, solution, lift):
        return False
    place = [
        next(i for i, s in enumerate(sentences) if found.start < s.end)
        for found in (problem, solution, lift)
    ]
    return place[2] - place[0] <= 2
