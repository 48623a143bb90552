"""What the screens ask about attempts that are over: to list, replay, annotate and compare them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from vivavoce.config import Config
    from vivavoce.domain.annotation import Annotation
    from vivavoce.domain.attempt import Attempt, AttemptSummary
    from vivavoce.domain.debrief import Criterion, Debrief, Level
    from vivavoce.domain.peaks import Peaks
    from vivavoce.domain.said_sentence import SentenceEvent
    from vivavoce.engines.protocols import Player
    from vivavoce.session.annotating import Change
    from vivavoce.tui.backstage import Sound


@dataclass(frozen=True, slots=True)
class History:
    """Attempts in a list."""

    attempts: tuple[AttemptSummary, ...]
    """Newest first, or the best match first."""
    found: Mapping[str, str] = field(default_factory=dict)
    """By attempt, a stretch around the words that were searched, those between « and »."""
    levels: Mapping[str, Mapping[Criterion, Level]] = field(default_factory=dict)
    """By attempt, of problem, solution and lift in the first answer; missing where not scored."""


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


class RunningSentence(Protocol):
    """The recording of one sentence, as its screen drives it."""

    def start(self) -> None:
        """Begin."""
        ...

    def finish(self) -> None:
        """The sentence is said: read it."""
        ...

    def close(self) -> Attempt | None:
        """Drop the sentence, or return the attempt with it where it is kept already; may block for
        two seconds."""
        ...


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

    def best_take(self, case_id: str) -> Attempt | None:
        """Return the last best take at a case; None where there is none.

        Raises:
            VivavoceError: It cannot be read.
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

    def record_sentence(
        self,
        attempt: Attempt,
        criterion: Criterion,
        config: Config,
        observe: Callable[[SentenceEvent], None],
    ) -> RunningSentence:
        """Return a recording of the sentence that is missing for a criterion, ready to start.

        Args:
            attempt: With a debrief and words that were judged.
            criterion: What the sentence is for.
            config: Names the microphone and the model.
            observe: Called on the recording's thread.
        """
        ...

    def patched_debrief(self, attempt: Attempt) -> Debrief:
        """Return the debrief of an attempt with its patches in place; it is not kept.

        Raises:
            VivavoceError: The answer cannot be read.
        """
        ...

    def play_patched(self, attempt: Attempt, config: Config) -> Sound:
        """Begin to play an attempt's answer with its patches in place.

        Raises:
            VivavoceError: A recording or the loudspeaker does not work.
        """
        ...
