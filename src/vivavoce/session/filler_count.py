"""Counting fillers: a second reading of a finished attempt, for that alone and in spare time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.fillers import Fillers, count_fillers
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import DecodeTimeoutError, TranscriberProcess
from vivavoce.locations import Locations
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.recording import read_recording
from vivavoce.weights.files import check_whisper_model, model_folder

BATCH_SECONDS = 15.0
"""Told to keep fillers, the model drops words from longer stretches: of 25 it kept 25 in stretches
of 13 s and 24 in stretches of 27 s, for two fifths more processor time."""
FILLED = "So, uh, I think, um, we should, uh, look at the data first. Um, and then, uh, decide."
"""Without a text in this manner before it, Whisper leaves out most fillers."""
MARGIN_SECONDS = 0.2
"""Before and after a voiced span: a filler often stands alone and begins softly."""


def fillers_of(
    attempt: Attempt,
    store: AttemptStore,
    config: Config,
    locations: Locations,
    cancelled: Callable[[], bool],
) -> Fillers | None:
    """Count the fillers of a finished attempt and keep the count; None when it was cancelled.

    On one thread, and slower than a round reads: nothing waits for it.

    Args:
        attempt: With the voiced spans of its turns.
        store: Holds the recording.
        config: Names the model.
        locations: Where models are.
        cancelled: Asked between two decodes.

    Raises:
        BadInputError: The recording cannot be read.
        ModelError: The model is not there or cannot be used.
        StorageError: The count cannot be kept.
    """
    check_whisper_model(config.model, locations)
    samples = read_recording(store.recording_path(attempt.id))
    folder = model_folder(config.model, locations)
    transcriber = TranscriberProcess(folder, config.device, threads=1)
    texts = []
    try:
        for batch in _batches(attempt):
            if cancelled():
                return None
            try:
                words = transcriber.transcribe(_joined(samples, batch), FILLED)
            except DecodeTimeoutError:
                continue  # a passage that cannot be read has no fillers that can be counted
            texts.append(" ".join(word.text for word in words))
    finally:
        transcriber.close()
    fillers = count_fillers(texts)
    store.keep_fillers(attempt.id, fillers)
    return fillers


def _batches(attempt: Attempt) -> Iterator[list[Span]]:
    for turn in attempt.turns:
        batch: list[Span] = []
        for span in turn.voiced if turn.by_candidate else ():
            if batch and sum(s.seconds for s in batch) + span.seconds > BATCH_SECONDS:
                yield batch
                batch = []
            batch.append(span)
        if batch:
            yield batch


def _joined(samples: Samples, spans: list[Span]) -> Samples:
    return np.concatenate(
        [
            samples[
                max(0, round((span.start - MARGIN_SECONDS) * SAMPLE_RATE)) : round(
                    (span.end + MARGIN_SECONDS) * SAMPLE_RATE
                )
            ]
            for span in spans
        ]
    )
