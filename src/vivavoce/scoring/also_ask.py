"""What a panel would ask next of an answer that has its parts. Never counted.

A question is left out where its words were said; that they were said well, nobody checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.domain.debrief import Reading
from vivavoce.scoring.numbers.arithmetic import sums_that_differ
from vivavoce.scoring.numbers.detectability import detect_question
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.said_chain import SaidChain

_QUESTIONS = (
    (
        "Who keeps it as it is, so that you can compare?",
        re.compile(
            r"\b(?:control(?:s| group)?|hold-?outs?|compar\w+|versus|random\w*|a/?b|split|"
            r"(?:other|half|rest)\b.{0,30}\b(?:as (?:it is|today|now)|nothing|without|old)|"
            r"without (?:it|the change)|other half|half of (?:the|them)|every (?:second|other))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "What does it cost, and when would you stop?",
        re.compile(
            r"\b(?:stop|switch (?:it )?off|roll(?:ed)? back|kill|drop it|give up on|guardrails?|"
            r"cost\w*|refunds?|complain\w*|risks?|downside|worst|unless|falls? below|"
            r"if (?:it|that) (?:doesn't|does not|isn't|is not))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "What else could explain it?",
        re.compile(
            r"\b(?:could also|might also|may also|other (?:reason|cause|explanation)s?|season\w*|"
            r"holidays?|alternativ\w+|instead of that|coinciden\w+|not because|rather than because|"
            r"or is it|at the same time|unrelated)\b",
            re.IGNORECASE,
        ),
    ),
)


def also_ask(
    reading: Reading, numbers: Sequence[Figure], chain: SaidChain | None, in_round: bool
) -> tuple[str, ...]:
    """Return the questions that are still open.

    Before there is a change and an effect only numbers that do not fit each other are asked about.

    Args:
        reading: Of the answer.
        numbers: The answer's.
        chain: Where they lead.
        in_round: The answer was given to a case, whose figures were in view.
    """
    differ = sums_that_differ(reading.text, numbers, chain)
    if reading.solution.level < 2 or not reading.lift.level:
        return differ
    asked = [question for question, said in _QUESTIONS if not said.search(reading.text)]
    if detect := detect_question(reading, numbers, chain, in_round=in_round):
        asked.append(detect)
    return (*asked, *differ)
