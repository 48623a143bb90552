"""Whether the edges of speech are found in the same places an hour later."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.bench.speech_folder import Passage
from vivavoce.domain.speech import Span

NEAR_SECONDS = 0.3
"""Around a passage's edge: where its neighbour is closer, speech may run on across it."""


def boundary_shifts(passages: Sequence[Passage], voiced: Sequence[Span]) -> list[float]:
    """Compare each passage that is heard again with the first time it was heard.

    Args:
        passages: Recordings with their places in the answer; most come several times.
        voiced: Where the round detected speech, on the answer's clock.

    Returns:
        Seconds by which an edge stands later in its recording than it did the first time; an edge
        that was not found near the passage's both times is left out.
    """
    starts, ends = [span.start for span in voiced], [span.end for span in voiced]
    first: dict[tuple[str, str], float] = {}
    shifts = []
    for passage in passages:
        for edge, at, found in (
            ("start", passage.span.start, starts),
            ("end", passage.span.end, ends),
        ):
            nearest = min(found, key=lambda time: abs(time - at), default=at + 1.0)
            if abs(nearest - at) > NEAR_SECONDS:
                continue
            key = passage.name, edge
            if key in first:
                shifts.append(nearest - at - first[key])
            else:
                first[key] = nearest - at
    return shifts
