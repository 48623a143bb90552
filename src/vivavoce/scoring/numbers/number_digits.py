"""Numbers in digits, as plain words have them, with what a recogniser tears apart."""

from __future__ import annotations

import re

from vivavoce.scoring.numbers.figure import Unit
from vivavoce.scoring.numbers.number_part import SCALES, Found, Part
from vivavoce.scoring.numbers.number_shares import share_at
from vivavoce.scoring.numbers.number_words import FRACTIONS, MONEY, unit_at

_THOUSAND = re.compile(r"thousand|grand|\dk\b|\bk\b", re.IGNORECASE)
_ENDINGS = ("th", "st", "nd", "rd")
_COMPARED = ("as", "more", "the", "higher", "what", "better")


def digits_at(part: Part, index: int) -> Found | None:
    """Return the number that stands at a word, or None; "one" only where it counts something."""
    one = part.at(index) == "one"
    value = 1.0 if one else part.number(index) if part.at(index)[:1].isdigit() else None
    if value is None:
        return None
    value, last, scale, unit, noun = _whole_token(part, index, value)
    if part.at(last) == "of" and part.raw(index).endswith(("and a quarter", "and a half")):
        return Found(value, index, last, None, "", label=True)  # "2, 10 and a quarter of them"
    if _is_label(part, index, last):
        if part.near(index, 0, 1) == ":" and part.number(last) is not None:
            last += 1  # "3:40"
        return None if one else Found(value, index, last, None, "", label=True)
    if (joined := _joined(part, last - 1, value)) is not None:
        value, last = joined, last + 1
    if share := share_at(part, value, index, last):
        return share
    if part.at(last) in FRACTIONS and part.at(last) != "half" and not one:
        return None
    if unit is not None:
        return Found(value, index, last, unit, noun, scale)
    found = part.with_unit(value, index, last, scale)
    if one:
        measured = found.unit in ("percent", "points", "money", "duration")
        return found if measured and found.last == last + 1 else None
    if part.at(last) in ("times", "x"):
        kind: Unit = "ratio" if part.at(last + 1) in _COMPARED else "count"
        return Found(value, index, last + 1, kind, "times", scale)
    return _with_cents(part, found)


def _whole_token(
    part: Part, index: int, value: float
) -> tuple[float, int, float, Unit | None, str]:
    """Return value, end, scale, unit and noun: "12 million dollars" may be words of one place."""
    last, scale = index + 1, 1.0
    unit: Unit | None = None
    noun = ""
    while last < len(part) and part.span(last) == part.span(index):
        if part.at(last) in SCALES:
            scale = SCALES[part.at(last)]
            value *= scale
        elif part.at(last) in MONEY:
            unit, noun = "money", part.at(last)
        last += 1
    raw = part.raw(index)
    if scale == 1 and value >= 1000 and value % 100 == 0 and _THOUSAND.search(raw):
        scale = 1e3  # plain words write "8 thousand" as 8000
    if unit is None and "grand" in raw.lower():
        unit, noun = "money", "grand"
    return value, last, scale, unit, noun


def _is_label(part: Part, index: int, last: int) -> bool:
    """Whether a number is part of a name or a time: "A100", "day-30", "3:40", "24/7", "15th"."""
    before, after = part.near(index, -2, 0), part.near(index, 0, 2)
    if before[-1:].isalpha():
        return True
    if before[-1:] in ("-", "_", "#") and before[:1].isalnum() and not before[:1].isdigit():
        return len(before) == 2
    if (before[-1:] in (":", "/") and before[:1].isdigit()) or (
        after[:1] in (":", "/") and after[1:].isdigit()
    ):
        return True
    return part.at(last) in _ENDINGS and after[:1].isalpha()


def _joined(part: Part, index: int, value: float) -> float | None:
    """Return a number that a recogniser wrote in two: "60 000", "85 5" for 85.5; or None."""
    more = part.number(index + 1)
    if more is None or not part.is_spaced(index) or value != int(value) or more != int(more):
        return None
    if part.raw(index).isdigit() and part.raw(index + 1) == "000":
        return value * 1000
    hundreds = part.raw(index + 1).endswith("hundred") and 100 <= more < 1000
    if value >= 1000 and value % 1000 == 0 and hundreds:
        return value + more  # "five thousand six hundred"
    after = unit_at(part.texts, index + 2)
    if 0 < more < 10 <= value < 100 and (after is None or after.unit in ("percent", "points")):
        return value + more / 10
    return value + more / 100 if more in (99, 95, 49) and value < 100 and after is None else None


def _with_cents(part: Part, found: Found) -> Found:
    """Return "4 pounds 50" as one number."""
    cents = part.number(found.last)
    if found.unit != "money" or found.scale > 1 or cents is None or not 10 <= cents < 100:
        return found
    if not part.is_spaced(found.last - 1) or unit_at(part.texts, found.last + 1) is not None:
        return found
    return Found(found.value + cents / 100, found.first, found.last + 1, "money", found.noun)
