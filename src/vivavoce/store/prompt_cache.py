"""Sentences that were rendered once, kept as sound. Anything here may be deleted at any time.

An entry is two files, the sound and what is known about it, each written under another name and
renamed; whatever does not fit together is taken as missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.errors import StorageError
from vivavoce.locations import private_folder

LIMIT_BYTES = 100_000_000
"""About 40 minutes of speech at 22,050 Hz. Chosen."""
PART_SECONDS = 86_400.0
"""A file that is rendered into takes seconds; one as old as a day was left by a program that was
killed. Chosen."""


@dataclass(frozen=True, slots=True)
class CachedPrompt:
    """One rendered sentence."""

    wav: Path
    """PCM16 mono."""
    seconds: float
    words: tuple[tuple[int, int, float], ...]
    """First character, end character (exclusive) and start in seconds, in time order."""


class PromptCache:
    """A folder of rendered sentences."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`; it is made when something is to be kept."""
        self._folder = folder

    def find(self, key: str) -> CachedPrompt | None:
        """Return the entry, or None when there is none or it is damaged.

        Args:
            key: Letters and digits.
        """
        wav, facts = self._paths(key)
        try:
            known = json.loads(facts.read_text(encoding="utf-8"))
            frames, rate = _measure(wav)
            if known["frames"] != frames:
                return None
            words = tuple((int(a), int(b), float(start)) for a, b, start in known["words"])
            os.utime(wav)
        except (OSError, EOFError, wave.Error, ValueError, KeyError, TypeError):
            return None
        return CachedPrompt(wav, frames / rate, words)

    def new_file(self) -> Path:
        """Return an empty file of its own in the folder, to render into.

        Raises:
            StorageError: The folder cannot be written.
        """
        try:
            descriptor, name = tempfile.mkstemp(".part.wav", dir=private_folder(self._folder))
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        os.close(descriptor)
        return Path(name)

    def keep(self, key: str, part: Path, words: Sequence[tuple[int, int, float]]) -> CachedPrompt:
        """Take over a rendered file and return its entry; the oldest others may make room.

        Raises:
            StorageError: The folder cannot be written.
        """
        wav, facts = self._paths(key)
        try:
            frames, rate = _measure(part)
            self._make_room()
            part.replace(wav)
            new_facts = part.with_suffix(".json")
            new_facts.write_text(json.dumps({"frames": frames, "words": words}), encoding="utf-8")
            new_facts.chmod(0o600)
            new_facts.replace(facts)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        return CachedPrompt(wav, frames / rate, tuple(words))

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self._folder / f"{key}.wav", self._folder / f"{key}.json"

    def _make_room(self) -> None:
        for status, part in self._files("*.part.*"):
            if time.time() - status.st_mtime > PART_SECONDS:
                part.unlink(missing_ok=True)
        files = self._files("*.wav")
        total = sum(status.st_size for status, _ in files)
        for status, wav in sorted(files, key=lambda file: file[0].st_mtime):
            if total <= LIMIT_BYTES:
                return
            wav.unlink(missing_ok=True)
            wav.with_suffix(".json").unlink(missing_ok=True)
            total -= status.st_size

    def _files(self, pattern: str) -> list[tuple[os.stat_result, Path]]:
        files = []
        for path in self._folder.glob(pattern):
            with contextlib.suppress(FileNotFoundError):  # another thread took or removed it
                files.append((path.stat(), path))
        return files


def _measure(wav: Path) -> tuple[int, int]:
    """Return a mono 16-bit WAV's frames and their number per second, counted, not as it claims."""
    with wave.open(str(wav), "rb") as sound:
        if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
            raise wave.Error("not mono 16-bit")
        return len(sound.readframes(sound.getnframes())) // 2, sound.getframerate()


def _unwritable(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"The folder {folder} cannot be written: {error.strerror}.",
        "Make room on the disk or make the folder writable.",
    )
