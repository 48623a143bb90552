"""Attempts from elsewhere: one that was exported, or a recording with or without its transcript."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case, over_engineering_limit
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.domain.wording import clock
from vivavoce.engines.audio_files_av import AudioFile
from vivavoce.errors import BadInputError, NotFoundError, VivavoceError
from vivavoce.locations import Locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.session.debriefing import make_debrief
from vivavoce.session.take import assemble
from vivavoce.session.transcription import FileTranscriber
from vivavoce.store.attempt_file import RECORDING, AttemptFile
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.free_space import require_free_space
from vivavoce.store.open_attempt import OpenAttempt
from vivavoce.store.subtitle_file import turn_from_subtitles
from vivavoce.store.transcript_file import answer_of, turn_from_whisper_json

OVERHANG_SECONDS = 2.0
"""How long after the end of the sound the last word may begin. Chosen: subtitles are cut roughly,
and a transcript that runs on for longer is one of another recording."""
LENGTH_SECONDS = 1.0
"""Sound that differs from the attempt's length by more is told. Chosen."""
MODEL = "imported"
"""Stands for the model where the words came with a transcript."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was kept."""

    attempt: Attempt
    faults: tuple[str, ...] = ()
    """Sentences about what is missing of it."""


def import_attempt(
    file: AttemptFile, store: AttemptStore, audio: Path | None = None, new_id: bool = False
) -> Imported:
    """Keep an attempt that was exported, unchanged.

    Args:
        file: What was read.
        store: Where it is kept.
        audio: Its recording, of any format; in place of the one in the file.
        new_id: Keep it under ids of its own, beside the one that is here already.

    Raises:
        UsageError: It is here already.
        NotFoundError: There is no such recording.
        BadInputError: The recording holds no sound that can be read.
        StorageError: It cannot be written.
    """
    if new_id:
        file = _under_new_ids(file)
    sounds: dict[str, Iterable[NDArray[np.int16]]] = {
        name: [samples] for name, samples in file.sounds.items()
    }
    faults: list[str] = []
    length = len(file.sounds[RECORDING]) if RECORDING in file.sounds else None
    with contextlib.ExitStack() as open_files:
        if audio is not None:
            sound = open_files.enter_context(AudioFile(audio))
            store.require_space()
            counted = _Counted(sound)
            sounds[RECORDING] = counted.pieces()
        store.add_imported(file.attempt, sounds)
        if audio is not None:
            length = counted.samples
            faults += [sound.fault] if sound.fault else []
    if length is not None:
        seconds = length / SAMPLE_RATE
        if abs(seconds - file.attempt.duration_s) > LENGTH_SECONDS:
            faults.append(
                f"The sound is {clock(seconds)} long, the attempt {clock(file.attempt.duration_s)}:"
                " is it the right one?"
            )
    return Imported(store.get(file.attempt.id), tuple(faults))


def _under_new_ids(file: AttemptFile) -> AttemptFile:
    from ulid import ULID  # 70 ms that a listing need not wait for

    attempt = file.attempt
    # By today's time, not the attempt's: so its first letters tell it from the one that is here.
    made = str(ULID())
    ids = {each.id: str(ULID()) for each in attempt.annotations}
    ids[RECORDING] = RECORDING
    annotations = tuple(replace(each, id=ids[each.id]) for each in attempt.annotations)
    return AttemptFile(
        replace(attempt, id=made, annotations=annotations),
        {ids[name]: samples for name, samples in file.sounds.items()},
    )


