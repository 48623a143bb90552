"""What the screens ask about attempts that are over: to list, replay, annotate and compare them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from vivavoce.config import Config
    from vivavoce.domain.annotation import Annotation
    from vivavoce.domain.attempt import Attempt, AttemptSummary
    from vivavoce.domain.peaks import Peaks
    from vivavoce.engines.protocols import Player
    from vivavoce.session.annotating import Change


@dataclass(frozen=True, slots=True)
class History:
    """Attempts in a list."""

    attempts: tuple[AttemptSummary, ...]
    """Newest first, or the best match first."""
    found: Mapping[str, str] = field(default_factory=dict)
    """By attempt, a stretch around the words that were searched, those between « and »."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What the replay screen shows."""

    attempt: Attempt
    peaks: Peaks | None
    """None where the recording is gone or damaged."""
    position: float
    """Seconds: where it was left."""
    trouble: str = ""
    """Why there is no recording; empty when there is."""


class Archive(Protocol):
    """Every method may take its time: call them off the screen's thread."""

    def history(self, words: str = "") -> History:
        """Return all attempts, or those in which all the words were said or noted.

        Raises:
            VivavoceError: They cannot be read.
        """
        ...

    def attempt(self, attempt_id: str) -> Attempt:
        """Return one attempt.

        Raises:
            VivavoceError: It is gone.
        """
        ...

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt for good.

        Raises:
            VivavoceError: It is gone, or cannot be deleted.
        """
        ...

    def open_replay(self, attempt_id: str) -> Replay:
        """Return an attempt with the outline of its sound.

        Raises:
            VivavoceError: The attempt is gone.
        """
        ...

    def open_player(self, attempt_id: str, config: Config) -> Player:
        """Return what plays an attempt's recording.

        Raises:
            VivavoceError: The recording or the loudspeaker does not work.
        """
        ...

    def keep_position(self, attempt_id: str, seconds: float) -> None:
        """Keep where the replay was left.

        Raises:
            VivavoceError: It cannot be written.
        """
        ...

    def edit(
        self,
        attempt: Attempt,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> Change:
        """Keep one step of annotating; see `session.annotating.Annotator.edit`.

        Raises:
            VivavoceError: The attempt is gone, or it cannot be written.
        """
        ...

    def undo(self, attempt: Attempt) -> Change:
        """Take the latest step back; nothing happens where there is none.

        Raises:
            VivavoceError: It cannot be written.
        """
        ...

    def redo(self, attempt: Attempt) -> Change:
        """Do again what was undone last; nothing happens where there is nothing.

        Raises:
            VivavoceError: It cannot be written.
        """
        ...
