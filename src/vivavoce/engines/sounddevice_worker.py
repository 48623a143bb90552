"""PortAudio in a process of its own, because it cannot be trusted with the program's.

When a sound server dies or hangs, PortAudio blocks for half a minute, or spins for ever in its
callback thread and fills the error log with gigabytes; on macOS it may abort. A process can be
ended. It also keeps recording while the program is busy.

One request as a line of JSON on stdin, one line of JSON back, then the stream:
  {"do": "list", "kind": "input" | "output"}  → {"devices": [[name, rate], ...]}
  {"do": "record", "device": part of a name}  → {"name", "rate", "latency"}; then blocks, each
      `BLOCK` and its mono 16-bit frames, until the device is gone
  {"do": "play", "device": part of a name}    → {"name", "rate", "latency"}; takes `COUNT` and so
      many frames of that rate, then tells with `COUNT` how many the device has taken, until the
      sound is over or the device is gone
or {"error": what happened, "hint": what to do}, or nothing where PortAudio ends the process.
The end of stdin ends the stream at once.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, BinaryIO, Literal

from vivavoce.domain.text import one_line
from vivavoce.engines.heard_frames import LONGEST_DELAY_SECONDS
from vivavoce.engines.sound_queue import SoundQueue
from vivavoce.engines.system_packages import install_hint
from vivavoce.errors import AudioDeviceError

Kind = Literal["input", "output"]

BLOCK = struct.Struct("=dI")
"""When the block arrived, in seconds of the monotonic clock, and its number of frames."""
COUNT = struct.Struct("=I")
"""A number of frames."""
PIECE = struct.Struct("=II")
"""The generation of a piece of sound and its number of frames."""
PORTION = struct.Struct("=IIIdd")
"""What one block held: the generation, how many of its frames the device had taken before, how many
it took now, when (in seconds of the monotonic clock), and the seconds until they are heard."""
FRAME_BYTES = 2

BLOCK_SECONDS = 0.02
"""With blocks of 20 ms and `INPUT_LATENCY_SECONDS` nothing was lost while Whisper kept the computer
busy; with PortAudio's own choice of both, 1.9 s were."""
INPUT_LATENCY_SECONDS = 0.2
OUTPUT_LATENCY_SECONDS = 0.1
"""0.02 s gave 141 underruns while a screen was drawn; 0.1 s gave none."""
TAIL_SECONDS = 0.1
"""Silence sent after a sound, beyond the latency, so that freeing the device cuts nothing off: a
sound server was seen to hold 0.04 s more than it says. Chosen above that."""

ABORT_SECONDS = 1.0
"""An abort takes 4 ms; one that hangs ends with the process. Chosen."""

_CALLED = {"input": "microphone", "output": "loudspeaker"}
_PLUG_IN = "Plug one in or switch it on in the system's sound settings, then try again."
_WITHOUT = {
    "input": " Without one: s in the list of cases holds a sample round, as --sample does on the "
    "command line; --answer FILE takes a recording of yours.",
    "output": "",
}
"""What goes on without a device."""


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    try:
        request = json.loads(requests.readline())
        match request["do"]:
            case "list":
                devices = _devices(_portaudio(), request["kind"])
                _reply(replies, {"devices": [[_name(d), _rate(d)] for d in devices]})
            case "record":
                _record(request["device"], requests, replies)
            case "play":
                _play(request["device"], requests, replies)
            case "stand by":
                _stand_by(request["device"], requests, replies)
    except AudioDeviceError as error:
        _reply(replies, {"error": error.message, "hint": error.hint})
    except BrokenPipeError:
        pass  # the program is gone: nobody listens


