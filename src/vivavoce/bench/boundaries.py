"""Whether the edges of speech stay where they are, however long the round has run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.protocols import Samples, VoiceActivity
from vivavoce.session.listening import Listening

EVERY_SECONDS, PIECE_SECONDS, SETTLING_SECONDS = 60, 30, 5
"""A piece of each minute is listened to anew; what lies near its cut edges does not count."""


def boundary_shifts(
    samples: Samples, voiced: Sequence[Span], make_activity: Callable[[], VoiceActivity]
) -> list[float]:
    """Compare where a round detected speech with what a fresh detector finds in the same sound.

    Args:
        samples: The whole answer, 16 kHz mono.
        voiced: Where the round detected speech, on the answer's clock; at least one span.
        make_activity: Returns a detector that has heard nothing yet.

    Returns:
        For each edge that the fresh detector finds, in time order, the seconds by which the round's
        nearest one comes later; infinite where there is none within half a second.
    """
    edges = np.sort([edge for span in voiced for edge in (span.start, span.end)])
    shifts = []
    seconds = len(samples) // SAMPLE_RATE
    for begin in range(0, seconds - PIECE_SECONDS + 1, EVERY_SECONDS):
        first, last = begin * SAMPLE_RATE, (begin + PIECE_SECONDS) * SAMPLE_RATE
        pieces = Listening(make_activity(), first, 0).feed(samples[first:last])
        spans = [piece.utterance.voiced for piece in pieces if not piece.provisional]
        for edge in (edge for span in spans for edge in (span.start, span.end)):
            if begin + SETTLING_SECONDS < edge < begin + PIECE_SECONDS - 1:
                shift = float(edges[np.argmin(np.abs(edges - edge))] - edge)
                shifts.append(shift if abs(shift) <= 0.5 else math.inf)
    return shifts
