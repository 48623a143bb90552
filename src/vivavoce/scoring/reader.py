"""Reading an answer: one text in, what a panel would have heard out."""

from __future__ import annotations

from typing import Protocol

from vivavoce.domain.debrief import Reading


class Reader(Protocol):
    """Reads answers; one that grows is read again as a whole."""

    def read(self, text: str) -> Reading:
        """Read one answer.

        Args:
            text: A transcript or a typed answer; punctuation may be missing.

        Returns:
            The reading; without a word in the text every level is 0.
        """
        ...
