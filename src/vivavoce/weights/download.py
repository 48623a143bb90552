"""Downloads over HTTP that go on where they broke off, and how far a pull has come."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError, StorageError

STALL_SECONDS = 30.0
"""Without a byte, a connection counts as broken. Chosen: twice pip's."""
ATTEMPTS = 5
"""How often one file is asked for again while each attempt brings something. Chosen."""
TRY_AGAIN = "Check the network, then run the same command again: what has come is kept."
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull has come."""

    phase: str
    """What is being done, for people."""
    done: int = 0
    """Bytes of this phase."""
    total: int = 0
    """Bytes of this phase; 0 for a phase without a measure."""


OnProgress = Callable[[Progress], None]


def request(url: str, headers: dict[str, str]) -> urllib.request.Request:
    """Return a request that names this program; proxies are those of the environment."""
    return urllib.request.Request(
        url, headers={"User-Agent": "vivavoce", "Accept-Encoding": "identity", **headers}
    )


def reason(error: Exception) -> str:
    """Return why a connection failed, in a few words."""
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    text = inner.strerror if isinstance(inner, OSError) and inner.strerror else str(inner)
    return one_line(text) or type(inner).__name__


def fetch(url: str, part: Path, size: int, what: str, on_bytes: Callable[[int], None]) -> None:
    """Bring a file of known size, going on after what `part` already holds.

    Args:
        url: Where it is.
        part: Where it is written; kept when this fails.
        size: Bytes of the whole file.
        what: What it is called in an error.
        on_bytes: Called with the bytes that are here so far.

    Raises:
        ModelError: The server cannot be reached, refuses, breaks off again and again, or has a
            file of another size; then `part` is left as it was.
        StorageError: The file cannot be written.
    """
    here = size_of(part)
    trouble = f"it ended after {here:,} of {size:,} bytes"
    for _ in range(ATTEMPTS):
        try:
            _fetch_once(url, part, size, what, on_bytes)
        except urllib.error.HTTPError as error:
            error.close()
            raise ModelError(
                f"{what} cannot be brought: the server answered {error.code}.", TRY_AGAIN
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            trouble = reason(error)
        before, here = here, size_of(part)
        if here == size:
            return
        if here <= before:
            break
        trouble = f"the connection ended after {here:,} of {size:,} bytes"
    raise ModelError(f"{what} cannot be brought: {trouble}.", TRY_AGAIN)


def _fetch_once(
    url: str, part: Path, size: int, what: str, on_bytes: Callable[[int], None]
) -> None:
    here = size_of(part)
    if here > size:
        part.unlink()
        here = 0
    if here == size:
        return
    headers = {"Range": f"bytes={here}-"} if here else {}
    with urllib.request.urlopen(request(url, headers), timeout=STALL_SECONDS) as response:
        goes_on = response.status == 206
        if goes_on and not _starts_at(response.headers, here):
            part.unlink()
            raise ValueError("the server sent another part than was asked for")
        stated = _stated_size(response.headers, goes_on)
        if stated not in ("", str(size)):
            raise ModelError(
                f"{what} cannot be brought: the server has {one_line(stated)} bytes of that name, "
                f"not {size}.",
                "Run the same command again later.",
            )
        here = here if goes_on else 0
        with _opened(part, "ab" if goes_on else "wb") as out:
            # Not read(): it would hold back, and lose, what came before a block is full.
            while here < size and (block := response.read1(min(_BLOCK, size - here))):
                try:
                    out.write(block)
                    out.flush()
                except OSError as error:
                    raise cannot_write(part, error) from error
                here += len(block)
                on_bytes(here)


def cannot_write(path: Path, error: OSError) -> StorageError:
    """Return the error for a file that cannot be written."""
    return StorageError(
        f"{one_line(str(path))} cannot be written: {error.strerror}.",
        "Make room or make it writable, or set VIVAVOCE_MODELS to another folder.",
    )


def _opened(part: Path, mode: str) -> BinaryIO:
    try:
        return cast(BinaryIO, part.open(mode))
    except OSError as error:
        raise cannot_write(part, error) from error


def _starts_at(headers: http.client.HTTPMessage, here: int) -> bool:
    return headers.get("Content-Range", "").startswith(f"bytes {here}-")


def _stated_size(headers: http.client.HTTPMessage, goes_on: bool) -> str:
    """Return the bytes of the whole file as the server states them; empty when it does not."""
    if goes_on:
        return headers.get("Content-Range", "").rpartition("/")[2].strip().replace("*", "")
    return "" if headers.get("Content-Encoding") else headers.get("Content-Length", "").strip()


def size_of(part: Path) -> int:
    """Return the bytes that are here so far."""
    return part.stat().st_size if part.exists() else 0