def read_transcript(text: str, name: str) -> Turn:
    """Return a transcript of Whisper's JSON, WebVTT or SRT as one answer.

    Args:
        text: The file's.
        name: The file's, for the message.

    Raises:
        BadInputError: It is none of these.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return turn_from_whisper_json(text.lstrip("\ufeff"), name)
    return turn_from_subtitles(text, name)


def import_recording(
    audio: Path,
    heard: Turn | None,
    case: Case | None,
    variant_id: str,
    store: AttemptStore,
    config: Config,
    locations: Locations,
    on_progress: Callable[[float, float | None], None] | None = None,
) -> Imported:
    """Make an attempt of a recording: its sound becomes ours, its words one answer, scored.

    Args:
        audio: Of any format that FFmpeg reads.
        heard: What is said in it, from `read_transcript`; None to have it transcribed.
        case: Which was answered; None to time the answer only.
        variant_id: With which figures; empty for the case as written.
        store: Where it is kept.
        config: Names the model that transcribes.
        locations: Where models are.
        on_progress: While it is transcribed: told how many seconds are done, and of how many.

    Raises:
        NotFoundError: No such recording, or the case has no such variant.
        BadInputError: It holds no sound that can be read, or the transcript is of another one.
        ModelError: It must be transcribed, and the model is not there or cannot be used.
        StorageError: It cannot be written.
    """
    variant_id = _variant(case, variant_id)
    model = config.model if heard is None else MODEL
    with contextlib.ExitStack() as open_parts:
        transcriber = None
        if heard is None:  # a model that is missing is told before anything is kept
            transcriber = open_parts.enter_context(FileTranscriber(config, locations))
        sound = open_parts.enter_context(AudioFile(audio))
        if sound.seconds:
            require_free_space(locations.data, sound.seconds)
        opened = store.begin(case, variant_id, False, model)
        try:
            # What ends in mid-way is found by `attempts recover`, as a round would be.
            opened.begin_turn("answer", 0.0)
            counted = _write(sound, opened)
            faults = [sound.fault] if sound.fault else []
            seconds = counted.samples / SAMPLE_RATE
            turns: tuple[Turn, ...]
            if transcriber is not None:
                hearing = transcriber.transcribe(audio, on_progress)
                answer = Turn("answer", Span(0.0, hearing.seconds), "")
                turns = assemble([answer], hearing.utterances, hearing.words)
                faults = hearing.faults
            else:
                assert heard is not None
                turns = (_fitted(heard, seconds),)
            limit = over_engineering_limit(case)
            debrief = make_debrief(turns, open_reader(locations), limit, counted.sounds)
            kept = store.finish(opened.id, "done", turns, seconds, debrief)
        except BaseException:
            opened.close()
            with contextlib.suppress(VivavoceError):  # the first error is the one to tell
                store.delete(opened.id)
            raise
    return Imported(kept, tuple(faults))


def _variant(case: Case | None, variant_id: str) -> str:
    if case is None:
        return ""
    if not variant_id:
        return case.variants[0].id
    known = [variant.id for variant in case.variants]
    if variant_id not in known:
        raise NotFoundError(
            f"The case {case.id} has no variant {one_line(variant_id)}.",
            f"Choose one of: {', '.join(known)}.",
        )
    return variant_id


class _Counted:
    """The sound of a file, counted as it passes."""

    def __init__(self, sound: AudioFile) -> None:
        self.samples = 0
        self.sounds = False
        """Whether any of it is not zero."""
        self._sound = sound

    def pieces(self) -> Iterator[NDArray[np.int16]]:
        for samples in self._sound.chunks():
            self.samples += len(samples)
            self.sounds = self.sounds or bool(samples.any())
            yield samples


def _write(sound: AudioFile, opened: OpenAttempt) -> _Counted:
    counted = _Counted(sound)
    for samples in counted.pieces():
        opened.recording.write(samples)
    return counted


def _fitted(heard: Turn, seconds: float) -> Turn:
    """Return an answer that lasts as long as its recording, no word in it any longer.

    Raises:
        BadInputError: It runs on long after that.
    """
    last = max((word.start for word in heard.words), default=0.0)
    if last > seconds + OVERHANG_SECONDS:
        raise BadInputError(
            f"The transcript runs to {clock(last)}, but the sound ends at {clock(seconds)}.",
            "Name the transcript of this recording.",
        )
    words = (replace(w, end=min(w.end, max(w.start, seconds))) for w in heard.words)
    answer = answer_of(words)
    return replace(answer, span=Span(0.0, max(seconds, answer.span.end)))
