"""Whole rounds: real Whisper, real speech, real SQLite; only devices and keys are scripted."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from tests.session.scripted import ScriptedMicrophone, tone
from tests.speaking import samples_of, save, spoken
from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.commands import Command
from vivavoce.domain.debrief import CRITERIA
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    InterviewerBegan,
    InterviewerEnded,
    LevelMeasured,
    LimitPassed,
    MarkPassed,
    MicrophoneLost,
    MicrophoneSilent,
    PauseChanged,
    RoundAbandoned,
    RoundBegan,
    RoundFailed,
    SessionEvent,
    SlotHeard,
    SpeechBegan,
    ThinkingBegan,
)
from vivavoce.domain.interview import Plan
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.microphone_files import FileMicrophone
from vivavoce.engines.protocols import Microphone, Samples
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.locations import Locations, find_locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.session.recovery import recover_attempt
from vivavoce.session.relief import Model, RelievedTranscriber
from vivavoce.session.round import Round
from vivavoce.session.studio import Studio
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.case_library import load_library
from vivavoce.store.recording import read_recording
from vivavoce.weights.files import model_folder

GOOD = (
    "Listeners leave their mix because by week three almost forty percent of it are repeats. "
    "I would push down any song they heard in the last seven days, for five percent of listeners, "
    "for two weeks. I expect openers in week four to go from four hundred to four hundred forty "
    "thousand, and that rests on last year's test."
)
VAGUE = "I would use a better algorithm and make the experience more personal for everybody."

Event = TypeVar("Event")


@dataclass
class Stage:
    """A home of its own, and rounds in it."""

    locations: Locations
    case: Case
    events: list[SessionEvent] = field(default_factory=list)
    _queue: queue.SimpleQueue[SessionEvent] = field(default_factory=queue.SimpleQueue)
    rounds: list[Round] = field(default_factory=list)

    def open(
        self,
        make_microphone: Callable[[], Microphone],
        fast: bool,
        plan: Plan | None = None,
        case: Case | None = None,
    ) -> Round:
        case = self.case if plan is None or plan.prompt is not None else None
        plan = plan or Plan(self.case.prompt, max_probes=0)
        studio = Studio(
            make_microphone=make_microphone,
            activity=SileroVoiceActivity(),
            reader=open_reader(find_locations()),
            voice=None,
            loudspeaker=None,
            transcriber=RelievedTranscriber(
                Model("base", model_folder("base", find_locations())), None
            ),
            store=AttemptStore(self.locations),
            fast=fast,
            drafts=not fast,
            sample=False,
        )
        variant = case.variants[0] if case else None
        session = Round(plan, case, variant, studio, self._observe)
        self.rounds.append(session)
        session.start()
        return session

    def answer(self, *answers: Path, plan: Plan | None = None) -> Attempt:
        """Feed recorded answers fast and return the finished attempt."""
        session = self.open(lambda: FileMicrophone(answers, fast=True), True, plan)
        session.wait()
        return self.wait_for(DebriefReady).attempt

    def wait_for(self, kind: type[Event]) -> Event:
        """Return the next event of a kind; an unexpected failure of the round fails the test."""
        while True:
            event = self._queue.get(timeout=60)
            if isinstance(event, kind):
                return event
            assert not isinstance(event, RoundFailed), event

    def _observe(self, event: SessionEvent) -> None:
        self.events.append(event)
        self._queue.put(event)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    locations = find_locations({"VIVAVOCE_HOME": str(tmp_path)})
    stage = Stage(locations, load_library(locations).find("daily-mix-churn"))
    yield stage
    for session in stage.rounds:
        session.close()


def silent(seconds: float) -> Samples:
    return tone(seconds, 1)


def test_the_debrief_quotes_what_was_said_and_says_when(stage: Stage) -> None:
    attempt = stage.answer(spoken(GOOD))
    assert attempt.state == "done"
    assert attempt.debrief is not None
    reading = attempt.debrief.first
    lift = reading.lift.evidence[0]
    assert reading.lift.level == 2
    assert "440" in lift.quote or "four hundred" in lift.quote
    assert lift.start is not None
    assert lift.end is not None
    assert 8.0 < lift.start < lift.end < attempt.duration_s
    assert reading.text[lift.start_char : lift.end_char] == lift.quote


@pytest.mark.parametrize(
    ("figure", "heard"), [("fifteen percent", ("15%", "15 percent")), ("thirty percent", ("30%",))]
)
def test_other_words_in_the_audio_are_other_words_in_the_debrief(
    stage: Stage, figure: str, heard: tuple[str, ...]
) -> None:
    answer = (
        f"People skip the repeats. We cap them for two weeks, and skips should drop by {figure}."
    )
    attempt = stage.answer(spoken(answer))
    assert attempt.debrief is not None
    quote = attempt.debrief.first.lift.evidence[0].quote
    assert any(words in quote for words in heard), quote


def test_a_probe_asks_for_what_was_missing_and_its_answer_counts_beside_the_first(
    stage: Stage,
) -> None:
    more = "I expect skips to fall from forty to thirty percent: fifty thousand more listeners."
    plan = Plan(stage.case.prompt, max_probes=1)
    attempt = stage.answer(spoken(VAGUE), spoken(more), plan=plan)
    assert [turn.kind for turn in attempt.turns] == ["prompt", "answer", "probe", "probe-answer"]
    assert attempt.debrief is not None
    assert attempt.debrief.first.lift.level == 0
    assert attempt.debrief.with_probes is not None
    assert attempt.debrief.with_probes.lift.level == 2


def test_each_slot_is_told_as_it_is_heard_with_its_words_and_time(stage: Stage) -> None:
    attempt = stage.answer(spoken(GOOD))
    told = [event for event in stage.events if isinstance(event, SlotHeard)]
    assert attempt.debrief is not None
    for criterion in CRITERIA:
        levels = [event.level for event in told if event.criterion == criterion]
        assert levels == sorted(set(levels))
        assert levels or not attempt.debrief.first.judgement(criterion).level
    lift = next(event for event in told if event.criterion == "lift")
    assert lift.evidence.quote in attempt.debrief.first.text
    assert lift.evidence.start is not None
    assert lift.evidence.start > 8.0


def test_terms_without_an_outcome_are_cut_in_on_when_that_was_asked_for(stage: Stage) -> None:
    lecture = (
        "I would train a two tower model with sampled softmax and embeddings of dimension one "
        "hundred. The transformer has eight heads and six layers. We tune the learning rate, the "
        "batch size and the temperature. Then we add a cross encoder and distill it. "
    )
    plan = Plan(stage.case.prompt, max_probes=0, interrupts=True)
    sound = np.tile(np.concatenate([samples_of(spoken(lecture)), silent(1.2)]), 14)
    attempt = stage.answer(save(stage.locations.data.parent / "lecture.wav", sound), plan=plan)
    assert [turn.kind for turn in attempt.turns] == ["prompt", "answer", "cut-in", "answer"]
    cut_in = attempt.turns[2]
    assert cut_in.text.startswith("Let me stop you at ")
    assert cut_in.span.start > 90.0


def test_times_are_those_of_the_recording(stage: Stage) -> None:
    sentence = samples_of(spoken("Half of our new listeners leave in week two."))
    sound = np.concatenate([silent(3.0), sentence, silent(2.5), sentence, silent(1.0)])
    attempt = stage.answer(save(stage.locations.data.parent / "answer.wav", sound))
    assert attempt.debrief is not None
    timing = attempt.debrief.timing
    assert timing is not None
    length = len(sentence) / SAMPLE_RATE
    assert timing.first_word_s == pytest.approx(3.0, abs=0.35)
    assert timing.speaking_s == pytest.approx(2 * length, abs=0.8)
    assert timing.answer_s == pytest.approx(2 * length + 2.5, abs=0.7)
    (pause,) = timing.pauses
    assert pause.seconds == pytest.approx(2.5, abs=0.5)
    assert attempt.duration_s == pytest.approx(len(sound) / SAMPLE_RATE, abs=0.01)


def test_an_answer_without_speech_is_said_to_be_that(stage: Stage) -> None:
    noise = np.random.default_rng(1).integers(-300, 300, 20 * SAMPLE_RATE, dtype=np.int16)
    plan = Plan(stage.case.prompt, max_probes=1)
    attempt = stage.answer(save(stage.locations.data.parent / "noise.wav", noise), plan=plan)
    assert [turn.kind for turn in attempt.turns] == ["prompt", "answer"], "nothing to ask about"
    assert attempt.debrief is not None
    assert not attempt.debrief.heard
    assert attempt.debrief.sound
    assert attempt.debrief.first.problem.level == 0


def test_a_dead_microphone_is_told_apart_from_an_answer_without_speech(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(np.zeros(2 * SAMPLE_RATE, np.int16))
    stage.wait_for(MicrophoneSilent)
    session.send(Command.NEXT)
    debrief = stage.wait_for(DebriefReady).attempt.debrief
    assert debrief is not None
    assert not debrief.heard
    assert not debrief.sound


def test_the_limit_raises_the_flag_and_the_interviewer_cuts_in_while_the_recording_goes_on(
    stage: Stage,
) -> None:
    sentence = np.concatenate([samples_of(spoken(VAGUE)), silent(0.7)])
    answer = np.tile(sentence, 1 + 45 * SAMPLE_RATE // len(sentence))
    plan = Plan(stage.case.prompt, limit_seconds=30.0, mark_seconds=(10.0, 20.0), max_probes=0)
    attempt = stage.answer(save(stage.locations.data.parent / "long.wav", answer), plan=plan)
    assert [turn.kind for turn in attempt.turns] == ["prompt", "answer", "cut-in", "answer"]
    assert attempt.turns[2].text.startswith("Let me stop you there: that was 30 seconds.")
    assert attempt.turns[2].span.start == pytest.approx(30.0, abs=1.0)
    assert [e.seconds for e in stage.events if isinstance(e, MarkPassed)][:2] == [10.0, 20.0]
    assert [e.seconds for e in stage.events if isinstance(e, LimitPassed)] == [30.0]
    assert attempt.debrief is not None
    assert attempt.debrief.timing is not None
    assert attempt.debrief.timing.over_threshold_at == pytest.approx(30.2, abs=0.5)
    words = sum(len(turn.words) for turn in attempt.turns)
    assert words == pytest.approx(14 * len(answer) / len(sentence), rel=0.1)
    assert len(read_recording(AttemptStore(stage.locations).recording_path(attempt.id))) == len(
        answer
    )


def test_a_timer_has_no_case_and_still_measures(stage: Stage) -> None:
    attempt = stage.answer(spoken(VAGUE), plan=Plan(None))
    assert attempt.case is None
    assert attempt.debrief is not None
    assert attempt.debrief.timing is not None
    assert attempt.debrief.timing.wpm > 80
    assert not any(isinstance(e, (InterviewerBegan, InterviewerEnded)) for e in stage.events)


def live(stage: Stage, microphone: ScriptedMicrophone, plan: Plan | None = None) -> Round:
    """Begin a round on a scripted live device and go on to the answer."""
    session = stage.open(lambda: microphone, fast=False, plan=plan)
    stage.wait_for(InterviewerBegan)
    session.send(Command.NEXT)
    stage.wait_for(AnswerBegan)
    return session


def test_again_keeps_the_old_take_and_begins_a_new_one(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(np.concatenate([samples_of(spoken(VAGUE)), silent(1.0)]))
    stage.wait_for(SpeechBegan)
    while stage.wait_for(LevelMeasured).at < 5.0:
        pass
    session.send(Command.RESTART)
    second = stage.wait_for(RoundBegan).attempt_id
    store = AttemptStore(stage.locations)
    first = next(a for a in store.list() if a.id != second)
    assert first.state == "restarted"
    assert "algorithm" in store.get(first.id).turns[-1].text
    session.send(Command.ABANDON)
    assert stage.wait_for(RoundAbandoned).attempt_id == second
    assert store.get(second).state == "abandoned"


def test_a_round_that_ends_with_the_program_can_be_recovered(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(np.concatenate([samples_of(spoken(VAGUE)), silent(1.0)]))
    while stage.wait_for(LevelMeasured).at < 5.0:
        pass
    session.close()
    store = AttemptStore(stage.locations)
    (left,) = store.unfinished()
    weights = find_locations().models
    recovered = recover_attempt(left.id, store, Config(), replace(stage.locations, models=weights))
    assert recovered.state == "interrupted"
    assert "algorithm" in recovered.turns[-1].text


def test_a_round_that_ends_with_the_program_before_an_answer_leaves_nothing_to_do(
    stage: Stage,
) -> None:
    session = stage.open(ScriptedMicrophone, fast=False)
    stage.wait_for(InterviewerBegan)
    session.close()
    (left,) = AttemptStore(stage.locations).list()
    assert left.state == "abandoned"


def test_a_pause_is_not_recorded(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(silent(2.0))
    while stage.wait_for(LevelMeasured).at < 2.0:
        pass
    session.send(Command.PAUSE)
    assert stage.wait_for(PauseChanged).paused
    microphone.put(samples_of(spoken(VAGUE)))
    while not microphone.drained:
        pass
    session.send(Command.PAUSE)
    assert not stage.wait_for(PauseChanged).paused
    session.send(Command.NEXT)
    attempt = stage.wait_for(DebriefReady).attempt
    assert attempt.duration_s == pytest.approx(2.0, abs=0.3)
    assert attempt.debrief is not None
    assert not attempt.debrief.heard


def test_a_device_that_vanishes_mid_answer_keeps_what_was_said(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    live(stage, microphone)
    microphone.put(samples_of(spoken(VAGUE)))
    microphone.fail("The microphone is gone.")
    assert stage.wait_for(MicrophoneLost).message == "The microphone is gone."
    attempt = stage.wait_for(DebriefReady).attempt
    assert attempt.state == "interrupted"
    assert "algorithm" in attempt.turns[-1].text


def test_a_device_that_vanishes_before_the_answer_is_a_device_error(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    stage.open(lambda: microphone, fast=False)
    stage.wait_for(InterviewerBegan)
    microphone.fail("The microphone is gone.")
    failed = stage.wait_for(RoundFailed)
    assert failed.exit_code == 5


def test_silence_ends_the_answer_when_that_was_asked_for(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    live(stage, microphone, Plan(stage.case.prompt, silence_stop_seconds=3.0, max_probes=0))
    microphone.put(np.concatenate([samples_of(spoken(VAGUE)), silent(4.0)]))
    stage.wait_for(AnswerEnded)
    assert "algorithm" in stage.wait_for(DebriefReady).attempt.turns[-1].text


def test_thinking_aloud_is_recorded_and_not_transcribed(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    plan = Plan(stage.case.prompt, think_seconds=5.0, max_probes=0)
    session = stage.open(lambda: microphone, fast=False, plan=plan)
    stage.wait_for(InterviewerBegan)
    session.send(Command.NEXT)
    stage.wait_for(ThinkingBegan)
    thought = samples_of(spoken("Bananas are yellow and grow on trees."))
    microphone.put(np.concatenate([thought, silent(5.0 - len(thought) / SAMPLE_RATE)]))
    stage.wait_for(AnswerBegan)
    microphone.put(np.concatenate([samples_of(spoken(VAGUE)), silent(1.5)]))
    while stage.wait_for(LevelMeasured).silence_s < 0.8:
        pass
    session.send(Command.NEXT)
    attempt = stage.wait_for(DebriefReady).attempt
    assert "anana" not in " ".join(turn.text for turn in attempt.turns)
    assert "algorithm" in attempt.turns[-1].text
    assert attempt.duration_s > 5.0 + len(samples_of(spoken(VAGUE))) / SAMPLE_RATE
