"""Plain words: an answer as the reader takes it, so that nothing but what was said counts.

A recogniser writes "um 0. 8 % so", a person types "0.8 percent, so": both are read as the same
words. Case and punctuation go, numbers become digits, fillers and what is said twice are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vivavoce.scoring.remembered import remembered
from vivavoce.scoring.spoken_numbers import parse_number, write_number

COPIED_WORDS = 10
"""A run of this many words that was said before, word for word, is not read again. Chosen: no
answer among the labelled ones repeats itself like that, a text that was pasted twice does."""
_TOKEN = re.compile(
    r"[$€£%-]|(?<=[^\W\d_])[.?!;](?=\s)|\d[\d,]*(?:\s?\.\s?\d+)?(?:[^\W\d_]+)?|[^\W\d_]+(?:['’][^\W\d_]+)*",
    re.UNICODE,
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_])[.?!;]\s")
_BETWEEN = "-.?!;"
"""Read only to tell "fifty. Six-year-olds" from fifty-six."""
_NUMBER_UNIT = re.compile(r"(\d[\d,.\s]*?)([^\W\d_]+)", re.UNICODE)
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds"}
_FILLERS = {"um", "uh", "uhm", "umm", "er", "erm", "eh", "ah", "hm", "hmm", "mm", "mhm"}
_FILLER_PHRASES = (
    ("you", "know"),
    ("i", "mean"),
    ("kind", "of"),
    ("sort", "of"),
    ("basically",),
    ("literally",),
)
_PHRASE_STARTS = {phrase[0] for phrase in _FILLER_PHRASES}
_NOT_FILLERS_AFTER = {"do", "did", "don't", "didn't", "what", "this", "that", "the", "some", "any"}
"""Before "you know" or "kind of": "do you know", "this kind of"."""


@dataclass(frozen=True, slots=True)
class PlainWord:
    """One word as it is read."""

    text: str
    """Lower case; a number in digits."""
    start: int
    """Offset in the answer of the words it was made from, in Unicode code points."""
    end: int
    """Exclusive."""


def plain_words(text: str) -> list[PlainWord]:
    """Return the words of an answer as the reader takes them, in order.

    Args:
        text: A transcript or a typed answer; punctuation may be missing.
    """
    return _without_copies(_without_fillers(list(_with_places(text))))


def _with_places(text: str) -> Iterator[PlainWord]:
    """Give the words of all sentences their places in the text."""
    begin = 0
    for end in [*(stop.end() for stop in _SENTENCE_END.finditer(text)), len(text)]:
        for word in _words_of(text[begin:end]):
            yield PlainWord(word.text, begin + word.start, begin + word.end)
        begin = end


@remembered
def _words_of(sentence: str) -> tuple[PlainWord, ...]:
    """Return the words of a sentence: no number and no unit goes on over its end."""
    return tuple(_with_numbers(_tokens(sentence)))


def _tokens(text: str) -> list[PlainWord]:
    tokens: list[PlainWord] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0].lower().replace("’", "'"), match.start(), match.end()
        stuck = _NUMBER_UNIT.fullmatch(word)
        if stuck:  # "12m", "15th"
            tokens.append(PlainWord(stuck[1], start, start + stuck.end(1)))
            tokens.append(PlainWord(stuck[2], start + stuck.start(2), end))
        else:
            tokens.append(PlainWord(word, start, end))
    return tokens


def _with_numbers(tokens: list[PlainWord]) -> list[PlainWord]:
    texts = [token.text for token in tokens]
    words: list[PlainWord] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        sign = _CURRENCY.get(token.text)
        parsed = parse_number(texts, index + 1 if sign else index)
        if parsed:
            value, after = parsed
            end = tokens[after - 1].end
            said = write_number(value).split() + ([sign] if sign else [])
            words += [PlainWord(word, token.start, end) for word in said]
            index = after
            continue
        if token.text == "%":
            words.append(PlainWord("percent", token.start, token.end))
        elif texts[index : index + 2] == ["per", "cent"]:
            words.append(PlainWord("percent", token.start, tokens[index + 1].end))
            index += 1
        elif sign:
            words.append(PlainWord(sign, token.start, token.end))
        elif token.text not in _BETWEEN:
            words.append(token)
        index += 1
    return words


def _without_fillers(words: list[PlainWord]) -> list[PlainWord]:
    words = [word for word in words if word.text not in _FILLERS]
    texts = [word.text for word in words]
    kept: list[PlainWord] = []
    index = 0
    while index < len(words):
        before = kept[-1].text if kept else ""
        phrase = _phrase_at(texts, index)
        if phrase and before not in _NOT_FILLERS_AFTER:
            index += len(phrase)
        elif before == words[index].text and not before[0].isdigit():
            index += 1  # "the the"
        else:
            kept.append(words[index])
            index += 1
    return kept


def _phrase_at(texts: list[str], index: int) -> tuple[str, ...]:
    """Return the filler phrase that begins at a word; empty where none does."""
    if texts[index] not in _PHRASE_STARTS:
        return ()
    return next((p for p in _FILLER_PHRASES if tuple(texts[index : index + len(p)]) == p), ())


def _without_copies(words: list[PlainWord]) -> list[PlainWord]:
    """Drop every run of COPIED_WORDS or more words that was said before."""
    texts = [word.text for word in words]
    seen: set[tuple[str, ...]] = set()
    copied: set[int] = set()
    for index, run in enumerate(zip(*(texts[k:] for k in range(COPIED_WORDS)), strict=False)):
        if run in seen:
            copied.update(range(index, index + COPIED_WORDS))
        seen.add(run)
    return [word for index, word in enumerate(words) if index not in copied]
