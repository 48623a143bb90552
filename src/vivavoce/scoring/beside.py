"""What stands beside a score and never counts: the panel's sentence, the signals, two ways to order
an answer, its audience, its numbers and where they lead, and what a panel would ask next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.dispute import words_read
from vivavoce.domain.turns import Turn
from vivavoce.scoring.also_ask import also_ask
from vivavoce.scoring.audience import Audience, audience
from vivavoce.scoring.frameworks import Framework, frameworks
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.figures import figures
from vivavoce.scoring.numbers.said_chain import SaidChain, chain_of
from vivavoce.scoring.panel import panel_sentence
from vivavoce.scoring.scales import Scale, pressure_lines, scales


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it, for one answer."""

    panel: str
    """What a panel would carry out of the room; empty where nothing was heard."""
    signals: tuple[Scale, ...]
    """Those that something earned."""
    pressure: tuple[str, ...]
    """A sentence for each question and cut-in."""
    ways: tuple[Framework, ...]
    audience: Audience
    figures: tuple[Figure, ...]
    """The answer's numbers, in order."""
    chain: SaidChain | None
    """Where its numbers lead; None where no effect has a size that can be followed."""
    questions: tuple[str, ...]


def beside(
    debrief: Debrief, turns: Sequence[Turn] = (), case: Case | None = None, variant_id: str = ""
) -> Beside:
    """Return what stands beside an answer's score.

    Args:
        debrief: Of the answer.
        turns: Of the attempt, in time order; empty for a text.
        case: That was answered; None where it is not known.
        variant_id: Which of its figures were shown; empty for the case as written.
    """
    first = debrief.first
    answer = words_read(first, turns)
    variant = None
    if case is not None:
        variant = case.variant(variant_id) if variant_id else case.variants[0]
    prompt = case.prompt if case is not None else ""
    numbers = figures(first.text, variant, prompt)
    chain = chain_of(first, numbers)
    return Beside(
        panel=panel_sentence(first),
        signals=tuple(scales(debrief, turns)),
        pressure=tuple(pressure_lines(debrief, turns)),
        ways=frameworks(first, answer),
        audience=audience(first, answer, numbers),
        figures=numbers,
        chain=chain,
        questions=also_ask(first, numbers, chain, in_round=case is not None),
    )


def beside_to_dict(found: Beside) -> dict[str, object]:
    """Return it as `score --json` and `attempts show --json` print it."""
    return {
        "panel": found.panel,
        "signals": [{**asdict(scale), "anchor": scale.anchor} for scale in found.signals],
        "pressure": list(found.pressure),
        "frameworks": [{**asdict(way), "advice": way.advice} for way in found.ways],
        "audience": {**asdict(found.audience), "advice": found.audience.advice},
        "figures": [asdict(figure) for figure in found.figures],
        "chain": asdict(found.chain) if found.chain is not None else None,
        "also_ask": list(found.questions),
    }
