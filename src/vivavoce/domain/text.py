"""Text from outside, made safe for a terminal: no control or direction-changing characters."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def strip_controls(text: str) -> str:
    """Return `text` without C0, C1 and bidirectional controls; tabs stay.

    Every kind of line end becomes a newline, lone surrogates become U+FFFD. Raw escape characters
    pass through Rich and Textual unchanged, so they are dropped where text enters the program.
    """
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """Return `text` without controls, on one line, spaces folded."""
    return " ".join(strip_controls(text).split())
