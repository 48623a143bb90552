"""A whole round on a spoken answer, as fast as it is read; the interviewer may cut in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from vivavoce.bench.interrupts import CutInRun, Script, summed_up
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.events import (
    DebriefReady,
    InterviewerBegan,
    PassageUnread,
    RoundFailed,
    SessionEvent,
    SlotHeard,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.interview import Plan
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Block, Samples
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations
from vivavoce.scoring.reader import Reader
from vivavoce.session.relief import Model, RelievedTranscriber
from vivavoce.session.round import Round
from vivavoce.session.studio import Studio
from vivavoce.session.terms import PATIENCE_SECONDS
from vivavoce.store.attempt_store import AttemptStore

BLOCK_SAMPLES = 1_600
"""A tenth of a second, as a recorded answer is delivered."""
CLOSELY_FROM_SECONDS = PATIENCE_SECONDS - 5.0
"""From here on no sound goes on before the last words are read: before, nobody is cut in on."""
FAST_BACKLOG_SECONDS = 20.0
"""Before, and after a cut-in, the answer waits for the decoder beyond this."""
STUCK_SECONDS = 30.0
"""No wait for words is longer: a decode that runs away tells no words."""


def hold_round(
    script: Script, samples: Samples, case: Case, model: Path, reader: Reader, folder: Path
) -> CutInRun:
    """Let an answer be heard by an interviewer who may cut in, and tell what happened.

    Args:
        script: What is said.
        samples: The same, spoken.
        case: What was asked; its prompt takes no time.
        model: The Whisper model's folder.
        reader: Of answers; no other thread may use it.
        folder: Empty; the attempt is kept there.

    Raises:
        VivavoceError: The round failed.
    """
    watch = RoundWatch()
    microphone = ReadAlongMicrophone(samples, watch, lambda: session.backlog_seconds())
    studio = Studio(
        make_microphone=lambda: microphone,
        activity=SileroVoiceActivity(),
        voice=None,
        loudspeaker=None,
        transcriber=RelievedTranscriber(Model(model.name, model), None, threads=1),
        reader=reader,
        store=AttemptStore(Locations(folder, folder, folder, folder, folder)),
        fast=True,  # the capture waits for the runner after each block
        drafts=True,
        sample=True,
    )
    plan = Plan(case.prompt, limit_seconds=case.limit_seconds, max_probes=0, interrupts=True)
    session = Round(plan, case, case.variants[0], studio, watch.see)
    session.start()
    try:
        session.wait()
    finally:
        session.close()
    if watch.attempt is None:
        raise watch.error or VivavoceError("A round ended without a debrief.")
    return summed_up(script, len(samples) / SAMPLE_RATE, watch.attempt, watch.slots)


class ReadAlongMicrophone:
    """Plays an answer as fast as it is read (Protocol: Microphone).

    Fed fast, a round decides late: up to a minute of speech waits for the decoder, and the sound
    has gone on meanwhile. So from `CLOSELY_FROM_SECONDS` on, time stands still here until all that
    was closed is read, drafts included: as on a machine whose decoder takes no time.
    While the interviewer speaks the answer waits; then it goes on where it was.
    """

    live = False
    name = "read along"

    def __init__(self, samples: Samples, watch: RoundWatch, backlog: Callable[[], float]) -> None:
        self._blocks = np.split(samples, range(BLOCK_SAMPLES, len(samples), BLOCK_SAMPLES))
        self._watch, self._backlog = watch, backlog
        self._next = 0
        self._candidate = False
        self._held_since: float | None = None

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def set_turn(self, candidate: bool) -> None:
        """The answer goes on in the candidate's turn only."""
        self._candidate = candidate

    def read(self, timeout: float) -> Block | None:
        """Return the next block, once what was said before it is read."""
        if not self._candidate or self._next == len(self._blocks) or self._waits():
            time.sleep(min(timeout, 0.005))
            return None
        self._next += 1
        return Block(self._blocks[self._next - 1], last=self._next == len(self._blocks))

    def _waits(self) -> bool:
        closely = self._next * BLOCK_SAMPLES >= CLOSELY_FROM_SECONDS * SAMPLE_RATE
        if closely and not self._watch.cut_in:
            behind = self._watch.is_behind()
        else:
            behind = self._backlog() > FAST_BACKLOG_SECONDS
        now = time.monotonic()
        self._held_since = (self._held_since or now) if behind else None
        return self._held_since is not None and now - self._held_since < STUCK_SECONDS


class RoundWatch:
    """Notes what happens in one round; called on its runner's thread."""

    def __init__(self) -> None:
        self.attempt: Attempt | None = None
        self.error: VivavoceError | None = None
        self.slots: list[SlotHeard] = []
        self.cut_in = False
        self._unread: dict[int, float] = {}
        """Closed utterances whose words are not there yet, and where their voice ends."""
        self._read_until = 0.0
        self._lock = threading.Lock()

    def is_behind(self) -> bool:
        """Whether closed speech waits to be read; from any thread."""
        with self._lock:
            return any(end > self._read_until for end in self._unread.values())

    def see(self, event: SessionEvent) -> None:
        """Take up an event."""
        with self._lock:
            match event:
                case UtteranceClosed(utterance):
                    self._unread[utterance.id] = utterance.voiced.end
                case WordsDrafted(until=until):
                    self._read_until = max(self._read_until, until)
                case UtterancesHeard(ids):
                    for number in ids:
                        self._unread.pop(number, None)
                case PassageUnread(span):
                    self._read_until = max(self._read_until, span.end)
                case InterviewerBegan(kind="cut-in"):
                    self.cut_in = True
                case SlotHeard():
                    self.slots.append(event)
                case DebriefReady(attempt):
                    self.attempt = attempt
                case RoundFailed(message, hint):
                    self.error = VivavoceError(message, hint)
