"""What the screens ask for, from the real session, store and engines; imported when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from vivavoce.config import Config, remember
from vivavoce.errors import AudioDeviceError, VivavoceError
from vivavoce.locations import Locations
from vivavoce.tui.backstage import (
    Equipment,
    RunningMicCheck,
    RunningRound,
    Shelf,
    Sound,
    Unfinished,
)
from vivavoce.tui.live_archive import LiveArchive

if TYPE_CHECKING:
    from vivavoce.domain.attempt import Attempt
    from vivavoce.domain.debrief import Criterion
    from vivavoce.domain.dispute import Dispute
    from vivavoce.domain.events import SessionEvent
    from vivavoce.domain.fillers import Fillers
    from vivavoce.domain.mic_check import MicCheckEvent
    from vivavoce.domain.round_request import RoundRequest
    from vivavoce.domain.speech import Span
    from vivavoce.store.attempt_store import AttemptStore


class LiveBackstage:
    """The machine as it is (Protocol: Backstage)."""

    def __init__(self, locations: Locations) -> None:
        """Touch nothing yet."""
        self._locations = locations
        self.archive = LiveArchive(locations)

    def _store(self) -> AttemptStore:
        from vivavoce.store.attempt_store import AttemptStore

        return AttemptStore(self._locations)

    def shelf(self) -> Shelf:
        """Read the cases, the latest results and what was left unfinished."""
        from vivavoce.store.case_library import load_library

        library = load_library(self._locations)
        store = self._store()
        try:
            taken = Counter(kept.case_id for kept in store.list() if kept.answered)
            unfinished = tuple(
                Unfinished(left.id, left.case.title if left.case else "", left.started_at)
                for left in store.unfinished()
            )
            results = store.last_results()
        finally:
            store.close()
        turns = {case.id: case.variant_in_turn(taken[case.id]).id for case in library.cases}
        return Shelf(library.cases, library.problems, results, turns, unfinished)

    def equipment(self, config: Config) -> Equipment:
        """Tell what works on this machine, without opening the microphone."""
        from vivavoce.weights.files import check_whisper_model

        missing = []
        voice, model = "on" if config.speak else "off", config.model
        microphone = _device("input", config.input_device)
        if not microphone:
            microphone = "none"
            missing.append("mic")
        if config.speak and not _device("output", config.output_device):
            voice = "no speaker"
            missing.append("voice")
        try:
            check_whisper_model(config.model, self._locations)
        except VivavoceError:
            model = f"{config.model} is missing"
            missing.append("model")
        return Equipment(microphone, voice, model, tuple(missing))

    def open_round(
        self, request: RoundRequest, config: Config, observe: Callable[[SessionEvent], None]
    ) -> RunningRound:
        """Return a round that is ready to start."""
        from vivavoce.session.opening import open_round

        return open_round(request, config, self._locations, observe)

    def check_microphone(
        self, config: Config, observe: Callable[[MicCheckEvent], None]
    ) -> RunningMicCheck:
        """Return a microphone check that is ready to start."""
        from vivavoce.session.mic_check import MicCheck

        return MicCheck(config, observe)

    def recover(self, attempt_id: str, config: Config) -> Attempt:
        """Finish an attempt whose process died."""
        from vivavoce.session.recovery import recover_attempt

        store = self._store()
        try:
            return recover_attempt(attempt_id, store, config, self._locations)
        finally:
            store.close()

    def play(self, attempt_id: str, span: Span, config: Config) -> Sound:
        """Begin to play a stretch of an attempt's recording."""
        from vivavoce.session.playback import play_span

        store = self._store()
        try:
            recording = store.recording_path(attempt_id)
        finally:
            store.close()
        return play_span(recording, span, config)

    def count_fillers(
        self, attempt: Attempt, config: Config, cancelled: Callable[[], bool]
    ) -> Fillers | None:
        """Count the fillers of a finished attempt and keep the count."""
        from vivavoce.session.filler_count import fillers_of

        store = self._store()
        try:
            return fillers_of(attempt, store, config, self._locations, cancelled)
        finally:
            store.close()

    def keep_dispute(self, attempt_id: str, dispute: Dispute) -> None:
        """Keep a dispute beside the judgement, in place of an earlier one about it."""
        store = self._store()
        try:
            store.keep_dispute(attempt_id, dispute)
        finally:
            store.close()

    def withdraw_dispute(self, attempt_id: str, criterion: Criterion) -> None:
        """Forget the dispute about a criterion."""
        store = self._store()
        try:
            store.withdraw_dispute(attempt_id, criterion)
        finally:
            store.close()

    def remember(self, key: str, value: str | bool) -> None:
        """Keep one setting for the next start."""
        remember(self._locations.config_file, key, value)


def _device(kind: Literal["input", "output"], name_part: str) -> str:
    """Return the name of the device that a round would use; empty when there is none."""
    from vivavoce.engines.sounddevice_devices import list_devices

    try:
        names = [device.name for device in list_devices(kind)]
    except AudioDeviceError:
        return ""
    return next((name for name in names if name_part.casefold() in name.casefold()), "")
