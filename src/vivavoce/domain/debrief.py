"""The debrief: what a panel would have heard, with the words that earned each judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vivavoce.domain.speech import Span
from vivavoce.domain.timing import Timing

Level = Literal[0, 1, 2]
"""0 not heard · 1 vague · 2 clear. docs/scoring.md says what each means for each criterion."""
Criterion = Literal["problem", "solution", "lift", "experiment", "impact"]
CRITERIA: tuple[Criterion, ...] = ("problem", "solution", "lift", "experiment", "impact")
OUTCOMES: tuple[Criterion, ...] = ("problem", "lift", "impact")
"""The criteria whose words name an outcome: what goes wrong, an effect, or what it is worth."""
Vote = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the answer that earned a judgement."""

    quote: str
    """Exactly `text[start_char:end_char]`."""
    start_char: int
    """Unicode code points from the start of the text."""
    end_char: int
    """Unicode code points, exclusive."""
    start: float | None = None
    """Seconds on the recording's clock; None where the input had no times."""
    end: float | None = None
    """Seconds."""

    @property
    def span(self) -> Span | None:
        """When it was said; None where the input had no times."""
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One criterion's level and what earned it."""

    level: Level
    """0, 1 or 2."""
    evidence: tuple[Evidence, ...] = ()
    """In order of weight, the first is the one to show; empty exactly when the level is 0."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the scorer made of one text: no timing, no case, no verdict on the person."""

    text: str
    """The text that was read; every offset counts in it."""
    problem: Judgement
    solution: Judgement
    lift: Judgement
    experiment: Judgement
    impact: Judgement
    order_ok: bool
    """Problem, solution and lift are all heard, first stated in that order."""
    summary: bool
    """Three consecutive sentences hold all three, in order."""
    tool_first: bool
    """A tool was named before any goal or outcome."""
    over_engineered: bool
    """Mostly internals, or a heavy build with no small test first."""
    vote: Vote
    """The panel's."""
    reasons: tuple[str, ...]
    """Sentences to the candidate, the deciding one first; at least one."""
    turning: str
    """The smallest change that would turn the vote, or what keeps it; one sentence."""
    say_next: str
    """The sentence to say next, with the candidate's words and ___ where nothing was said."""
    first_metric_char: int | None
    """Where the first metric is named."""
    first_tool_char: int | None
    """Where the first tool, model or infrastructure is named."""
    reader: str
    """Which reader made it, e.g. "rules"."""
    scorer_version: str
    """Changes whenever the same text could be read differently."""

    def judgement(self, criterion: Criterion) -> Judgement:
        """Return the judgement on one criterion."""
        judgement: Judgement = getattr(self, criterion)
        return judgement

    @property
    def score(self) -> int:
        """round(100 · (problem + solution + lift) / 6); never shown on a screen."""
        return round(100 * (self.problem.level + self.solution.level + self.lift.level) / 6)


@dataclass(frozen=True, slots=True)
class Debrief:
    """All that is told after a round."""

    first: Reading
    """The first turn: the labels judge this one."""
    timing: Timing | None
    """None where the input had no times."""
    with_probes: Reading | None = None
    """All of the candidate's turns together; None when no probe was answered."""
    heard: bool = True
    """False when no speech was heard: every judgement is then 0 and nobody is blamed."""
    sound: bool = True
    """False when the microphone delivered nothing but zeros: muted, not allowed, or dead."""

    @property
    def first_heard(self) -> bool:
        """Whether the first answer holds words: without them it is not judged, whatever the
        answers to the follow-up questions hold."""
        return self.heard and bool(self.first.text.strip())
