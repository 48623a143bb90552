"""The archive of this machine: the real store, reader and player; imported when asked."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from vivavoce.config import Config
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations
from vivavoce.tui.archive import History, Replay

if TYPE_CHECKING:
    from vivavoce.domain.annotation import Annotation
    from vivavoce.domain.attempt import Attempt
    from vivavoce.domain.debrief import Criterion, Debrief
    from vivavoce.domain.said_sentence import SentenceEvent
    from vivavoce.engines.protocols import Player
    from vivavoce.scoring.reader import Reader
    from vivavoce.session.annotating import Annotator, Change
    from vivavoce.store.attempt_store import AttemptStore
    from vivavoce.tui.archive import RunningSentence
    from vivavoce.tui.backstage import Sound


LEAD_SECONDS = 1.0
"""What is heard before the first word, when a replay is opened for the first time. Chosen."""


def _first_word(attempt: Attempt) -> float:
    """Return when the candidate's first word was said, in seconds; 0.0 without words."""
    return next((word.start for turn in attempt.turns for word in turn.words), 0.0)


class LiveArchive:
    """The machine as it is (Protocol: Archive)."""

    def __init__(self, locations: Locations) -> None:
        """Touch nothing yet."""
        self._locations = locations
        self._reader: Reader | None = None
        self._opening = threading.Lock()

    @contextlib.contextmanager
    def _store(self) -> Iterator[AttemptStore]:
        from vivavoce.store.attempt_store import AttemptStore

        with contextlib.closing(AttemptStore(self._locations)) as store:
            yield store

    @contextlib.contextmanager
    def _annotator(self) -> Iterator[Annotator]:
        from vivavoce.session.annotating import Annotator

        with self._store() as store:
            yield Annotator(store, self._open_reader)

    def _open_reader(self) -> Reader:
        """Return the reader of answers, opened once: its model takes a third of a second."""
        from vivavoce.session.answer_reader import open_reader

        with self._opening:
            if self._reader is None:
                self._reader = open_reader(self._locations)
            return self._reader

    def history(self, words: str = "") -> History:
        """Return all attempts, or those in which all the words were said or noted."""
        with self._store() as store:
            levels = store.levels()
            if not words.strip():
                return History(tuple(store.list()), levels=levels)
            found = store.search(words)
        stretches = {summary.id: stretch for summary, stretch in found.items()}
        return History(tuple(found), stretches, levels)

    def attempt(self, attempt_id: str) -> Attempt:
        """Return one attempt."""
        with self._store() as store:
            return store.get(attempt_id)

    def best_take(self, case_id: str) -> Attempt | None:
        """Return the last best take at a case; None where there is none."""
        with self._store() as store:
            return store.best_take(case_id)

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt for good."""
        with self._store() as store:
            store.delete(attempt_id)

    def open_replay(self, attempt_id: str) -> Replay:
        """Return an attempt with the outline of its sound."""
        from vivavoce.store.peaks_cache import peaks_of

        with self._store() as store:
            attempt = store.get(attempt_id)
            left = store.annotations.replay_position(attempt.id)
            # Before the first word there is a minute of thinking, in which nothing is heard.
            position = left or max(0.0, _first_word(attempt) - LEAD_SECONDS)
            recording = store.recording_path(attempt.id)
        try:
            return Replay(attempt, peaks_of(recording), position)
        except VivavoceError as error:
            return Replay(attempt, None, position, str(error))

    def open_player(self, attempt_id: str, config: Config) -> Player:
        """Return what plays an attempt's recording."""
        from vivavoce.engines.player_sounddevice import SounddevicePlayer
        from vivavoce.store.recording import read_recording

        with self._store() as store:
            samples = read_recording(store.recording_path(attempt_id))
        return SounddevicePlayer(samples, config.output_device)

    def keep_position(self, attempt_id: str, seconds: float) -> None:
        """Keep where the replay was left."""
        with self._store() as store:
            store.annotations.keep_replay_position(attempt_id, seconds)

    def edit(
        self,
        attempt: Attempt,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> Change:
        """Keep one step of annotating."""
        with self._annotator() as annotator:
            return annotator.edit(attempt, what, added, removed)

    def undo(self, attempt: Attempt) -> Change:
        """Take the latest step back."""
        with self._annotator() as annotator:
            return annotator.undo(attempt)

    def redo(self, attempt: Attempt) -> Change:
        """Do again what was undone last."""
        with self._annotator() as annotator:
            return annotator.redo(attempt)

    def record_sentence(
        self,
        attempt: Attempt,
        criterion: Criterion,
        config: Config,
        observe: Callable[[SentenceEvent], None],
    ) -> RunningSentence:
        """Return a recording of a missing sentence, ready to start."""
        from vivavoce.session.patching import record_sentence

        return record_sentence(
            attempt, criterion, config, self._locations, observe, prepare=self._open_reader
        )

    def patched_debrief(self, attempt: Attempt) -> Debrief:
        """Return the debrief of an attempt with its patches in place."""
        from vivavoce.session.patching import patched_debrief

        return patched_debrief(attempt, self._open_reader())

    def play_patched(self, attempt: Attempt, config: Config) -> Sound:
        """Begin to play an attempt's answer with its patches in place."""
        from vivavoce.session.patched_sound import play_patched

        with self._store() as store:
            return play_patched(attempt, store, config)
