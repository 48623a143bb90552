"""Whether the edges of speech stay where they are, however long the round has run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.protocols import Samples, VoiceActivity
from vivavoce.session.listening import Listening

EVERY_SECONDS, PIECE_SECONDS, SETTLING_SECONDS = 60, 30, 5
"""A piece of each minute is listened to anew; what lies near its cut edges does not count."""
BEGUN_BEFORE_SECONDS = (0.0, 4.0, 8.0)
"""A detector's edges depend a little on what it has heard: in an hour of 475 edges one lay 0.16 s
apart between detectors begun within 8 s of each other, and the round's was one of the two. So
several are begun, and drift is what differs from all of them. Chosen."""
NEAR_SECONDS = 0.5
"""Edges further apart than this are not the same."""


def boundary_shifts(
    samples: Samples, voiced: Sequence[Span], make_activity: Callable[[], VoiceActivity]
) -> list[float]:
    """Compare where a round detected speech with what fresh detectors find in the same sound.

    Args:
        samples: The whole answer, 16 kHz mono.
        voiced: Where the round detected speech, on the answer's clock; at least one span.
        make_activity: Returns a detector that has heard nothing yet.

    Returns:
        For each edge that a fresh detector finds, in time order, the seconds by which the round's
        nearest one comes later than that of the detector that agrees best; infinite where there is
        none within half a second.
    """
    edges = np.sort([edge for span in voiced for edge in (span.start, span.end)])
    shifts = []
    seconds = len(samples) // SAMPLE_RATE
    for begin in range(0, seconds - PIECE_SECONDS + 1, EVERY_SECONDS):
        end = begin + PIECE_SECONDS
        found = [
            _edges(samples, max(0.0, begin - before), end, make_activity())
            for before in BEGUN_BEFORE_SECONDS
        ]
        for edge in found[0]:
            if begin + SETTLING_SECONDS < edge < end - 1:
                ours = edges[np.argmin(np.abs(edges - edge))]
                theirs = [fresh[np.argmin(np.abs(fresh - edge))] for fresh in found if len(fresh)]
                shift = min(
                    (float(ours - each) for each in theirs if abs(each - edge) <= NEAR_SECONDS),
                    key=abs,
                )
                shifts.append(shift if abs(shift) <= NEAR_SECONDS else math.inf)
    return shifts


def _edges(
    samples: Samples, begin: float, end: float, activity: VoiceActivity
) -> NDArray[np.float64]:
    """Return the edges that a detector finds which begins to listen at `begin`."""
    first, last = round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE)
    pieces = Listening(activity, first, 0).feed(samples[first:last])
    spans = [piece.utterance.voiced for piece in pieces if not piece.provisional]
    return np.array([edge for span in spans for edge in (span.start, span.end)])
