"""Fractions and multiples: "half a point", "a third fewer", "every second ride", "doubles"."""

from __future__ import annotations

from vivavoce.scoring.numbers.number_part import SCALES, Found, Part
from vivavoce.scoring.numbers.number_words import (
    FRACTIONS,
    MULTIPLES,
    PEOPLE,
    STOPS,
    unit_at,
    word_set,
)

_SIZE_BEFORE = word_set(
    "by about around roughly only nearly almost over than under maybe down up to from another "
    "some like an say just"
)
_SIZE_AFTER = word_set(
    "of more fewer less higher lower off up down longer shorter faster quicker and so extra "
    "again in or for at on that which is are would we i to"
)
"""Before and after "a third" where it is no third one."""
_HALF_OF = word_set(
    "of the a an our as their these those to so and or that is from by more fewer less"
) | {""}
"""After "half" where it is a share; "half empty" is none."""
_CROWDS = PEOPLE | word_set("time list base traffic receipts tickets stores shops orders")
_OTHER_HALF = word_set("other first second next last better")
_NO_SECOND = STOPS | {"", "of", "counts"}
"""After "every second" where it is a time."""
_MEASURES = ("percent", "points", "money", "duration")


def half_at(part: Part, index: int) -> Found | None:
    """Return the number that "half" begins, or None."""
    if part.at(index) != "half":
        return None
    before, after = part.at(index - 1), part.at(index + 1)
    if before in _OTHER_HALF or after in ("past", "way", "time"):
        return None
    if (part.at(index - 2), before) == ("and", "a"):
        return None  # "a week and a half"
    article = after in ("a", "an")
    place = index + 2 if article else index + 1
    if article or part.number(place) == 1 or after in SCALES:
        scaled = place + 1 if part.number(place) == 1 else place
        if scale := SCALES.get(part.at(scaled)):
            return part.with_unit(0.5 * scale, index, scaled + 1, scale)
        if part.at(place) == "dozen":
            return part.with_unit(6.0, index, place + 1)
        said = unit_at(part.texts, place)
        if said is not None and said.unit in _MEASURES:
            return Found(0.5 * said.factor, index, said.last, said.unit, said.noun)
        if article:
            return None  # "half a lap"
    thing = after in ("the", "our", "their") and part.at(index + 2) not in _CROWDS
    thing = thing or (after == "as" and part.at(index + 2) not in ("many", "much", "often"))
    moved = before in _SIZE_BEFORE
    unclear = after not in _HALF_OF or (thing and not moved)  # "half empty", "half the prize"
    return Found(0.5, index, index + 1, "ratio", "", label=unclear)


def fraction_at(part: Part, index: int) -> Found | None:
    """Return the fraction that begins at a word, or None: "2 thirds", "a fifth", "every tenth"."""
    word, after = part.at(index + 1), part.at(index + 2)
    if word == "second" and part.at(index) == "every" and after not in _NO_SECOND:
        return Found(0.5, index, index + 2, "ratio", "")
    parts = FRACTIONS.get(word)
    if parts is None or word in ("half", "halfs"):
        return None
    count = _count(part, index)
    if count is None or not 0 < count < parts:
        return None
    share = count / parts
    if after != "of":
        return Found(share, index, index + 2, "ratio", "")
    if part.number(index + 3) == 1 and part.at(index + 4) in SCALES:
        scale = SCALES[part.at(index + 4)]  # "three quarters of a million"
        return part.with_unit(share * scale, index, index + 5, scale)
    if part.at(index + 3) in ("a", "an", "one"):
        said = unit_at(part.texts, index + 4)
        if said is not None and said.unit in ("percent", "points"):
            return Found(share * said.factor, index, said.last, said.unit, said.noun)
        return Found(share, index, index + 2, None, "", label=True)  # "a tenth of a play"
    return Found(share, index, index + 2, "ratio", "")


def _count(part: Part, index: int) -> float | None:
    """Return how many thirds there are; None where "third" is no fraction."""
    word, before, after = part.at(index + 1), part.at(index - 1), part.at(index + 2)
    count = part.number(index)
    if count is not None:
        plural = word.endswith("s") and count > 1 and before not in ("last", "next", "past")
        return count if plural and (word != "quarters" or after == "of") else None
    if part.at(index) == "every":
        return 1.0 if word != "quarter" and after and after not in STOPS else None
    if part.at(index) not in ("a", "an", "one"):
        return None
    if word == "quarter":
        return 1.0 if after == "of" or before in _SIZE_BEFORE else None
    ends = not part.is_spaced(index + 1)
    return 1.0 if after in _SIZE_AFTER or before in _SIZE_BEFORE or ends else None


def multiple_at(part: Part, index: int) -> Found | None:
    """Return "doubles", "halved", "twice as" as a number, or None."""
    word, before, after = part.at(index), part.at(index - 1), part.at(index + 1)
    value = MULTIPLES.get(word)
    if value is None:
        return None
    if word == "twice" and after not in ("as", "the", "what", "that", "their", "our"):
        return None
    if word in ("double", "triple", "treble"):
        moves = before in ("would", "to", "could", "should", "will", "nearly", "almost")
        if not moves and after not in _AFTER_DOUBLE:
            return None
    return Found(value, index, index + 1, "ratio", "times")


_AFTER_DOUBLE = word_set("from the that it what in to and them our") | {""}
