"""`vivavoce attempts export`: an attempt in the formats of other programs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click
import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.errors import NotFoundError, StorageError, UsageError
from vivavoce.export.attempt_json import attempt_json
from vivavoce.export.attempt_subtitles import attempt_subtitles
from vivavoce.export.audacity import audacity_labels
from vivavoce.export.files import make_folder, require_free_names, write_private
from vivavoce.export.markdown import markdown
from vivavoce.export.plain_text import plain_text
from vivavoce.export.spoken import audible_segments, turns_to_tell
from vivavoce.export.textgrid import textgrid
from vivavoce.export.whisper_json import whisper_json
from vivavoce.export.word_table import word_table
from vivavoce.locations import find_locations
from vivavoce.store.attempt_file import RECORDING
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

Audio = Literal["embedded", "sibling"]


def _srt(attempt: Attempt, raw: bool) -> str:
    return attempt_subtitles(attempt, "srt", raw)


def _vtt(attempt: Attempt, raw: bool) -> str:
    return attempt_subtitles(attempt, "vtt", raw)


def _whisper(attempt: Attempt, raw: bool) -> str:
    own = [turn for turn in turns_to_tell(attempt, raw) if turn.by_candidate]
    made = whisper_json(audible_segments(own), attempt.model, attempt.duration_s)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


_TEXTS: Mapping[str, tuple[str, Callable[[Attempt, bool], str]]] = {
    "srt": (".srt", _srt),
    "vtt": (".vtt", _vtt),
    "txt": (".txt", plain_text),
    "whisper-json": (".whisper.json", _whisper),
    "textgrid": (".TextGrid", textgrid),
    "audacity": (".labels.txt", audacity_labels),
    "csv": (".csv", word_table),
    "md": (".md", markdown),
}
"""What each is called in the folder of `all`, and what writes it."""
_FORMATS = ("srt", "vtt", "txt", "json", "whisper-json", "textgrid", "audacity", "csv", "md")


@click.command(
    epilog="Examples: vivavoce attempts export latest --format md · "
    "vivavoce attempts export 01JD4 --format html --out debrief.html · "
    "vivavoce attempts export 01JD4 --format all"
)
@click.argument("attempt_id", metavar="ID")
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice([*_FORMATS, "html", "all"]),
    help="srt, vtt: subtitles. txt: the transcript. json: all of it, for `attempts import`. "
    "whisper-json: words as Whisper writes them. textgrid: Praat. audacity: labels. csv: a row a "
    "word. md, html: the debrief, to read and to send. all: every one, into a folder.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where to write; without it the text is printed. For all: a folder, named by the "
    "attempt's id if you name none.",
)
@click.option("--raw", is_flag=True, help="As the machine heard it, without your corrections.")
@click.option(
    "--audio",
    type=click.Choice(["embedded", "sibling"]),
    default="embedded",
    show_default=True,
    help="For html: the sound inside the page, or in a file beside it.",
)
@click.option("--with-audio", is_flag=True, help="For json: put the recording inside, too.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def export(
    attempt_id: str,
    kind: str,
    out: Path | None,
    raw: bool,
    audio: Audio,
    with_audio: bool,
    force: bool,
) -> None:
    """Write the attempt ID for other programs, with your corrections.

    json holds what the machine heard and your corrections beside it, so that nothing is lost.
    """
    if with_audio and kind not in ("json", "all"):
        raise UsageError("--with-audio goes with --format json.", "Leave it out.")
    if audio == "sibling" and kind == "html" and out is None:
        raise UsageError(
            "The sound needs a file beside the page.", "Name the page with --out debrief.html."
        )
    with contextlib.closing(AttemptStore(find_locations())) as store:
        attempt = store.get(attempt_id)
        if attempt.state == "recording":
            raise UsageError(
                "That attempt is not finished.", "Finish it with: vivavoce attempts recover"
            )
        writing = _Writing(store, attempt, raw, audio, with_audio)
        if kind == "all":
            folder = out or Path(attempt.id)
            files = writing.all(folder)
            require_free_names(files, force)
            make_folder(folder)
            written = {path: make() for path, make in files.items()}
            write_private(written | writing.siblings, force)
            count, place = len(written) + len(writing.siblings), one_line(str(folder.absolute()))
            click.echo(f"Wrote {count} files into {place}.", err=True)
        elif out is None:
            click.echo(writing.one(kind, None), nl=False)
        else:
            data = writing.one(kind, out)
            write_private({out: data} | writing.siblings, force)
            names = " and ".join(one_line(str(path)) for path in (out, *writing.siblings))
            click.echo(f"Wrote {names}.", err=True)


class _Writing:
    """One attempt on its way out."""

    def __init__(
        self, store: AttemptStore, attempt: Attempt, raw: bool, audio: Audio, with_audio: bool
    ) -> None:
        self._store, self._attempt = store, attempt
        self._raw, self._audio, self._with_audio = raw, audio, with_audio
        self.siblings: dict[Path, bytes] = {}
        """The sound that a page refers to."""

    def one(self, kind: str, out: Path | None) -> bytes:
        """Return a file's content."""
        if kind == "json":
            sounds = self._sounds() if self._with_audio else None
            return attempt_json(self._attempt, sounds).encode()
        if kind == "html":
            return self._html(out).encode()
        return _TEXTS[kind][1](self._attempt, self._raw).encode()

    def all(self, folder: Path) -> dict[Path, Callable[[], bytes]]:
        """Return what makes each file of the folder."""
        suffixes = {kind: suffix for kind, (suffix, _) in _TEXTS.items()}
        suffixes |= {"json": ".json", "html": ".html"}

        def making(kind: str, path: Path) -> Callable[[], bytes]:
            return lambda: self.one(kind, path)

        paths = {kind: folder / f"{self._attempt.id}{suffixes[kind]}" for kind in suffixes}
        return {path: making(kind, path) for kind, path in paths.items()}

    def _html(self, out: Path | None) -> str:
        from vivavoce.engines.encoder_av import SUFFIX
        from vivavoce.export.report import report_audio, report_html

        samples = self._samples()
        name = f"{out.stem if out else self._attempt.id}{SUFFIX}"
        if out is not None and self._audio == "sibling" and samples is not None:
            self.siblings[out.with_name(name)] = report_audio(samples)
        attempt = self._attempt
        if self._raw:
            kept = tuple(each for each in attempt.annotations if each.kind != "correction")
            attempt = replace(attempt, annotations=kept)
        return report_html(attempt, samples, self._audio, name)

    def _samples(self) -> NDArray[np.int16] | None:
        """Return the recording, or None where it is gone or never came along."""
        try:
            return read_recording(self._store.recording_path(self._attempt.id))
        except NotFoundError:
            click.echo("The recording is not there: the page has no sound.", err=True)
            return None

    def _sounds(self) -> dict[str, bytes]:
        paths = {RECORDING: self._store.recording_path(self._attempt.id)}
        for each in self._attempt.annotations:
            if each.kind == "patch":
                paths[each.id] = self._store.patch_path(self._attempt.id, each.id)
        try:
            found = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
        except OSError as error:
            raise StorageError(
                f"The recording {error.filename} cannot be read: {error.strerror}.",
                "Make it readable and try again.",
            ) from error
        if RECORDING not in found:
            click.echo("The recording is not there: the file has no sound.", err=True)
        return found
