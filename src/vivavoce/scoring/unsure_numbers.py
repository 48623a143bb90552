"""Numbers that may be misheard: what to ask about once, since the score rests on them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import CRITERIA, Debrief
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn
from vivavoce.scoring.numbers.said_numbers import said_numbers

UNSURE = 0.65
"""A number is asked about below this certainty. Measured with the model base on 60 labelled answers
of three numbers and more, each rendered by Piper, by Piper with noise at 3 dB, and by eSpeak; at
most three questions an answer. Of the right numbers 6, 46 and 19 % are asked about, of the wrong
ones 28, 58 and 47 % are caught: 0.5, 2.2 and 1.2 questions an answer, a third of them needed."""
WORDS_BESIDE = 2
"""Words on either side that count. Measured: with none, 16 % of the right numbers in clear speech
must be asked about to catch those 28 %; with four, 9 %."""
MAX_QUESTIONS = 3
"""In one round. Chosen: more would be a chore."""


def unsure_numbers(turns: Sequence[Turn], annotations: Iterable[Annotation]) -> list[WordRange]:
    """Return the candidate's numbers, units included, that the machine was not sure of.

    Names of things, dates and times of day are no numbers here. What was corrected or confirmed is
    left out.

    Args:
        turns: As the machine heard them.
        annotations: The attempt's.

    Returns:
        In time order.
    """
    settled = [
        each.anchor.words
        for each in annotations
        if each.kind in ("correction", "confirmed") and each.anchor.words is not None
    ]
    return [
        words
        for index, turn in enumerate(turns)
        if turn.by_candidate
        for words in _numbers(index, turn.words)
        if certainty(turns, words) < UNSURE and not any(words.touches(other) for other in settled)
    ]


def questions(attempt: Attempt) -> tuple[WordRange, ...]:
    """Return the numbers to ask about after a round, the most important first.

    First those that the lift rests on, then those that another judgement quotes; of these the least
    sure. None for the shipped sample: whoever listens did not say it.

    Args:
        attempt: As it is now.
    """
    if attempt.sample or attempt.debrief is None:
        return ()
    lift, others = _evidence(attempt.debrief)
    turns = attempt.turns

    def rank(words: WordRange) -> tuple[int, float]:
        said = _span(turns, words)
        if any(_overlap(said, span) for span in lift):
            return 0, certainty(turns, words)
        if any(_overlap(said, span) for span in others):
            return 1, certainty(turns, words)
        return 2, certainty(turns, words)

    return tuple(sorted(unsure_numbers(turns, attempt.annotations), key=rank)[:MAX_QUESTIONS])


def certainty(turns: Sequence[Turn], words: WordRange) -> float:
    """Return how sure the machine was of words, 0 to 1.

    The geometric mean of their probabilities and of those of `WORDS_BESIDE` words on either side: a
    number that stands among words that were hard to make out was hard to make out itself.
    """
    first = max(0, words.first - WORDS_BESIDE)
    near = turns[words.turn].words[first : words.last + 1 + WORDS_BESIDE]
    return math.prod(word.probability for word in near) ** (1 / len(near))


def _numbers(turn: int, words: Sequence[Word]) -> Iterable[WordRange]:
    """Return where the numbers of one turn stand."""
    places = [place for place, word in enumerate(words) if word.text]
    transcript = Transcript.of(words)
    for number in said_numbers(transcript.text).numbers:
        if number.label:
            continue
        first, last = (
            bisect_right(transcript.starts, at) - 1 for at in (number.start, number.end - 1)
        )
        yield WordRange(turn, places[first], places[last])


def _evidence(debrief: Debrief) -> tuple[list[Span], list[Span]]:
    """Return when the evidence of the lift was said, and that of all else."""
    lift: list[Span] = []
    others: list[Span] = []
    for criterion in CRITERIA:
        for each in debrief.first.judgement(criterion).evidence:
            if (span := each.span) is not None:
                (lift if criterion == "lift" else others).append(span)
    return lift, others


def _span(turns: Sequence[Turn], words: WordRange) -> Span:
    said = turns[words.turn].words
    return Span(said[words.first].start, said[words.last].end)


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end
