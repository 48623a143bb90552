"""`vivavoce transcribe`: recordings to text or subtitles, by the engine of a round."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import click

from vivavoce.config import load_config
from vivavoce.domain.speech import Word
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import clock
from vivavoce.errors import BadInputError, ModelError, UsageError, VivavoceError
from vivavoce.export.segments import Segment, Segmenter
from vivavoce.export.subtitles import SubtitleFormat, Subtitler
from vivavoce.export.whisper_json import whisper_json
from vivavoce.locations import find_locations
from vivavoce.session.transcription import FileTranscriber

PROGRESS_SECONDS = 0.2
"""Between two states of the progress line. Chosen."""


@click.command(
    epilog="Examples: vivavoce transcribe answer.wav · "
    "vivavoce transcribe talk.mp4 --format srt > talk.srt · "
    "vivavoce transcribe answer.m4a --format json > answer.json && vivavoce score answer.json"
)
@click.argument(
    "recordings", metavar="AUDIO...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["txt", "json", "srt", "vtt"]),
    default="txt",
    show_default=True,
    help="txt: a sentence a line, as they are heard. json: Whisper's shape, every word with its "
    "times; an array for several recordings. srt, vtt: subtitles of one recording.",
)
@click.option(
    "--model", default="", help="The Whisper model, in place of the one in your settings."
)
def transcribe(
    recordings: tuple[Path, ...], kind: Literal["txt", "json", "srt", "vtt"], model: str
) -> int:
    """Write down what is said in AUDIO: sound files, or videos with sound.

    The text goes to standard output, everything else to standard error. A recording that breaks
    off is read up to there; one that cannot be read stops no other, and the exit code is then 4.
    Ctrl-C ends it and keeps what was heard so far.
    """
    several = len(recordings) > 1
    if several and kind in ("srt", "vtt"):
        raise UsageError(
            f"--format {kind} makes the subtitles of one recording.", "Name one at a time."
        )
    locations = find_locations()
    config = load_config(locations.config_file)
    if model:
        config = dataclasses.replace(config, model=model)
    failed = False
    array = kind == "json" and several
    with FileTranscriber(config, locations) as transcriber:
        if array:
            _print("[", end="")
        try:
            for number, path in enumerate(recordings):
                output: _Output
                if kind == "json":
                    output = _Json(path, config.model, several, first=number == 0)
                elif kind == "txt":
                    output = _Text(path if several else None, first=number == 0)
                else:
                    output = _Subtitles(kind)
                try:
                    _transcribe(path, transcriber, output)
                except ModelError:
                    raise
                except VivavoceError as error:
                    if not several:
                        raise
                    output.refuse(error)
                    click.echo(f"vivavoce: {error}", err=True)
                    failed = True
        finally:
            if array:
                _print("\n]")
    return BadInputError.exit_code if failed else 0


class _Output(Protocol):
    """How what is heard in one recording is printed."""

    def add(self, segments: Sequence[Segment]) -> None: ...

    def finish(self, seconds: float, complete: bool) -> None: ...

    def refuse(self, error: VivavoceError) -> None: ...


def _transcribe(path: Path, transcriber: FileTranscriber, output: _Output) -> None:
    progress = _ProgressLine(path)
    segmenter = Segmenter()
    spoken = False

    def heard(words: tuple[Word, ...]) -> None:
        nonlocal spoken
        spoken = spoken or bool(words)
        progress.clear()
        output.add(segmenter.push(words))

    try:
        hearing = transcriber.transcribe(path, progress.show, heard)
    except KeyboardInterrupt:
        progress.clear()
        output.add(segmenter.finish())
        output.finish(progress.seconds, complete=False)
        raise
    finally:
        progress.clear()
    output.add(segmenter.finish())
    output.finish(hearing.seconds, complete=not hearing.faults)
    for fault in hearing.faults:
        click.echo(f"vivavoce: {fault}", err=True)
    if not spoken:
        click.echo(f"No speech was heard in {one_line(path.name)}.", err=True)


class _Text:
    """A sentence a line, at once; above each of several recordings its name, as `head` does."""

    def __init__(self, named: Path | None, first: bool) -> None:
        between = "" if first else "\n"
        self._heading = f"{between}==> {one_line(str(named))} <==\n" if named is not None else ""

    def add(self, segments: Sequence[Segment]) -> None:
        self._begin()
        for segment in segments:
            _print(segment.text)

    def finish(self, seconds: float, complete: bool) -> None:
        self._begin()

    def refuse(self, error: VivavoceError) -> None:
        pass

    def _begin(self) -> None:
        _print(self._heading, end="")
        self._heading = ""


class _Json:
    """One object, when all is heard; an element of an array where there are several."""

    def __init__(self, path: Path, model: str, several: bool, first: bool) -> None:
        self._file, self._model = one_line(str(path)), model
        self._before, self._after = ("\n" if first else ",\n", "") if several else ("", "\n")
        self._segments: list[Segment] = []

    def add(self, segments: Sequence[Segment]) -> None:
        self._segments += segments

    def finish(self, seconds: float, complete: bool) -> None:
        body = whisper_json(self._segments, self._model, seconds)
        self._write({"file": self._file, "complete": complete, **body})

    def refuse(self, error: VivavoceError) -> None:
        self._write({"file": self._file, "error": str(error)})

    def _write(self, body: dict[str, object]) -> None:
        text = json.dumps(body, ensure_ascii=False, indent=2)
        _print(f"{self._before}{text}", end=self._after)


class _Subtitles:
    """Cues, each as soon as its end is known."""

    def __init__(self, kind: SubtitleFormat) -> None:
        self._subtitler = Subtitler(kind)
        self._heading = self._subtitler.begin()

    def add(self, segments: Sequence[Segment]) -> None:
        self._begin()
        for segment in segments:
            _print(self._subtitler.push(segment), end="")

    def finish(self, seconds: float, complete: bool) -> None:
        self._begin()
        _print(self._subtitler.finish(), end="")

    def refuse(self, error: VivavoceError) -> None:
        pass

    def _begin(self) -> None:
        _print(self._heading, end="")
        self._heading = ""


def _print(text: str, end: str = "\n") -> None:
    """Print as UTF-8 whatever the terminal's own: subtitles and JSON are defined so."""
    click.echo((text + end).encode(), nl=False)


class _ProgressLine:
    """How far a recording is, on standard error where that is a terminal."""

    def __init__(self, path: Path) -> None:
        self.seconds = 0.0
        """Listened to."""
        self._name = one_line(path.name)
        self._shown = bool(sys.stderr and sys.stderr.isatty())
        self._width = 0
        self._next = 0.0

    def show(self, seconds: float, total: float | None) -> None:
        """Tell how many seconds have been listened to, and of how many, if that is known."""
        self.seconds = seconds
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PROGRESS_SECONDS
        place = f"  {clock(seconds)}" + (f" of {clock(total)}" if total else "")
        room = shutil.get_terminal_size().columns - len(place) - 1
        text = self._name[: max(0, room)] + place
        click.echo("\r" + text.ljust(self._width), nl=False, err=True)
        self._width = len(text)

    def clear(self) -> None:
        """Leave the line empty for what is printed next."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
            self._width = 0
