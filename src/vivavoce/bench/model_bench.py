"""Whisper models beside each other on this machine: words wrong, work, memory, the wait."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.bench.live_run import LiveRun, run_live
from vivavoce.bench.speech_folder import Joined, Recording, join
from vivavoce.bench.word_errors import error_rate, errors_by_passage

STOPS = 4
STOP_SECONDS, REAL_TIME_SECONDS = 30.0, 15.0
"""Answers of this length are stopped; their last part is fed in real time."""
STOP_AFTER_SECONDS = 0.3
"""From the last word to the key: what an eager hand leaves."""
MOST_WORK, LONGEST_WAIT_SECONDS = 0.5, 1.5
"""A model keeps up with at most so many processor seconds a second of speech, and so long a wait in
the middle. Chosen: in real time, with a draft at each pause, the work doubles."""


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What one model did."""

    model: str
    words_wrong: float
    """Percent, over all recordings, in the batches of a live round."""
    work: float
    """Processor seconds a second of speech, heard as fast as it goes."""
    memory_mb: float
    """Of the transcriber, at the end of the longest answer."""
    wait_s: float
    """From the key to the last word of the transcript, in the middle of the stops."""
    longest_wait_s: float

    @property
    def keeps_up(self) -> bool:
        """Whether a round with it would feel live on this machine."""
        return self.work <= MOST_WORK and self.wait_s <= LONGEST_WAIT_SECONDS


def measure_model(
    model: Path, recordings: Sequence[Recording], say: Callable[[str], None]
) -> ModelFigures:
    """Hold answers as real rounds and measure.

    Args:
        model: Its folder.
        recordings: Each is heard once for the words; stops begin at different ones.
        say: Told what happens.

    Raises:
        VivavoceError: The model cannot be used.
    """
    say(f"{model.name}: {len(recordings)} recordings ...")
    answer = join(recordings, None, seed=7)
    whole = _live(answer, model, 0.0)
    wrong = error_rate(errors_by_passage(answer.passages, whole.words))
    waits = []
    for i in range(STOPS):
        say(f"{model.name}: stop {i + 1} of {STOPS} ...")
        first = i * len(recordings) // STOPS
        stopped = join([*recordings[first:], *recordings[:first]], STOP_SECONDS, seed=i)
        waits.append(_live(stopped, model, REAL_TIME_SECONDS).stop_to_final)
    return ModelFigures(
        model.name,
        wrong,
        whole.transcriber_cpu_s / whole.seconds,
        whole.transcriber_mb,
        statistics.median(waits),
        max(waits),
    )


def _live(answer: Joined, model: Path, real_time_seconds: float) -> LiveRun:
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        return run_live(answer, model, Path(folder), STOP_AFTER_SECONDS, real_time_seconds)


def suggested(figures: Sequence[ModelFigures]) -> ModelFigures | None:
    """Return the model that hears best among those that keep up, if any does."""
    fitting = [figure for figure in figures if figure.keeps_up]
    return min(fitting, key=lambda figure: figure.words_wrong, default=None)
