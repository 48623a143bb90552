"""The microphone's level: a bar, decibels and a word."""

from __future__ import annotations

from collections import deque

from textual.content import Content
from textual.widget import Widget

from vivavoce.domain.mic_check import LOUDEST_DBFS, QUIETEST_DBFS, UNSAID_DBFS

FLOOR_DBFS = -60.0
"""The bar's left end. Chosen: a quiet room lies below."""
GOOD_DBFS = -24.0
"""Peaks from here on are good to hear; the mic check asks for -18 to -6. Chosen a little lower,
since a peak of two seconds need not be the loudest word."""
HELD_READINGS = 20
"""Two seconds at ten readings a second: the word does not flicker between syllables. Chosen."""


def level_columns(dbfs: float, width: int) -> int:
    """Return how many of `width` columns are filled: none at the floor, all at 0 dBFS."""
    return round(min(1.0, max(0.0, 1 - dbfs / FLOOR_DBFS)) * width)


class LevelMeter(Widget):
    """Redrawn at the pace of the readings, and only when it would look different."""

    BAR_WIDTH = 24

    def __init__(self, checking: bool = False) -> None:
        """Prepare an empty meter.

        Args:
            checking: Write the peak as a number, too, and judge it as the mic check's verdict does.
        """
        super().__init__()
        self._peaks: deque[float] = deque(maxlen=HELD_READINGS)
        self._clips: deque[bool] = deque(maxlen=HELD_READINGS)
        self._checking = checking
        self._drawn = (0, "")

    def show(self, peak_dbfs: float, clipped: bool, judged: bool = True) -> None:
        """Take one reading.

        Args:
            peak_dbfs: -100.0 for digital silence.
            clipped: Whether samples hit full scale.
            judged: Say in a word how it is to hear; not while nobody is meant to speak.
        """
        if not judged:
            self._peaks.clear()
            self._clips.clear()
        self._peaks.append(peak_dbfs)
        self._clips.append(clipped)
        words = self._word() if judged else ""
        if self._checking:
            words = f"{peak_dbfs:4.0f} dB  {words}"
        drawn = (level_columns(peak_dbfs, self.BAR_WIDTH), words)
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def _word(self) -> str:
        loudest = max(self._peaks)
        if any(self._clips) or (self._checking and loudest > LOUDEST_DBFS):
            return "too loud"
        if loudest < UNSAID_DBFS:
            return "silent"
        return "good" if loudest >= (QUIETEST_DBFS if self._checking else GOOD_DBFS) else "quiet"

    def render(self) -> Content:
        """Return the line."""
        columns, words = self._drawn
        return Content.assemble(
            ("mic  ", "$quiet"),
            ("━" * columns, "$primary"),
            ("─" * (self.BAR_WIDTH - columns), "$rule"),
            f"  {words}",
        )
