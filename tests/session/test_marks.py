"""Marks that are dropped while a round is recorded: real rounds, scripted devices and keys."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace

import numpy as np

from tests.session.scripted import ScriptedMicrophone
from tests.session.test_round import VAGUE, Stage, live, silent, stage
from tests.speaking import samples_of, spoken
from vivavoce.config import Config
from vivavoce.domain.annotation import Annotation
from vivavoce.domain.commands import Command
from vivavoce.domain.events import (
    AnswerBegan,
    DebriefReady,
    InterviewerBegan,
    LevelMeasured,
    MomentMarked,
    PauseChanged,
    RoundBegan,
    ThinkingBegan,
)
from vivavoce.domain.interview import Plan
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.locations import find_locations
from vivavoce.session.recovery import recover_attempt
from vivavoce.session.round import Round
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

__all__ = ["stage"]


def mark(stage: Stage, session: Round) -> float:
    """Drop a mark and return when it was."""
    session.send(Command.MARK)
    marked = stage.wait_for(MomentMarked)
    assert marked.kept
    return marked.at


def until(stage: Stage, seconds: float) -> None:
    while stage.wait_for(LevelMeasured).at < seconds:
        pass


def times(annotations: tuple[Annotation, ...]) -> list[float]:
    assert all(each.kind == "mark" and not each.text for each in annotations)
    assert all(each.anchor.words is None and len(each.id) == 26 for each in annotations)
    return [each.anchor.span.start for each in annotations]


def test_a_mark_works_in_every_phase_and_moves_neither_the_clock_nor_the_sound(
    stage: Stage,
) -> None:
    microphone = ScriptedMicrophone()
    plan = Plan(stage.case.prompt, think_seconds=60.0, max_probes=0)
    session = stage.open(lambda: microphone, fast=False, plan=plan)
    stage.wait_for(InterviewerBegan)
    made = [mark(stage, session)]
    session.send(Command.NEXT)
    stage.wait_for(ThinkingBegan)
    made.append(mark(stage, session))
    session.send(Command.NEXT)
    stage.wait_for(AnswerBegan)
    sound = np.concatenate([silent(1.0), samples_of(spoken(VAGUE)), silent(1.0)])
    microphone.put(sound[: 3 * SAMPLE_RATE])
    until(stage, 2.95)  # all of it: what waits when the pause begins is not recorded
    made.append(mark(stage, session))
    session.send(Command.PAUSE)
    stage.wait_for(PauseChanged)
    made.append(mark(stage, session))
    session.send(Command.PAUSE)
    stage.wait_for(PauseChanged)
    microphone.put(sound[3 * SAMPLE_RATE :])
    until(stage, len(sound) / SAMPLE_RATE - 0.2)
    session.send(Command.NEXT)
    attempt = stage.wait_for(DebriefReady).attempt
    assert times(attempt.annotations) == made
    assert made == sorted(made)
    assert made[2] >= 2.8
    kept = read_recording(AttemptStore(stage.locations).recording_path(attempt.id))
    assert np.array_equal(kept, sound[: len(kept)])
    assert len(kept) >= len(sound) - SAMPLE_RATE // 5
    assert "algorithm" in attempt.turns[-1].text


def test_a_mark_outlives_a_round_that_ended_with_the_program(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    sound = np.concatenate([samples_of(spoken(VAGUE)), silent(1.0)])
    microphone.put(sound[: 2 * SAMPLE_RATE])
    until(stage, 1.8)
    at = mark(stage, session)
    store = AttemptStore(stage.locations)
    (running,) = store.list()
    assert times(store.get(running.id).annotations) == [at]  # on disk while the round still runs
    microphone.put(sound[2 * SAMPLE_RATE :])
    until(stage, 5.0)
    session.close()
    weights = replace(stage.locations, models=find_locations().models)
    assert times(recover_attempt(running.id, store, Config(), weights).annotations) == [at]


def test_each_take_keeps_its_own_marks_and_undo_takes_the_last_one_back(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(silent(0.5))
    until(stage, 0.4)
    early = mark(stage, session)
    microphone.put(silent(0.5))
    until(stage, 0.8)
    late = mark(stage, session)
    session.send(Command.RESTART)
    second = stage.wait_for(RoundBegan).attempt_id
    store = AttemptStore(stage.locations)
    first = next(each.id for each in store.list() if each.id != second)
    assert times(store.get(first).annotations) == [early, late]
    assert store.get(second).annotations == ()
    assert store.annotations.undo(first) == "mark"
    assert times(store.get(first).annotations) == [early]


def test_a_mark_that_cannot_be_written_is_told_and_the_round_goes_on(stage: Stage) -> None:
    microphone = ScriptedMicrophone()
    session = live(stage, microphone)
    microphone.put(silent(0.5))
    until(stage, 0.4)
    with contextlib.closing(sqlite3.connect(stage.locations.database)) as other:
        other.execute("BEGIN IMMEDIATE")  # as a program would that keeps the database busy
        session.send(Command.MARK)
        assert not stage.wait_for(MomentMarked).kept
    microphone.put(np.concatenate([samples_of(spoken(VAGUE)), silent(1.0)]))
    until(stage, 5.0)
    session.send(Command.NEXT)
    assert stage.wait_for(DebriefReady).attempt.state == "done"
