import contextlib
import stat
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.attempts_made import CASE, home, make_attempt
from tests.session.scripted import CountingDecoder, LoudnessActivity, ScriptedMicrophone, tone
from tests.speaking import samples_of, spoken
from vivavoce.config import Config
from vivavoce.domain.annotation import Anchor
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.patching import LEAD_SECONDS, MOST_SECONDS, TAIL_SECONDS, patch_seconds
from vivavoce.domain.said_sentence import (
    SentenceEnded,
    SentenceEvent,
    SentenceFailed,
    SentenceKept,
    SentenceLevel,
)
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.engines.microphone_files import FileMicrophone
from vivavoce.engines.protocols import Samples
from vivavoce.errors import AudioDeviceError, NotFoundError
from vivavoce.locations import find_locations
from vivavoce.scoring.rules import RulesReader
from vivavoce.session.debriefing import make_debrief
from vivavoce.session.patching import (
    PATCH_STEP,
    keep_patch,
    patch_anchor,
    patched_debrief,
    record_sentence,
)
from vivavoce.session.sentence import STOP_SECONDS, Booth, SentenceRecording
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording

STARTED: list[SentenceRecording] = []


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    """End what a failed test has left running."""
    yield
    while STARTED:
        STARTED.pop().close()


class Decoder(CountingDecoder):
    """One word a second, and a close that is noted."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Deaf(Decoder):
    """Hears no word."""

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        return []


@dataclass
class Run:
    """A recording with everything scripted."""

    microphone: ScriptedMicrophone = field(default_factory=ScriptedMicrophone)
    decoder: Decoder = field(default_factory=Decoder)
    events: list[SentenceEvent] = field(default_factory=list)
    kept: list[tuple[Samples, Sequence[Word]]] = field(default_factory=list)
    stop_seconds: float = STOP_SECONDS
    over: threading.Event = field(default_factory=threading.Event)
    recording_now: threading.Event = field(default_factory=threading.Event)
    awaited_levels: int = 1
    """After so many `recording_now` is set."""
    keep_fault: Exception | None = None

    def start(self, attempt: Attempt) -> SentenceRecording:
        def keep(sound: Samples, words: Sequence[Word]) -> Attempt:
            if self.keep_fault is not None:
                raise self.keep_fault
            self.kept.append((sound, words))
            return attempt

        def observe(event: SentenceEvent) -> None:
            self.events.append(event)
            if len(self.levels) >= self.awaited_levels:
                self.recording_now.set()
            if isinstance(event, (SentenceKept, SentenceFailed)):
                self.over.set()

        booth = Booth(lambda: self.microphone, LoudnessActivity, lambda: self.decoder)
        recording = SentenceRecording(booth, self.stop_seconds, keep, observe)
        STARTED.append(recording)
        recording.start()
        return recording

    def ended(self) -> SentenceEvent:
        assert self.over.wait(20), "nothing came of it"
        return self.events[-1]

    @property
    def levels(self) -> list[SentenceLevel]:
        return [each for each in self.events if isinstance(each, SentenceLevel)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AttemptStore]:
    with contextlib.closing(AttemptStore(home(tmp_path))) as opened:
        yield opened


@pytest.fixture
def attempt(store: AttemptStore) -> Attempt:
    return store.get(make_attempt(store))


def test_silence_after_the_sentence_ends_it_and_the_silence_around_it_is_cut_away(
    attempt: Attempt,
) -> None:
    run = Run()
    run.microphone.put(np.concatenate([tone(2.0, 1), tone(3.0), tone(9.0, 1)]))
    recording = run.start(attempt)
    assert run.ended() == SentenceKept(attempt)
    assert recording.close() is attempt
    ((sound, words),) = run.kept
    assert len(sound) / SAMPLE_RATE == pytest.approx(3.0 + LEAD_SECONDS + TAIL_SECONDS, abs=0.3)
    assert len(sound) / SAMPLE_RATE == pytest.approx(words[-1].end + TAIL_SECONDS, abs=0.001)
    assert words[0].start >= 0.0
    assert [word.text for word in words] == ["w0", "w1", "w2"]
    assert min(each.left_s for each in run.levels) == pytest.approx(
        MOST_SECONDS - 5.0 - STOP_SECONDS, abs=0.3
    )
    assert run.microphone.closed
    assert run.decoder.closed


def test_silence_before_the_first_word_ends_nothing(attempt: Attempt) -> None:
    run = Run()
    run.microphone.put(np.concatenate([tone(6.0, 1), tone(2.0), tone(3.0, 1)]))
    run.start(attempt)
    assert run.ended() == SentenceKept(attempt)
    assert [each.begun for each in run.levels].index(True) == pytest.approx(60, abs=2)


def test_a_set_silence_is_kept_to(attempt: Attempt) -> None:
    run = Run(stop_seconds=4.0)
    run.microphone.put(np.concatenate([tone(2.0), tone(3.0, 1), tone(2.0), tone(6.0, 1)]))
    run.start(attempt)
    assert run.ended() == SentenceKept(attempt)
    ((sound, _),) = run.kept
    assert len(sound) / SAMPLE_RATE == pytest.approx(7.25, abs=0.3)


def test_after_fifteen_seconds_it_ends_by_itself(attempt: Attempt) -> None:
    run = Run()
    run.microphone.put(tone(20.0))
    run.start(attempt)
    assert run.ended() == SentenceKept(attempt)
    assert run.levels[-1].left_s == 0.0
    assert len(run.kept[0][0]) / SAMPLE_RATE <= MOST_SECONDS + TAIL_SECONDS + 0.001


def test_a_key_ends_it_and_what_is_on_its_way_is_still_heard(attempt: Attempt) -> None:
    run = Run(awaited_levels=20)
    run.microphone.put(tone(2.0))
    recording = run.start(attempt)
    assert run.recording_now.wait(20)
    recording.finish()
    run.microphone.put(tone(3.0))
    assert run.ended() == SentenceKept(attempt)
    assert [type(each) for each in run.events[-2:]] == [SentenceEnded, SentenceKept]
    assert 2.0 <= len(run.kept[0][0]) / SAMPLE_RATE - TAIL_SECONDS <= 2.5


def test_dropping_it_keeps_nothing_and_says_nothing_more(attempt: Attempt) -> None:
    run = Run()
    run.microphone.put(tone(2.0))
    recording = run.start(attempt)
    assert run.recording_now.wait(20)
    assert recording.close() is None
    assert run.kept == []
    assert {type(each) for each in run.events} == {SentenceLevel}
    assert run.microphone.closed
    assert run.decoder.closed


def test_dropping_it_before_it_began_opens_no_microphone(attempt: Attempt) -> None:
    run = Run()
    booth = Booth(lambda: run.microphone, LoudnessActivity, lambda: run.decoder)
    recording = SentenceRecording(booth, 2.0, lambda *_: attempt, run.events.append)
    assert recording.close() is None
    recording.start()
    assert recording.close() is None
    assert run.events == []
    assert not run.microphone.turns


@pytest.mark.parametrize(
    ("sound", "decoder", "told"),
    [
        (tone(16.0, 0), Decoder(), "The microphone sent nothing."),
        (tone(16.0, 1), Decoder(), "No words were heard."),
        (np.concatenate([tone(1.0), tone(3.0, 1)]), Deaf(), "No words were heard."),
    ],
)
def test_what_cannot_be_heard_is_told_with_what_to_do(
    attempt: Attempt, sound: Samples, decoder: Decoder, told: str
) -> None:
    run = Run(decoder=decoder)
    run.microphone.put(sound)
    run.start(attempt)
    ended = run.ended()
    assert isinstance(ended, SentenceFailed)
    assert ended.message == told
    assert "enter" in ended.hint
    assert run.kept == []


def test_a_microphone_that_goes_is_told(attempt: Attempt) -> None:
    run = Run()
    run.microphone.put(tone(1.0))
    run.microphone.fail("The microphone “USB” is gone.")
    run.start(attempt)
    assert run.ended() == SentenceFailed("The microphone “USB” is gone.", "")


def test_a_fault_is_told_without_what_was_said(
    attempt: Attempt, caplog: pytest.LogCaptureFixture
) -> None:
    run = Run(keep_fault=RuntimeError("skips fall by half"))
    run.microphone.put(np.concatenate([tone(2.0), tone(3.0, 1)]))
    run.start(attempt)
    ended = run.ended()
    assert isinstance(ended, SentenceFailed)
    assert "fault in the program" in ended.message
    assert "skips" not in caplog.text + ended.message


def test_without_a_microphone_there_is_one_clear_sentence(store: AttemptStore) -> None:
    class Missing(ScriptedMicrophone):
        def open(self) -> None:
            raise AudioDeviceError("No microphone was found.", "Plug one in.")

    run = Run(microphone=Missing())
    run.start(store.get(make_attempt(store)))
    assert run.ended() == SentenceFailed("No microphone was found.", "Plug one in.")


# -- keeping it ----------------------------------------------------------------------------

SAID = (Word("Skips", 0.15, 0.5, 0.9), Word("halve.", 0.6, 1.0, 0.8))
AT = Anchor(Span(5.3, 5.3))


def test_it_is_kept_privately_as_one_step_and_undo_takes_it_back(
    store: AttemptStore, attempt: Attempt
) -> None:
    after = keep_patch(attempt, "lift", AT, tone(1.25), SAID, store)
    (patch,) = after.annotations
    assert (patch.kind, patch.criterion, patch.text) == ("patch", "lift", "Skips halve.")
    assert patch.said == SAID
    path = store.patch_path(attempt.id, patch.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_recording(path)) / SAMPLE_RATE == pytest.approx(patch_seconds(patch))
    assert after.turns == attempt.turns
    assert after.debrief == attempt.debrief
    assert store.annotations.undo(attempt.id) == PATCH_STEP
    assert store.get(attempt.id) == attempt
    assert path.exists(), "redo must find it"
    store.annotations.redo(attempt.id)
    assert store.get(attempt.id) == after


def test_a_new_sentence_replaces_the_one_before_and_undo_brings_that_back(
    store: AttemptStore, attempt: Attempt
) -> None:
    first = keep_patch(attempt, "lift", AT, tone(1.25), SAID, store)
    money = keep_patch(first, "impact", AT, tone(1.25), SAID, store)
    second = keep_patch(money, "lift", AT, tone(1.25), SAID[1:], store)
    assert {(each.criterion, each.text) for each in second.annotations} == {
        ("lift", "halve."),
        ("impact", "Skips halve."),
    }
    store.annotations.undo(attempt.id)
    assert store.get(attempt.id) == money


def test_nothing_is_left_where_the_attempt_was_deleted_meanwhile(
    store: AttemptStore, attempt: Attempt
) -> None:
    store.delete(attempt.id)
    with pytest.raises(NotFoundError):
        keep_patch(attempt, "lift", AT, tone(1.25), SAID, store)
    assert not store.recording_path(attempt.id).parent.exists()


def test_deleting_the_attempt_deletes_its_sentences(store: AttemptStore, attempt: Attempt) -> None:
    after = keep_patch(attempt, "lift", AT, tone(1.25), SAID, store)
    path = store.patch_path(attempt.id, after.annotations[0].id)
    store.delete(attempt.id)
    assert not path.exists()


# -- the whole, with real engines ------------------------------------------------------------

PARTS = (
    "New listeners skip four of their first five songs.",
    "I would leave out everything that they have heard this week,"
    " for two percent of new listeners, for two weeks.",
    "I expect skips to fall.",
)
SENTENCE = "I expect skips to go from four to three within two weeks."


def unsized(store: AttemptStore) -> Attempt:
    """Keep an answer that names no size: real sound, words placed by hand."""
    sounds = [samples_of(spoken(part)) for part in PARTS]
    words: list[Word] = []
    voiced: list[Span] = []
    at = 0.5
    recording = [np.zeros(SAMPLE_RATE // 2, np.int16)]
    for part, sound in zip(PARTS, sounds, strict=True):
        seconds, texts = len(sound) / SAMPLE_RATE, part.split()
        share = seconds / len(texts)
        words += [
            Word(text, at + place * share, at + (place + 1) * share, 0.9)
            for place, text in enumerate(texts)
        ]
        voiced.append(Span(at, at + seconds))
        recording += [sound, np.zeros(SAMPLE_RATE // 2, np.int16)]
        at += seconds + 0.5
    turns = (Turn("answer", Span(0.0, at), " ".join(PARTS), tuple(words), tuple(voiced)),)
    opened = store.begin(CASE, "a", False, "base")
    opened.recording.write(np.concatenate(recording))
    store.finish(opened.id, "done", turns, at, make_debrief(turns, RulesReader()))
    return store.get(opened.id)


def test_the_cut_falls_into_the_silence_after_the_sentence_before(store: AttemptStore) -> None:
    attempt = unsized(store)
    assert attempt.debrief is not None
    anchor = patch_anchor(attempt, "problem", store)
    end = attempt.turns[0].voiced[0].end
    assert end - 0.1 < anchor.span.start < end + 0.55
    store.recording_path(attempt.id).unlink()
    gone = patch_anchor(attempt, "problem", store)
    assert gone.words == anchor.words
    assert gone.span.start == pytest.approx(end + 0.25, abs=0.1)


def test_a_spoken_sentence_turns_the_vote_where_it_stands_and_the_take_stays(
    tmp_path: Path,
) -> None:
    models = str(find_locations().models)
    locations = find_locations({"VIVAVOCE_HOME": str(tmp_path), "VIVAVOCE_MODELS": models})
    with contextlib.closing(AttemptStore(locations)) as store:
        attempt = unsized(store)
        assert attempt.debrief is not None
        assert (attempt.debrief.first.lift.level, attempt.vote) == (1, "no")
        run, prepared = Run(), threading.Event()

        def observe(event: SentenceEvent) -> None:
            run.events.append(event)
            if isinstance(event, (SentenceKept, SentenceFailed)):
                run.over.set()

        recording = record_sentence(
            attempt,
            "lift",
            Config(model="base"),
            locations,
            observe,
            prepared.set,
            lambda: FileMicrophone([spoken(SENTENCE)], fast=True),
        )
        recording.start()
        kept = run.ended()
        assert isinstance(kept, SentenceKept), kept
        assert prepared.is_set()
        (patch,) = kept.attempt.annotations
        assert "skips" in patch.text
        assert all(0.0 <= word.start < word.end for word in patch.said)
        words = patch.anchor.words
        assert words is not None
        assert attempt.turns[0].words[words.last].text == "fall."
        sound = read_recording(store.patch_path(attempt.id, patch.id))
        assert len(sound) / SAMPLE_RATE == pytest.approx(patch_seconds(patch), abs=0.001)

        debrief = patched_debrief(kept.attempt, RulesReader())
        assert (debrief.first.lift.level, debrief.first.vote) == (2, "yes")
        assert debrief.timing is not None
        assert attempt.debrief.timing is not None
        longer = debrief.timing.answer_s - attempt.debrief.timing.answer_s
        assert longer == pytest.approx(patch_seconds(patch), abs=0.5)
        assert store.get(attempt.id).debrief == attempt.debrief
        assert kept.attempt.turns == attempt.turns
