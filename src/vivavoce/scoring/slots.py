"""The three slots: problem, solution and expected lift, each with the words that carry it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.debrief import Level
from vivavoce.scoring.lexicon import (
    DENIED,
    EXPECT,
    FINISHED_TEST,
    FORECAST,
    IMPERATIVE,
    INTERNALS,
    METRIC,
    NOT_PROPOSING,
    PERSON,
    PROPOSE,
    RISE_OR_FALL,
    SLICE,
    TOOL,
    TOPIC,
    TROUBLE,
    VAGUE,
)
from vivavoce.scoring.quantities import Quantity, find_quantities
from vivavoce.scoring.remembered import remembered
from vivavoce.scoring.sentences import Sentence, first_place

_CLAUSE = re.compile(r"[,;:—–]\s+|\s(?=(?:and|so|because|but|since|which)\s)")
_BEFORE, _AFTER = 45, 60
"""Characters around a size within which its metric is looked for. Chosen."""


_PLANNED = re.compile(
    r"\b(?:i|i'?d|we'?d|let'?s|i'?ll|i'?ve|would|will|should|could|\w+'ll|\w+'d)\b", re.IGNORECASE
)
_COUNTED_MOVE = re.compile(
    r"\b(?:more|fewer|less|extra|additional|save|keep|saving|otherwise|from|reach|to|rather than|"
    r"instead|not \w+|recovered|it'd be|would be|i'?d say|hold on)\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(?:go(?:es)? (?:up|down)|rises?|increase|grow|improve|drop(?! an?\b| the\b)|fall|lift|"
    r"more often|get better|would watch|order more|climb)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?:uh |um )?(?:because|since|why|the thing is)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A level and where its words stand."""

    level: Level
    start: int = 0
    end: int = 0


def clauses(sentence: Sentence) -> tuple[Sentence, ...]:
    """Return a sentence's clauses, in order."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence.text)), len(sentence.text)]
    return tuple(
        Sentence(sentence.start + begin, sentence.start + begin + len(text), text)
        for begin, end in itertools.pairwise(cuts)
        if (text := sentence.text[begin:end].rstrip(" ,;:—–"))
    )


def is_denied(sentences: Sequence[Sentence], index: int) -> bool:
    """Whether the speaker takes the numbers of this sentence back, in it or next to it."""
    near = sentences[max(0, index - 1) : index + 2]
    return bool(DENIED.search(sentences[index].text)) or any(
        re.search(r"making it up|won'?t give you a number|don'?t put a number", s.text, re.I)
        for s in near
    )


def sizes(sentence: Sentence) -> list[Quantity]:
    """Return the quantities of a sentence that can be the size of an effect."""
    found = find_quantities(sentence.text, sentence.start)
    slices = [m.span() for m in SLICE.finditer(sentence.text)]
    kept = []
    for quantity in found:
        inside = (quantity.start - sentence.start, quantity.end - sentence.start)
        if quantity.kind == "duration" and not re.match(
            r" (?:less|more|fewer|longer|shorter)\b", sentence.text[inside[1] :]
        ):
            continue
        if any(a < inside[1] and inside[0] < b for a, b in slices):
            continue
        after = sentence.text[inside[1] : inside[1] + 24]
        if re.match(r"\s*(?:parameters|layers|experts|tokens|dimensions|nodes|confidence)", after):
            continue
        kept.append(quantity)
    return kept


def find_lift(sentences: Sequence[Sentence]) -> Found:
    """Return the expected movement of a metric, a forecast before a mere figure."""
    best, forecast = Found(0), False
    for index, sentence in enumerate(sentences):
        if is_denied(sentences, index) or len(INTERNALS.findall(sentence.text)) >= 3:
            continue
        found, said = _lift_in(sentence), bool(FORECAST.search(sentence.text))
        if found.level and (found.level, said) > (best.level, forecast):
            best, forecast = found, said
    return best


def _lift_in(sentence: Sentence) -> Found:
    text = sentence.text
    if not (EXPECT.search(text) or FINISHED_TEST.search(text)):
        return Found(0)
    if re.match(r"(?:so |and )?(?:when|if) i\b", text, re.I):
        return Found(0)
    usable = sizes(sentence)
    for quantity in usable:
        begin, end = quantity.start - sentence.start, quantity.end - sentence.start
        around = text[max(0, begin - _BEFORE) : end + _AFTER]
        if INTERNALS.search(around):
            continue
        strong = quantity.kind in ("percent", "ratio", "change", "duration")
        strong = strong or bool(_COUNTED_MOVE.search(around))
        if strong and RISE_OR_FALL.search(around) and METRIC.search(around):
            start, stop = _lift_words(sentence, quantity)
            return Found(2, start, stop)
    for quantity in usable:
        if quantity.kind == "percent" and RISE_OR_FALL.search(text) and not INTERNALS.search(text):
            return Found(1, quantity.start, quantity.end)
    for clause in clauses(sentence):
        if (
            RISE_OR_FALL.search(clause.text)
            and METRIC.search(clause.text)
            and _DIRECTION.search(clause.text)
        ):
            return Found(1, clause.start, clause.end)
    return Found(0)


def _lift_words(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Return the clause that holds the size, wide enough to hold its metric."""
    parts = clauses(sentence)
    index = next((i for i, p in enumerate(parts) if quantity.start < p.end), len(parts) - 1)
    start, end = parts[index].start, parts[index].end
    if not METRIC.search(sentence.text[start - sentence.start : end - sentence.start]) and index:
        start = parts[index - 1].start
    return start, max(end, quantity.end)


