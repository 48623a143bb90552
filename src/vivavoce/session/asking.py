"""Which probe to ask next: one for what the answer lacked, in the candidate's own words."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.case import Variant
from vivavoce.domain.probing import choose_probe
from vivavoce.domain.turns import Turn
from vivavoce.scoring.missing import missing, named_tool
from vivavoce.scoring.reader import Reader
from vivavoce.session.debriefing import read_turns


def next_probe(
    variant: Variant, turns: Sequence[Turn], asked: Sequence[str], reader: Reader
) -> str | None:
    """Return the variant's probe that fits best, or None where none does.

    An answer without words is asked nothing: there is nothing to ask about.

    Args:
        variant: With its probes.
        turns: All so far, the candidate's with their words.
        asked: Probes that were asked before.
        reader: Of answers.
    """
    if not any(turn.kind == "answer" and turn.words for turn in turns):
        return None
    reading = read_turns(turns, reader)
    tool = named_tool(reading)
    return choose_probe(variant.probes, missing(reading), {"tool": tool} if tool else {}, asked)
