"""Endpointing: turning per-frame voice activity into utterance boundaries.

Counts frames and owns no clock; feeding the same probabilities gives the same boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FRAME_SECONDS = 0.032
"""Silero VAD's frame at 16 kHz."""
START_PROBABILITY = 0.5
END_PROBABILITY = 0.35
"""Measured for this project with Silero v6: hysteresis keeps soft word ends."""
STOP_SECONDS = 0.5
"""Silence that closes an utterance."""
PAUSE_SECONDS = 0.2
"""Silence after which the speaker may have ended: worth a draft. As long as the post-roll, so
that an utterance that then closes is, sample for sample, the one that was drafted."""
LONG_SECONDS = 8.0
"""An utterance of this length is closed by a shorter pause: it fills a decode alone, and the
shorter the rest, the sooner it is read when the answer ends."""
LONG_STOP_SECONDS = 0.3
"""That shorter pause."""
PRE_ROLL_SECONDS = 0.3
POST_ROLL_SECONDS = 0.2
"""Audio kept before the first and after the last frame of speech: soft onsets and endings."""
MAX_SECONDS = 28.0
"""Longest utterance: Whisper's window is 30 s."""
MIN_CUT_SECONDS = 12.0
"""A forced cut leaves at least this much before it, so that a decode has context. Chosen."""


def _frames(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


@dataclass(frozen=True, slots=True)
class Closed:
    """An utterance's place, in frames from where listening began; ends are exclusive."""

    start: int
    """With pre-roll."""
    end: int
    """With post-roll."""
    voiced_start: int
    """First frame of speech."""
    voiced_end: int
    """After the last frame of speech."""


@dataclass(slots=True)
class Endpointer:
    """Feed it one probability a frame; it says when an utterance closes."""

    _frame: int = 0
    _earliest: int = 0
    _voiced_start: int | None = None
    _voiced_end: int = 0
    _pauses: list[tuple[int, int]] = field(default_factory=list)

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open."""
        return self._voiced_start is not None

    @property
    def silent_frames(self) -> int:
        """Frames since the last speech of the open utterance; 0 when none is open."""
        return self._frame - self._voiced_end if self.speaking else 0

    @property
    def voiced_frames(self) -> tuple[int, int] | None:
        """First and after-last frame of speech of the open utterance, or None."""
        return None if self._voiced_start is None else (self._voiced_start, self._voiced_end)

    @property
    def needed_from(self) -> int:
        """The earliest frame that a coming utterance can still include."""
        first = self._frame if self._voiced_start is None else self._voiced_start
        return max(self._earliest, first - _frames(PRE_ROLL_SECONDS))

    @property
    def pausing(self) -> bool:
        """Whether the open utterance has just reached a pause: true for one frame."""
        return self.silent_frames == _frames(PAUSE_SECONDS)

    def if_closed_now(self) -> Closed | None:
        """Return what would close if no more were said; nothing changes."""
        return None if self._voiced_start is None else self._closed(self._voiced_end)

    def push(self, probability: float) -> Closed | None:
        """Take one frame; return the utterance that it closes, if any."""
        frame = self._frame
        self._frame += 1
        if self._voiced_start is None:
            if probability >= START_PROBABILITY:
                self._voiced_start, self._voiced_end = frame, self._frame
            return None
        if probability >= END_PROBABILITY:
            if frame > self._voiced_end:
                self._pauses.append((self._voiced_end, frame))
            self._voiced_end = self._frame
        long = self._frame - self.needed_from >= _frames(LONG_SECONDS)
        if self.silent_frames >= _frames(LONG_STOP_SECONDS if long else STOP_SECONDS):
            return self._close(self._voiced_end)
        if self._frame - self.needed_from >= _frames(MAX_SECONDS):
            return self._cut()
        return None

    def flush(self) -> Closed | None:
        """Close what is open, at the end of a turn."""
        return None if self._voiced_start is None else self._close(self._voiced_end)

    def _closed(self, voiced_end: int) -> Closed:
        assert self._voiced_start is not None
        end = min(self._frame, voiced_end + _frames(POST_ROLL_SECONDS))
        return Closed(self.needed_from, end, self._voiced_start, voiced_end)

    def _close(self, voiced_end: int) -> Closed:
        closed = self._closed(voiced_end)
        self._earliest, self._voiced_start, self._pauses = closed.end, None, []
        return closed

    def _cut(self) -> Closed:
        """Cut an utterance that grew too long in its longest pause; the rest stays open."""
        start = self.needed_from
        late = [p for p in self._pauses if p[0] - start >= _frames(MIN_CUT_SECONDS)]
        before, after = max(
            late, key=lambda pause: pause[1] - pause[0], default=(self._voiced_end, self._frame)
        )
        assert self._voiced_start is not None
        middle = (before + after) // 2
        closed = Closed(start, middle, self._voiced_start, before)
        remaining = [p for p in self._pauses if p[0] >= after]
        self._earliest = middle
        if after < self._frame:
            self._voiced_start, self._pauses = after, remaining
        else:
            self._voiced_start, self._pauses = None, []
        return closed
