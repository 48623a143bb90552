"""Patches: a sentence that was said again, heard in its place in the answer.

A patch is an annotation. Its anchor is the place it is heard at: `anchor.span` is the moment, with
no length, at which the recording is cut, and `anchor.words` the one word, as the machine heard it,
after which it stands. Without words it stands before the first word that ends after the moment: at
the very beginning of the answer, and where the transcript was made anew. It replaces no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import ShownWord, shown_words
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import CRITERION_NAMES

MOST_SECONDS = 15.0
"""Of one sentence. From the issue."""
LEAD_SECONDS = 0.15
TAIL_SECONDS = 0.25
"""Of a patch's recording, kept before its first and after its last word, so that it stands between
two sentences as one does that was said there. Chosen."""
NEAR_SECONDS = 0.5
"""A patch is put in at most so far from the word that it follows: what is left of a longer pause
comes after it. Chosen."""
ORDER = tuple(CRITERION_NAMES)
"""In which an answer tells its parts: problem, change, test, lift, money."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a sentence can be put in."""

    words: WordRange | None
    """The word after which; None for before the first."""
    span: Span
    """Seconds on the recording's clock: the silence there, as far as the words' times tell it."""


@dataclass(frozen=True, slots=True)
class _Inset:
    """A patch and the words that stand before it."""

    patch: Annotation
    turn: int
    before: int
    """How many of the turn's words, corrections in place."""


def patches(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return the patches among annotations, in the order in which they are heard."""
    return tuple(sorted((each for each in annotations if each.kind == "patch"), key=_place))


def patch_for(annotations: Iterable[Annotation], criterion: Criterion) -> Annotation | None:
    """Return the patch that was said for a criterion; None where there is none."""
    return next((each for each in patches(annotations) if each.criterion == criterion), None)


def patch_seconds(patch: Annotation) -> float:
    """Return how long a patch is heard, in seconds."""
    return max((word.end for word in patch.said), default=0.0) + TAIL_SECONDS


def gap_at(attempt: Attempt, place: int) -> Gap:
    """Return the gap at a place of the answer.

    Args:
        attempt: With words that were judged.
        place: Offset in the text of the first answer's reading; 0 for before its first word.

    Raises:
        IndexError: No words were judged.
    """
    shown = [
        each
        for each in shown_words(attempt.turns, attempt.annotations)
        if attempt.turns[each.heard.turn].kind == "answer" and each.word.text
    ]
    before = sum(start < place for start in attempt.judged_words.starts)
    if before == 0:
        first = shown[0]
        begin = attempt.turns[first.heard.turn].span.start
        earliest = max(begin, first.word.start - NEAR_SECONDS)
        return Gap(None, Span(min(earliest, first.word.start), first.word.start))
    last = shown[before - 1]
    turn = last.heard.turn
    end = attempt.turns[turn].span.end
    if before < len(shown) and shown[before].heard.turn == turn:
        end = shown[before].word.start
    end = max(last.word.end, min(end, last.word.end + NEAR_SECONDS))
    return Gap(WordRange(turn, last.heard.last, last.heard.last), Span(last.word.end, end))


def patched_turns(attempt: Attempt, said_again: Iterable[Annotation]) -> tuple[Turn, ...]:
    """Return the answer with patches in place, on a clock of its own.

    All that comes after a patch is later by its length; the words and the voice of a patch are
    where it is heard. Corrections are in place, too.

    Args:
        attempt: Which was answered.
        said_again: Its patches; where there is no answer to put one in, it is left out.
    """
    insets = _insets(attempt, said_again)
    turns: list[Turn] = []
    later = 0.0
    for index, turn in enumerate(attempt.corrected):
        mine = [inset for inset in insets if inset.turn == index]
        turns.append(_patched(turn, mine, later))
        later += sum(patch_seconds(inset.patch) for inset in mine)
    return tuple(turns)


def _place(patch: Annotation) -> tuple[float, int]:
    order = ORDER.index(patch.criterion) if patch.criterion is not None else len(ORDER)
    return patch.anchor.span.start, order


def _insets(attempt: Attempt, said_again: Iterable[Annotation]) -> list[_Inset]:
    shown: dict[int, list[ShownWord]] = {}
    for each in shown_words(attempt.turns, attempt.annotations):
        shown.setdefault(each.heard.turn, []).append(each)
    found = (_inset(attempt.turns, shown, patch) for patch in patches(said_again))
    # Those in one place stay in the order in which they are heard.
    return sorted(
        (inset for inset in found if inset is not None),
        key=lambda inset: (inset.turn, inset.before),
    )


def _inset(
    turns: Sequence[Turn], shown: dict[int, list[ShownWord]], patch: Annotation
) -> _Inset | None:
    words, moment = patch.anchor.words, patch.anchor.span.start
    if words is not None and words.turn < len(turns):
        before = sum(each.heard.last <= words.last for each in shown.get(words.turn, []))
        return _Inset(patch, words.turn, before)
    answers = [index for index, turn in enumerate(turns) if turn.kind == "answer"]
    if not answers:
        return None
    turn = next((index for index in answers if turns[index].span.end >= moment), answers[-1])
    return _Inset(patch, turn, sum(each.word.end <= moment for each in shown.get(turn, [])))


def _patched(turn: Turn, insets: Sequence[_Inset], later: float) -> Turn:
    words: list[Word] = []
    voiced: list[Span] = []
    rest, place, shift, moment = list(turn.voiced), 0, later, turn.span.start
    for inset in insets:
        moment = max(moment, inset.patch.anchor.span.start)
        words += _words(turn.words[place : inset.before], shift)
        words += _words(inset.patch.said, moment + shift)
        voiced += _spans((part for part in _cut(rest, moment) if part.end <= moment), shift)
        voiced += _spans(_voice(inset.patch), moment + shift)
        rest = [part for part in _cut(rest, moment) if part.end > moment]
        place, shift = inset.before, shift + patch_seconds(inset.patch)
    words += _words(turn.words[place:], shift)
    voiced += _spans(rest, shift)
    text = " ".join(word.text for word in words) if insets else turn.text
    span = Span(turn.span.start + later, max(moment, turn.span.end) + shift)
    return replace(turn, span=span, text=text, words=tuple(words), voiced=tuple(voiced))


def _words(words: Iterable[Word], shift: float) -> Iterator[Word]:
    return (replace(word, start=word.start + shift, end=word.end + shift) for word in words)


def _spans(spans: Iterable[Span], shift: float) -> Iterator[Span]:
    return (Span(span.start + shift, span.end + shift) for span in spans)


def _voice(patch: Annotation) -> list[Span]:
    return [Span(patch.said[0].start, patch.said[-1].end)] if patch.said else []


def _cut(spans: Iterable[Span], moment: float) -> Iterator[Span]:
    """Cut the span that a moment lies in."""
    for span in spans:
        if span.start < moment < span.end:
            yield Span(span.start, moment)
            yield Span(moment, span.end)
        else:
            yield span
