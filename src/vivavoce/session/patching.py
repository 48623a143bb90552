"""Say only the missing sentence: recorded, put in its place, and scored there."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Sequence

from vivavoce.config import Config
from vivavoce.domain.annotation import Anchor, Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import over_engineering_limit
from vivavoce.domain.debrief import Criterion, Debrief
from vivavoce.domain.patching import gap_at, patch_for, patched_turns, patches
from vivavoce.domain.said_sentence import SentenceEvent
from vivavoce.domain.speech import Span, Word
from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone
from vivavoce.engines.protocols import Microphone, Samples
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations, private_folder
from vivavoce.scoring.patch_place import patch_place
from vivavoce.scoring.reader import Reader
from vivavoce.session.annotating import new_stamp
from vivavoce.session.debriefing import make_debrief
from vivavoce.session.patched_sound import quietest_moment
from vivavoce.session.sentence import STOP_SECONDS, Booth, SentenceRecording
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import RecordingWriter, read_recording
from vivavoce.weights.files import check_whisper_model, model_folder

PATCH_STEP = "the missing sentence"
"""What undo calls it."""


def patched_debrief(attempt: Attempt, reader: Reader) -> Debrief:
    """Return the debrief of an answer with its patches in place; its own is left as it is.

    Args:
        attempt: With a debrief.
        reader: Of answers.
    """
    turns = patched_turns(attempt, patches(attempt.annotations))
    limit = over_engineering_limit(attempt.case)
    return make_debrief(turns, reader, limit)


def patch_anchor(attempt: Attempt, criterion: Criterion, store: AttemptStore) -> Anchor:
    """Return where the sentence for a criterion is heard: in the quietest moment of its gap.

    Args:
        attempt: With a debrief and words that were judged.
        criterion: What the sentence is said for.
        store: Has the recording; without it the middle of the gap is taken.
    """
    assert attempt.debrief is not None
    gap = gap_at(attempt, patch_place(criterion, attempt.debrief.first))
    moment = (gap.span.start + gap.span.end) / 2
    with contextlib.suppress(VivavoceError):
        moment = quietest_moment(read_recording(store.recording_path(attempt.id)), gap.span)
    return Anchor(Span(moment, moment), gap.words)


def keep_patch(
    attempt: Attempt,
    criterion: Criterion,
    anchor: Anchor,
    sound: Samples,
    words: Sequence[Word],
    store: AttemptStore,
) -> Attempt:
    """Keep a sentence as a part of the attempt, in place of an earlier one for the criterion.

    Both happen in one step, which undo takes back; the sound of either stays until the attempt is
    deleted.

    Args:
        attempt: As it is now.
        criterion: What it was said for.
        anchor: Where it is heard.
        sound: 16 kHz mono, from `session.sentence`.
        words: At least one, in seconds from the start of `sound`.
        store: Keeps it.

    Returns:
        The attempt with it.

    Raises:
        NotFoundError: The attempt has been deleted meanwhile.
        StorageError: It cannot be written.
    """
    stamp = new_stamp()
    patch = Annotation(
        id=stamp.id,
        kind="patch",
        anchor=anchor,
        text=" ".join(word.text for word in words),
        made_at=stamp.at,
        criterion=criterion,
        said=tuple(words),
    )
    before = patch_for(attempt.annotations, criterion)
    path = store.patch_path(attempt.id, patch.id)
    private_folder(path.parent)
    try:
        with contextlib.closing(RecordingWriter(path)) as writer:
            writer.write(sound)
        store.annotations.edit(attempt.id, PATCH_STEP, [patch], [before.id] if before else [])
    except VivavoceError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()  # empty only where the attempt is gone
        raise
    return store.get(attempt.id)


def record_sentence(
    attempt: Attempt,
    criterion: Criterion,
    config: Config,
    locations: Locations,
    observe: Callable[[SentenceEvent], None],
    prepare: Callable[[], object] = lambda: None,
    make_microphone: Callable[[], Microphone] | None = None,
) -> SentenceRecording:
    """Return a recording of the missing sentence that is ready to start.

    Args:
        attempt: With a debrief and words that were judged.
        criterion: What the sentence is for.
        config: Names the microphone and the model.
        locations: Where the attempt is.
        observe: Called on the recording's thread.
        prepare: Called meanwhile, on a thread of its own: what the scoring needs.
        make_microphone: In the configured one's place, such as recorded answers.
    """

    def transcriber() -> TranscriberProcess:
        check_whisper_model(config.model, locations)
        return TranscriberProcess(model_folder(config.model, locations), config.device)

    @functools.cache
    def anchor() -> Anchor:
        with contextlib.closing(AttemptStore(locations)) as store:
            return patch_anchor(attempt, criterion, store)

    def prepare_all() -> None:
        anchor()
        prepare()

    def keep(sound: Samples, words: Sequence[Word]) -> Attempt:
        with contextlib.closing(AttemptStore(locations)) as store:
            return keep_patch(attempt, criterion, anchor(), sound, words, store)

    return SentenceRecording(
        Booth(
            make_microphone or (lambda: SounddeviceMicrophone(config.input_device)),
            SileroVoiceActivity,
            transcriber,
        ),
        config.silence_stop_seconds or STOP_SECONDS,
        keep,
        observe,
        prepare_all,
    )
