"""The interview as a state machine: what a key, a tick or a heard answer leads to.

Pure: `advance` takes a state and a stimulus and returns the next state and the effects that
somebody else carries out, so that a test can drive hours in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vivavoce.domain.commands import Command
from vivavoce.domain.timing import MARK_SECONDS, OVER_ENGINEERING_SECONDS
from vivavoce.domain.turns import TurnKind
from vivavoce.domain.wording import spoken_length

Phase = Literal["speaking", "thinking", "answering", "reading", "over"]
"""`speaking`: the interviewer does. `reading`: the last words are being decoded."""
Ending = Literal["done", "interrupted"]

BREATH_SECONDS = 0.7
"""A pause long enough to be spoken into. Chosen."""
MIN_ANSWER_SECONDS = 1.0
"""A key pressed sooner does not end an answer: it was meant for what came before. Chosen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round will hold."""

    prompt: str | None
    """Spoken first; None only times an answer: no interviewer, no thinking time, no probes."""
    think_seconds: float = 0.0
    """0 begins the answer right after the prompt."""
    limit_seconds: float = OVER_ENGINEERING_SECONDS
    """The monologue at which the interviewer cuts in."""
    mark_seconds: tuple[float, ...] = MARK_SECONDS
    """Warnings on the way there."""
    max_probes: int = 2
    """Follow-up questions at most."""
    silence_stop_seconds: float = 0.0
    """End the answer after this much silence; 0 never does."""
    interrupts: bool = False
    """The interviewer may cut in once, at a pause, where terms run on with no outcome."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something the interviewer says."""

    id: int
    """Counts from 1 within a round, over all its takes, so that a late report of an earlier
    sentence is ignored."""
    kind: TurnKind
    text: str


@dataclass(frozen=True, slots=True)
class Interview:
    """Where a round stands."""

    plan: Plan
    phase: Phase = "speaking"
    sentence: Sentence | None = None
    """The interviewer's latest; set from the first one on."""
    turn: TurnKind = "answer"
    """Which of the candidate's turns runs or comes next."""
    turn_began: float = 0.0
    """Seconds; when the phase `answering` or `thinking` began."""
    paused: bool = False
    sentences_said: int = 0
    """The latest sentence's id; goes on over all takes of a round."""
    source_ended: bool = False
    """A recorded answer ended while the interviewer cut in."""
    probes_asked: int = 0
    marks_passed: int = 0
    """In the running monologue."""
    limit_passed: bool = False
    """The interviewer cuts in once a round."""
    interruption: str = ""
    """What to say at the next pause."""
    interrupted: bool = False
    """It was said: once a round."""
    finishing: bool = False
    """No more probes: the candidate asked for the debrief, or the microphone is gone."""
    ending: Ending = "done"


# Stimuli ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The recording runs."""

    at: float


@dataclass(frozen=True, slots=True)
class SentenceOver:
    """The interviewer's sentence has ended."""

    at: float
    sentence_id: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A tenth of a second of recording went by."""

    at: float
    voice_start: float | None = None
    """When the candidate first spoke since the interviewer's last word; None if not yet."""
    last_voice: float | None = None
    """When the candidate last spoke; None if not yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """The candidate pressed a key."""

    at: float
    command: Command


@dataclass(frozen=True, slots=True)
class TermsRanOn:
    """Engineering terms have run for long with no outcome named."""

    term: str
    """The latest, as the candidate said it."""


@dataclass(frozen=True, slots=True)
class OutcomeNamed:
    """A goal or an effect was heard."""


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A recorded answer has ended."""

    at: float


@dataclass(frozen=True, slots=True)
class DeviceGone:
    """The microphone stopped delivering for good."""

    at: float


@dataclass(frozen=True, slots=True)
class TurnRead:
    """All words of the turn are known, and what they lack."""

    at: float
    probe: str | None
    """The question to ask next, or None when nothing is left to ask."""


Stimulus = (
    Started
    | SentenceOver
    | Tick
    | Told
    | TermsRanOn
    | OutcomeNamed
    | SourceEnded
    | DeviceGone
    | TurnRead
)

# Effects ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a sentence; report SentenceOver when it has been heard."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking at once."""


