"""A round on a spoken answer, as fast as it is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.attempts_made import CASE
from tests.scoring.trained_reader import trained_reader
from tests.speaking import samples_of, spoken
from vivavoce.bench.interrupts import Script
from vivavoce.bench.read_along import (
    BLOCK_SAMPLES,
    CLOSELY_FROM_SECONDS,
    FAST_BACKLOG_SECONDS,
    ReadAlongMicrophone,
    RoundWatch,
    hold_round,
)
from vivavoce.domain.events import (
    InterviewerBegan,
    PassageUnread,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.speech import SAMPLE_RATE, Span, Utterance
from vivavoce.engines.protocols import Samples
from vivavoce.locations import find_locations
from vivavoce.weights.files import model_folder

TEXT = (
    "Listeners leave their mix because forty percent of it are repeats. I would push them down. "
    "I expect weekly openers to rise by ten percent."
)


def closed(number: int, start: float, end: float) -> UtteranceClosed:
    return UtteranceClosed(Utterance(number, Span(start - 0.3, end + 0.2), Span(start, end)))


def delivered(microphone: ReadAlongMicrophone) -> int:
    """Return how many blocks come before none does."""
    count = 0
    while microphone.read(timeout=0.0) is not None:
        count += 1
    return count


def answer(seconds: float) -> Samples:
    return np.ones(round(seconds * SAMPLE_RATE), np.int16)


def test_closed_speech_is_behind_until_its_words_are_there_drafts_included() -> None:
    watch = RoundWatch()
    watch.see(closed(0, 1.0, 3.0))
    assert watch.is_behind()
    watch.see(WordsDrafted((0,), (), 2.0))
    assert watch.is_behind()
    watch.see(WordsDrafted((0,), (), 3.2))
    assert not watch.is_behind()
    watch.see(closed(1, 4.0, 6.0))
    watch.see(UtterancesHeard((0,), ()))
    assert watch.is_behind()
    watch.see(UtterancesHeard((1,), ()))
    assert not watch.is_behind()
    watch.see(closed(2, 7.0, 8.0))
    watch.see(PassageUnread(Span(6.7, 8.2)))
    assert not watch.is_behind()


def test_an_utterance_that_was_drafted_before_it_closed_is_not_waited_for() -> None:
    watch = RoundWatch()
    watch.see(WordsDrafted((0,), (), 3.2))
    watch.see(closed(0, 1.0, 3.0))
    assert not watch.is_behind()


def test_sound_waits_for_the_last_words_once_a_cut_in_is_near() -> None:
    watch = RoundWatch()
    microphone = ReadAlongMicrophone(answer(CLOSELY_FROM_SECONDS + 5.0), watch, lambda: 0.0)
    assert delivered(microphone) == 0
    microphone.set_turn(candidate=True)
    watch.see(closed(0, 1.0, 3.0))
    near = round(CLOSELY_FROM_SECONDS * SAMPLE_RATE / BLOCK_SAMPLES)
    assert delivered(microphone) == near
    watch.see(UtterancesHeard((0,), ()))
    assert delivered(microphone) == 50


def test_after_a_cut_in_the_answer_goes_on_where_it_was_and_waits_no_more() -> None:
    watch = RoundWatch()
    microphone = ReadAlongMicrophone(answer(CLOSELY_FROM_SECONDS + 5.0), watch, lambda: 0.0)
    microphone.set_turn(candidate=True)
    watch.see(closed(0, 1.0, 3.0))
    delivered(microphone)
    watch.see(InterviewerBegan(90.0, "cut-in", "Let me stop you.", False))
    microphone.set_turn(candidate=False)
    assert delivered(microphone) == 0
    microphone.set_turn(candidate=True)
    assert delivered(microphone) == 50


def test_before_that_only_a_long_backlog_is_waited_for() -> None:
    waiting = FAST_BACKLOG_SECONDS + 1.0
    microphone = ReadAlongMicrophone(answer(2.05), RoundWatch(), lambda: waiting)
    microphone.set_turn(candidate=True)
    assert delivered(microphone) == 0
    waiting = FAST_BACKLOG_SECONDS
    blocks = [microphone.read(timeout=0.0) for _ in range(21)]
    assert [block.last for block in blocks if block is not None] == [False] * 20 + [True]
    assert microphone.read(timeout=0.0) is None


def test_a_whole_round_is_held_on_an_answer(tmp_path: Path) -> None:
    sound = samples_of(spoken(TEXT))
    model = model_folder("base", find_locations())
    script = Script("short", "good", TEXT)
    run = hold_round(script, sound, CASE, model, trained_reader(), tmp_path)
    assert run.cut_in_at is None
    assert run.seconds == len(sound) / SAMPLE_RATE
    assert "repeats" in run.transcript
    assert {"problem", "lift"} <= {outcome.criterion for outcome in run.outcomes}
    assert 0.0 <= run.outcomes[0].at < run.outcomes[-1].at < run.seconds
