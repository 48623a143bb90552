"""Opening a round: which engines a person's settings and this machine give it."""

from __future__ import annotations

from collections.abc import Callable

from vivavoce.config import Config
from vivavoce.domain.case import Case, Variant
from vivavoce.domain.events import SessionEvent
from vivavoce.domain.interview import Plan
from vivavoce.domain.round_request import RoundRequest
from vivavoce.engines.audio_files_av import read_audio
from vivavoce.engines.loudspeaker_sounddevice import SounddeviceLoudspeaker
from vivavoce.engines.microphone_files import FileMicrophone
from vivavoce.engines.microphone_sounddevice import SounddeviceMicrophone
from vivavoce.engines.protocols import Microphone
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice
from vivavoce.errors import NotFoundError
from vivavoce.locations import Locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.session.relief import chosen_transcriber
from vivavoce.session.round import Round
from vivavoce.session.studio import Studio
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.case_library import sample_answer
from vivavoce.weights.files import check_whisper_model


def open_round(
    request: RoundRequest,
    config: Config,
    locations: Locations,
    observe: Callable[[SessionEvent], None],
) -> Round:
    """Return a round that is ready to start. Takes about half a second: call it off the screen's
    thread.

    Raises:
        NotFoundError: An answer's file, a sample or the variant is not there.
        BadInputError: An answer's file holds no sound that can be read.
        ModelError: The model is not there or not whole.
        StorageError: Attempts cannot be stored.
    """
    check_whisper_model(config.model, locations)
    case = request.case
    variant = None
    if case is not None:
        variant = _variant(case, request.variant_id)
    answers = request.answers
    if request.sample:
        answers = (sample_answer(case.id if case else ""),)
    for answer in answers:
        if not answer.is_file():
            raise NotFoundError(f"There is no recording {answer}.", "Check the path.")
        next(read_audio(answer), None)  # a file without sound is told before the round begins
    hurried = request.fast and bool(answers)
    plan = Plan(
        prompt=case.prompt if case else None,
        think_seconds=0.0 if hurried or case is None else case.think_seconds,
        limit_seconds=case.limit_seconds if case else Plan(None).limit_seconds,
        # A question that no recording can answer is not asked.
        max_probes=min(config.max_probes, len(answers) - 1) if answers else config.max_probes,
        silence_stop_seconds=0.0 if answers else config.silence_stop_seconds,
        interrupts=request.interrupts and case is not None,
    )

    def make_microphone() -> Microphone:
        if answers:
            return FileMicrophone(answers, hurried)
        return SounddeviceMicrophone(config.input_device)

    spoken = config.speak and not hurried
    store = AttemptStore(locations)
    try:
        studio = Studio(
            make_microphone=make_microphone,
            activity=SileroVoiceActivity(),
            reader=open_reader(locations),
            voice=Pyttsx3Voice(locations.cache, config.voice, config.voice_rate)
            if spoken
            else None,
            loudspeaker=SounddeviceLoudspeaker(config.output_device) if spoken else None,
            store=store,
            fast=hurried,
            drafts=not (hurried or config.saver),
            sample=request.sample,
            # Last: where anything else fails, no process is left behind.
            transcriber=chosen_transcriber(config, locations),
        )
    except BaseException:
        store.close()
        raise
    return Round(plan, case, variant, studio, observe)


def _variant(case: Case, variant_id: str) -> Variant:
    try:
        return case.variant(variant_id) if variant_id else case.variants[0]
    except KeyError:
        known = ", ".join(variant.id for variant in case.variants)
        raise NotFoundError(
            f"The case {case.id} has no variant {variant_id}.", f"Choose one of: {known}."
        ) from None