@dataclass(frozen=True, slots=True)
class Think:
    """Tell the candidate that thinking time runs."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Listen:
    """Transcribe from here on."""

    kind: TurnKind


@dataclass(frozen=True, slots=True)
class StopListening:
    """Keep recording, transcribe nothing."""


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """Decode what is left of the turn, read it and report TurnRead."""


@dataclass(frozen=True, slots=True)
class SetPause:
    """Stop or go on recording."""

    paused: bool


@dataclass(frozen=True, slots=True)
class TellMark:
    """The monologue passed a mark."""

    seconds: float


@dataclass(frozen=True, slots=True)
class TellLimit:
    """The monologue passed the limit."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Conclude:
    """Finish the attempt: score it, store it, show the debrief."""

    ending: Ending


@dataclass(frozen=True, slots=True)
class BeginAgain:
    """Keep this take and begin another one."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Keep the recording, score nothing."""


Effect = (
    Say
    | Hush
    | Think
    | Listen
    | StopListening
    | ReadTurn
    | SetPause
    | TellMark
    | TellLimit
    | Conclude
    | BeginAgain
    | Leave
)
Step = tuple[Interview, tuple[Effect, ...]]


def cut_in_sentence(limit_seconds: float) -> str:
    """Return what the interviewer says when the limit passes."""
    return (
        f"Let me stop you there: that was {spoken_length(limit_seconds)}. "
        "In one sentence, what changes, for whom, and by how much?"
    )


def interruption(term: str) -> str:
    """Return what the interviewer says into a pause where terms run on."""
    return f"Let me stop you at {term}: what does that move, and for whom?"


def advance(state: Interview, stimulus: Stimulus) -> Step:
    """Return the next state and what must be done now.

    Args:
        state: Where the round stands; over means that nothing follows.
        stimulus: What happened.
    """
    if state.phase == "over":
        return state, ()
    match stimulus:
        case Started(at):
            return _started(state, at)
        case SentenceOver(at, sentence_id):
            current = state.sentence is not None and state.sentence.id == sentence_id
            if state.phase != "speaking" or state.paused or not current:
                return state, ()
            return _sentence_over(state, at)
        case Tick():
            return _tick(state, stimulus)
        case Told(at, command):
            return _told(state, at, command)
        case TermsRanOn(term):
            first_turn = state.phase == "answering" and state.turn == "answer"
            if not (state.plan.interrupts and first_turn) or state.interrupted:
                return state, ()
            return replace(state, interruption=interruption(term)), ()
        case OutcomeNamed():
            return replace(state, interruption=""), ()
        case SourceEnded():
            if state.phase == "answering":
                return _end_turn(state)
            return replace(state, source_ended=_cutting_in(state)), ()
        case DeviceGone():
            return _device_gone(state)
        case TurnRead(probe=probe):
            return _turn_read(state, probe)


def _say(state: Interview, kind: TurnKind, text: str) -> Step:
    sentence = Sentence(state.sentences_said + 1, kind, text)
    speaking = replace(state, phase="speaking", sentence=sentence, sentences_said=sentence.id)
    return speaking, (Say(sentence),)


def _started(state: Interview, at: float) -> Step:
    if state.plan.prompt is None:
        return _listen(state, at)
    return _say(state, "prompt", state.plan.prompt)


def _sentence_over(state: Interview, at: float) -> Step:
    assert state.sentence is not None
    if state.sentence.kind == "prompt" and state.plan.think_seconds > 0:
        thinking = replace(state, phase="thinking", turn_began=at)
        return thinking, (Think(state.plan.think_seconds),)
    if state.sentence.kind == "probe":
        state = replace(state, turn="probe-answer")
    return _listen(state, at)


def _cutting_in(state: Interview) -> bool:
    """Whether the interviewer speaks into an answer, whose words are not all read yet."""
    said = state.sentence
    return state.phase == "speaking" and said is not None and said.kind == "cut-in"


def _listen(state: Interview, at: float) -> Step:
    if state.source_ended:
        return replace(state, phase="reading", source_ended=False), (ReadTurn(),)
    listening = replace(state, phase="answering", turn_began=at, marks_passed=0)
    return listening, (Listen(state.turn),)


