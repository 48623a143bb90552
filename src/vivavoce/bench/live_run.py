"""One answer through a real round, fed like a microphone, with a stopwatch at each event."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil

from vivavoce.bench.speech_folder import Joined
from vivavoce.domain.commands import Command
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    RoundFailed,
    SessionEvent,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.interview import Plan
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.engines.protocols import Block, Samples
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations, find_locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.session.listening import Listening
from vivavoce.session.relief import Model, RelievedTranscriber
from vivavoce.session.round import Round
from vivavoce.session.studio import Studio
from vivavoce.store.attempt_store import AttemptStore

if TYPE_CHECKING:
    from vivavoce.bench.on_screen import Screening

BLOCK_SAMPLES = 320
"""20 ms, as a sound card delivers."""
SETTLED_SECONDS, SETTLING_SECONDS = 8.0, 5.0
"""Real time begins when less than this waits to be read, or after so many seconds: what waits may
be too little for a batch."""
FAST_BACKLOG_SECONDS = 20.0
"""Fed fast, the answer waits for the decoder beyond this; close to what real time leaves open."""
ENDLESS_SECONDS = 24 * 3600.0


@dataclass(slots=True)
class LiveRun:
    """What one answer showed. Times in seconds, on the wall clock unless said otherwise."""

    seconds: float
    """Length of the answer."""
    stop_to_final: float = 0.0
    """From the key to the last word of the transcript; 0 when all stood there already."""
    stop_to_debrief: float = 0.0
    """From the key to the event that opens the debrief."""
    stop_to_screen: float | None = None
    """From the key to the debrief's first frame; None without screens, or with nothing heard."""
    words: list[Word] = field(default_factory=list)
    """Times on the answer's clock."""
    voiced: list[Span] = field(default_factory=list)
    """Where speech was detected, on the answer's clock."""
    draft_delays: list[float] = field(default_factory=list)
    """From an utterance's end, as the endpointer closed it, until the screen is told its words;
    real time only."""
    cpu_share: float | None = None
    """Processor time over real time while it was fed in real time: program and transcriber."""
    rss_growth_mb: float = 0.0
    """Memory at the end above that after the first decode: program and transcriber."""
    transcriber_mb: float = 0.0
    """Memory of the transcriber at the end."""
    transcriber_cpu_s: float = 0.0
    """Processor seconds of the transcriber, loading left out."""


class PacedMicrophone:
    """Plays an answer as a device would (Protocol: Microphone): fast at first, then in real time,
    then silence; tells when the key is to be pressed."""

    live = True
    name = "bench"

    def __init__(
        self,
        samples: Samples,
        real_time_from: int,
        stop_at: int,
        backlog: Callable[[], float],
        press: Callable[[], None],
        in_real_time: Callable[[], None],
    ) -> None:
        noise = np.random.default_rng(0).integers(-3, 4, 10 * SAMPLE_RATE).astype(np.int16)
        self._samples = np.concatenate([samples, noise])
        self._real_time_from, self._stop_at = real_time_from, stop_at
        self._backlog, self._press, self._in_real_time = backlog, press, in_real_time
        self._position = 0
        self._candidate = False
        self._due = 0.0
        self._settled_by = 0.0
        self._pressed = False

    def open(self) -> None:
        """Nothing to open."""

    def set_turn(self, candidate: bool) -> None:
        """The answer begins with the candidate's turn."""
        self._candidate = candidate

    def close(self) -> None:
        """Nothing to close."""

    def read(self, timeout: float) -> Block | None:
        """Return the next block when it is due."""
        fast = self._candidate and self._position < self._real_time_from
        if fast:
            self._due = 0.0
            if self._backlog() > FAST_BACKLOG_SECONDS:
                time.sleep(0.005)
                return None
        else:
            if self._catches_up():
                time.sleep(0.005)
                return None
            if not self._due:
                self._due = time.monotonic()
                if self._candidate:
                    self._in_real_time()
            self._due += BLOCK_SAMPLES / SAMPLE_RATE
            time.sleep(max(0.0, self._due - time.monotonic()))
        if not self._candidate and not self._pressed:
            self._due = 0.0
            return Block(np.ones(BLOCK_SAMPLES, np.int16))
        block = self._samples[self._position : self._position + BLOCK_SAMPLES]
        self._position += len(block)
        if self._position >= self._stop_at and not self._pressed:
            self._pressed = True
            self._press()
        return Block(block)

    def _catches_up(self) -> bool:
        """Whether older speech is still being read: none of what real time is measured on."""
        if self._due or self._pressed or not self._candidate:
            return False
        now = time.monotonic()
        self._settled_by = self._settled_by or now + SETTLING_SECONDS
        return now < self._settled_by and self._backlog() >= SETTLED_SECONDS


