"""What the candidate can tell a running round to do."""

from __future__ import annotations

from enum import Enum, auto


class Command(Enum):
    """One key press, by its meaning."""

    NEXT = auto()
    """Go on: stop the interviewer's sentence, end the thinking time, or end the answer."""
    PAUSE = auto()
    """Pause the round or go on; a pause is not recorded."""
    RESTART = auto()
    """Begin the case again; this take is kept."""
    FINISH = auto()
    """Leave out the follow-up questions and go straight to the debrief."""
    MARK = auto()
    """Mark this moment of the recording, to come back to in the replay."""
    ABANDON = auto()
    """Leave; the recording is kept, nothing is scored."""
