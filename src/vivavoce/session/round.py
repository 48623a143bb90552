"""One running round: engines, the interview's state and its observers, wired together.

One thread, the runner, owns all state. Whatever happens elsewhere reaches it through one queue.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

from vivavoce.domain.case import Case, Variant
from vivavoce.domain.commands import Command
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    GapHeard,
    InterviewerBegan,
    InterviewerEnded,
    LimitPassed,
    MarkPassed,
    MicrophoneLost,
    MicrophoneSilent,
    PassageUnread,
    PauseChanged,
    RoundAbandoned,
    RoundBegan,
    RoundFailed,
    SessionEvent,
    SpeechBegan,
    ThinkingBegan,
    TranscriberLost,
    TranscriberRelieved,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.interview import (
    BeginAgain,
    Conclude,
    DeviceGone,
    Effect,
    Ending,
    Hush,
    Interview,
    Leave,
    Listen,
    OutcomeNamed,
    Plan,
    ReadTurn,
    Say,
    SentenceOver,
    SetPause,
    SourceEnded,
    Started,
    Stimulus,
    StopListening,
    TellLimit,
    TellMark,
    TermsRanOn,
    Think,
    Told,
    TurnRead,
    advance,
)
from vivavoce.domain.speech import Word
from vivavoce.domain.turns import Turn
from vivavoce.errors import AudioDeviceError, StorageError, VivavoceError
from vivavoce.session.asking import next_probe
from vivavoce.session.capture import (
    CaptureReport,
    Closed,
    DiskFailed,
    Metered,
    Paused,
    SourceFailed,
)
from vivavoce.session.debriefing import make_debrief
from vivavoce.session.decoding import Decoding
from vivavoce.session.interviewer import Interviewer, SayingBegan, SayingEnded
from vivavoce.session.messages import (
    Captured,
    Close,
    DecodingFailed,
    Drafted,
    Drained,
    Flush,
    Heard,
    Message,
    Relieved,
    Unread,
)
from vivavoce.session.metering import level_measured
from vivavoce.session.slots_heard import SlotsHeard
from vivavoce.session.studio import Studio
from vivavoce.session.take import Take, begin_take
from vivavoce.session.terms import term_that_ran_on

_log = logging.getLogger(__name__)

FAST_BACKLOG_SECONDS = 56.0
"""Fed faster than real time, capture waits for decoding beyond two full batches."""


class Round:
    """A round from the prompt to the debrief. The observer is called on the runner's thread."""

    def __init__(
        self,
        plan: Plan,
        case: Case | None,
        variant: Variant | None,
        studio: Studio,
        observe: Callable[[SessionEvent], None],
    ) -> None:
        """Prepare a round; nothing runs before `start`."""
        self._plan, self._case, self._variant = plan, case, variant
        self._studio, self._observe = studio, observe
        self._queue: queue.Queue[Message] = queue.Queue()
        self._interview = Interview(plan)
        self._asked: list[str] = []
        self._takes = 0
        self._deaf: VivavoceError | None = None
        """Why no more words come, once that is so."""
        self._restarting = False
        self._over = False
        self._take: Take | None = None
        self._slots = SlotsHeard(studio.reader)
        self._interviewer = Interviewer(
            studio.voice, studio.loudspeaker, studio.fast, self._queue.put
        )
        self._decoding: Decoding | None = None
        self._begun = False
        # Not the thread's join: a Ctrl-C within it marks a running thread as ended.
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="round")

    def start(self) -> None:
        """Open the microphone and begin; a failure arrives as RoundFailed."""
        self._begun = True
        self._thread.start()

    def send(self, command: Command) -> None:
        """Pass on what the candidate wants; from any thread."""
        self._queue.put(command)

    def heard_seconds(self) -> float:
        """Return how much of the interviewer's sentence has been heard."""
        return self._interviewer.heard_seconds()

    def backlog_seconds(self) -> float:
        """Return how much closed speech is not yet read."""
        return self._decoding.backlog_seconds if self._decoding else 0.0

    def wait(self) -> None:
        """Return once the round is over."""
        self._ended.wait()

    def close(self) -> None:
        """End the round wherever it is; an answer that was begun can be recovered."""
        if self._begun:
            self._queue.put(Close())
            self._ended.wait()
        else:
            self._studio.transcriber.close()
            self._studio.store.close()

    # -- the runner ------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._decoding = Decoding(
                self._studio.transcriber,
                heard=lambda ids, words: self._queue.put(Heard(ids, words)),
                drained=lambda: self._queue.put(Drained()),
                failed=lambda error: self._queue.put(DecodingFailed(error)),
                unread=lambda utterance: self._queue.put(Unread(utterance)),
                drafted=self._pass_on_draft if self._studio.drafts else None,
                # Fed fast, speech waits on purpose.
                relieve=None if self._studio.fast else self._relieve,
            )
            self._begin_take()
            while not self._over:
                message = self._queue.get()
                self._handle(message)
                self._queue.task_done()
        except VivavoceError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001 - the thread's edge: report, never hang
            _log.error("the round stopped: %s", type(error).__name__, exc_info=error)
            self._fail(VivavoceError("The round stopped because of a fault in the program."))
        finally:
            self._clear_away()

    def _pass_on_draft(self, ids: tuple[int, ...], words: tuple[Word, ...], until: float) -> None:
        self._queue.put(Drafted(ids, words, until))

    def _relieve(self) -> None:
        if model := self._studio.transcriber.relieve():
            self._queue.put(Relieved(model))

    def _clear_away(self) -> None:
        """End the threads in the order in which they feed each other."""
        self._over = True
        try:
            self._interviewer.close()
            if self._take is not None:
                self._take.capture.close()
            # The process first: a decode cannot be interrupted, only ended.
            self._studio.transcriber.close()
            if self._decoding is not None:
                self._decoding.close()
            self._studio.store.close()
        finally:
            self._ended.set()

    def _begin_take(self) -> None:
        said = self._interview.sentences_said
        self._interview = Interview(self._plan, sentences_said=said)
        self._asked.clear()
        self._takes += 1
        number = self._takes
        self._take = begin_take(
            self._studio,
            self._case,
            self._variant.id if self._variant else "",
            lambda report: self._queue.put(Captured(number, report)),
            self._settle if self._studio.fast else None,
        )
        self._slots = SlotsHeard(self._studio.reader)
        self._observe(RoundBegan(self._take.id))
        self._step(Started(self._take.capture.at))

    def _settle(self) -> bool:
        """Wait a moment for the runner and the decoder; return whether both have kept up."""
        with self._queue.all_tasks_done:
            idle = self._queue.all_tasks_done.wait_for(
                lambda: not self._queue.unfinished_tasks, timeout=0.05
            )
        if idle and self.backlog_seconds() > FAST_BACKLOG_SECONDS:
            time.sleep(0.02)
            return False
        return idle

    def _handle(self, message: Message) -> None:
        assert self._take is not None
        assert self._decoding is not None
        take, at = self._take, self._take.capture.at
        match message:
            case Captured(number, report):
                if number == self._takes:
                    self._handle_report(report, take, self._decoding)
            case Unread(utterance):
                self._observe(PassageUnread(utterance.span))
            case Drafted(ids, words, until):
                self._observe(WordsDrafted(ids, words, until))
                self._tell(self._slots.overhear(words))
                self._follow_terms(words)
            case Heard(ids, words):
                take.add_words(words)
                self._observe(UtterancesHeard(ids, words))
                self._tell(self._slots.hear(words))
                self._follow_terms(())
            case Relieved(model):
                self._observe(TranscriberRelieved(model))
            case Flush():
                if self._deaf is not None:
                    raise self._deaf
                self._decoding.flush()
            case Drained():
                self._read()
            case Command.MARK:
                self._observe(take.mark())
            case Command():
                self._step(Told(at, message))
            case SayingBegan():
                self._saying_began(message, at)
            case SayingEnded(sentence):
                self._step(SentenceOver(at, sentence.id))
            case DecodingFailed(error):
                self._lose_transcriber(error)
            case Close():
                self._stop_here()

    def _tell(self, events: Sequence[SessionEvent]) -> None:
        for event in events:
            self._observe(event)

    def _follow_terms(self, drafted: Sequence[Word]) -> None:
        if not self._plan.interrupts or self._interview.interrupted:
            return
        if self._slots.outcome_named:
            self._step(OutcomeNamed())
        elif term := term_that_ran_on(self._slots.words_with(drafted)):
            self._step(TermsRanOn(term))

    def _handle_report(self, report: CaptureReport, take: Take, decoding: Decoding) -> None:
        match report:
            case Metered():
                self._step(report.tick)
                think_seconds = self._plan.think_seconds
                self._observe(level_measured(report, self._interview, think_seconds))
            case Closed(piece):
                take.add_utterance(piece.utterance)
                self._observe(UtteranceClosed(piece.utterance))
                if self._deaf is None:
                    decoding.submit(piece)
            case Paused(piece):
                if self._deaf is None:
                    decoding.anticipate(piece)
            case SourceEnded():
                self._step(report)
            case MicrophoneLost():
                self._observe(report)
                self._step(DeviceGone(take.capture.at))
            case SpeechBegan() | GapHeard() | MicrophoneSilent():
                self._observe(report)
            case DiskFailed(error) | SourceFailed(error):
                raise error

    def _lose_transcriber(self, error: VivavoceError) -> None:
        """Go on recording while the candidate speaks: the words can be read later."""
        if self._restarting or self._interview.phase == "reading":
            raise error
        self._deaf = error
        self._observe(TranscriberLost(error.message))

    def _saying_began(self, began: SayingBegan, at: float) -> None:
        if self._interview.sentence != began.sentence or self._interview.phase != "speaking":
            return  # it was hushed before it could be heard
        words = tuple((word.start_char, word.end_char, word.start) for word in began.words)
        sentence = began.sentence
        self._observe(InterviewerBegan(at, sentence.kind, sentence.text, began.audible, words))

    def _step(self, stimulus: Stimulus) -> None:
        # A timed answer has no sentence, so none ends.
        was_speaking = self._interview.phase == "speaking" and self._interview.sentence is not None
        self._interview, effects = advance(self._interview, stimulus)
        assert self._take is not None
        if was_speaking and self._interview.phase != "speaking":
            self._take.end_turn(self._take.capture.at)
            self._observe(InterviewerEnded(self._take.capture.at))
        for effect in effects:
            self._perform(effect, self._take)

    def _perform(self, effect: Effect, take: Take) -> None:
        at = take.capture.at
        match effect:
            case Say(sentence):
                take.begin_turn(sentence.kind, at, sentence.text)
                if sentence.kind == "probe" and sentence.text not in self._asked:
                    self._asked.append(sentence.text)
                self._interviewer.say(sentence)
            case Hush():
                self._interviewer.hush()
            case Think(seconds):
                self._observe(ThinkingBegan(at, seconds))
            case Listen(kind):
                began = take.capture.listen(after_sound=self._studio.voice is not None)
                take.begin_turn(kind, began)
                self._observe(AnswerBegan(began, kind))
            case StopListening():
                take.end_turn(take.capture.stop_listening())
            case ReadTurn():
                self._observe(AnswerEnded(take.capture.at))
                self._queue.put(Flush())
            case SetPause(paused):
                take.capture.set_paused(paused)
                self._observe(PauseChanged(at, paused))
            case TellMark(seconds):
                self._observe(MarkPassed(at, seconds))
            case TellLimit(seconds):
                self._observe(LimitPassed(at, seconds))
            case Conclude(ending):
                self._conclude(ending)
            case BeginAgain():
                take.end_turn(take.capture.stop_listening())
                self._restarting = True
                self._queue.put(Flush())
            case Leave():
                self._leave()

    def _read(self) -> None:
        """All words are here: go on with what was waiting for them."""
        assert self._take is not None
        if self._restarting:
            self._restarting = False
            self._keep_take()
            assert self._decoding is not None
            self._decoding.forget()
            self._begin_take()
            return
        probe: str | None = None
        wanted = not self._interview.finishing and len(self._asked) < self._plan.max_probes
        if self._variant is not None and wanted:
            probe = next_probe(self._variant, self._take.turns(), self._asked, self._studio.reader)
        self._step(TurnRead(self._take.capture.at, probe))

    def _keep_take(self) -> None:
        """Finish a take that was begun again: with its debrief if anything was said."""
        assert self._take is not None
        turns = self._take.turns()
        said = any(turn.words for turn in turns)
        debrief = self._debrief(turns) if said else None
        self._take.finish("restarted", debrief, self._studio.transcriber.names)

    def _conclude(self, ending: Ending) -> None:
        assert self._take is not None
        turns = self._take.turns()
        if ending == "interrupted" and not any(turn.by_candidate for turn in turns):
            self._take.finish("abandoned", None)
            raise AudioDeviceError(
                "The microphone stopped before you could answer.",
                "Plug it in again and start over; vivavoce doctor tells what is wrong.",
            )
        kept = self._take.finish(ending, self._debrief(turns), self._studio.transcriber.names)
        self._over = True
        self._observe(DebriefReady(kept))

    def _debrief(self, turns: Sequence[Turn]) -> Debrief:
        assert self._take is not None
        return make_debrief(
            turns, self._studio.reader, self._plan.limit_seconds, self._take.capture.sound
        )

    def _leave(self) -> None:
        assert self._take is not None
        self._take.finish("abandoned", None)
        self._over = True
        self._observe(RoundAbandoned(self._take.id))

    def _stop_here(self) -> None:
        """The program ends: what was answered stays unfinished, so that it can be recovered."""
        assert self._take is not None
        if any(turn.by_candidate for turn in self._take.turns()):
            self._over = True
        else:
            self._leave()

    def _fail(self, error: VivavoceError) -> None:
        """Tell why the round ended; the attempt stays on disk, unfinished, to be recovered."""
        hint = error.hint
        if self._take is not None and not isinstance(error, (AudioDeviceError, StorageError)):
            hint = f"{hint} Your recording is kept: vivavoce attempts recover".strip()
        self._observe(RoundFailed(error.message, hint, error.exit_code))
