"""Finding one sound in another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def find_sound(needle: NDArray[np.int16], haystack: NDArray[np.int16]) -> tuple[int, float]:
    """Return where `needle` best fits in `haystack`, both at one rate, and how alike the two are
    there: their correlation, 1.0 for the same sound at any volume."""
    sought, heard = needle.astype(np.float64), haystack.astype(np.float64)
    size = 1 << (len(sought) + len(heard)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sought, size)), size)
    begin = int(np.argmax(likeness[: max(1, len(heard) - len(sought) + 1)]))
    found = heard[begin : begin + len(sought)]
    loudness = float(np.linalg.norm(found) * np.linalg.norm(sought))
    return begin, float(np.dot(found, sought[: len(found)])) / loudness if loudness else 0.0
