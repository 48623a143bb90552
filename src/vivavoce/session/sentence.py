"""Recording one sentence and reading it: no prompt, no time to think, fifteen seconds at most."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.patching import LEAD_SECONDS, MOST_SECONDS, TAIL_SECONDS
from vivavoce.domain.said_sentence import (
    SentenceEnded,
    SentenceEvent,
    SentenceFailed,
    SentenceKept,
    SentenceLevel,
)
from vivavoce.domain.speech import SAMPLE_RATE, Utterance, Word
from vivavoce.engines.protocols import Microphone, Samples, VoiceActivity
from vivavoce.errors import BadInputError, VivavoceError
from vivavoce.session.capture import CLIP_LEVEL, LINGER_SECONDS, METER_SAMPLES, dbfs
from vivavoce.session.decoding import Decoder
from vivavoce.session.listening import Listening
from vivavoce.session.offline import Stretch, hear

_log = logging.getLogger(__name__)

STOP_SECONDS = 2.0
"""Silence after speech that ends a sentence, where no other is set. Chosen: one may stop to think
before the number, and who is done presses enter."""


class ClosableDecoder(Decoder, Protocol):
    """A decoder that can be ended while it works."""

    def close(self) -> None:
        """End it at once, for good."""
        ...


@dataclass(frozen=True, slots=True)
class Booth:
    """What a sentence is recorded and read with; each is made on the recording's thread."""

    make_microphone: Callable[[], Microphone]
    make_activity: Callable[[], VoiceActivity]
    make_transcriber: Callable[[], ClosableDecoder]
    """Returns at once and loads its model meanwhile, so that the words come soon after the end."""


