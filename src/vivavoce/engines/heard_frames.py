"""How much of a sound has been heard, from what the device took and when.

Time only tells how far the device is within a block that it has taken; it never moves the count
beyond that block, so a device that stands still holds it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

LONGEST_DELAY_SECONDS = 1.0
"""No device holds that much: headphones without a cable hold up to 0.3 s. Chosen above that."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One block that the device took."""

    before: int
    """Frames of the sound that it had taken before this block."""
    frames: int
    """Frames of the sound in this block; what follows them in it is silence."""
    at: float
    """When it was taken, in seconds of the monotonic clock."""
    delay: float
    """Seconds from then until its first frame is heard; less than `LONGEST_DELAY_SECONDS`."""

    @property
    def heard_at(self) -> float:
        """When its first frame is heard, in seconds of the monotonic clock."""
        return self.at + self.delay


class HeardFrames:
    """The count for one sound."""

    taken = 0
    """Frames that the device has taken."""
    first_at: float | None = None
    """When it took the first one, in seconds of the monotonic clock; None while it has not."""

    def __init__(self, rate: int) -> None:
        """Begin at none.

        Args:
            rate: Frames per second.
        """
        self._rate = rate
        self._blocks: deque[Taken] = deque()

    def take(self, block: Taken) -> None:
        """Count a block; blocks come in the order in which the device took them."""
        if block.frames and self.first_at is None:
            self.first_at = block.at
        self.taken = block.before + block.frames
        # Where nobody asks for the count, blocks that have long been heard must not pile up.
        while self._blocks and self._blocks[0].at < block.at - 2 * LONGEST_DELAY_SECONDS:
            self._blocks.popleft()
        self._blocks.append(block)

    def count(self, now: float) -> int:
        """Return the frames heard at a time: never fewer than at an earlier one.

        Args:
            now: Seconds of the monotonic clock.
        """
        while len(self._blocks) > 1 and self._blocks[1].heard_at <= now:
            self._blocks.popleft()
        if not self._blocks:
            return 0
        block = self._blocks[0]
        played = round((now - block.heard_at) * self._rate)
        return block.before + min(max(0, played), block.frames)
