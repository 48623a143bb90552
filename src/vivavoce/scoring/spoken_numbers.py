"""Spoken numbers: "twelve mil", "0. 8", "two hundred and fifty thousand", "three and a half"."""

from __future__ import annotations

from collections.abc import Sequence

UNIT_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS_NAMES = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {name: value for value, name in enumerate(UNIT_NAMES.split())}
_TENS = {name: 10 * value for value, name in enumerate(TENS_NAMES.split(), start=2)}
_SCALES = {
    "thousand": 1e3,
    "grand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mil": 1e6,
    "mill": 1e6,
    "mio": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
_FRACTIONS = {"half": 0.5, "quarter": 0.25}
_SMALLEST_IN_THOUSANDS = 1e4
"""Below it are years and prices: 2022, 3500."""


def parse_number(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """Return the number that begins at `words[start]`, and the index after it; None without one.

    Args:
        words: Lower case; a hyphen stands as a word of its own. Digits may hold separators and
            a decimal point with a space after it, as recognisers write it: "0. 8".
        start: Where to look.
    """

    def at(index: int) -> str:
        return words[index] if index < len(words) else ""

    index = start
    if at(index)[:1].isdigit():
        value = _digits(at(index))
        if value is None:
            return None
        index += 1
    elif at(index) in ("a", "one") and (at(index + 1) == "hundred" or at(index + 1) in _SCALES):
        value, index = 1.0, index + 1
        if at(index) in ("k", "m"):
            return None
    elif at(index) == "point" and at(index + 1) in _UNITS:
        return _decimals(words, index + 1)
    else:
        small = _below_hundred(words, index)
        if small is None:
            return None
        value, index = small
    return _scaled(words, value, index)


def _scaled(words: Sequence[str], value: float, index: int) -> tuple[float, int]:
    """Go on after a first part: scales, what is added below them, decimals and halves."""
    total, last_scale = 0.0, 1e12
    while index < len(words):
        word = words[index]
        if word == "hundred" and value < 100:
            value, index = value * 100, index + 1
        elif word in _SCALES and _SCALES[word] < last_scale and value:
            last_scale = _SCALES[word]
            total, value, index = total + value * last_scale, 0.0, index + 1
        elif word == "point" and (decimals := _decimals(words, index + 1)):
            value, index = value + decimals[0], decimals[1]
        elif words[index : index + 2] == ["and", "a"] and words[index + 2 : index + 3] in (
            ["half"],
            ["quarter"],
        ):
            part = _FRACTIONS[words[index + 2]]
            if value:
                value += part
            else:
                total += part * last_scale
            index += 3
        elif more := _added(words, index, value, last_scale):
            value, index = value + more[0], more[1]
        else:
            break
    return total + value, index


def _added(
    words: Sequence[str], index: int, value: float, last_scale: float
) -> tuple[float, int] | None:
    """Return what "(and) fifty" adds after a hundred or a scale; None where nothing is added."""
    after_hundred = value >= 100 and value % 100 == 0
    after_scale = value == 0 and last_scale < 1e12
    if not (after_hundred or after_scale):
        return None
    added = _below_hundred(words, index + 1 if words[index] == "and" else index)
    if added and added[1] < len(words) and words[added[1]] == "hundred":
        return None  # "five hundred, six hundred"
    return added


def _below_hundred(words: Sequence[str], index: int) -> tuple[float, int] | None:
    if index >= len(words):
        return None
    if words[index] in _UNITS:
        return float(_UNITS[words[index]]), index + 1
    if words[index] not in _TENS:
        return None
    value, index = float(_TENS[words[index]]), index + 1
    unit = index + 1 if words[index : index + 1] == ["-"] else index
    if unit < len(words) and 0 < _UNITS.get(words[unit], 0) < 10:
        return value + _UNITS[words[unit]], unit + 1
    return value, index


def _decimals(words: Sequence[str], index: int) -> tuple[float, int] | None:
    """Return the decimals spelled one by one from `index`: "two five" is 0.25."""
    spelled = ""
    while index < len(words) and _UNITS.get(words[index], 10) < 10:
        spelled += str(_UNITS[words[index]])
        index += 1
    return (float(f"0.{spelled}"), index) if spelled else None


def _digits(word: str) -> float | None:
    try:
        return float(word.replace(",", "").replace(" ", "").rstrip("."))
    except ValueError:
        return None


def write_number(value: float) -> str:
    """Return a number in the one way in which the reader takes it: "12 million", "250 thousand",
    "0.8"; 1 is "one", which more often is no number."""
    if value == 1:
        return "one"
    for scale, name in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if value >= scale and value >= _SMALLEST_IN_THOUSANDS:
            return f"{_short(value / scale)} {name}"
    return _short(value)


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
