"""Capture: the microphone's blocks to the disk first, then to the meter and the listener."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vivavoce.domain.events import GapHeard, MicrophoneLost, MicrophoneSilent, SpeechBegan
from vivavoce.domain.interview import SourceEnded, Tick
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Block, Microphone, Samples, VoiceActivity
from vivavoce.errors import StorageError, VivavoceError
from vivavoce.session.listening import Listening, Piece
from vivavoce.store.recording import RecordingWriter

_log = logging.getLogger(__name__)

METER_SAMPLES = SAMPLE_RATE // 10
"""Ten measurements a second: more redraws cost a tenth of a core."""
SILENT_SECONDS = 1.5
"""Exact zeros for this long: muted, no permission, or gone."""
CLIP_LEVEL = 0.999
"""Full scale, for practical purposes."""
LINGER_SECONDS = 0.25
"""Sound still on its way from the device when a key ends an answer mid-word."""
ECHO_SECONDS = 0.25
"""What the microphone delivers within this after the interviewer's last sound is still that sound:
the two devices' latencies, 0.1 to 0.2 s."""
FLOOR_DBFS = -100.0
"""Shown for digital silence."""


@dataclass(frozen=True, slots=True)
class Metered:
    """A tenth of a second, measured."""

    tick: Tick
    rms_dbfs: float
    peak_dbfs: float
    clipped: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """An utterance has ended; its sound is here."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class Paused:
    """The speaker may have ended: the open utterance as it would stand then."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class DiskFailed:
    """The recording cannot go on."""

    error: StorageError


@dataclass(frozen=True, slots=True)
class SourceFailed:
    """A recorded answer cannot be read."""

    error: VivavoceError


CaptureReport = (
    Metered
    | Closed
    | Paused
    | SpeechBegan
    | GapHeard
    | MicrophoneSilent
    | MicrophoneLost
    | SourceEnded
    | DiskFailed
    | SourceFailed
)


def dbfs(amplitude: float) -> float:
    """Return an amplitude in 0 to 1 as decibels below full scale, not under `FLOOR_DBFS`."""
    return max(FLOOR_DBFS, 20.0 * float(np.log10(max(amplitude, 1e-12))))