def _record(name_part: str, requests: BinaryIO, replies: BinaryIO) -> None:
    arrived: queue.SimpleQueue[tuple[float, bytes] | None] = queue.SimpleQueue()

    def take(frames: Any, *_: object) -> None:
        arrived.put((time.monotonic(), bytes(frames)))

    stream, facts = _open(
        "input", name_part, INPUT_LATENCY_SECONDS, take, lambda: arrived.put(None)
    )
    stream.start()
    _reply(replies, facts)
    _end_when_told(requests, stream)
    while (block := arrived.get()) is not None:
        at, frames = block
        replies.write(BLOCK.pack(at, len(frames) // FRAME_BYTES) + frames)
        replies.flush()


def _play(name_part: str, requests: BinaryIO, replies: BinaryIO) -> None:
    progress: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    taken = end = 0
    sound = b""

    def give(block: Any, count: int, *_: object) -> None:
        nonlocal taken
        piece = sound[taken * FRAME_BYTES : (taken + count) * FRAME_BYTES]
        block[:] = piece.ljust(count * FRAME_BYTES, b"\0")
        taken += count
        progress.put(taken)
        if taken >= end:
            raise _portaudio().CallbackStop

    stream, facts = _open(
        "output", name_part, OUTPUT_LATENCY_SECONDS, give, lambda: progress.put(None)
    )
    _reply(replies, facts)
    (total,) = COUNT.unpack(requests.read(COUNT.size))
    sound = requests.read(total * FRAME_BYTES)
    end = total + round((facts["latency"] + TAIL_SECONDS) * facts["rate"])
    stream.start()
    _end_when_told(requests, stream)
    while (frames := progress.get()) is not None:
        replies.write(COUNT.pack(frames))
        replies.flush()


def _stand_by(name_part: str, requests: BinaryIO, replies: BinaryIO) -> None:
    sound = SoundQueue(FRAME_BYTES)
    portions: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def give(block: Any, count: int, times: Any, *_: object) -> None:
        at = time.monotonic()
        portion = sound.take(count)
        block[:] = portion.sound.ljust(count * FRAME_BYTES, b"\0")
        # Right to the millisecond on PulseAudio, where it swings between 0.12 and 0.16 s; some
        # systems do not tell it.
        delay = times.outputBufferDacTime - times.currentTime
        if not 0 < delay < LONGEST_DELAY_SECONDS:
            delay = min(facts["latency"], LONGEST_DELAY_SECONDS)
        frames = len(portion.sound) // FRAME_BYTES
        portions.put(PORTION.pack(portion.generation, portion.before, frames, at, delay))

    def receive() -> None:
        while len(header := requests.read(PIECE.size)) == PIECE.size:
            generation, count = PIECE.unpack(header)
            sound.put(generation, requests.read(count * FRAME_BYTES))

    stream, facts = _open(
        "output", name_part, OUTPUT_LATENCY_SECONDS, give, lambda: portions.put(None)
    )
    stream.start()
    _reply(replies, facts)
    _end_when_told(requests, stream, receive)
    while (portion := portions.get()) is not None:
        replies.write(portion)
        replies.flush()


def _end_when_told(
    requests: BinaryIO, stream: Any, receive: Callable[[], object] | None = None
) -> None:
    """End the stream, and so the process, when stdin ends: told to, or the program is gone.

    Args:
        requests: Stdin.
        stream: What to end.
        receive: Reads stdin to its end where something comes.
    """

    def wait() -> None:
        (receive or requests.read)()
        threading.Timer(ABORT_SECONDS, os._exit, [1]).start()
        stream.abort()

    threading.Thread(target=wait, daemon=True).start()


def _portaudio() -> ModuleType:
    try:
        import sounddevice
    except OSError as error:
        raise AudioDeviceError(
            "PortAudio, the library that reaches microphones and loudspeakers, is missing.",
            install_hint(debian="libportaudio2", fedora="portaudio", arch="portaudio"),
        ) from error
    module: ModuleType = sounddevice
    return module


def _devices(portaudio: ModuleType, kind: Kind) -> list[dict[str, Any]]:
    """Return PortAudio's entries for all devices of a kind, the default one first."""
    default = portaudio.default.device[kind]
    devices = [d for d in portaudio.query_devices() if d[f"max_{kind}_channels"] > 0]
    return sorted(devices, key=lambda device: bool(device["index"] != default))


def _name(device: dict[str, Any]) -> str:
    return one_line(device["name"])


def _rate(device: dict[str, Any]) -> int:
    return round(float(device["default_samplerate"]))


def _find(portaudio: ModuleType, kind: Kind, name_part: str) -> dict[str, Any]:
    devices = _devices(portaudio, kind)
    wanted, setting = f"“{one_line(name_part)}”", f"the setting {kind}_device"
    if not devices:
        asked = f"; {setting} asks for {wanted}" if name_part else ""
        raise AudioDeviceError(
            f"No {_CALLED[kind]} was found{asked}.", f"{_PLUG_IN}{_WITHOUT[kind]}"
        )
    for device in devices:
        if name_part.casefold() in _name(device).casefold():
            return device
    names = ", ".join(f"“{_name(device)}”" for device in devices)
    raise AudioDeviceError(
        f"No {_CALLED[kind]} is called {wanted}, which {setting} asks for.",
        f"Choose one of {names}, or leave the setting out to have the system's own.",
    )


def _open(
    kind: Kind,
    name_part: str,
    latency: float,
    callback: Callable[..., None],
    finished: Callable[[], None],
) -> tuple[Any, dict[str, Any]]:
    """Open a mono 16-bit stream at the device's own rate, not yet started, and tell its facts.

    Another rate is refused on Windows and was seen to end the process on macOS.
    """
    portaudio = _portaudio()
    device = _find(portaudio, kind, name_part)
    rate = _rate(device)
    make = portaudio.RawInputStream if kind == "input" else portaudio.RawOutputStream
    try:
        stream = make(
            device=device["index"],
            samplerate=rate,
            blocksize=round(rate * BLOCK_SECONDS),
            latency=latency,
            channels=1,
            dtype="int16",
            callback=callback,
            finished_callback=finished,
        )
    except portaudio.PortAudioError as error:
        reason = one_line(str(error.args[0])).rpartition(": ")[2].rstrip(".")
        raise AudioDeviceError(
            f"The {_CALLED[kind]} “{_name(device)}” cannot be opened: {reason}.",
            "Close other programs that use it, or choose another one.",
        ) from error
    return stream, {"name": _name(device), "rate": rate, "latency": float(stream.latency)}


def _reply(replies: BinaryIO, body: dict[str, Any]) -> None:
    replies.write(json.dumps(body).encode() + b"\n")
    replies.flush()


def _main() -> None:
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the replies
    _serve(sys.stdin.buffer, replies)
    os._exit(0)  # PortAudio's tidying up may hang


if __name__ == "__main__":
    _main()
