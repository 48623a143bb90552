"""Whether an audio file ends before it should: what FFmpeg does not tell of WAV, Ogg and MP3."""

from __future__ import annotations

import os
from pathlib import Path

_UNKNOWN_SIZES = (0, 0xFFFFFFFF)
"""What a program writes into a WAV header that it cannot mend later."""
_MOST_CHUNKS = 64
"""Before the sound; a real file has a handful. Chosen."""
_LARGEST_OGG_PAGE = 65_307
"""Bytes, of RFC 3533."""
_ID3_HEADER = 10
_FIRST_FRAME = 256
"""The count of an MP3's frames stands so near to its start."""


def is_cut_off(path: Path) -> bool:
    """Whether the file's last piece says that it is longer than what is there.

    Raises:
        OSError: It cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(12)
        if head[:4] == b"RIFF" and head[8:] == b"WAVE":
            for _ in range(_MOST_CHUNKS):
                chunk = stream.read(8)
                length = int.from_bytes(chunk[4:], "little")
                if chunk[:4] == b"data":
                    return length not in _UNKNOWN_SIZES and stream.tell() + length > size
                stream.seek(length + length % 2, os.SEEK_CUR)
        elif head[:4] == b"OggS":
            start = max(0, size - _LARGEST_OGG_PAGE)
            stream.seek(start)
            tail = stream.read()
            page = tail.rfind(b"OggS")
            count = tail[page + 26] if 0 <= page < len(tail) - 26 else 0
            table = tail[page + 27 : page + 27 + count]
            return len(table) < count or start + page + 27 + count + sum(table) > size
    return False


def counts_its_frames(path: Path) -> bool:
    """Whether an MP3 says how many frames it has; else its length is only estimated.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(_ID3_HEADER)
        if head[:3] == b"ID3":
            tag = sum(byte << 7 * (3 - place) for place, byte in enumerate(head[6:]))
            stream.seek(_ID3_HEADER + tag)
        else:
            stream.seek(0)
        first = stream.read(_FIRST_FRAME)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))
