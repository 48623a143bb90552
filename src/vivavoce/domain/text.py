"""Text from outside, made safe for a terminal: no control or direction-changing characters."""

from __future__ import annotations

import re

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def strip_controls(text: str) -> str:
    """Return `text` without C0, C1 and bidirectional controls; tabs and newlines stay.

    Lone surrogates become U+FFFD. Raw escape characters pass through Rich and Textual unchanged,
    so they are dropped where text enters the program.
    """
    clean = _CONTROLS.sub("", text.replace("\r\n", "\n"))
    return clean.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(clean) else clean


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def one_line(text: str) -> str:
    """Return `text` without controls, on one line, spaces folded."""
    return " ".join(strip_controls(text).split())
