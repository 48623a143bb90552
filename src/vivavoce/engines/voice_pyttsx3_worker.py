"""The voice's worker: a process of its own, because speech libraries hang, crash, are loaded only
once a process, and because eSpeak NG is under the GPL.

One request as a line of JSON on stdin, one reply as JSON on stdout:
  {"do": "render", "engine", "voice", "rate", "text", "wav"}
      → {"seconds": length, "marks": [[character, seconds], ...]}
  {"do": "list", "engine"}
      → {"voices": [[id, language], ...]}
or {"unknown_voice": id} or {"error": why}. The marks are the words whose times the engine tells;
there may be none. The text never stands in the command line, where other users could read it.
The end of stdin ends the process at once: the program is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
import wave
from pathlib import Path
from typing import Any

POLL_SECONDS = 0.02
"""How often a file that is still being written is looked at."""
LIFE_SECONDS = 30.0
"""Longer than the parent's deadline, after which that ends this process; where it did not, this
process ends itself."""


def _render(request: dict[str, Any]) -> dict[str, object]:
    engine = _start(request["engine"])
    wav = Path(request["wav"])
    failures: list[Exception] = []
    engine.connect("error", lambda **facts: failures.append(facts["exception"]))
    if request["voice"]:
        engine.setProperty("voice", _full_id(engine, request["voice"]))
        engine.runAndWait()
        if failures:
            return {"unknown_voice": request["voice"]}
    marks: list[list[float]] = []
    if request["engine"] == "espeak":
        _listen_in(engine, marks)
    engine.setProperty("rate", request["rate"])
    engine.save_to_file(request["text"], str(wav))
    engine.runAndWait()
    if failures:
        return {"error": str(failures[0])}
    _wait_until_written(wav)
    make_pcm_wav(wav)
    with wave.open(str(wav), "rb") as sound:
        seconds = sound.getnframes() / sound.getframerate()
    return {"seconds": seconds, "marks": marks} if seconds else {"error": "it made no sound"}


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
        from pyttsx3.drivers import _espeak

        # pyttsx3 lets eSpeak work on a thread of its own and does not wait for it: the rate was
        # lost in half the runs and the whole sound in one of a hundred. Here each call is done
        # when it returns.
        _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS
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


def _listen_in(engine: Any, marks: list[list[float]]) -> None:
    """Come between eSpeak and pyttsx3.

    eSpeak's events know where in the sound a word begins, which pyttsx3 drops: they are appended
    to `marks` as [offset in the text, seconds]. And pyttsx3 waits for an end that eSpeak tells
    only from a thread of its own; without one the end is a call without sound.
    """
    from pyttsx3.drivers import _espeak

    receive = engine.proxy._driver._onSynth
    end = (_espeak.EVENT * 1)()
    end[0].type = _espeak.EVENT_MSG_TERMINATED

    def listen(sound: Any, count: int, events: Any) -> Any:
        if not sound:
            return receive(sound, 0, end)
        position = 0
        while (event := events[position]).type != _espeak.EVENT_LIST_TERMINATED:
            if event.type == _espeak.EVENT_WORD:
                marks.append([event.text_position - 1, event.audio_position / 1000.0])
            position += 1
        return receive(sound, count, events)

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


def _end_with_the_program() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _main() -> None:
    reply_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    watchdog = threading.Timer(LIFE_SECONDS, os._exit, [1])
    watchdog.daemon = True
    watchdog.start()
    os.dup2(2, 1)  # pyttsx3 prints what it does, which must not mix with the reply
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_program, daemon=True).start()
    try:
        reply = _render(request) if request["do"] == "render" else _list(request)
    except Exception as error:  # noqa: BLE001 - the process's edge: reported, whatever a library does
        reply = {"error": f"{type(error).__name__}: {error}"}
    json.dump(reply, reply_to)
    reply_to.flush()
    os._exit(0)  # eSpeak is known to abort when it is torn down


if __name__ == "__main__":
    _main()
