"""The words and figures that every face of the program says in the same way."""

from __future__ import annotations

from datetime import datetime

from vivavoce.domain.attempt import AttemptState
from vivavoce.domain.case import Round
from vivavoce.domain.debrief import Criterion, Level, Reading
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.timing import Timing

ROUND_NAMES: dict[Round, str] = {
    "phone-screen": "phone screen",
    "technical": "technical",
    "recommendation-case": "recommendation",
    "hiring-manager": "hiring manager",
}
CRITERION_NAMES: dict[Criterion, str] = {
    "problem": "Problem",
    "solution": "Change",
    "experiment": "Test",
    "lift": "Lift",
    "impact": "Money",
}
"""In the order in which a debrief tells them."""
_LEVEL_WORDS: dict[Criterion, tuple[str, str, str]] = {
    "problem": ("not heard", "vague", "clear"),
    "solution": ("not heard", "vague", "concrete"),
    "experiment": ("not heard", "only named", "quick"),
    "lift": ("not heard", "no size", "sized"),
    "impact": ("not heard", "in words", "sized"),
}
LEVEL_MARKS: dict[Level, str] = {0: "○", 1: "◐", 2: "●"}
"""Before the word for a level; never alone."""
TO_SAY: dict[Criterion, str] = {
    "problem": "say who suffers, and from what",
    "solution": "say what changes on Monday",
    "experiment": "say on how many, and for how long",
    "lift": "say which number moves, and from what to what",
    "impact": "worth a sentence: how many, or how much",
}
"""Where nothing was heard for a criterion."""
BY_RULES = "Read by rules over words, which miss a good answer in unusual words."
"""Beside a reading by the rules, for whoever reads it."""
HOW_TO_BE_READ_BETTER = "To be read better: vivavoce models pull minilm"
"""Behind it, for the one whose program it is."""

STATE_NOTES: dict[AttemptState, str] = {
    "recording": "not finished",
    "done": "",
    "restarted": "begun again",
    "abandoned": "left early",
    "interrupted": "interrupted",
}
"""Beside an attempt in a list."""
TIMED = "Timed answer"
"""What an attempt without a case is called."""

RUSHED = 1.2
"""A window that is faster than the whole answer by this factor is told. Chosen."""


def reader_note(reading: Reading, *, to_owner: bool = True) -> str:
    """Return what to say about who read the answer; empty for the trained reader.

    Args:
        reading: What was made of it.
        to_owner: Whether it is told to the one whose program it is, who can mend it.
    """
    if reading.reader != "rules":
        return ""
    return f"{BY_RULES} {HOW_TO_BE_READ_BETTER}" if to_owner else BY_RULES


def level_word(criterion: Criterion, level: Level) -> str:
    """Return what a level means for a criterion, in one or two words."""
    return _LEVEL_WORDS[criterion][level]


def day_and_time(moment: datetime) -> str:
    """Return an aware moment in this machine's time zone: 2026-11-25 18:00."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def clock(seconds: float) -> str:
    """Return a time as 0:07, 12:30 or 1:02:03; fractions are cut off."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def marked_text(at: float, kept: bool) -> str:
    """Return what is said of a moment that was marked, `at` seconds of the recording."""
    return f"Marked at {clock(at)}." if kept else "That mark could not be kept."


def spoken_length(seconds: float) -> str:
    """Return a length as it is said: 40 seconds, 15 minutes."""
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"


def pace_text(timing: Timing) -> str:
    """Return the pace, and where it was clearly faster: 142 words a minute, 188 around 2:10."""
    told = f"{timing.wpm:.0f} words a minute"
    fastest = max(timing.pace, key=lambda pace: pace.wpm, default=None)
    if fastest is not None and fastest.wpm >= RUSHED * timing.wpm:
        told += f", {fastest.wpm:.0f} around {clock(fastest.at)}"
    return told


def fillers_text(fillers: Fillers) -> str:
    """Return the count as a sentence: About 9 fillers: um 6, you know 3."""
    if not fillers.total:
        return "No fillers were heard."
    each = ", ".join(f"{filler} {count}" for filler, count in fillers.counts)
    return f"About {fillers.total} filler{'s' if fillers.total > 1 else ''}: {each}."
