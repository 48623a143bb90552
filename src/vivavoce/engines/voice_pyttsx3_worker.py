"""The voice's worker: a process of its own, because speech libraries hang, crash, are loaded only
once a process, and because eSpeak NG is under the GPL.

One request as JSON on stdin, one reply as JSON on stdout:
  {"do": "render", "engine", "voice", "rate", "text", "wav"}
      → {"seconds": length, "marks": [[character, seconds], ...]}
  {"do": "list", "engine"}
      → {"voices": [[id, language], ...]}
or {"unknown_voice": id} or {"error": why}. The marks are the words whose times the engine tells;
there may be none. The text never stands in the command line, where other users could read it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

POLL_SECONDS = 0.02
"""How often a file that is still being written is looked at; the parent's deadline ends it."""


def _render(request: dict[str, Any]) -> dict[str, object]:
    engine = _start(request["engine"])
    wav = Path(request["wav"])
    settle = _settler(request["engine"])
    failures: list[Exception] = []
    engine.connect("error", lambda **facts: failures.append(facts["exception"]))
    if request["voice"]:
        engine.setProperty("voice", _full_id(engine, request["voice"]))
    engine.setProperty("rate", request["rate"])
    # Without a round of its own the rate is lost every other time.
    engine.runAndWait()
    settle()
    if failures:
        return {"unknown_voice": request["voice"]}
    marks: list[list[float]] = []
    if request["engine"] == "espeak":
        _note_marks(engine, marks)
    engine.save_to_file(request["text"], str(wav))
    engine.runAndWait()
    settle()
    if failures:
        return {"error": str(failures[0])}
    _wait_until_written(wav)
    make_pcm_wav(wav)
    with wave.open(str(wav), "rb") as sound:
        return {"seconds": sound.getnframes() / sound.getframerate(), "marks": marks}


def _list(request: dict[str, Any]) -> dict[str, object]:
    voices = _start(request["engine"]).getProperty("voices")
    return {
        "voices": [
            # eSpeak writes a number before the language.
            [voice.id, str((voice.languages or [""])[0]).lstrip("".join(map(chr, range(32))))]
            for voice in voices
        ]
    }


def _start(engine: str) -> Any:
    if engine == "espeak":
        from vivavoce.engines.espeak_library import provide_espeak

        provide_espeak()
    import pyttsx3

    return pyttsx3.init(engine)


def _full_id(engine: Any, wanted: str) -> str:
    """Return the id that is `wanted`, ends with it or has it as a part, in this order of choice.

    Else it is returned as it is: eSpeak takes names that it does not list, such as en-us+f3.
    """
    ids: list[str] = [voice.id for voice in engine.getProperty("voices")]
    name = wanted.casefold()
    return min(
        (voice for voice in ids if name in voice.casefold()),
        key=lambda voice: (not f"/{voice}".casefold().endswith(f"/{name}"), len(voice)),
        default=wanted,
    )


def _settler(engine: str) -> Callable[[], object]:
    """Return what waits until eSpeak's own thread has done all it was told."""
    if engine != "espeak":
        return lambda: None
    from pyttsx3.drivers import _espeak

    settle: Callable[[], object] = _espeak.Synchronize
    return settle


def _note_marks(engine: Any, marks: list[list[float]]) -> None:
    """Listen in on eSpeak: its events know where in the sound a word begins, which pyttsx3 drops.

    Appends [offset in the text, seconds] to `marks` while the text is rendered.
    """
    from pyttsx3.drivers import _espeak

    synthesise = engine.proxy._driver._onSynth

    def listen(wav: Any, count: int, events: Any) -> Any:
        position = 0
        while (event := events[position]).type != _espeak.EVENT_LIST_TERMINATED:
            if event.type == _espeak.EVENT_WORD:
                marks.append([event.text_position - 1, event.audio_position / 1000.0])
            position += 1
        return synthesise(wav, count, events)

    _espeak.SetSynthCallback(listen)


def _wait_until_written(path: Path) -> None:
    """Return once the file has sound in it and has stopped growing."""
    size = -1
    while size <= 0 or size != path.stat().st_size:
        size = path.stat().st_size
        time.sleep(POLL_SECONDS)


def make_pcm_wav(path: Path) -> None:
    """Make sure that the file is a mono 16-bit WAV: macOS writes AIFF under any name."""
    with contextlib.suppress(wave.Error, EOFError), wave.open(str(path), "rb") as sound:
        if sound.getsampwidth() == 2 and sound.getnchannels() == 1:
            return
    import av

    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        for frame in frames:
            sound.writeframes(frame.to_ndarray().tobytes())


def _main() -> None:
    reply_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # pyttsx3 prints what it does, which must not mix with the reply
    request = json.load(sys.stdin.buffer)
    try:
        reply = _render(request) if request["do"] == "render" else _list(request)
    except Exception as error:  # noqa: BLE001 - the process's edge: reported, whatever a library does
        reply = {"error": f"{type(error).__name__}: {error}"}
    json.dump(reply, reply_to)
    reply_to.flush()
    os._exit(0)  # eSpeak is known to abort when it is torn down


if __name__ == "__main__":
    _main()
