"""Checks that need no labels: what must not change a reading, and what must lower it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vivavoce.domain.debrief import CRITERIA, Criterion, Reading
from vivavoce.scoring.reader import Reader
from vivavoce.scoring.sentences import cut
from vivavoce.scoring.spoken_numbers import TENS_NAMES, UNIT_NAMES

ARTICLE_PAIRS = (
    (
        "I built a deep learning model with 200 M parameters to predict song relevance.",
        "I proposed a lightweight re-ranking rule that could be A/B-tested in two weeks, "
        "expecting a 0.8 % lift in session length.",
    ),
    (
        "Here's the precision-recall curve for my collaborative filtering experiment.",
        "The experiment showed a 3 % increase in weekly active listeners, which translates to "
        "$12 M incremental revenue.",
    ),
    (
        "I'll need three months to train the model and evaluate results.",
        "We can run a rapid prototype on a 10 % user slice, gather results in five days, and "
        "decide on rollout.",
    ),
)
"""BAD and GOOD answers of the article that the rubric comes from."""
STUFFING = (
    " The problem is the problem, my solution is a solution, and the metric lift is a lift."
    " North-star metric, hypothesis-driven, A/B test, business impact, stakeholder value."
)
_FILLERS = ("um", "uh", "er", "um,", "uh,", "erm")
_NAME = "Zelmo"
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"(?<![\d.,$€£\w-])\d{1,3}(?:\.\d)?(?![\d.,\w]|\s?[kKmM]\b|-)(?!\.\d)")
_ONES, _TENS = UNIT_NAMES.split(), TENS_NAMES.split()


@dataclass(frozen=True, slots=True)
class Check:
    """One check over a set of answers."""

    name: str
    tried: int
    failed: tuple[str, ...]
    """What failed, as "d-012: lift 1 for 2"."""


def run_checks(reader: Reader, texts: Sequence[tuple[str, str]]) -> list[Check]:
    """Run every check.

    Args:
        reader: Whose readings are checked.
        texts: Ids and texts of answers.
    """
    readings = [(name, text, reader.read(text)) for name, text in texts]
    return [
        _pairs(reader),
        _deletion(reader, readings),
        _steady("said twice, no level changes", reader, readings, lambda text: f"{text} {text}"),
        _steady("fillers change no level", reader, readings, with_fillers),
        _steady("another name changes no level", reader, readings, renamed),
        _steady("numbers spelled out change no level", reader, readings, spelled_out),
        _stuffing(reader, readings),
    ]


def with_fillers(text: str) -> str:
    """Return the text with a filler after every few words, the same for the same text."""
    chance = random.Random(len(text))
    words: list[str] = []
    for word in text.split():
        words.append(word)
        if chance.random() < 0.15:
            words.append(chance.choice(_FILLERS))
    return " ".join(words)


def renamed(text: str) -> str:
    """Return the text with every name within a sentence changed."""
    return _NAMED.sub(_NAME, text)


def spelled_out(text: str) -> str:
    """Return the text with its small numbers in words."""
    return _NUMBER.sub(lambda match: _spelled(match[0]), text)


def _spelled(digits: str) -> str:
    whole, _, decimals = digits.partition(".")
    value = int(whole)
    words = []
    if value >= 100:
        words += [_ONES[value // 100], "hundred"]
        value %= 100
        if value:
            words.append("and")
    if value >= 20:
        words.append(_TENS[value // 10 - 2])
        value %= 10
        if value:
            words.append(_ONES[value])
    elif value or not words:
        words.append(_ONES[value])
    if decimals:
        words += ["point", *(_ONES[int(digit)] for digit in decimals)]
    return " ".join(words)


def without_quotes(text: str, reading: Reading, criterion: Criterion) -> str:
    """Return the text without any sentence that a criterion's quotes touch."""
    quotes = reading.judgement(criterion).evidence
    kept, end = [], 0
    for sentence in cut(text):
        if any(q.start_char < sentence.end and sentence.start < q.end_char for q in quotes):
            kept.append(text[end : sentence.start])
            end = sentence.end
    return "".join([*kept, text[end:]])


def _pairs(reader: Reader) -> Check:
    failed = []
    for number, (bad, good) in enumerate(ARTICLE_PAIRS, start=1):
        ranks = [
            (r.vote == "yes", r.experiment.level, r.impact.level)
            for r in (reader.read(bad), reader.read(good))
        ]
        if not ranks[0] < ranks[1]:
            failed.append(f"pair {number}")
    return Check(
        "the article's good answers rank above its bad ones", len(ARTICLE_PAIRS), tuple(failed)
    )


def _deletion(reader: Reader, readings: Sequence[tuple[str, str, Reading]]) -> Check:
    tried, failed = 0, []
    for name, text, reading in readings:
        for criterion in CRITERIA:
            level = reading.judgement(criterion).level
            if not level:
                continue
            tried += 1
            after = reader.read(without_quotes(text, reading, criterion)).judgement(criterion)
            if after.level >= level:
                failed.append(f"{name}: {criterion} stays {after.level}")
    return Check("without its quoted sentences a slot is lower", tried, tuple(failed))


def _steady(
    name: str,
    reader: Reader,
    readings: Sequence[tuple[str, str, Reading]],
    change: Callable[[str], str],
) -> Check:
    tried, failed = 0, []
    for answer, text, reading in readings:
        changed = change(text)
        if changed == text:
            continue
        tried += 1
        failed += _differences(answer, reading, reader.read(changed))
    return Check(name, tried, tuple(failed))


def _stuffing(reader: Reader, readings: Sequence[tuple[str, str, Reading]]) -> Check:
    failed = []
    for name, text, reading in readings:
        stuffed = reader.read(text + STUFFING)
        raised = [
            criterion
            for criterion in CRITERIA
            if stuffed.judgement(criterion).level
            > max(reading.judgement(criterion).level, criterion in ("experiment", "lift"))
        ]
        if raised or (stuffed.vote, reading.vote) == ("yes", "no"):
            failed.append(f"{name}: {', '.join(raised) or 'vote'} raised")
    return Check("stuffing never helps", len(readings), tuple(failed))


def _differences(answer: str, before: Reading, after: Reading) -> list[str]:
    changes = [
        f"{criterion} {after.judgement(criterion).level} for {before.judgement(criterion).level}"
        for criterion in CRITERIA
        if after.judgement(criterion).level != before.judgement(criterion).level
    ]
    return [f"{answer}: {', '.join(changes)}"] if changes else []
