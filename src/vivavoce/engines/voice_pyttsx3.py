"""The interviewer's voice, by pyttsx3: rendered to a file in a worker process, never spoken by it.

pyttsx3's own playback cannot be stopped and loses sentences, so the loudspeaker plays the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vivavoce.domain.text import one_line
from vivavoce.engines.protocols import Rendered, SpokenWord
from vivavoce.engines.system_packages import install_hint
from vivavoce.errors import AudioDeviceError
from vivavoce.store.prompt_cache import CachedPrompt, PromptCache

RENDER_SECONDS = 20.0
"""A prompt of 40 words takes 0.3 s. Chosen."""
RATE = 165
"""Words per minute: a clear reading voice, slower than eSpeak's own 175."""
ESPEAK_VOICE = "en+klatt"
"""British, with the Klatt synthesiser: of 21 voices Whisper base hears it best (15 to 17 % of the
words of the shipped prompts wrong; without Klatt 19 %, American 20 %, female voices more)."""

_ENGINE = {"darwin": "nsss", "win32": "sapi5"}.get(sys.platform, "espeak")
_FORMAT = "1"
"""Changes with what an entry of the cache means."""


class Pyttsx3Voice:
    """Renders sentences (Protocol: Voice). Any thread may call it."""

    def __init__(
        self,
        cache_folder: Path,
        voice: str = "",
        rate: int = RATE,
        deadline: float = RENDER_SECONDS,
    ) -> None:
        """Choose a voice; nothing starts before `render`.

        Args:
            cache_folder: Where rendered sentences are kept.
            voice: Its id, one of `list_voices`, or part of it; empty for the default. eSpeak also
                takes its own names, such as en-us+f3.
            rate: Words per minute.
            deadline: Seconds that one sentence may take.
        """
        self._cache = PromptCache(cache_folder / "prompts")
        self._voice = voice or (ESPEAK_VOICE if _ENGINE == "espeak" else "")
        self._rate, self._deadline = rate, deadline

    def render(self, text: str) -> Rendered:
        """Turn text into sound, or find it in the cache.

        Raises:
            AudioDeviceError: No voice works on this machine.
            StorageError: The cache cannot be written.
        """
        facts = [_FORMAT, _ENGINE, self._voice, str(self._rate), text]
        key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
        cached = self._cache.find(key) or self._render(key, text)
        words = tuple(SpokenWord(*word) for word in cached.words)
        return Rendered(cached.wav, cached.seconds, words)

    def _render(self, key: str, text: str) -> CachedPrompt:
        part = self._cache.new_file()
        try:
            request = {"do": "render", "voice": self._voice, "rate": self._rate, "text": text}
            reply = _ask(request | {"wav": str(part)}, self._deadline)
            words = place_words(text, reply["marks"], reply["seconds"])
            return self._cache.keep(key, part, words)
        finally:
            part.unlink(missing_ok=True)


def list_voices() -> list[str]:
    """Return the ids of the voices that speak English.

    Raises:
        AudioDeviceError: No voice works on this machine.
    """
    voices = _ask({"do": "list"}, RENDER_SECONDS)["voices"]
    return [name for name, language in voices if language.casefold().startswith("en")]


def place_words(
    text: str, marks: Sequence[tuple[int, float]], seconds: float
) -> tuple[tuple[int, int, float], ...]:
    """Give each word of a text its start in the sound.

    Args:
        text: What was rendered.
        marks: Character offsets and seconds that the engine told, in order; may be empty.
        seconds: The sound's length.

    Returns:
        First character, end character (exclusive) and start in seconds of each word. Words without
        a mark are placed in proportion to the characters between their neighbours.
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    told = {
        start: min(moment, seconds)
        for position, moment in reversed(marks)
        for start, end in words
        if start <= position < end
    }
    anchors = {0: 0.0, len(text): seconds} | told
    known = sorted(anchors)
    starts = np.interp([start for start, _ in words], known, [anchors[at] for at in known])
    ascending = np.maximum.accumulate(starts)
    return tuple(
        (start, end, round(float(moment), 3))
        for (start, end), moment in zip(words, ascending, strict=True)
    )


def _ask(request: dict[str, Any], deadline: float) -> dict[str, Any]:
    """Have a worker do one thing; end it, and whatever it started, when it takes too long."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "vivavoce.engines.voice_pyttsx3_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Taken from communicate(), which would close it: its end tells the worker that we are gone.
    requests, worker.stdin = worker.stdin, None
    assert requests is not None
    try:
        with contextlib.suppress(BrokenPipeError):  # its exit code will tell
            requests.write(json.dumps(request | {"engine": _ENGINE}).encode() + b"\n")
            requests.flush()
        output, _ = worker.communicate(timeout=deadline)
        reply: dict[str, Any] = json.loads(output)
    except subprocess.TimeoutExpired as error:
        raise AudioDeviceError(
            f"The voice did not answer within {deadline:.0f} s and was stopped.",
            "Try again; if it stays like this, choose another voice.",
        ) from error
    except ValueError as error:
        raise _no_voice(f"its process ended with exit code {worker.wait()}") from error
    finally:
        _end(worker)
        with contextlib.suppress(BrokenPipeError):
            requests.close()
    if "unknown_voice" in reply:
        raise AudioDeviceError(
            f"There is no voice “{one_line(reply['unknown_voice'])}”.",
            "Leave the voice empty for the default, or choose one that vivavoce doctor lists.",
        )
    if "error" in reply:
        raise _no_voice(reply["error"])
    return reply


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        if sys.platform == "win32":
            worker.kill()
        else:
            os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()


def _no_voice(reason: str) -> AudioDeviceError:
    hint = "Check the voices in the system's settings."
    if _ENGINE == "espeak":
        hint = install_hint(debian="espeak-ng", fedora="espeak-ng", arch="espeak-ng")
    return AudioDeviceError(f"No voice works here: {one_line(reason)}.", hint)
