"""The sentence that an answer misses, and where it would have stood."""

from __future__ import annotations

from vivavoce.domain.debrief import CRITERIA, Criterion, Reading
from vivavoce.domain.patching import ORDER
from vivavoce.scoring.say_next import asked_for
from vivavoce.scoring.sentences import cut

_STOPS = " .,;:!?…\"'”’)"


def missing_sentence(reading: Reading) -> Criterion | None:
    """Return which criterion the reading's `say_next` is for; None where nothing is missing."""
    return asked_for({name: reading.judgement(name) for name in CRITERIA})


def patch_place(criterion: Criterion, reading: Reading) -> int:
    """Return where the sentence for a criterion belongs, as an offset in the reading's text.

    An answer goes from problem to change, test, lift and money: the sentence stands after the one
    that holds the nearest earlier part that was heard, and right after its own part where that was
    heard, but not clearly. Where nothing of this was heard it comes first.

    Args:
        criterion: What the sentence is said for.
        reading: Of the answer without it.

    Returns:
        Behind the last letter of a sentence, or 0 for before the first.
    """
    before = ORDER[: ORDER.index(criterion) + 1]
    heard = (reading.judgement(name).evidence for name in reversed(before))
    best = next((evidence[0] for evidence in heard if evidence), None)
    if best is None:
        return 0
    # A quote may end in the punctuation that a sentence leaves out.
    last = best.start_char + len(best.quote.rstrip(_STOPS))
    ends = (sentence.end for sentence in cut(reading.text))
    return next((end for end in ends if end >= last), len(reading.text))
