"""Said numbers: each number of an answer with its unit, before anybody asks what it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vivavoce.scoring.numbers.figure import Unit
from vivavoce.scoring.numbers.number_part import Found
from vivavoce.scoring.numbers.number_scan import find_numbers
from vivavoce.scoring.plain_words import PlainWord, plain_words
from vivavoce.scoring.sentences import cut

SENTENCE_WORDS = 60
"""Words on either side of a number that are read with it, at most. Chosen: fluent sentences have
fewer than 40, and without a limit the time would grow with the square of a monologue."""
_NAMED = re.compile(
    r"\b(?:week|day|month|level|lesson|page|row|step|chapter|song|shelf|version|number|line|top|"
    r"phase|season|episode|lag|place|option|iphone|year|class|grade|room|gate|platform|route|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|"
    r"june|july|august|september|october|november|december)$"
)
"""Before a number that names a thing and counts none: "level 8", "week four"."""
_CLOCK_BEFORE = re.compile(r"\b(?:night|morning|evening|afternoon|noon|day) at$")
_CLOCK_AFTER = re.compile(
    r"^(?:o'clock|a m|p m|am|pm|in the (?:morning|evening|afternoon)|at night|sharp|each evening|"
    r"every (?:morning|evening))\b"
)
_RATE = re.compile(
    r"\b(?:rates?|share|percentage|retention|churn|click-?through)(?! of)(?: (?:of|is|at|was|goes|"
    r"from|to|up|down|i'd|say|should|be|would|now|about|like|maybe)){0,5}$"
)
_THERE = re.compile(r"\bthere(?: are|'s| were|'re)(?: about)?$")
_TEN_TO = re.compile(r"\bat \| (?:to|past)$|\bat \d+ (?:to|past) \| ")
_MOVES = re.compile(
    r"\b(?:from|go|goes|going|went|gone|rises?|rose|falls?|fell|drops?|dropped|climbs?|climbed|"
    r"grows?|grew|moves?|moved|up|down|comes?|came|take|bring|brings|gets?)\b(?: \S+){0,3}$"
)
_PARTS = re.compile(r"(?:[^,:;.!?]|[,:;.!?](?!\s)|(?<=\d)\.(?=\s\d))+")
_JOINS = re.compile(
    r"(?:(?:down |up )?to|becomes?|or|instead of|rather than|not|and not|of)"
    r"(?: (?:about|maybe|like|roughly|around|only|just|over|under|the|at most)){0,2}"
)
_MONEY_AFTER = re.compile(
    r"^(?:(?:a|per|each|every|over the|over a) (?:year|month|quarter|week|season|summer|winter|day)"
    r"|in (?:extra |lost |more )?(?:loans|sales|revenue|fees|margin|refunds?|renewals|premiums?|"
    r"commission|savings?|fuel|overdrafts?|shipping|profit|money)"
    r"|of (?:extra )?(?:sales|revenue|margin|refunds?|premiums?|commission|profit))\b"
)
_OF_MONEY = re.compile(
    r"\b(?:money|worth|revenue|sales|margin|profit|fees|commission|savings?|euros?|dollars?|"
    r"pounds?|premiums?|refunds?|cash|earn|earns|costs?|costing|spend|bill)\b"
)
_PRICE_BEFORE = re.compile(r"\b(?:costs?|costing|pays?|paying|price of|priced at)(?: us| them)?$")


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """One number in its words."""

    value: float
    high: float
    """The upper end of a range."""
    unit: Unit
    noun: str
    """What it counts or measures; empty without a word for it."""
    first: int
    """Index of its first word."""
    last: int
    """Index after its last word, the unit's included."""
    start: int
    """Offset in the text."""
    end: int
    sentence: int
    """Index of its sentence."""
    bare: bool
    """No unit was said with it."""
    scale: float
    """1,000 where "thousand" was said, and so on."""
    label: bool
    """It names a thing, a date or a time: "level 8", "the 15th", "3:40"."""
    whole: float
    """The five of "one in five"; 0 where none was said."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer's words and its numbers."""

    text: str
    words: tuple[str, ...]
    """Plain words of the whole text."""
    spans: tuple[tuple[int, int], ...]
    """Each word's offsets."""
    sentences: tuple[tuple[int, int], ...]
    """Each sentence's first word and the index after its last."""
    numbers: tuple[SaidNumber, ...]

    def before(self, index: int, most: int = 8) -> str:
        """Return the words before a number, back to the last number or the sentence's start."""
        number = self.numbers[index]
        floor = self.sentences[number.sentence][0]
        if index and self.numbers[index - 1].sentence == number.sentence:
            floor = self.numbers[index - 1].last
        return " ".join(self.words[max(floor, number.first - most) : number.first])

    def after(self, index: int, most: int = 8) -> str:
        """Return the words after a number, up to the next number or the sentence's end."""
        number = self.numbers[index]
        ceiling = self.sentences[number.sentence][1]
        if index + 1 < len(self.numbers):
            ceiling = min(ceiling, self.numbers[index + 1].first)
        return " ".join(self.words[number.last : min(ceiling, number.last + most)])

    def within(self, index: int) -> str:
        """Return a number's own words."""
        number = self.numbers[index]
        return " ".join(self.words[number.first : number.last])

    def is_joined(self, index: int) -> bool:
        """Whether no comma or stop parts a number from the word before it."""
        first = self.numbers[index].first
        return (
            not first or self.text[self.spans[first - 1][1] : self.numbers[index].start].isspace()
        )

    def lead(self, index: int, most: int = 24) -> str:
        """Return the words before a number in its sentence, other numbers included."""
        number = self.numbers[index]
        floor = self.sentences[number.sentence][0]
        return " ".join(self.words[max(floor, number.first - most) : number.first])

    def around(self, index: int, most: int = 18) -> str:
        """Return the words around a number, sentences and other numbers included."""
        number = self.numbers[index]
        return " ".join(self.words[max(0, number.first - most) : number.last + most])

    def joined_lead(self, index: int, most: int) -> str:
        """Return the words before a number, back to the last comma or stop."""
        number = self.numbers[index]
        floor = max(self.sentences[number.sentence][0], number.first - most)
        first = number.first
        while first > floor:
            end = self.spans[first][0]
            if not self.text[self.spans[first - 1][1] : end].isspace() and first < number.first:
                break
            first -= 1
        return " ".join(self.words[first : number.first])

    def own_sentence(self, index: int) -> tuple[int, int]:
        """Return where a number's sentence begins and ends, as words' indexes.

        A recogniser's sentence may be the whole answer: it ends so many words around the number.
        """
        number = self.numbers[index]
        first, last = self.sentences[number.sentence]
        return max(first, number.first - SENTENCE_WORDS), min(last, number.last + SENTENCE_WORDS)

    def beside(self, index: int, step: int) -> tuple[int, int]:
        """Return the words' indexes of the sentence before (-1) or after (1) a number's."""
        sentence = self.numbers[index].sentence + step
        if not 0 <= sentence < len(self.sentences):
            return 0, 0
        first, last = self.sentences[sentence]
        if step < 0:
            return max(first, last - SENTENCE_WORDS), last
        return first, min(last, first + SENTENCE_WORDS)

    def told(self, span: tuple[int, int]) -> str:
        """Return the words between two indexes."""
        return " ".join(self.words[span[0] : span[1]])

    def sentence(self, index: int) -> str:
        """Return the words of a number's sentence; see `own_sentence`."""
        return self.told(self.own_sentence(index))

    def between(self, index: int) -> str:
        """Return the text between a number and the next one, as it stands."""
        return self.text[self.numbers[index].end : self.numbers[index + 1].start]


