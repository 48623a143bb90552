"""Correcting the recogniser's word times by the sound itself.

Whisper tells words too early, lets a word begin where the one before it ends, so that a pause
belongs to one of the two, and cuts long words short. Here all words of a batch are fitted into its
sound at once: each within where it was told, about as long as its letters let expect, seldom across
a pause, and what is no word (hesitations) left out. Costs are negative logarithms of probabilities.
Figures, and how their weights were chosen: docs/word-times.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.sounding import (
    FRAME_SECONDS,
    SoundingClock,
    sounding_clock,
    stretches_of_sound,
)
from vivavoce.domain.speech import Span, Word

EARLY_SECONDS = 0.08
"""So much too early are Whisper's times; 0.07 and 0.1 serve nearly as well."""
TOLD_SECONDS, TOLD_FAR = 0.05, 1.4
"""Standard deviation of how much a word begins before or ends beside what was told. The cost grows
with the square up to so many of them and in proportion beyond: what is wrong is often very wrong.
"""
LENGTH_SPREAD = 0.25
"""Standard deviation of the logarithm of a word's length over the usual one."""
CONSONANT_SECONDS, VOWEL_SECONDS, WORD_SECONDS, DIGIT_SECONDS = 0.05, 0.07, 0.03, 0.25
"""Of a consonant, of vowels in a row and of a word as such; only their proportions count. A digit
is a word, and so are % and $."""
LAST_LONGER = 1.3
"""What comes before a pause is drawn out."""
COST_A_SECOND = 15.0
"""Of a pause within a word, and of sound that belongs to no word."""
GAP_COST, STRETCH_COST_A_SECOND = 3.5, 2.0
"""Once for each sound that belongs to no word, and by the second where that is whole stretches:
hesitations, which the recogniser leaves out."""
REACH_SECONDS = 0.5
"""No word begins so much before or after all of what was told, pauses not counted."""
LEAST_SECONDS, MOST_SECONDS, MOST_TIMES = 0.03, 1.2, 2.0
"""No word is shorter, none longer than the second or so many times the usual; pauses not counted.
"""

Costs = NDArray[np.floating]
Frames = NDArray[np.int64]


def settle(words: Sequence[Word], samples: NDArray[np.int16], voiced: Sequence[Span]) -> list[Word]:
    """Return the words with the times at which they sound, in the same order.

    Args:
        words: In time order, seconds from the first sample.
        samples: 16 kHz mono, what was decoded.
        voiced: Where the voice detector heard speech, in time order, on the same clock.
    """
    sounds = stretches_of_sound(samples, voiced)
    if not words or not sounds:
        return list(words)
    clock = sounding_clock(sounds)
    spans = [clock.span(first, last) for first, last in _fit(words, clock)]
    return [
        Word(word.text, span.start, span.end, word.probability)
        for word, span in zip(words, spans, strict=True)
    ]


def usual_seconds(text: str) -> float:
    """Return how long a word is in comparison with others, by its letters."""
    letters = re.sub(r"[^a-z]", "", text.casefold())
    vowels = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=...)e$", "", letters)))
    consonants = len(re.sub(r"[aeiouy]", "", letters))
    digits = len(re.findall(r"[\d%$]", text))
    sounds = (
        CONSONANT_SECONDS * consonants + VOWEL_SECONDS * max(1, vowels) + DIGIT_SECONDS * digits
    )
    return WORD_SECONDS + sounds