class Capture:
    """Owns the capture thread and the recording's clock."""

    def __init__(
        self,
        microphone: Microphone,
        recording: RecordingWriter,
        activity: VoiceActivity,
        post: Callable[[CaptureReport], None],
        settle: Callable[[], bool] | None,
    ) -> None:
        """Start to record; the microphone must be open.

        Args:
            microphone: Closed at the end.
            recording: Closed at the end.
            activity: Used by the capture thread only.
            post: Called on the capture thread; must not block for long.
            settle: For recorded answers fed fast: waits briefly and returns whether what was
                posted has been dealt with, so that a decision falls at the same place of the
                recording every time.
        """
        self._microphone, self._recording, self._activity = microphone, recording, activity
        self._post, self._settle = post, settle
        self._lock = threading.Condition()
        self._position = 0
        self._listening: Listening | None = None
        self._stop_at: int | None = None
        self._deaf_until = 0
        self._next_id = 0
        self._paused = False
        self._closing = False
        self._unmetered: Samples = np.zeros(0, np.int16)
        self._zeros = 0
        self._sound = False
        self._thread = threading.Thread(target=self._run, name="capture")
        self._thread.start()

    @property
    def at(self) -> float:
        """Seconds recorded so far."""
        return self._position / SAMPLE_RATE

    @property
    def sound(self) -> bool:
        """Whether anything but zeros has been recorded."""
        return self._sound

    def listen(self, after_sound: bool = False) -> float:
        """Look for speech from here on; return where "here" is.

        Args:
            after_sound: The interviewer was heard until now: the last of it is still on its way
                through the room and the device.
        """
        with self._lock:
            echo = ECHO_SECONDS if after_sound and self._microphone.live else 0.0
            self._deaf_until = self._position + int(echo * SAMPLE_RATE)
            self._listening = Listening(self._activity, self._position, self._next_id)
            self._microphone.set_turn(candidate=True)
            return self.at

    def stop_listening(self) -> float:
        """Stop looking for speech and return where; a word in flight is waited for."""
        with self._lock:
            self._microphone.set_turn(candidate=False)
            if self._listening is None:
                return self.at
            if self._microphone.live and not self._listening.quiet and self._thread.is_alive():
                self._stop_at = self._position + int(LINGER_SECONDS * SAMPLE_RATE)
                self._lock.wait_for(lambda: self._listening is None, timeout=2 * LINGER_SECONDS)
            for report in self._end_listening():
                self._post(report)
            return self.at

    def set_paused(self, paused: bool) -> None:
        """Stop or go on recording: while paused nothing is kept and the clock stands still."""
        with self._lock:
            self._paused = paused
            self._microphone.set_turn(candidate=not paused and self._listening is not None)

    def close(self) -> float:
        """End the recording and return its length in seconds."""
        with self._lock:
            self._closing = True
        if threading.current_thread() is not self._thread:
            self._thread.join()
        return self._recording.seconds

    def _run(self) -> None:
        try:
            while not self._closing:
                block = self._microphone.read(timeout=0.1)
                if block is None or self._closing:
                    continue
                with self._lock:  # posted within: a stop must not overtake what it stops
                    for report in [] if self._paused else self._take(block):
                        self._post(report)
                while self._settle is not None and not self._closing and not self._settle():
                    pass
        except StorageError as error:
            self._post(DiskFailed(error))
        except VivavoceError as error:
            if self._microphone.live:
                self._post(MicrophoneLost(self.at, error.message))
            else:
                self._post(SourceFailed(error))
        except Exception as error:  # noqa: BLE001 - the thread's edge: report, never end in silence
            _log.error("the recording stopped: %s", type(error).__name__, exc_info=error)
            self._post(
                SourceFailed(VivavoceError("The recording stopped: a fault in the program."))
            )
        finally:
            self._microphone.close()
            try:
                self._recording.close()
            except StorageError as error:
                self._post(DiskFailed(error))

    def _take(self, block: Block) -> list[CaptureReport]:
        """Deal with one block; the lock is held."""
        reports: list[CaptureReport] = []
        samples = block.samples
        if block.lost:
            gap = self.at, self.at + block.lost / SAMPLE_RATE
            reports.append(GapHeard(*gap))
            samples = np.concatenate([np.zeros(block.lost, np.int16), samples])
        self._recording.write(samples)
        self._position += len(samples)
        reports += self._listen_to(samples)
        reports += self._meter(samples)
        reports += self._watch_for_zeros(samples)
        if block.last:
            reports.append(SourceEnded(self.at))
        return reports

    def _listen_to(self, samples: Samples) -> list[CaptureReport]:
        if self._listening is None:
            return []
        was_speaking = self._listening.speaking
        echo = min(len(samples), max(0, self._deaf_until - (self._position - len(samples))))
        if echo:
            samples = np.concatenate([np.zeros(echo, np.int16), samples[echo:]])
        pieces = self._listening.feed(samples)
        reports: list[CaptureReport] = [Paused(p) if p.provisional else Closed(p) for p in pieces]
        if self._listening.speaking and not was_speaking:
            reports.append(SpeechBegan(self._listening.last_voice or self.at))
        if self._stop_at is not None and self._position >= self._stop_at:
            reports += self._end_listening()
        return reports

    def _end_listening(self) -> list[CaptureReport]:
        """Close the gate and return the last utterance. The lock is held."""
        reports: list[CaptureReport] = []
        if self._listening is not None:
            reports += [Closed(piece) for piece in self._listening.flush()]
            self._next_id = self._listening.next_id
        self._listening, self._stop_at = None, None
        self._lock.notify_all()
        return reports

    def _meter(self, samples: Samples) -> list[CaptureReport]:
        self._unmetered = np.concatenate([self._unmetered, samples])
        reports: list[CaptureReport] = []
        while len(self._unmetered) >= METER_SAMPLES:
            window = self._unmetered[:METER_SAMPLES].astype(np.float32) / 32768.0
            self._unmetered = self._unmetered[METER_SAMPLES:]
            peak = float(np.abs(window).max())
            heard = self._listening
            tick = Tick(
                self.at,
                heard.voice_start if heard else None,
                heard.last_voice if heard else None,
            )
            rms = float(np.sqrt(np.mean(window**2)))
            reports.append(Metered(tick, dbfs(rms), dbfs(peak), peak >= CLIP_LEVEL))
        return reports

    def _watch_for_zeros(self, samples: Samples) -> list[CaptureReport]:
        sound = bool(samples.any())
        self._sound = self._sound or sound
        if sound or not self._microphone.live:
            self._zeros = 0
            return []
        before, self._zeros = self._zeros, self._zeros + len(samples)
        limit = SILENT_SECONDS * SAMPLE_RATE
        return [MicrophoneSilent(self.at)] if before < limit <= self._zeros else []
