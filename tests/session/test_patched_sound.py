from pathlib import Path

import numpy as np
import pytest

from tests.attempts_made import CASE, debrief_of, home
from tests.conftest import HEARING_RATE, SoundCard
from tests.hearing import find_sound
from vivavoce.config import Config
from vivavoce.domain.annotation import Anchor
from vivavoce.domain.patching import TAIL_SECONDS
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.turns import Turn
from vivavoce.engines.protocols import Samples
from vivavoce.errors import NotFoundError
from vivavoce.session.patched_sound import (
    FADE_SECONDS,
    patched_sound,
    play_patched,
    quietest_moment,
)
from vivavoce.session.patching import keep_patch
from vivavoce.store.attempt_store import AttemptStore

FADE = round(FADE_SECONDS * SAMPLE_RATE)


def hum(seconds: float, loud: float = 8000.0, hertz: float = 200.0) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(loud * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_the_recording_goes_on_where_it_was_left_and_every_sample_has_its_place() -> None:
    recording, patch = hum(4.0), hum(1.0, hertz=330.0)
    sound = patched_sound(recording, [(1.5, patch)], Span(0.0, 4.0))
    at, length = round(1.5 * SAMPLE_RATE), SAMPLE_RATE
    assert len(sound) == len(recording) + len(patch)
    assert np.array_equal(sound[: at - FADE], recording[: at - FADE])
    assert np.array_equal(sound[at + length + FADE :], recording[at + FADE :])
    assert find_sound(patch[FADE:-FADE], sound)[0] == at + FADE


def test_the_joints_fade_to_silence_and_back() -> None:
    steady = np.full(2 * SAMPLE_RATE, 8000, np.int16)
    sound = patched_sound(steady, [(1.0, steady[:SAMPLE_RATE])], Span(0.0, 2.0))
    for joint in (SAMPLE_RATE, 2 * SAMPLE_RATE):
        assert abs(int(sound[joint - 1])) < 100
        assert abs(int(sound[joint])) < 100
        assert sound[joint - FADE - 1] == 8000 == sound[joint + FADE]
    steps = np.abs(np.diff(sound.astype(int)))
    assert steps.max() < 100
    assert sound[0] == sound[-1] == 8000, "the ends of the answer are no joints"


@pytest.mark.parametrize("loud", [2500.0, 20000.0])
def test_a_patch_is_made_as_loud_as_the_speech_beside_it(loud: float) -> None:
    recording = np.concatenate([hum(2.0), silence(1.0), hum(2.0)])
    said = np.concatenate([silence(0.15), hum(1.0, loud), silence(0.25)])
    sound = patched_sound(recording, [(2.5, said)], Span(0.0, 5.0))
    inside = sound[round(2.8 * SAMPLE_RATE) : round(3.4 * SAMPLE_RATE)]
    assert rms(inside) == pytest.approx(rms(hum(1.0)), rel=0.1)


def test_a_faint_patch_is_lifted_only_so_far_and_none_is_overdriven() -> None:
    recording = hum(4.0, 30000.0)
    faint = patched_sound(recording, [(2.0, hum(1.0, 100.0))], Span(0.0, 4.0))
    assert np.abs(faint[round(2.2 * SAMPLE_RATE) : round(2.8 * SAMPLE_RATE)]).max() == 400
    peaky = hum(1.0, 3000.0)
    peaky[8000] = 20000
    sound = patched_sound(recording, [(2.0, peaky)], Span(0.0, 4.0))
    assert sound[2 * SAMPLE_RATE + 8000] <= 32000


def test_silence_is_joined_as_it_is() -> None:
    sound = patched_sound(silence(2.0), [(1.0, hum(0.5))], Span(0.0, 2.0))
    assert np.abs(sound).max() == 8000
    assert len(patched_sound(silence(2.0), [(2.0, silence(0.0))], Span(0.5, 9.0))) == 24000


def test_two_patches_at_one_moment_follow_each_other() -> None:
    first, second = hum(0.5, hertz=300.0), hum(0.5, hertz=500.0)
    sound = patched_sound(hum(2.0), [(1.0, first), (1.0, second)], Span(0.0, 2.0))
    assert find_sound(first[FADE:-FADE], sound)[0] == SAMPLE_RATE + FADE
    assert find_sound(second[FADE:-FADE], sound)[0] == round(1.5 * SAMPLE_RATE) + FADE


def test_the_cut_falls_into_the_quietest_moment_of_the_gap() -> None:
    recording = np.concatenate([hum(1.0), hum(0.1, 300.0), silence(0.04), hum(0.1, 300.0), hum(1)])
    assert quietest_moment(recording, Span(1.0, 1.25)) == pytest.approx(1.12, abs=0.01)
    # The times say that no time passes between the words, and are off by a little.
    assert quietest_moment(recording, Span(1.09, 1.09)) == pytest.approx(1.12, abs=0.015)


def test_in_plain_silence_the_cut_falls_into_the_middle_and_never_outside_of_the_recording() -> (
    None
):
    assert quietest_moment(silence(2.0), Span(0.8, 1.2)) == pytest.approx(1.0, abs=0.01)
    assert quietest_moment(silence(1.0), Span(3.0, 4.0)) == 1.0


def patched_attempt(store: AttemptStore) -> str:
    """Keep three seconds of a hum with a patch of another pitch at 2.5 s; return its id."""
    words = (Word("Skips.", 1.0, 2.0, 0.9), Word("More.", 3.0, 4.0, 0.9))
    voiced = (Span(1.0, 2.0), Span(3.0, 4.0))
    turns = (Turn("answer", Span(0.0, 5.0), "Skips. More.", words, voiced),)
    opened = store.begin(CASE, "a", False, "base")
    opened.recording.write(np.concatenate([silence(1.0), hum(1), silence(1.0), hum(1), silence(1)]))
    store.finish(opened.id, "done", turns, 5.0, debrief_of(turns))
    said = [Word("Halved.", 0.15, 0.9, 0.9)]
    sound = np.concatenate([hum(0.9, hertz=700.0), silence(TAIL_SECONDS)])
    anchor = Anchor(Span(2.5, 2.5))
    keep_patch(store.get(opened.id), "lift", anchor, sound, said, store)
    return opened.id


def test_the_patched_answer_is_heard_as_one(
    sound_card: SoundCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A voice in a file elsewhere would outlive the attempt if the program were killed.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    store = AttemptStore(home(tmp_path))
    attempt = store.get(patched_attempt(store))
    sound_card.start_hearing()
    playback = play_patched(attempt, store, Config())
    assert playback.wait(20.0)
    heard = sound_card.stop_hearing()
    times = np.arange(HEARING_RATE // 2) / HEARING_RATE
    places = [
        find_sound(np.rint(8000 * np.sin(2 * np.pi * hertz * times)).astype(np.int16), heard)
        for hertz in (200.0, 700.0)
    ]
    assert all(likeness > 0.95 for _, likeness in places), places
    loud = np.flatnonzero(np.abs(heard) > 800)
    seconds = (loud[-1] - loud[0]) / HEARING_RATE
    # Both words, the second between them, and the patch with its tail.
    assert seconds == pytest.approx(3.0 + 0.9 + TAIL_SECONDS, abs=0.1)
    store.close()


def test_a_patch_whose_sound_is_gone_says_how_to_take_it_back(tmp_path: Path) -> None:
    store = AttemptStore(home(tmp_path))
    attempt = store.get(patched_attempt(store))
    store.patch_path(attempt.id, attempt.annotations[0].id).unlink()
    with pytest.raises(NotFoundError, match="Press u to take it back"):
        play_patched(attempt, store, Config())
    store.close()
