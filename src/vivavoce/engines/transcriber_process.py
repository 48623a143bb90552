"""A transcriber in a process of its own, which can be ended: a decode cannot be interrupted from
a thread, may run away, and may take the program down at exit.

The two sides speak over pipes: a request is two four-byte lengths, then so many bytes of UTF-8, the
text before, and so many of 16 kHz PCM16; a reply is one line of JSON: {"words": [[text, start, end,
probability], ...]} or {"error", "hint"}. The first reply says that the model is loaded, and how
many seconds its first decode took: {"words": [], "warm_up_seconds"}.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from vivavoce.domain.speech import SAMPLE_RATE, Word
from vivavoce.engines.protocols import Samples
from vivavoce.errors import ModelError, VivavoceError

LOAD_SECONDS = 60.0
"""Loading takes 0.3 to 2.3 s; a cold disk or a large model longer. Chosen."""
THREADS = 2
_HEADER = struct.Struct("<II")


class DecodeTimeoutError(ModelError):
    """A decode ran away and its process was ended."""


def decode_deadline(samples: int, warm_up_seconds: float = 0.0) -> float:
    """Return how long a decode may take, in seconds.

    A decode of 28 s takes 2.1 s on two cores; one was seen to take 16 s. Ten seconds and twice
    the audio's length leave a machine eight times slower enough room.

    A large model on a slow machine needs more: its encoder works on 30 s whatever the length, so
    that its first decode, of one second, tells what the shortest one costs. Six times that, and as
    much again for each ten seconds of audio, is longer from a first decode of 1.5 s on; that of
    `base` takes 0.6 s. Chosen.

    Args:
        samples: How many are read.
        warm_up_seconds: What the first decode took.
    """
    seconds = samples / SAMPLE_RATE
    return max(10.0 + 2.0 * seconds, 6.0 * warm_up_seconds * (1.0 + seconds / 10.0))


class TranscriberProcess:
    """The parent's side. One request at a time; only `close` may be called by another thread."""

    def __init__(self, folder: Path, device: str = "auto", threads: int = THREADS) -> None:
        """Start loading the model in `folder`; returns at once.

        Args:
            folder: The model's.
            device: auto, cpu or cuda.
            threads: Of the processor. A second shortens the wait by a third and costs a third more
                processor time, more threads do nothing: measured on two cores.
        """
        self._folder, self._device, self._threads = folder, device, threads
        self._closed = False
        self._changing = threading.Lock()
        """Held while a process is ended or started: none may be started after `close`."""
        self.warm_up_seconds = 0.0
        """What the first decode took; 0.0 before it is known."""
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "vivavoce.engines.transcriber_process"),
                *(str(self._folder), self._device, str(self._threads)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # One heap: with several the C library's memory grew by 20 MB more in 60 decodes.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            # Its own session: Ctrl-C in the terminal ends the program, which then ends this.
            start_new_session=True,
        )
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._forwarder = threading.Thread(
            target=_forward, args=(self._process, self._replies), daemon=True
        )
        self._forwarder.start()
        self._loaded = False

    @property
    def pid(self) -> int:
        """The process that decodes."""
        return self._process.pid

    def wait_until_loaded(self) -> None:
        """Return once the model is in memory.

        Raises:
            ModelError: It cannot be loaded.
        """
        if not self._loaded:
            self.warm_up_seconds = self._reply(LOAD_SECONDS)["warm_up_seconds"]
            self._loaded = True

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        """Return the words of up to 30 s, times in seconds from the start of `samples`.

        A process that died since the last call is replaced first.

        Args:
            samples: 16 kHz mono.
            before: What was said before them.

        Raises:
            DecodeTimeoutError: It ran away; the process was ended and a new one is loading.
            ModelError: The model cannot be used.
        """
        if self._process.poll() is not None:
            self._replace()
        self.wait_until_loaded()
        sound = samples.astype("<i2", copy=False).tobytes()
        text = before.encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(_HEADER.pack(len(text), len(sound)) + text + sound)
            self._process.stdin.flush()
        except (OSError, ValueError) as error:  # ValueError: close() came first
            raise self._ended() from error
        reply = self._reply(decode_deadline(len(samples), self.warm_up_seconds))
        return [Word(*word) for word in reply["words"]]

    def _reply(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._replies.get(timeout=seconds)
        except queue.Empty:
            self._replace()
            raise DecodeTimeoutError(
                f"Reading a passage took more than {seconds:.0f} s and was stopped.",
                "Close other programs, or use a smaller model: --model tiny.en",
            ) from None
        if not line:
            self._replies.put(line)  # whoever asks again is told the same
            raise self._ended()
        try:
            reply: dict[str, Any] = json.loads(line)
        except ValueError:  # it died in the middle of a line, or a library wrote among the replies
            self._process.kill()
            raise self._ended() from None
        if "error" in reply:
            raise ModelError(reply["error"], reply["hint"])
        return reply

    def _ended(self) -> ModelError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)  # its pipe has broken: it is on its way out
        return ModelError(
            f"The transcriber stopped (exit code {self._process.poll()}).",
            "Your recording is kept: vivavoce attempts recover",
        )

    def close(self) -> None:
        """End the process at once, for good."""
        with self._changing:
            self._closed = True
            self._end()

    def _replace(self) -> None:
        with self._changing:
            if self._closed:
                raise self._ended()
            self._end()
            self._start()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._forwarder.join()  # the pipe has ended with the process
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # the rest of a request that nobody will read
                    pipe.close()


def _forward(process: subprocess.Popen[bytes], replies: queue.SimpleQueue[bytes]) -> None:
    """Move reply lines into a queue, where waiting for one can have a deadline; b"" at the end."""
    assert process.stdout is not None
    for line in process.stdout:
        replies.put(line)
    replies.put(b"")


def _serve(folder: Path, device: str, threads: int, requests: BinaryIO, replies: BinaryIO) -> None:
    """Load the model and answer requests until the pipe closes."""
    from vivavoce.engines.transcriber_faster_whisper import FasterWhisperTranscriber

    def reply(body: dict[str, object]) -> None:
        replies.write(json.dumps(body).encode() + b"\n")
        replies.flush()

    try:
        transcriber = FasterWhisperTranscriber(folder, device, threads)
        reply({"words": [], "warm_up_seconds": transcriber.warm_up_seconds})
        while len(header := requests.read(_HEADER.size)) == _HEADER.size:
            before, sound = (requests.read(length) for length in _HEADER.unpack(header))
            audio = np.frombuffer(sound, dtype="<i2").astype(np.float32) / 32768.0
            words = transcriber.transcribe(audio, before.decode())
            reply({"words": [[w.text, w.start, w.end, w.probability] for w in words]})
    except VivavoceError as error:
        reply({"error": error.message, "hint": error.hint})
    except BrokenPipeError:
        pass  # the parent is gone: nobody waits for these words


def _main() -> None:
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the replies
    folder, device, threads = sys.argv[1:]
    _serve(Path(folder), device, int(threads), sys.stdin.buffer, replies)
    replies.flush()
    # Leaving through the interpreter's shutdown was seen to crash in the native library.
    os._exit(0)


if __name__ == "__main__":
    _main()
