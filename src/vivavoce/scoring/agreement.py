"""Agreement between the scorer and people who labelled the same answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.debrief import CRITERIA, Criterion, Reading
from vivavoce.scoring.labelled import FLAGS, LabelledAnswer

Integers = NDArray[np.int64]
Labels = NDArray[np.int64] | NDArray[np.bool]
Figure = Literal["kappa", "F1", "accuracy", "overlap"]
RESAMPLES = 1000
"""Of the answers, with replacement, for the intervals (Efron 1979, percentile method)."""
_SEED = 20261123


@dataclass(frozen=True, slots=True)
class Agreed:
    """One label's agreement."""

    label: str
    figure: Figure
    """kappa: quadratic-weighted (Cohen 1968). F1: of the label being there. accuracy: share of
    equal ones. overlap: share of the slots found by both whose first quotes share a word."""
    value: float
    low: float
    """95 per cent interval."""
    high: float
    confusion: tuple[tuple[int, ...], ...] = ()
    """Rows: labelled; columns: read. Levels 0, 1, 2 or no, yes. Empty for an overlap."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An answer that was read differently from its labels."""

    id: str
    kind: str
    differences: tuple[str, ...]
    """As "lift 0 for 2": read, then labelled."""
    weight: int
    """Sum of the squared differences of level, the vote counted as 4."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The scorer beside the labels of a set of answers."""

    answers: int
    labels: tuple[Agreed, ...]
    misses: tuple[Miss, ...]
    """The worst first."""


def agreement(answers: Sequence[LabelledAnswer], readings: Sequence[Reading]) -> Agreement:
    """Compare readings with labels.

    Args:
        answers: At least one.
        readings: Of the same answers, in the same order.
    """
    labels: list[Agreed] = []
    for criterion in CRITERIA:
        level = np.array([answer.levels[criterion] for answer in answers])
        heard = np.array([reading.judgement(criterion).level for reading in readings])
        labels.append(_agreed(criterion, "kappa", kappa, level, heard, 3))
        labels.append(_agreed(f"{criterion} heard", "F1", f1, level > 0, heard > 0, 2))
    for flag in FLAGS:
        truth = np.array([answer.flags[flag] for answer in answers])
        read = np.array([getattr(reading, flag) for reading in readings])
        labels.append(_agreed(flag, "F1", f1, truth, read, 2))
    truth = np.array([answer.vote == "yes" for answer in answers])
    read = np.array([reading.vote == "yes" for reading in readings])
    labels.append(_agreed("vote", "accuracy", accuracy, truth, read, 2))
    labels.append(_evidence(answers, readings))
    misses = [miss for a, r in zip(answers, readings, strict=True) if (miss := _miss(a, r)).weight]
    return Agreement(
        len(answers), tuple(labels), tuple(sorted(misses, key=lambda m: (-m.weight, m.id)))
    )


def kappa(truth: Labels, read: Labels) -> float:
    """Return the quadratic-weighted kappa of two sets of levels 0 to 2; NaN where it has none."""
    levels = np.arange(3)
    weights = (levels[:, None] - levels[None, :]) ** 2 / 4
    observed = _confusion(truth, read, 3)
    expected = np.outer(observed.sum(1), observed.sum(0)) / max(1, observed.sum())
    disagreement = float((weights * expected).sum())
    return 1 - float((weights * observed).sum()) / disagreement if disagreement else float("nan")


def f1(truth: Labels, read: Labels) -> float:
    """Return the harmonic mean of precision and recall of what is true; NaN where nothing is."""
    both = int(truth.sum() + read.sum())
    return 2 * int((truth & read).sum()) / both if both else float("nan")


def accuracy(truth: Labels, read: Labels) -> float:
    """Return the share of equal ones."""
    return float((truth == read).mean())


def table(result: Agreement) -> str:
    """Return the agreement as lines of text."""
    lines = [
        f"{result.answers} answers",
        f"{'label':<18}{'figure':<10}{'value':>6}   95 % interval",
    ]
    lines += [
        f"{each.label:<18}{each.figure:<10}{each.value:>6.2f}   {each.low:.2f} to {each.high:.2f}"
        for each in result.labels
    ]
    return "\n".join(lines)


def _agreed(
    label: str,
    figure: Figure,
    measure: Callable[[Labels, Labels], float],
    truth: Labels,
    read: Labels,
    size: int,
) -> Agreed:
    low, high = _interval(lambda rows: measure(truth[rows], read[rows]), len(truth))
    table = _confusion(truth, read, size)
    rows = tuple(tuple(int(count) for count in row) for row in table)
    return Agreed(label, figure, measure(truth, read), low, high, rows)


def _confusion(truth: Labels, read: Labels, size: int) -> Integers:
    counts = np.zeros((size, size), np.int64)
    np.add.at(counts, (truth.astype(int), read.astype(int)), 1)
    return counts


def _interval(measure: Callable[[Integers], float], count: int) -> tuple[float, float]:
    chance = np.random.default_rng(_SEED)
    values = [measure(chance.integers(0, count, count)) for _ in range(RESAMPLES)]
    known = [value for value in values if value == value]
    if not known:
        return float("nan"), float("nan")
    low, high = np.percentile(known, (2.5, 97.5))
    return float(low), float(high)


def _evidence(answers: Sequence[LabelledAnswer], readings: Sequence[Reading]) -> Agreed:
    met = np.array(
        [
            _shares_a_word(answer, reading, criterion)
            for answer, reading in zip(answers, readings, strict=True)
            for criterion in CRITERIA
            if answer.evidence[criterion] and reading.judgement(criterion).level
        ],
        dtype=bool,
    )
    if not met.size:
        return Agreed("evidence", "overlap", float("nan"), float("nan"), float("nan"))
    low, high = _interval(lambda rows: float(met[rows].mean()), met.size)
    return Agreed("evidence", "overlap", float(met.mean()), low, high)


def _shares_a_word(answer: LabelledAnswer, reading: Reading, criterion: Criterion) -> bool:
    quote = answer.evidence[criterion]
    assert quote is not None
    first = reading.judgement(criterion).evidence[0]
    start = answer.text.find(quote)
    begin, end = max(start, first.start_char), min(start + len(quote), first.end_char)
    return any(character.isalnum() for character in answer.text[begin:end])


def _miss(answer: LabelledAnswer, reading: Reading) -> Miss:
    differences, weight = [], 0
    for criterion in CRITERIA:
        truth, read = answer.levels[criterion], reading.judgement(criterion).level
        if truth != read:
            differences.append(f"{criterion} {read} for {truth}")
            weight += (truth - read) ** 2
    for flag in FLAGS:
        if answer.flags[flag] != getattr(reading, flag):
            differences.append(f"{flag} {str(getattr(reading, flag)).lower()}")
            weight += 1
    if answer.vote != reading.vote:
        differences.append(f"vote {reading.vote} for {answer.vote}")
        weight += 4
    return Miss(answer.id, answer.kind, tuple(differences), weight)