def said_numbers(text: str) -> Said:
    """Return the words and the numbers of an answer.

    Args:
        text: A transcript or a typed answer; punctuation may be missing.
    """
    words: list[PlainWord] = []
    sentences: list[tuple[int, int]] = []
    numbers: list[SaidNumber] = []
    for sentence in cut(text):
        own = _words(text, sentence.start, sentence.end)
        first = len(words)
        numbers += [
            _said(text, found, own, first, len(sentences)) for found in find_numbers(text, own)
        ]
        words += own
        sentences.append((first, len(words)))
    said = Said(
        text,
        tuple(word.text for word in words),
        tuple((word.start, word.end) for word in words),
        tuple(sentences),
        tuple(numbers),
    )
    said = replace(said, numbers=_with_ranges(said))
    said = replace(said, numbers=_with_scales(said))
    return replace(said, numbers=tuple(_settled(said, index) for index in range(len(said.numbers))))


def _words(text: str, start: int, end: int) -> list[PlainWord]:
    """Return the plain words of a stretch, read between commas: "a hundred, eleven" is two."""
    words: list[PlainWord] = []
    for part in _PARTS.finditer(text, start, end):
        words += [
            PlainWord(word.text, word.start + part.start(), word.end + part.start())
            for word in plain_words(part[0])
        ]
    return words


def _said(
    text: str, found: Found, words: Sequence[PlainWord], first: int, sentence: int
) -> SaidNumber:
    start, end = words[found.first].start, words[found.last - 1].end
    while text[end - 1] in ", ":  # a token of digits takes its comma along
        end -= 1
    return SaidNumber(
        value=found.value,
        high=found.value,
        unit=found.unit or "count",
        noun=found.noun,
        first=first + found.first,
        last=first + found.last,
        start=start,
        end=end,
        sentence=sentence,
        bare=found.unit is None,
        scale=found.scale,
        label=found.label,
        whole=found.whole,
    )


