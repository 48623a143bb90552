"""What the meters show of a moment: level, monologue, silence, time left to think."""

from __future__ import annotations

from vivavoce.domain.events import LevelMeasured
from vivavoce.domain.interview import Interview
from vivavoce.session.capture import Metered


def level_measured(metered: Metered, interview: Interview, think_seconds: float) -> LevelMeasured:
    """Return the event that tells observers how the moment stands.

    Args:
        metered: What capture measured.
        interview: After the moment's tick.
        think_seconds: The round's time to think.
    """
    tick = metered.tick
    monologue = silence = thinking_left = 0.0
    if tick.voice_start is not None and tick.last_voice is not None:
        monologue = tick.last_voice - tick.voice_start
        silence = max(0.0, tick.at - tick.last_voice)
    if interview.phase == "thinking":
        thinking_left = max(0.0, interview.turn_began + think_seconds - tick.at)
    return LevelMeasured(
        tick.at,
        metered.rms_dbfs,
        metered.peak_dbfs,
        metered.clipped,
        monologue,
        thinking_left,
        silence,
    )
