"""The hub: asking for a model's files and bringing them, over its documented HTTP interface.

Nothing but the six file names below is ever taken, whatever a repository lists.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import queue
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vivavoce.errors import ModelError
from vivavoce.weights.download import TRY_AGAIN, OnProgress, Progress, fetch, reason, request
from vivavoce.weights.files import REQUIRED, VOCABULARIES, sha256_of
from vivavoce.weights.registry import ModelFile

HUB = "https://huggingface.co"
"""Unless HF_ENDPOINT names a mirror, as for the hub's own library."""
_WANTED = (*REQUIRED, *VOCABULARIES, "preprocessor_config.json")
_LISTING_BYTES = 4 << 20
"""More than any model's listing. Chosen."""
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file as the hub lists it."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    """Of a large file; empty for a small one."""
    blob_sha1: str
    """Git's name of a small file: the SHA-1 of "blob", its length and its bytes."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a repository holds at one commit."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def ask_hub(repository: str, answer_seconds: float) -> Listing:
    """Return what the hub has for a model now.

    Args:
        repository: As "owner/name".
        answer_seconds: For the whole answer, name look-up included.

    Raises:
        ModelError: No answer in time, no such repository, or an answer that makes no sense.
    """
    answer = _answer(
        f"{_endpoint()}/api/models/{repository}/revision/main?blobs=true", answer_seconds
    )
    try:
        fields = json.loads(answer)
        commit = fields["sha"]
        files = tuple(
            HubFile(
                name=entry["rfilename"],
                size=int((entry.get("lfs") or entry)["size"]),
                sha256=str((entry.get("lfs") or {}).get("sha256", "")),
                blob_sha1=str(entry.get("blobId", "")),
            )
            for entry in fields["siblings"]
            if entry["rfilename"] in _WANTED
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError("The hub's answer makes no sense.", TRY_AGAIN) from error
    names = {file.name for file in files}
    if (
        not isinstance(commit, str)
        or not _COMMIT.fullmatch(commit)
        or not names.issuperset(REQUIRED)
        or not names.intersection(VOCABULARIES)
    ):
        raise ModelError(
            f"{repository} does not hold a whole model for faster-whisper.",
            "Choose another: vivavoce models list",
        )
    return Listing(repository, commit, files)


def bring_from_hub(
    listing: Listing, folder: Path, on_progress: OnProgress
) -> tuple[ModelFile, ...]:
    """Bring every file of a listing into `folder`, each checked against the hub's own sum.

    Files that are here and right are kept; parts go on where they broke off.

    Raises:
        ModelError: The connection fails, or a file is not what the hub says it is.
        StorageError: A file cannot be written.
    """
    brought: list[ModelFile] = []
    before = 0
    for file in listing.files:
        target = folder / file.name
        if not (target.exists() and _is_right(target, file)):
            phase = f"Bringing {file.name} from {listing.repository}"
            part = folder / f"{file.name}.part"
            _fetch_file(listing, file, part, _shifted(on_progress, phase, before, listing.size))
            part.replace(target)
        before += file.size
        brought.append(ModelFile(file.name, file.size, file.sha256 or sha256_of(target)))
    return tuple(brought)


def _fetch_file(
    listing: Listing, file: HubFile, part: Path, on_bytes: Callable[[int], None]
) -> None:
    url = f"{_endpoint()}/{listing.repository}/resolve/{listing.commit}/{file.name}"
    fetch(url, part, file.size, file.name, on_bytes)
    if not _is_right(part, file):
        part.unlink()
        raise ModelError(
            f"{file.name} from {listing.repository} is not what the hub says it is: "
            "its checksum differs. It was thrown away.",
            "Run the same command again.",
        )


def _shifted(on_progress: OnProgress, phase: str, before: int, total: int) -> Callable[[int], None]:
    """Return what tells the bytes of one file as a share of all files."""
    return lambda here: on_progress(Progress(phase, before + here, total))


def _endpoint() -> str:
    return (os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")


def _answer(url: str, seconds: float) -> bytes:
    """Return the body, or give up after `seconds`: a socket's timeout leaves the look-up out."""
    outcomes: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            # Twice: the queue's deadline comes first, and this only ends the thread.
            with urllib.request.urlopen(request(url, {}), timeout=2 * seconds) as response:
                outcomes.put(response.read(_LISTING_BYTES))
        except (OSError, http.client.HTTPException, ValueError) as error:
            outcomes.put(error)

    threading.Thread(target=ask, name="ask-hub", daemon=True).start()
    try:
        outcome = outcomes.get(timeout=seconds)
    except queue.Empty:
        outcome = TimeoutError(f"no answer within {seconds:g} s")
    if isinstance(outcome, bytes):
        return outcome
    if isinstance(outcome, urllib.error.HTTPError):
        outcome.close()
        raise ModelError(f"The hub answered with error {outcome.code}.", TRY_AGAIN) from outcome
    raise ModelError(f"The hub cannot be reached: {reason(outcome)}.", TRY_AGAIN) from outcome


def _is_right(path: Path, file: HubFile) -> bool:
    if file.sha256:
        return sha256_of(path) == file.sha256
    content = path.read_bytes()
    digest = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return digest.hexdigest() == file.blob_sha1