def _with_ranges(said: Said) -> tuple[SaidNumber, ...]:
    """Make one of "10 to 15 percent", "four or five", "between 3 and 4"; a from–to stays two."""
    numbers = list(said.numbers)
    result: list[SaidNumber] = []
    index = 0
    while index < len(numbers):
        if index + 1 < len(numbers) and _is_range(said, index):
            low, high = numbers[index], numbers[index + 1]
            scale = high.scale if high.scale > 1 and low.scale == 1 and low.value < 1000 else 1.0
            value = low.value * scale
            if value < high.value:
                result.append(
                    replace(high, value=value, high=high.value, first=low.first, start=low.start)
                )
                index += 2
                continue
        result.append(numbers[index])
        index += 1
    return tuple(result)


def _is_range(said: Said, index: int) -> bool:
    low, high = said.numbers[index], said.numbers[index + 1]
    if low.sentence != high.sentence or low.label or high.label:
        return False
    if not (low.bare or (low.unit, low.noun) == (high.unit, high.noun)):
        return False
    if low.unit == high.unit == "ratio":
        return False  # "two in ten to four in ten" is a from–to
    gap = " ".join(said.words[low.last : high.first])
    dashed = not gap and bool(re.fullmatch(r"\s?[-–—‑]\s?", said.between(index)))
    listed = re.fullmatch(r"[\s,]*", said.between(index)) and high.value <= 2 * low.value
    adjacent = not gap and bool(listed) and high.unit in ("percent", "points")
    lead = said.lead(index, 4)
    if gap in ("to", "to maybe", "to about"):
        return not _MOVES.search(lead)
    if gap in ("and", "and about", "and maybe"):
        return lead.endswith("between") or " between " in f" {lead} "
    return dashed or adjacent or (gap in ("or", "or maybe", "maybe") and low.bare)


def _with_scales(said: Said) -> tuple[SaidNumber, ...]:
    """Give "405 to 430 thousand" and "820 thousand to 405" their thousands on both sides."""
    numbers = list(said.numbers)
    for index in range(len(numbers) - 1):
        left, right = numbers[index], numbers[index + 1]
        if left.sentence != right.sentence or right.first - left.last > 5:
            continue
        gap = " ".join(said.words[left.last : right.first])
        if not _JOINS.fullmatch(gap):
            continue
        if _lacks_scale(left, right):
            numbers[index] = _scaled(left, right)
        elif _lacks_scale(right, left):
            numbers[index + 1] = _scaled(right, left)
    return tuple(numbers)


def _lacks_scale(number: SaidNumber, other: SaidNumber) -> bool:
    if not number.bare or number.label or number.scale > 1 or other.scale == 1:
        return False
    return number.value >= 1 and 0.1 <= number.value * other.scale / other.value <= 10


def _scaled(number: SaidNumber, other: SaidNumber) -> SaidNumber:
    return replace(
        number,
        value=number.value * other.scale,
        high=number.high * other.scale,
        scale=other.scale,
    )


def _settled(said: Said, index: int) -> SaidNumber:
    """Tell names from numbers, and find money where no currency was said."""
    number = said.numbers[index]
    before, after = said.before(index), said.after(index)
    if number.unit == "ratio" and number.whole and _NAMED.search(before):
        return replace(number, label=True)  # "level 60 of 100"
    if number.bare and number.scale == 1 and number.value == int(number.value):
        named = _NAMED.search(before) and not re.match(r"^(?:percent|points?)\b", after)
        clock = number.value <= 24 and (_CLOCK_AFTER.match(after) or _CLOCK_BEFORE.search(before))
        hour = f"{said.lead(index, 4)} | {after}"  # "at ten to eight"
        spelled = number.value <= 30 and _TEN_TO.search(hour)
        year = 1900 <= number.value < 2100 and said.words[number.first] == f"{number.value:.0f}"
        if (
            named
            or clock
            or spelled
            or (year and re.search(r"\b(?:in|since|of|from|until|by)$", before))
        ):
            return replace(number, label=True)
    if number.unit != "count" or number.label:
        return number
    if number.bare and number.scale == 1 and number.value <= 100 and _RATE.search(before):
        return replace(number, unit="percent", noun="percent", bare=False)
    sentence = said.sentence(index)
    money = _MONEY_AFTER.match(after) if number.bare and not _THERE.search(before) else None
    if (
        money
        and number.scale >= 1000
        and (money[0][:2] in ("in", "of") or _OF_MONEY.search(sentence))
    ):
        return replace(number, unit="money", noun="", bare=False)
    if number.bare and number.scale >= 1e6 and money:
        return replace(number, unit="money", noun="", bare=False)
    if number.bare and _PRICE_BEFORE.search(before):
        return replace(number, unit="money", noun="", bare=False)
    return number
