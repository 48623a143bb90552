"""Drawing an outline in braille: two columns and four lines of dots in each character."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""What each dot adds to the character, by line and column (Unicode, Braille Patterns)."""
_BLANK = 0x2800


def mirrored(heights: NDArray[np.float64], lines: int) -> list[str]:
    """Return an outline that grows up and down from its middle.

    Args:
        heights: 0 to 1, two for each character, shape (2 · width,).
        lines: At least 1.

    Returns:
        `lines` texts of as many characters; spaces where there is nothing.
    """
    half = 2 * lines
    dots = np.ceil(np.clip(heights, 0.0, 1.0) * half).astype(int)
    away = np.abs(np.arange(2 * half) - (half - 0.5))
    grid = (away[:, None] < dots[None, :]).reshape(lines, 4, -1, 2)
    codes = np.einsum("ldcs,ds->lc", grid, _DOTS)
    return ["".join(chr(_BLANK + code) if code else " " for code in line) for line in codes]
