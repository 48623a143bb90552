"""Two ways to order an answer, from the seed article: which steps were heard, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vivavoce.domain.debrief import Evidence, Reading
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.wording import clock
from vivavoce.scoring.lexicon import METRIC
from vivavoce.scoring.sentences import cut
from vivavoce.scoring.timed import timed_quote

_CAUSE = re.compile(
    r"\b(?:because|'?cause|since|as (?:they|the|it|we|their)|due to|that's why|the reason|when|"
    r"after|so (?:they|people|that)|and then|which is why)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a framework."""

    name: str
    evidence: Evidence | None
    """The words in which it was heard; None where it was not."""
    advice: str
    """What to say where it was not heard."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework beside an answer."""

    name: str
    steps: tuple[Step, ...]

    @property
    def advice(self) -> str:
        """What to say about the first step that was not heard; empty when all were."""
        return next((step.advice for step in self.steps if step.evidence is None), "")

    @property
    def told(self) -> str:
        """The framework as one or two sentences: what was heard, and when; what was not."""
        heard = [
            f"{step.name} {clock(step.evidence.start)}"
            if step.evidence.start is not None
            else step.name
            for step in self.steps
            if step.evidence is not None
        ]
        silent = [step.name for step in self.steps if step.evidence is None]
        parts = [f"heard {', '.join(heard)}"] if heard else []
        parts += [f"not heard {', '.join(silent)}"] if silent else []
        return f"{self.name}: {'; '.join(parts)}. {self.advice}".rstrip()


def frameworks(reading: Reading, answer: Transcript | None = None) -> tuple[Framework, Framework]:
    """Return the Product-Impact Lens and Metric-First Reasoning of an answer.

    Args:
        reading: Of the answer.
        answer: Its words with their times, the text being the reading's; None for a typed one.
    """
    goal, change, effect, test = (
        _quote(reading, name) for name in ("problem", "solution", "lift", "experiment")
    )
    lens = Framework(
        "Product-Impact Lens",
        (
            Step("business goal", goal, "Open with the goal: who suffers, or which metric."),
            Step(
                "simplest change that can test it",
                None if reading.over_engineered else change,
                "Name the smallest change, a rule before a model.",
            ),
            Step("impact on the metric", effect, "Say which number moves, and from what to what."),
            Step("rollout plan", test, "Say on how many users, and for how long."),
        ),
    )
    metric_first = Framework(
        "Metric-First Reasoning",
        (
            Step("KPI", _metric(reading, answer), "Name the metric before anything else."),
            Step("causal factor", _cause(reading), "Say why the metric is where it is."),
            Step("low-friction test", test, "Say the quickest test that would tell."),
            Step("predicted change", effect, "Predict the size of the move, and what it rests on."),
        ),
    )
    return lens, metric_first


def _quote(reading: Reading, criterion: str) -> Evidence | None:
    evidence: tuple[Evidence, ...] = getattr(reading, criterion).evidence
    return evidence[0] if evidence else None


def _metric(reading: Reading, answer: Transcript | None) -> Evidence | None:
    """Return the first metric's name, timed like the reading's own quotes."""
    named = METRIC.search(reading.text)
    if named is None:
        return None
    quote = Evidence(named[0], named.start(), named.end())
    return timed_quote(quote, answer) if answer is not None and answer.words else quote


def _cause(reading: Reading) -> Evidence | None:
    """Return the problem's words where their sentence gives a reason."""
    if not reading.problem.level:
        return None
    quote = reading.problem.evidence[0]
    for sentence in cut(reading.text):
        touches = quote.start_char < sentence.end and sentence.start < quote.end_char
        if touches and _CAUSE.search(sentence.text):
            return quote
    return None
