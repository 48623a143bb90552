"""Said: an answer's words and its numbers, and the words around each of them."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.scoring.numbers.figure import Unit

SENTENCE_WORDS = 60
"""Words on either side of a number that are read with it, at most. Chosen: fluent sentences have
fewer than 40, and without a limit the time would grow with the square of a monologue."""


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
