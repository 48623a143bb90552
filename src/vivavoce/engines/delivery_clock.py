"""Finding out what a device lost: the frames that came, counted against the time that passed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LOSS_SECONDS = 0.1
"""Less is no loss: sound servers hand over two or three blocks at a time, so that frames arrive
up to 0.04 s early or late. Chosen above that."""
SETTLE_SECONDS = 0.5
"""How long late frames may take to arrive before they count as lost. Chosen."""
DRIFT = 300e-6
"""By how much a sound card's clock may run slower than the computer's, as a ratio: twice the
100 ppm of a cheap crystal and some. Chosen."""

Frames = NDArray[np.int16]


class DeliveryClock:
    """Holds back blocks that came late until it is clear whether others are missing.

    A device's overflow flag is not to be trusted: 1.9 s were seen to vanish without it. A busy
    computer delays blocks and then gets them all at once; lost ones never come. So the least
    delay seen is the measure, and a delay that does not go away is a loss.
    """

    def __init__(self, rate: int) -> None:
        """Begin to count.

        Args:
            rate: The device's frames per second.
        """
        self._rate = rate
        self._began: float | None = None
        self._frames = 0
        self._least_delay = 0.0
        self._last = 0.0
        self._held: list[Frames] = []
        self._held_since = 0.0
        self._held_delay = 0.0

    def deliver(self, block: Frames, now: float) -> list[tuple[int, Frames]]:
        """Take one block and return those that may go on, in order, each with its loss.

        Args:
            block: Shape (n,), any rate's frames.
            now: When it arrived, in seconds of a clock that only runs forward.

        Returns:
            Pairs of the frames that are missing just before a block, and the block.
        """
        if self._began is None:
            self._began = self._last = now
        self._frames += len(block)
        delay = now - self._began - self._frames / self._rate
        self._least_delay = min(self._least_delay + DRIFT * (now - self._last), delay)
        self._last = now
        if delay - self._least_delay < LOSS_SECONDS:
            return self._release(0, block)
        if not self._held:
            self._held_since, self._held_delay = now, delay
        self._held_delay = min(self._held_delay, delay)
        if now - self._held_since < SETTLE_SECONDS:
            self._held.append(block)
            return []
        lost = round((self._held_delay - self._least_delay) * self._rate)
        self._frames += lost
        return self._release(lost, block)

    def held(self) -> list[Frames]:
        """Return the blocks held back, when no more will come to tell what they mean."""
        return list(self._held)

    def _release(self, lost: int, block: Frames) -> list[tuple[int, Frames]]:
        blocks = [*self._held, block]
        self._held.clear()
        return [(lost if position == 0 else 0, block) for position, block in enumerate(blocks)]
