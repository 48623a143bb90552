"""The transcript as plain text: who spoke, when, and a sentence a line."""

from __future__ import annotations

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.wording import clock
from vivavoce.export.spoken import segments_of, speaker_of, turns_to_tell


def plain_text(attempt: Attempt, raw: bool = False) -> str:
    """Return what was said, a blank line between two turns.

    Args:
        attempt: As it is kept.
        raw: As the machine heard it, without corrections.
    """
    blocks = []
    for turn in turns_to_tell(attempt, raw):
        said = [segment.text for segment in segments_of(turn)] or ["(nothing heard)"]
        blocks.append("\n".join([f"{clock(turn.span.start)}  {speaker_of(turn)}", *said]))
    return "\n\n".join(blocks) + "\n" if blocks else ""