def run_live(
    joined: Joined,
    model: Path,
    folder: Path,
    stop_after: float = 0.3,
    real_time_seconds: float = 0.0,
    drafts: bool = True,
    screening: Screening | None = None,
) -> LiveRun:
    """Hold one round on an answer and measure it.

    Args:
        joined: The answer; what is silent at its end is cut off.
        model: The Whisper model's folder.
        folder: Empty; the attempt is kept there.
        stop_after: Seconds between the end of the last word and the key.
        real_time_seconds: How much before the key is fed in real time; what is before goes as
            fast as it is decoded.
        drafts: Whether words are read early.
        screening: Holds the round on the screens; without it, it is held without a case.

    Raises:
        VivavoceError: The round failed.
    """
    end = voice_end(joined)
    stop_at = int((end + stop_after) * SAMPLE_RATE)
    run = LiveRun(end)
    transcriber = RelievedTranscriber(Model(model.name, model), None, threads=2 if drafts else 1)
    transcriber.wait_until_loaded()
    watch = _Watch(run, transcriber.pid, lambda: time.monotonic())

    def end_answer() -> None:
        session.send(Command.FINISH)

    locations = Locations(folder, folder, folder, folder, folder)
    microphone = PacedMicrophone(
        joined.samples[: int(end * SAMPLE_RATE)],
        max(0, stop_at - int(real_time_seconds * SAMPLE_RATE)) if real_time_seconds else stop_at,
        stop_at,
        lambda: session.backlog_seconds(),
        lambda: watch.press(screening.press if screening else end_answer),
        watch.real_time_begins,
    )
    studio = Studio(
        make_microphone=lambda: microphone,
        activity=SileroVoiceActivity(),
        reader=open_reader(find_locations()),
        voice=None,
        loudspeaker=None,
        transcriber=transcriber,
        store=AttemptStore(locations),
        fast=False,
        drafts=drafts,
        sample=True,
    )
    plan = Plan(None, limit_seconds=ENDLESS_SECONDS, mark_seconds=(), max_probes=0)
    case = screening.case if screening else None
    session = Round(plan, case, case.variants[0] if case else None, studio, watch.see)
    try:
        if screening is None:
            session.start()
            session.wait()
        else:
            screening.hold(session, watch.tell_also, locations)
            run.stop_to_screen = watch.since_pressed(screening.drawn_at)
    finally:
        session.close()
    if watch.error is not None:
        raise watch.error
    return run


def voice_end(joined: Joined) -> float:
    """Return where the last word of an answer ends, as the voice detector sees it, in seconds."""
    begin = int(joined.passages[-1].span.start * SAMPLE_RATE)
    listening = Listening(SileroVoiceActivity(), begin, 0)
    listening.feed(joined.samples[begin:])
    return listening.last_voice or joined.passages[-1].span.end


class _Watch:
    """Notes when things happen; called on the round's threads, read after they ended."""

    def __init__(self, run: LiveRun, transcriber: int, now: Callable[[], float]) -> None:
        self.error: VivavoceError | None = None
        self._run, self._now = run, now
        self._processes = [psutil.Process(), psutil.Process(transcriber)]
        self._loading = self._transcriber_cpu()
        self._began = 0.0
        self._pressed = 0.0
        self._closed: dict[int, tuple[float, float]] = {}
        """Utterances not shown to their end yet: when they closed, and where that end is."""
        self._shown_until = 0.0
        self._real_time: tuple[float, float] | None = None
        self._first_rss = 0
        self._also: Callable[[SessionEvent], None] = lambda _: None

    def tell_also(self, observe: Callable[[SessionEvent], None]) -> None:
        """Pass the events on from now on, once their time is noted."""
        self._also = observe

    def since_pressed(self, at: float | None) -> float | None:
        return None if at is None else at - self._pressed

    def press(self, send: Callable[[], None]) -> None:
        self._pressed = self._now()
        if self._real_time is not None:
            wall, cpu = self._real_time
            elapsed = self._pressed - wall
            self._run.cpu_share = (self._cpu() - cpu) / elapsed if elapsed else None
        send()

    def real_time_begins(self) -> None:
        if self._real_time is None:
            self._real_time = self._now(), self._cpu()

    def see(self, event: SessionEvent) -> None:
        self._note(event)
        self._also(event)

    def _note(self, event: SessionEvent) -> None:
        now = self._now()
        match event:
            case AnswerBegan(at=at):
                self._began = at
            case UtteranceClosed(utterance):
                voiced = utterance.voiced
                self._run.voiced.append(Span(voiced.start - self._began, voiced.end - self._began))
                if self._real_time is not None and not self._pressed:
                    self._closed[utterance.id] = now, voiced.end
                    self._shown_by(now)
            case WordsDrafted(until=until):
                self._shown_until = until
                self._shown_by(now)
            case UtterancesHeard(ids):
                for number in ids:
                    if number in self._closed:
                        self._run.draft_delays.append(now - self._closed.pop(number)[0])
                self._final(event, now)
            case AnswerEnded():
                self._run.transcriber_mb = self._processes[1].memory_info().rss / 1e6
                self._run.rss_growth_mb = (self._rss() - self._first_rss) / 1e6
            case DebriefReady():
                self._run.stop_to_debrief = now - self._pressed
            case RoundFailed(message, hint):
                self.error = VivavoceError(message, hint)

    def _shown_by(self, now: float) -> None:
        """Note the delay of every closed utterance whose voice is shown to its end."""
        for number, (closed, end) in list(self._closed.items()):
            if end <= self._shown_until:
                del self._closed[number]
                self._run.draft_delays.append(max(0.0, now - closed))

    def _final(self, event: UtterancesHeard, now: float) -> None:
        self._run.transcriber_cpu_s = self._transcriber_cpu() - self._loading
        if not self._first_rss:
            self._first_rss = self._rss()
        if self._pressed:
            self._run.stop_to_final = now - self._pressed
        self._run.words += [
            Word(w.text, w.start - self._began, w.end - self._began, w.probability)
            for w in event.words
        ]

    def _transcriber_cpu(self) -> float:
        spent = self._processes[1].cpu_times()
        return float(spent.user + spent.system)

    def _cpu(self) -> float:
        times = [process.cpu_times() for process in self._processes]
        return float(sum(spent.user + spent.system for spent in times))

    def _rss(self) -> int:
        return int(sum(process.memory_info().rss for process in self._processes))
