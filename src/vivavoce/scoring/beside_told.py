"""What stands beside a score, as titled sentences: the same words on every face of the program."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.scoring.beside import Beside
from vivavoce.scoring.numbers.told import numbers_told

NEVER_COUNTED = "A panel would ask this next; none of it is counted."


def sections(found: Beside) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield title and sentences, in the order in which they help; empty ones are left out.

    The panel's sentence is not among them: it has its own place beside the vote.
    """
    signals = (*(scale.told for scale in found.signals), *found.pressure)
    for title, told in (
        ("YOUR NUMBERS", numbers_told(found.figures)),
        ("WHERE THEY LEAD", found.chain.told if found.chain is not None else ()),
        ("FOR AN EXECUTIVE", (found.audience.told,)),
        ("SIGNALS", signals),
        ("TWO WAYS TO ORDER IT", tuple(way.told for way in found.ways)),
        ("ALSO ASKED", (*found.questions, NEVER_COUNTED) if found.questions else ()),
    ):
        if any(told):
            yield title, told
