"""The interviewer's voice: one sentence at a time, audible where it can be, shown where not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.domain.interview import Sentence
from vivavoce.engines.protocols import Loudspeaker, Playback, SpokenWord, Voice

_log = logging.getLogger(__name__)

READING_WORDS_PER_MINUTE = 200.0
"""How long a sentence that nobody can hear stays up before the round goes on: silent reading of
an unhurried adult. Chosen."""

MAX_FAILURES = 2
"""In a row, before no more sentence is tried: each may cost seconds. Chosen."""


@dataclass(frozen=True, slots=True)
class SayingBegan:
    """The sentence is being heard, or is up to be read."""

    sentence: Sentence
    audible: bool
    words: tuple[SpokenWord, ...]


@dataclass(frozen=True, slots=True)
class SayingEnded:
    """The sentence has been heard to its end or was hushed."""

    sentence: Sentence


class Interviewer:
    """Speaks on a thread of its own; `hush` silences it at once."""

    def __init__(
        self,
        voice: Voice | None,
        loudspeaker: Loudspeaker | None,
        hurried: bool,
        post: Callable[[SayingBegan | SayingEnded], None],
    ) -> None:
        """Prepare to speak.

        Args:
            voice: None shows the sentences instead.
            loudspeaker: None likewise.
            hurried: Nobody listens: a sentence is over at once.
            post: Called on the speaking thread.
        """
        self._voice, self._loudspeaker = voice, loudspeaker
        self._hurried, self._post = hurried, post
        self._playback: Playback | None = None
        self._failures = 0
        self._hushed = threading.Event()
        self._thread: threading.Thread | None = None

    def say(self, sentence: Sentence) -> None:
        """Begin a sentence; an earlier one is hushed."""
        self.hush()
        self._hushed = threading.Event()
        self._thread = threading.Thread(
            target=self._say, args=(sentence, self._hushed), name="interviewer", daemon=True
        )
        self._thread.start()

    def hush(self) -> None:
        """Silence what is being said, at once."""
        self._hushed.set()
        playback = self._playback
        if playback is not None:
            playback.stop()

    def heard_seconds(self) -> float:
        """Return how much of the sentence has been heard."""
        playback = self._playback
        return playback.position() if playback is not None else 0.0

    def close(self) -> None:
        """Hush and wait until the thread has ended."""
        self.hush()
        if self._thread is not None:
            self._thread.join(timeout=2.0)

    def _say(self, sentence: Sentence, hushed: threading.Event) -> None:
        try:
            self._speak(sentence, hushed)
            self._failures = 0
        except Exception as error:  # noqa: BLE001 - the thread's edge
            # A round without a voice is still a round: the sentence is read instead of heard.
            _log.warning("the interviewer cannot be heard: %s", error)
            self._failures += 1
            if self._failures == MAX_FAILURES:
                self._voice = self._loudspeaker = None
            self._show(sentence, hushed)
        finally:
            self._post(SayingEnded(sentence))

    def _speak(self, sentence: Sentence, hushed: threading.Event) -> None:
        if self._voice is None or self._loudspeaker is None:
            self._show(sentence, hushed)
            return
        rendered = self._voice.render(sentence.text)
        if hushed.is_set():
            return
        playback = self._playback = self._loudspeaker.play(rendered.wav)
        try:
            if hushed.is_set():
                return
            self._post(SayingBegan(sentence, True, rendered.words))
            while not hushed.is_set() and not playback.wait(timeout=0.05):
                pass
        finally:
            playback.stop()
            self._playback = None

    def _show(self, sentence: Sentence, hushed: threading.Event) -> None:
        self._post(SayingBegan(sentence, False, ()))
        words = len(sentence.text.split())
        if not self._hurried:
            hushed.wait(60.0 * words / READING_WORDS_PER_MINUTE)