def _end_turn(state: Interview) -> Step:
    return replace(state, phase="reading"), (StopListening(), ReadTurn())


def _tick(state: Interview, tick: Tick) -> Step:
    if state.paused:
        return state, ()
    if state.phase == "thinking":
        over = tick.at - state.turn_began >= state.plan.think_seconds
        return _listen(state, tick.at) if over else (state, ())
    if state.phase != "answering" or tick.voice_start is None or tick.last_voice is None:
        return state, ()
    monologue = tick.last_voice - tick.voice_start
    effects: tuple[Effect, ...] = ()
    marks = state.plan.mark_seconds
    while state.marks_passed < len(marks) and monologue >= marks[state.marks_passed]:
        effects += (TellMark(marks[state.marks_passed]),)
        state = replace(state, marks_passed=state.marks_passed + 1)
    if monologue > state.plan.limit_seconds and not state.limit_passed:
        state = replace(state, limit_passed=True)
        effects += (TellLimit(state.plan.limit_seconds),)
        if state.plan.prompt is not None:
            state, said = _say(state, "cut-in", cut_in_sentence(state.plan.limit_seconds))
            return state, (*effects, StopListening(), *said)
    if state.interruption and tick.at - tick.last_voice >= BREATH_SECONDS:
        text = state.interruption
        state, said = _say(replace(state, interruption="", interrupted=True), "cut-in", text)
        return state, (*effects, StopListening(), *said)
    wanted = state.plan.silence_stop_seconds
    if wanted > 0 and tick.at - tick.last_voice >= wanted:
        state, ended = _end_turn(state)
        effects += ended
    return state, effects


def _told(state: Interview, at: float, command: Command) -> Step:
    match command:
        case Command.NEXT:
            return _next(state, at)
        case Command.FINISH:
            return _finish(state, at)
        case Command.PAUSE:
            return _pause(state)
        case Command.MARK:
            return state, ()  # of the recording's, not of the interview's
        case Command.RESTART:
            return replace(state, phase="over"), (Hush(), BeginAgain())
        case Command.ABANDON:
            return replace(state, phase="over"), (Hush(), Leave())


def _next(state: Interview, at: float) -> Step:
    if state.paused:
        return _pause(state)
    if state.phase == "speaking":
        state, effects = _sentence_over(state, at)
        return state, (Hush(), *effects)
    if state.phase == "thinking":
        return _listen(state, at)
    if state.phase == "answering" and at - state.turn_began >= MIN_ANSWER_SECONDS:
        return _end_turn(state)
    return state, ()


def _finish(state: Interview, at: float) -> Step:
    probing = state.sentence is not None and state.sentence.kind == "probe"
    if state.phase == "speaking" and probing:
        return replace(state, phase="over"), (Hush(), Conclude(state.ending))
    if state.phase in ("answering", "reading"):
        return _next(replace(state, finishing=True), at)
    return state, ()


def _pause(state: Interview) -> Step:
    if state.phase == "reading":
        return state, ()
    paused = replace(state, paused=not state.paused)
    if state.phase != "speaking" or state.sentence is None:
        return paused, (SetPause(paused.paused),)
    if paused.paused:
        return paused, (Hush(), SetPause(True))
    again, said = _say(paused, state.sentence.kind, state.sentence.text)
    return again, (SetPause(False), *said)


def _device_gone(state: Interview) -> Step:
    state = replace(state, finishing=True, ending="interrupted", paused=False)
    if state.phase == "answering":
        return _end_turn(state)
    if state.phase == "reading":
        return state, ()
    if _cutting_in(state):
        return replace(state, phase="reading"), (Hush(), ReadTurn())
    return replace(state, phase="over"), (Hush(), Conclude("interrupted"))


def _turn_read(state: Interview, probe: str | None) -> Step:
    if state.phase != "reading":
        return state, ()
    if probe is None or state.finishing or state.probes_asked >= state.plan.max_probes:
        return replace(state, phase="over"), (Conclude(state.ending),)
    return _say(replace(state, probes_asked=state.probes_asked + 1), "probe", probe)
