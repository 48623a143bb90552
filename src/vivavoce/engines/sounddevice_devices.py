"""The program's side of sounddevice_worker: a stream in a process that can always be ended."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from vivavoce.engines.sounddevice_worker import Kind
from vivavoce.errors import AudioDeviceError

OPEN_SECONDS = 6.0
"""A Bluetooth headset that changes over to its microphone takes about three seconds. Chosen."""
CLOSE_SECONDS = 0.5
"""Closing takes a few milliseconds; with a hanging sound server 30 s, so then it is killed."""
STALL_SECONDS = 2.0
"""No sound for so long: the device has stopped. A virtual one that wakes up may take just under
two seconds."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a loudspeaker."""

    name: str
    """Safe to show."""
    rate: int
    """Its own samples per second."""


def list_devices(kind: Kind) -> list[Device]:
    """Return the microphones or loudspeakers there are now, the system's default one first.

    Raises:
        AudioDeviceError: PortAudio is missing, or the sound system hangs.
    """
    process = StreamProcess({"do": "list", "kind": kind}, follow=lambda _: None)
    process.close()
    return [Device(name, rate) for name, rate in process.facts["devices"]]


class StreamProcess:
    """One worker and its stream."""

    def __init__(self, request: dict[str, str], follow: Callable[[BinaryIO], None]) -> None:
        """Start a worker and wait until it has opened what it was asked for.

        Args:
            request: See sounddevice_worker.
            follow: Reads what comes after the reply, on a thread of its own, to the end.

        Raises:
            AudioDeviceError: PortAudio or the device is missing, the device refuses, or the sound
                system hangs.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vivavoce.engines.sounddevice_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Its own session: Ctrl-C in the terminal ends the program, which then ends this.
            start_new_session=True,
        )
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(follow,), daemon=True)
        self._reader.start()
        try:
            self.send(json.dumps(request).encode() + b"\n")
            self.facts = self._facts()
        except AudioDeviceError:
            self.close()
            raise

    def send(self, data: bytes) -> None:
        """Pass data to the worker; it reads at once. A worker that is gone is noticed elsewhere."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def kill(self) -> None:
        """End a worker that does not read, so that whoever waits in `send` goes on."""
        self._process.kill()

    def close(self) -> None:
        """End the stream and the worker; blocks for `CLOSE_SECONDS` at most. May be repeated."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()  # the pipe has ended with the process
        self._process.stdout.close()

    def _read(self, follow: Callable[[BinaryIO], None]) -> None:
        stream: Any = self._process.stdout
        self._replies.put(stream.readline())
        follow(stream)

    def _facts(self) -> dict[str, Any]:
        try:
            line = self._replies.get(timeout=OPEN_SECONDS)
        except queue.Empty:
            raise AudioDeviceError(
                "The sound system does not answer.",
                "Restart the sound server or the computer, then try again.",
            ) from None
        if not line:
            raise AudioDeviceError(
                "The sound system ended the process that was to use it.",
                "Check the system's sound settings, then try again.",
            )
        facts: dict[str, Any] = json.loads(line)
        if "error" in facts:
            raise AudioDeviceError(facts["error"], facts["hint"])
        return facts
