"""Whether the test that was named could show a move of the size that was named.

For each half a test needs about 16·p·(1−p)/δ² people, to find a move of δ around a share p four
times in five, at the 5 % level (Lehr, "Sixteen s-squared over d-squared", Statistics in Medicine,
1992).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.domain.debrief import Reading
from vivavoce.scoring.numbers.arithmetic import spoken_count
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.number_words import LONG_TIMES
from vivavoce.scoring.numbers.said_chain import SaidChain

PLAIN = "Would that test show a move of that size in that time?"
_LEHR = 16.0
_CLEARLY = 0.5
"""A slice with less than this share of the people is asked about. Chosen."""
_FEW = 1000
"""Where fewer people in each half would do, no test is too small. Chosen."""
_SAID = re.compile(
    r"\b(?:noise|noisy|power|powered|significan\w*|enough (?:people|users|data|traffic|listeners|"
    r"readers|players|orders|customers|of them|to (?:see|tell|know))|detect\w*|sample size|"
    r"confiden\w*|interval|error bars?|margin of error|by chance|random variation|luck|"
    r"too (?:small|few) to|"
    r"big enough|large enough|give or take|between \S+ and|at least \S+ (?:people|users|weeks))\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\W*(?:a|per|each|every) (?:day|week|month|quarter|year)\b", re.IGNORECASE)


def detect_question(
    reading: Reading, found: Sequence[Figure], chain: SaidChain | None, in_round: bool
) -> str:
    """Return the question whether the test could show the move; empty where nothing fits.

    Args:
        reading: Of the answer.
        found: Its figures.
        chain: Its chain, where there is one.
        in_round: The answer was given in a round; a text from elsewhere is asked only where its
            own numbers show that its slice is too small.
    """
    tests = [figure for figure in found if figure.role == "slice"]
    times = [
        figure
        for figure in found
        if figure.role == "duration" and figure.basis == "plan" and figure.noun in LONG_TIMES
    ]
    needed, there = _needed(chain), _there(reading.text, found, tests)
    if needed is not None and there is not None and chain is not None:
        if there >= _CLEARLY * needed:
            return ""
        time = min(times, key=lambda each: _apart(each, tests[0]), default=None)
        return (
            f"{_move(chain)} needs about {spoken_count(needed)} people in each half; your slice "
            f"has about {spoken_count(there)}. "
            f"Would {time.said.quote if time else 'your test'} show it?"
        )
    if needed is not None and needed < _FEW:
        return ""
    sized = reading.lift.level == 2
    shaped = reading.experiment.level > 0 and (tests or times)
    return PLAIN if in_round and sized and shaped and not _said(reading.text, found) else ""


def _said(text: str, found: Sequence[Figure]) -> bool:
    ranges = any(
        figure.high > figure.value and figure.role in ("target", "change") for figure in found
    )
    return ranges or bool(_SAID.search(text))


def _needed(chain: SaidChain | None) -> float | None:
    """Return the people in each half, with the lift taken as large as it can be meant."""
    if chain is None or chain.chain.baseline is None or not chain.chain.lift:
        return None
    base, lift = chain.chain.baseline, abs(chain.chain.lift)
    move = max(lift * base if kind == "relative" else lift for kind in chain.kinds)
    if not move or not 0 < base < 1:
        return None
    return _LEHR * base * (1 - base) / move**2


def _there(text: str, found: Sequence[Figure], tests: Sequence[Figure]) -> float | None:
    """Return how many people the test has, where one slice and its whole are known."""
    crowds = [f for f in found if f.role == "reach" and (f.unit == "people" or not f.noun)]
    if len(tests) != 1:
        return None
    slice_said = tests[0]
    counted = slice_said if slice_said.unit == "people" else None
    if counted is None and slice_said.share is not None and len(crowds) == 1:
        counted = crowds[0]
    if counted is None or _PERIOD.match(text[counted.said.end_char :]):
        return None  # people that come anew each week add up
    return counted.value * (1.0 if counted is slice_said else slice_said.share or 0.0)


def _apart(one: Figure, other: Figure) -> int:
    return abs(one.said.start_char - other.said.start_char)


def _move(chain: SaidChain) -> str:
    lift = dict(chain.links)["lift"].quote
    return lift[0].upper() + lift[1:]