def find_solution(sentences: Sequence[Sentence]) -> Found:
    """Return what the candidate would do."""
    best = Found(0)
    for sentence in sentences:
        found = _solution_in(sentence)
        if found.level > best.level:
            best = found
        if best.level == 2:
            break
    return best


def _solution_in(sentence: Sentence) -> Found:
    text = sentence.text
    start = -1
    for proposal in PROPOSE.finditer(text):
        if NOT_PROPOSING.match(text, proposal.start()):
            continue
        rest = text[proposal.end() :]
        if re.match(
            r"\s*(?:run|test|try|say|guess|expect|bet|start with an|call|want)\b", rest, re.I
        ):
            continue
        start = proposal.end()
        break
    if start < 0:
        imperative = IMPERATIVE.match(text)
        if not imperative:
            return Found(0)
        start = imperative.start()
    rest = text[start:]
    stop = _CLAUSE.search(rest, 24)
    words = rest[: stop.start()] if stop and stop.start() > 12 else rest
    words = words.rstrip(" ,;:—–")
    lead = len(words) - len(words.lstrip(" ,"))
    begin = sentence.start + start + lead
    end = sentence.start + start + len(words)
    if end <= begin:
        return Found(0)
    count = len(words.split())
    vague = bool(VAGUE.search(rest)) and len(INTERNALS.findall(text)) < 4
    return Found(1 if vague or count < 3 else 2, begin, end)


def find_problem(sentences: Sequence[Sentence], solution: Found, lift: Found) -> Found:
    """Return what goes wrong for whom, or which metric must move."""
    vague = Found(0)
    for sentence in sentences:
        if len(INTERNALS.findall(sentence.text)) >= 3:
            continue
        person = -1
        for clause in clauses(sentence):
            if (
                _is_taken(clause, solution)
                or _is_taken(clause, lift)
                or _PLANNED.search(clause.text)
            ):
                person = -1
                continue
            after_the_fix = solution.level and sentence.start <= solution.start < clause.start
            if after_the_fix and not _REASON.match(clause.text):
                continue
            if person < 0 and PERSON.search(clause.text):
                person = clause.start
            trouble = TROUBLE.search(clause.text)
            if person >= 0 and trouble and len(clause.text.split()) >= 2:
                begin = clause.start if PERSON.search(clause.text) else person
                return Found(2, begin, clause.end)
            if vague.level == 0 and TOPIC.search(clause.text):
                vague = Found(1, clause.start, clause.end)
    return vague


def _is_taken(clause: Sentence, found: Found) -> bool:
    return found.level > 0 and clause.start < found.end and found.start < clause.end


def first_metric(sentences: Sequence[Sentence]) -> int | None:
    """Return where a metric's movement or size is first said, or None."""
    return first_place(_metric_in, sentences)


@remembered
def _metric_in(sentence: str) -> int | None:
    for quantity in sizes(Sentence(0, len(sentence), sentence)):
        if quantity.kind in ("percent", "people", "money", "ratio"):
            return quantity.start
    metric = METRIC.search(sentence)
    return metric.start() if metric and _DIRECTION.search(sentence) else None


def first_tool(sentences: Sequence[Sentence]) -> int | None:
    """Return where a tool is first named, or None."""
    return first_place(_tool_in, sentences)


@remembered
def _tool_in(sentence: str) -> int | None:
    tool = TOOL.search(sentence)
    return tool.start() if tool else None
