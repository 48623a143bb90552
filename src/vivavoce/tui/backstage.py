"""What the screens ask of the layers below them, in one place that a test can script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from vivavoce.tui.archive import Archive

if TYPE_CHECKING:
    from vivavoce.config import Config
    from vivavoce.domain.attempt import Attempt, LastResult
    from vivavoce.domain.case import Case
    from vivavoce.domain.commands import Command
    from vivavoce.domain.debrief import Criterion
    from vivavoce.domain.dispute import Dispute
    from vivavoce.domain.events import SessionEvent
    from vivavoce.domain.fillers import Fillers
    from vivavoce.domain.mic_check import MicCheckEvent
    from vivavoce.domain.round_request import RoundRequest
    from vivavoce.domain.speech import Span


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An attempt whose process died."""

    attempt_id: str
    title: str
    """Of its case; empty for a timed answer."""
    at: datetime
    """When it began; aware."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the library shows."""

    cases: tuple[Case, ...]
    problems: tuple[str, ...]
    """One sentence a case file that cannot be used."""
    results: Mapping[str, LastResult]
    """By case id; cases that were not tried are missing."""
    variants: Mapping[str, str]
    """By case id, the variant that the next attempt takes."""
    unfinished: tuple[Unfinished, ...]
    """The latest first."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What works on this machine, each in a word or two."""

    microphone: str
    voice: str
    model: str
    missing: tuple[str, ...] = ()
    """What does not work: `mic`, `voice`, `model`."""


class RunningRound(Protocol):
    """A round as its screen drives it."""

    def start(self) -> None:
        """Begin."""
        ...

    def send(self, command: Command) -> None:
        """Pass on a key press."""
        ...

    def heard_seconds(self) -> float:
        """Return how much of the interviewer's sentence was heard."""
        ...

    def backlog_seconds(self) -> float:
        """Return how much speech was closed but not yet read."""
        ...

    def close(self) -> None:
        """End it; may block for three seconds."""
        ...


class RunningMicCheck(Protocol):
    """A microphone check as its screen drives it."""

    def start(self) -> None:
        """Begin."""
        ...

    def play_back(self) -> None:
        """Play what was said."""
        ...

    def close(self) -> None:
        """Stop; may block for two seconds."""
        ...


class Sound(Protocol):
    """Something that plays."""

    def wait(self, timeout: float) -> bool:
        """Return True once it has ended."""
        ...

    def stop(self) -> None:
        """Silence it."""
        ...


class Backstage(Protocol):
    """Every method may take its time: call them off the screen's thread."""

    @property
    def archive(self) -> Archive:
        """The attempts that are over."""
        ...

    def shelf(self) -> Shelf:
        """Read the cases, the latest results and what was left unfinished."""
        ...

    def equipment(self, config: Config) -> Equipment:
        """Tell what works on this machine."""
        ...

    def open_round(
        self, request: RoundRequest, config: Config, observe: Callable[[SessionEvent], None]
    ) -> RunningRound:
        """Return a round that is ready to start.

        Raises:
            VivavoceError: It cannot be held on this machine.
        """
        ...

    def check_microphone(
        self, config: Config, observe: Callable[[MicCheckEvent], None]
    ) -> RunningMicCheck:
        """Return a microphone check that is ready to start."""
        ...

    def recover(self, attempt_id: str, config: Config) -> Attempt:
        """Finish an attempt whose process died.

        Raises:
            VivavoceError: Its recording cannot be read again.
        """
        ...

    def play(self, attempt_id: str, span: Span, config: Config) -> Sound:
        """Begin to play a stretch of an attempt's recording.

        Raises:
            VivavoceError: The recording or the loudspeaker does not work.
        """
        ...

    def count_fillers(
        self, attempt: Attempt, config: Config, cancelled: Callable[[], bool]
    ) -> Fillers | None:
        """Count the fillers of a finished attempt and keep the count; takes a tenth of its length.

        Args:
            attempt: With its turns.
            config: Names the model.
            cancelled: Asked every second or two; then None is returned.

        Raises:
            VivavoceError: The recording cannot be read again.
        """
        ...

    def keep_dispute(self, attempt_id: str, dispute: Dispute) -> None:
        """Keep a dispute beside the judgement, in place of an earlier one about it.

        Raises:
            VivavoceError: The attempt is gone, or it cannot be written.
        """
        ...

    def withdraw_dispute(self, attempt_id: str, criterion: Criterion) -> None:
        """Forget the dispute about a criterion.

        Raises:
            VivavoceError: It cannot be written.
        """
        ...

    def remember(self, key: str, value: str | bool) -> None:
        """Keep one setting for the next start.

        Raises:
            VivavoceError: It cannot be written.
        """
        ...
