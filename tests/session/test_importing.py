"""Attempts from elsewhere: what is kept, what it is worth, and what stops it."""

from __future__ import annotations

import stat
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attempts_made import CASE, home, make_attempt
from tests.hostile_attempts import answer, attempt_of, hostile_attempt, prompt
from tests.recordings_made import SRT, encoded, tone
from tests.speaking import save, spoken
from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.errors import BadInputError, ModelError, NotFoundError, UsageError
from vivavoce.export.attempt_json import attempt_json
from vivavoce.locations import Locations, find_locations
from vivavoce.session.importing import import_attempt, import_recording, read_transcript
from vivavoce.store.attempt_file import AttemptFile, read_attempt_file
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.ownership import Claim
from vivavoce.store.recording import read_recording


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return home(tmp_path / "home")


@pytest.fixture
def store(locations: Locations) -> Iterator[AttemptStore]:
    opened = AttemptStore(locations)
    yield opened
    opened.close()


def exported(attempt: Attempt, sounds: dict[str, bytes] | None = None) -> AttemptFile:
    return read_attempt_file(attempt_json(attempt, sounds), "a.json")


def heard(text: str = SRT) -> Turn:
    return read_transcript(text, "a.srt")


def test_an_exported_attempt_comes_back_unchanged_with_its_sound(
    store: AttemptStore, tmp_path: Path
) -> None:
    wav = save(tmp_path / "a.wav", tone(2.0)).read_bytes()
    patch = save(tmp_path / "b.wav", tone(1.0)).read_bytes()
    attempt = hostile_attempt()
    patch_id = next(each.id for each in attempt.annotations if each.kind == "patch")
    text = attempt_json(attempt, {"": wav, patch_id: patch})
    imported = import_attempt(read_attempt_file(text, "a.json"), store)
    path, patch_path = store.recording_path(attempt.id), store.patch_path(attempt.id, patch_id)
    assert path.read_bytes() == wav
    assert patch_path.read_bytes() == patch
    assert attempt_json(imported.attempt, {"": wav, patch_id: patch}) == text
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(patch_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_found_by_what_was_said_and_noted(store: AttemptStore) -> None:
    import_attempt(exported(hostile_attempt()), store)
    assert list(store.annotations.search("heard")) == [hostile_attempt().id]
    assert list(store.annotations.search("second line")) == [hostile_attempt().id]
    assert not store.annotations.search("misheard")


def test_what_came_with_it_is_one_step_that_can_be_undone(store: AttemptStore) -> None:
    attempt = import_attempt(exported(hostile_attempt()), store).attempt
    assert store.annotations.undo(attempt.id) == "what came with it"
    assert store.get(attempt.id).annotations == ()
    store.annotations.redo(attempt.id)
    assert store.get(attempt.id) == attempt


def test_an_attempt_that_is_here_already_is_refused_and_stays(
    store: AttemptStore, tmp_path: Path
) -> None:
    attempt_id = make_attempt(store)
    before, sound = store.get(attempt_id), store.recording_path(attempt_id).read_bytes()
    with pytest.raises(UsageError, match=r"is here already\. To keep both, add --new-id"):
        import_attempt(exported(replace(before, model="other")), store)
    assert store.get(attempt_id) == before
    assert store.recording_path(attempt_id).read_bytes() == sound


def test_under_a_new_id_it_is_kept_twice(store: AttemptStore) -> None:
    first = import_attempt(exported(hostile_attempt()), store).attempt
    second = import_attempt(exported(first), store, new_id=True).attempt
    assert len(store.list()) == 2
    assert {each.id for each in first.annotations}.isdisjoint(e.id for e in second.annotations)
    texts = [[each.text for each in attempt.annotations] for attempt in (first, second)]
    assert sorted(texts[0]) == sorted(texts[1])
    assert replace(second, id=first.id, annotations=()) == replace(first, annotations=())


def test_annotations_of_another_attempt_are_not_taken_over(store: AttemptStore) -> None:
    import_attempt(exported(hostile_attempt()), store)
    other = replace(hostile_attempt(), id="0" * 26)
    with pytest.raises(UsageError, match="is here already"):
        import_attempt(exported(other), store)
    assert len(store.list()) == 1
    assert not store.recording_path(other.id).parent.exists()


def test_a_recording_of_any_format_can_be_given_along(store: AttemptStore, tmp_path: Path) -> None:
    attempt = replace(attempt_of(prompt(), answer(("Yes.",))), duration_s=2.0)
    flac = encoded(tmp_path / "a.flac", tone(2.0), "flac", 48_000)
    imported = import_attempt(exported(attempt), store, audio=flac)
    assert imported.faults == ()
    assert abs(len(read_recording(store.recording_path(attempt.id))) - 2 * SAMPLE_RATE) < 100


def test_sound_of_another_length_is_told(store: AttemptStore, tmp_path: Path) -> None:
    attempt = replace(attempt_of(prompt(), answer(("Yes.",))), duration_s=60.0)
    wav = save(tmp_path / "a.wav", tone(2.0))
    faults = import_attempt(exported(attempt), store, audio=wav).faults
    assert faults == ("The sound is 0:02 long, the attempt 1:00: is it the right one?",)


def test_sound_that_cannot_be_read_leaves_nothing_behind(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    bad = tmp_path / "a.wav"
    bad.write_bytes(b"RIFF\x10\0\0\0WAVEfmt ")
    with pytest.raises(BadInputError):
        import_attempt(exported(hostile_attempt()), store, audio=bad)
    with pytest.raises(NotFoundError):
        import_attempt(exported(hostile_attempt()), store, audio=tmp_path / "none.wav")
    with pytest.raises(BadInputError, match="is empty"):  # told when its sound is read
        import_attempt(exported(hostile_attempt()), store, audio=save(bad, tone(0.0)))
    assert store.list() == []
    assert list(locations.attempts.glob("*")) == []


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.mp3", "libmp3lame", 44_100), ("a.opus", "libopus", 48_000), ("a.m4a", "aac", 44_100)],
)
def test_a_recording_with_its_transcript_becomes_a_scored_attempt(
    name: str, codec: str, rate: int, store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = encoded(tmp_path / name, tone(5.0), codec, rate)
    imported = import_recording(audio, heard(), CASE, "b", store, Config(), locations)
    attempt = imported.attempt
    assert (attempt.case, attempt.variant_id, attempt.state) == (CASE, "b", "done")
    (turn,) = attempt.turns
    assert turn.text.startswith("Listeners skip songs they know. We push")
    assert turn.span.start == 0.0
    assert abs(turn.span.end - 5.0) < 0.2
    assert attempt.debrief is not None
    assert attempt.debrief.first.lift.level == 2
    assert attempt.vote is not None
    assert attempt.debrief.timing is not None
    assert attempt.debrief.timing.speaking_s == pytest.approx(3.0)
    with wave.open(str(store.recording_path(attempt.id))) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 16_000)
        assert abs(sound.getnframes() / SAMPLE_RATE - attempt.duration_s) < 1e-9


def test_without_a_case_it_is_only_timed(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = save(tmp_path / "a.wav", tone(5.0))
    attempt = import_recording(audio, heard(), None, "", store, Config(), locations).attempt
    assert (attempt.case, attempt.vote) == (None, None)
    assert attempt.debrief is not None
    assert attempt.debrief.timing is not None
    assert (read_recording(store.recording_path(attempt.id)) == tone(5.0)).all()


def test_a_transcript_of_another_recording_is_refused_and_nothing_is_kept(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = save(tmp_path / "a.wav", tone(0.5))
    late = heard(SRT.replace("00:00:0", "00:02:0"))
    with pytest.raises(BadInputError, match=r"runs to 2:03, but the sound ends at 0:00"):
        import_recording(audio, late, None, "", store, Config(), locations)
    assert store.list() == []
    assert list(locations.attempts.glob("*")) == []


def test_no_word_lasts_longer_than_the_sound(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = save(tmp_path / "a.wav", tone(5.0))
    long = heard("1\n00:00:04,000 --> 9999:00:00,000\nSkips.\n")
    attempt = import_recording(audio, long, None, "", store, Config(), locations).attempt
    assert attempt.turns[0].words[-1].end == attempt.turns[0].span.end == 5.0
    assert attempt.turns[0].voiced == (Span(4.0, 5.0),)
    assert attempt.debrief is not None
    assert attempt.debrief.timing is not None
    assert attempt.debrief.timing.speaking_s == pytest.approx(1.0)


def test_what_a_killed_import_left_is_no_hindrance(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    attempt = attempt_of(prompt(), answer(("Yes.",)))
    left = locations.attempts / attempt.id
    left.mkdir(parents=True)
    (left / "recording.wav").write_bytes(b"half of it")
    wav = save(tmp_path / "a.wav", tone(2.0)).read_bytes()
    import_attempt(exported(attempt, {"": wav}), store)
    assert store.recording_path(attempt.id).read_bytes() == wav
    with pytest.raises(UsageError, match="is here already"):
        import_attempt(exported(attempt, {"": wav}), store)
    assert [file.name for file in left.iterdir()] == ["recording.wav"]


def test_an_import_leaves_another_one_of_the_same_attempt_alone(
    store: AttemptStore, locations: Locations
) -> None:
    attempt = attempt_of(prompt(), answer(("Yes.",)))
    folder = locations.attempts / attempt.id
    folder.mkdir(parents=True)
    (folder / "recording.wav").write_bytes(b"half of it")
    others = Claim(folder)
    with pytest.raises(UsageError, match="is being imported already"):
        import_attempt(exported(attempt), store)
    assert (folder / "recording.wav").read_bytes() == b"half of it"
    others.release()


def test_a_variant_that_there_is_not_is_told(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = save(tmp_path / "a.wav", tone(5.0))
    with pytest.raises(NotFoundError, match=r"no variant z\. Choose one of: a, b"):
        import_recording(audio, heard(), CASE, "z", store, Config(), locations)


def test_without_a_transcript_and_a_model_nothing_is_kept(
    store: AttemptStore, locations: Locations, tmp_path: Path
) -> None:
    audio = save(tmp_path / "a.wav", tone(1.0))
    with pytest.raises(ModelError):
        import_recording(audio, None, None, "", store, Config(), locations)
    assert store.list() == []


def test_without_a_transcript_it_is_heard_by_the_engine_of_a_round(
    store: AttemptStore, locations: Locations
) -> None:
    audio = spoken("Many people leave at the slot page. We show Monday first.")
    with_models = replace(locations, models=find_locations().models)
    imported = import_recording(audio, None, None, "", store, Config(model="tiny.en"), with_models)
    attempt = imported.attempt
    assert "Monday" in attempt.turns[0].text
    assert attempt.model == "tiny.en"
    assert attempt.turns[0].voiced
    assert attempt.debrief is not None
    assert attempt.debrief.heard


@pytest.mark.parametrize(
    "text", [SRT, "WEBVTT\n\n" + SRT, '{"segments": [{"text": "a b", "start": 0, "end": 1}]}']
)
def test_each_kind_of_transcript_is_known_by_its_beginning(text: str) -> None:
    assert read_transcript("\ufeff" + text, "a").words


def test_a_transcript_of_no_kind_is_refused() -> None:
    with pytest.raises(BadInputError):
        read_transcript("Just words.", "a.txt")
    with pytest.raises(BadInputError):
        read_transcript("{", "a.json")