class SentenceRecording:
    """One recording. Nothing of it is on the disk before it is kept."""

    def __init__(
        self,
        booth: Booth,
        stop_seconds: float,
        keep: Callable[[Samples, Sequence[Word]], Attempt],
        observe: Callable[[SentenceEvent], None],
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Prepare a recording.

        Args:
            booth: Its engines.
            stop_seconds: Silence after speech that ends it.
            keep: Called on the recording's thread with the sentence, 16 kHz mono from shortly
                before its first word to shortly after its last, and its words on that clock.
            observe: Called on the recording's thread.
            prepare: Called on a thread of its own while the candidate speaks.
        """
        self._booth, self._stop_seconds = booth, stop_seconds
        self._keep, self._observe, self._prepare = keep, observe, prepare
        self._ending, self._dropping = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._transcriber: ClosableDecoder | None = None
        self._kept: Attempt | None = None
        self._thread = threading.Thread(target=self._run, name="sentence")

    def start(self) -> None:
        """Begin; what comes of it arrives as events."""
        self._thread.start()

    def finish(self) -> None:
        """The sentence is said: read it."""
        self._ending.set()

    def close(self) -> Attempt | None:
        """Drop the sentence unless it is kept already; may block for two seconds.

        Returns:
            The attempt with the sentence, where it was kept.
        """
        self._dropping.set()
        with self._lock:
            transcriber = self._transcriber
        if transcriber is not None:
            transcriber.close()  # a decode that runs is not waited for
        if self._thread.is_alive():
            self._thread.join()
        return self._kept

    def _run(self) -> None:
        preparing = threading.Thread(target=self._prepared, name="sentence-prepare")
        try:
            with self._lock:
                if self._dropping.is_set():
                    return
                self._transcriber = self._booth.make_transcriber()
            preparing.start()
            sound, activity = self._record()
            if self._dropping.is_set():
                return
            self._observe(SentenceEnded())
            sentence = self._read(sound, activity)
            preparing.join()
            if self._dropping.is_set():
                return
            self._kept = self._keep(*sentence)
            self._observe(SentenceKept(self._kept))
        except VivavoceError as error:
            if not self._dropping.is_set():
                self._observe(SentenceFailed(error.message, error.hint))
        except Exception as error:  # noqa: BLE001 - the thread's edge: report, never end in silence
            # The error's text could quote the sentence.
            _log.error("the sentence stopped: %s", type(error).__name__)
            self._observe(SentenceFailed("That did not work: a fault in the program.", ""))
        finally:
            if preparing.is_alive():
                preparing.join()
            if self._transcriber is not None:
                self._transcriber.close()

    def _prepared(self) -> None:
        try:
            self._prepare()
        except Exception as error:  # noqa: BLE001 - the thread's edge; it is only done ahead
            _log.warning("nothing was prepared: %s", type(error).__name__)

    def _record(self) -> tuple[Samples, VoiceActivity]:
        """Return what was said until it ended, and what listened to it."""
        microphone = self._booth.make_microphone()
        blocks: list[Samples] = []
        try:
            microphone.open()
            microphone.set_turn(candidate=True)
            activity = self._booth.make_activity()
            listening = Listening(activity, 0, 0)
            end, metered = round(MOST_SECONDS * SAMPLE_RATE), 0
            unmetered: Samples = np.zeros(0, np.int16)
            position, told_to_end = 0, False
            while position < end and not self._dropping.is_set():
                if self._ending.is_set() and not told_to_end:
                    told_to_end = True
                    linger = LINGER_SECONDS if microphone.live else 0.0
                    end = min(end, position + round(linger * SAMPLE_RATE))
                    continue
                block = microphone.read(timeout=0.1)
                if block is None:
                    continue
                samples = np.concatenate([np.zeros(block.lost, np.int16), block.samples])
                samples = samples[: end - position]
                blocks.append(samples)
                position += len(samples)
                listening.feed(samples)
                unmetered = np.concatenate([unmetered, samples])
                while len(unmetered) >= METER_SAMPLES:
                    metered += METER_SAMPLES
                    begun = listening.voice_start is not None
                    self._observe(_level(unmetered[:METER_SAMPLES], metered, begun))
                    unmetered = unmetered[METER_SAMPLES:]
                said = listening.last_voice
                if said is not None and position / SAMPLE_RATE - said >= self._stop_seconds:
                    break
                if block.last:
                    break
        finally:
            microphone.close()
        return np.concatenate([np.zeros(0, np.int16), *blocks]), activity

    def _read(self, sound: Samples, activity: VoiceActivity) -> tuple[Samples, list[Word]]:
        """Return the sentence alone, with its words."""
        if not sound.any():
            raise BadInputError(
                "The microphone sent nothing.",
                "It is muted, unplugged or not allowed here. Check it, then press enter.",
            )
        assert self._transcriber is not None
        utterances, words = hear([Stretch(0, [sound])], activity, self._transcriber)
        if not words:
            raise BadInputError(
                "No words were heard.", "Press enter and say it once more, a little closer."
            )
        return _alone(sound, utterances, words)


def _level(tenth: Samples, metered: int, begun: bool) -> SentenceLevel:
    peak = float(np.abs(tenth.astype(np.float32)).max()) / 32768.0
    left = max(0.0, MOST_SECONDS - metered / SAMPLE_RATE)
    return SentenceLevel(left, dbfs(peak), peak >= CLIP_LEVEL, begun)


def _alone(
    sound: Samples, utterances: Sequence[Utterance], words: Sequence[Word]
) -> tuple[Samples, list[Word]]:
    """Cut the silence away on both sides; the last word ends where the voice does."""
    voices = [each.voiced for each in utterances]
    # The click of a key may pass for a voice, but nobody reads a word in it.
    worded = [
        voice
        for voice in voices
        if any(word.start < voice.end and voice.start < word.end for word in words)
    ]
    said = worded or voices
    begin = max(0.0, min(said[0].start, words[0].start) - LEAD_SECONDS)
    end = max(said[-1].end, words[-1].start + 0.05)
    first, last = round(begin * SAMPLE_RATE), round((end + TAIL_SECONDS) * SAMPLE_RATE)
    alone = sound[first:last]
    alone = np.pad(alone, (0, last - first - len(alone)))
    placed = [
        replace(word, start=max(0.0, word.start - begin), end=min(word.end, end) - begin)
        for word in words
    ]
    placed[-1] = replace(placed[-1], end=end - begin)
    return alone, placed