def _fit(words: Sequence[Word], clock: SoundingClock) -> list[tuple[int, int]]:
    """Return for each word its first frame and the one after its last: what costs least in sum.

    From word to word, over all frames at which it may begin and end. Words that do not fit into the
    sound, since too many were told at one place, stay there and may share frames.
    """
    count = len(clock.frames)
    frames = np.arange(count + 1)
    told = clock.position([word.start + EARLY_SECONDS for word in words])
    over = clock.position([word.end + EARLY_SECONDS for word in words])
    usual = np.array([usual_seconds(word.text) for word in words])
    # By the middle word: the sum of the sound holds hesitations. All may have been told in pauses.
    usual *= np.median(np.maximum(over - told, 0.0) / usual) or count / usual.sum()
    ended = np.where(frames == 0, 0.0, np.inf)
    """What it costs at least that the word before ends at a frame."""
    befores, firsts = [], []
    for number in range(len(words)):
        begun, before = _with_gaps(ended, clock)
        # A pause or a hesitation is told as part of the word after it, which thus begins later.
        begun = begun + _away(np.maximum(told[number] - frames, 0.0))
        ended, first = _end_word(begun, told[number], over[number], usual[number], clock)
        ended = ended + _away(np.abs(frames - over[number]))
        befores.append(before)
        firsts.append(first)
    total, before = _with_gaps(ended, clock)
    if not np.isfinite(total[-1]):
        begins = np.minimum(told, count - 1).astype(int)
        return list(zip(begins, np.maximum(begins + 1, over.astype(int)), strict=True))
    last = int(before[-1])
    fitted: list[tuple[int, int]] = []
    for first, before in zip(reversed(firsts), reversed(befores), strict=True):
        fitted.append((int(first[last]), last))
        last = int(before[first[last]])
    return fitted[::-1]


def _end_word(
    begun: Costs, told: float, over: float, usual: float, clock: SoundingClock
) -> tuple[Costs, Frames]:
    """Return what it costs at least that a word ends at a frame, and where it then began.

    Args:
        begun: What it costs that it begins at a frame.
        told: Where it was told to begin; a hesitation before it may be within what was told.
        over: Where it was told to end.
        usual: Its length at this pace. All in frames.
        clock: Of the batch.
    """
    count = len(clock.frames)
    reach = REACH_SECONDS / FRAME_SECONDS
    least = round(LEAST_SECONDS / FRAME_SECONDS)
    most = round(max(MOST_SECONDS / FRAME_SECONDS, MOST_TIMES * usual))
    low, high = int(max(0, told - reach)), int(min(count - 1, max(told, over) + reach))
    first = np.arange(low, high + 1)[:, np.newaxis]
    last = np.arange(low + 1, min(count, high + most) + 1)
    expected = np.where(np.isin(last, clock.edges), LAST_LONGER * usual, usual)
    length = last - first
    paused = FRAME_SECONDS * (clock.frames[last - 1] - clock.frames[first] + 1 - length)
    cost = (
        begun[first]
        + 0.5 * (np.log(np.maximum(length, 1) / expected) / LENGTH_SPREAD) ** 2
        + COST_A_SECOND * paused
    )
    cost[(length < least) | (length > most)] = np.inf
    ended = np.full(count + 1, np.inf)
    ended[last] = cost.min(axis=0)
    began = np.zeros(count + 1, np.int64)
    began[last] = low + cost.argmin(axis=0)
    return ended, began


def _with_gaps(ended: Costs, clock: SoundingClock) -> tuple[Costs, Frames]:
    """Return what it costs at least that a word begins at a frame, and where the one before ended:
    there, or earlier, with sound between the two that belongs to neither."""
    begun, before = _skip(ended, np.arange(len(ended)), COST_A_SECOND)
    at_edges, edges_before = _skip(ended[clock.edges], clock.edges, STRETCH_COST_A_SECOND)
    cheaper = at_edges < begun[clock.edges]
    begun[clock.edges[cheaper]] = at_edges[cheaper]
    before[clock.edges[cheaper]] = edges_before[cheaper]
    return begun, before


def _skip(ended: Costs, frames: Frames, cost_a_second: float) -> tuple[Costs, Frames]:
    """Return the least cost at each of some frames, and the one from which it came: the same, or
    an earlier one at a cost of what lies between."""
    price = cost_a_second * FRAME_SECONDS * frames
    least = np.minimum.accumulate(ended - price)
    earlier = frames[
        np.maximum.accumulate(np.where(ended - price <= least, np.arange(len(frames)), 0))
    ]
    skipped = least + price + GAP_COST
    return np.minimum(ended, skipped), np.where(ended <= skipped, frames, earlier)


def _away(frames: Costs) -> Costs:
    """Return what it costs to be so many frames away from where it was told."""
    away = frames * FRAME_SECONDS / TOLD_SECONDS
    return np.where(away <= TOLD_FAR, 0.5 * away**2, TOLD_FAR * (away - 0.5 * TOLD_FAR))
