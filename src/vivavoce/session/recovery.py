"""Finishing an attempt whose process died: its recording is read again and scored."""

from __future__ import annotations

from dataclasses import replace

from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import over_engineering_limit
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.locations import Locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.session.debriefing import make_debrief
from vivavoce.session.offline import Stretch, hear
from vivavoce.session.take import assemble
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording
from vivavoce.weights.files import check_whisper_model, model_folder


def recover_attempt(
    attempt_id: str, store: AttemptStore, config: Config, locations: Locations
) -> Attempt:
    """Finish an interrupted attempt and return it.

    What the candidate's turns hold is transcribed again from the recording, with the model that
    is set now; a turn that was running ends where the recording does.

    Raises:
        NotFoundError: No such attempt.
        UsageError: Another process records or finishes it.
        BadInputError: Its recording cannot be read.
        ModelError: The model is not there or cannot be used.
        StorageError: The result cannot be stored.
    """
    check_whisper_model(config.model, locations)
    with store.claimed(store.get(attempt_id).id):
        attempt = store.get(attempt_id)
        if attempt.state == "recording":  # else another process has finished it meanwhile
            _finish(attempt, store, config, locations)
    return store.get(attempt_id)


def _finish(attempt: Attempt, store: AttemptStore, config: Config, locations: Locations) -> None:
    samples = read_recording(store.recording_path(attempt.id))
    seconds = len(samples) / SAMPLE_RATE
    turns = [
        replace(turn, span=Span(turn.span.start, min(turn.span.end, seconds)))
        for turn in attempt.turns
    ]
    if turns and turns[-1].span.end <= turns[-1].span.start:  # it was running
        start = turns[-1].span.start
        turns[-1] = replace(turns[-1], span=Span(start, max(start, seconds)))
    stretches = []
    for turn in turns:
        if turn.by_candidate:
            begin, end = (round(t * SAMPLE_RATE) for t in (turn.span.start, turn.span.end))
            stretches.append(Stretch(begin, [samples[begin:end]]))
    transcriber = TranscriberProcess(model_folder(config.model, locations), config.device)
    try:
        utterances, words = hear(stretches, SileroVoiceActivity(), transcriber)
    finally:
        transcriber.close()
    finished = assemble(turns, utterances, words)
    limit = over_engineering_limit(attempt.case)
    debrief = make_debrief(finished, open_reader(locations), limit, bool(samples.any()))
    store.finish(attempt.id, "interrupted", finished, seconds, debrief, config.model)
