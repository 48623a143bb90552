"""The numbers of an answer as sentences: what each one rests on."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.text import one_line
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.figures import advice

_SHOWN = ("exhibit", "estimate", "unsupported", "refused")


def numbers_told(numbers: Sequence[Figure]) -> tuple[str, ...]:
    """Return a sentence for each number that claims something, one for the plan's, and the advice.

    Args:
        numbers: In order; may be none.
    """
    lines = [_told(figure) for figure in numbers if figure.basis in _SHOWN or figure.beside]
    planned = [_quoted(figure) for figure in numbers if figure.basis == "plan"]
    if planned:
        lines.append(f"{', '.join(planned)}: your own plan.")
    if advised := advice(numbers):
        lines.append(advised)
    return tuple(lines)


def _told(figure: Figure) -> str:
    match figure.basis:
        case "exhibit":
            rests = f"from the case, {figure.source}."
        case "estimate" if figure.basis_words is not None:
            rests = f"your estimate, “{one_line(figure.basis_words.quote)}”."
        case "refused":
            rests = "you would not promise it."
        case "unsupported":
            rests = "you did not say what it rests on."
        case _:
            rests = "said in passing."
    beside = f" {figure.beside[0].upper()}{figure.beside[1:]}." if figure.beside else ""
    return f"{_quoted(figure)}: {rests}{beside}"


def _quoted(figure: Figure) -> str:
    return f"“{one_line(figure.said.quote)}”"
