"""An attempt: one take at a case, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from vivavoce.domain.annotation import Annotation
from vivavoce.domain.case import Case
from vivavoce.domain.corrected import corrected_turns
from vivavoce.domain.debrief import Criterion, Debrief, Level, Vote
from vivavoce.domain.dispute import Dispute, words_read
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn

AttemptState = Literal["recording", "done", "restarted", "abandoned", "interrupted"]
"""`recording` while it runs or after the process died; `restarted` when the candidate began again
and this take was kept; `interrupted` when a device or a fault ended it and it was finished."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One take. `case` is a copy made at the time: later edits of the library do not touch it."""

    id: str
    """A ULID, 26 characters."""
    case: Case | None
    """None for `practice --timer`."""
    variant_id: str
    """Which variant was shown; empty without a case."""
    started_at: datetime
    """Aware, UTC."""
    state: AttemptState
    sample: bool
    """True for the shipped sample, which statistics leave out."""
    model: str
    """The Whisper model that heard it."""
    duration_s: float
    """Length of the recording."""
    turns: tuple[Turn, ...]
    """In time order, as the machine heard them."""
    debrief: Debrief | None
    """None until the attempt is finished, and for one that was abandoned."""
    fillers: Fillers | None = None
    """None until they are counted, after the debrief."""
    disputes: tuple[Dispute, ...] = ()
    """What the candidate says was missed, in the order in which it was said; one a criterion."""
    annotations: tuple[Annotation, ...] = ()
    """In the order of their places."""

    @property
    def vote(self) -> Vote | None:
        """The panel's; see `counted_vote`."""
        return counted_vote(self.case is not None, self.debrief)

    @property
    def corrected(self) -> tuple[Turn, ...]:
        """The turns with the candidate's corrections: what is scored, shown and exported."""
        return corrected_turns(self.turns, self.annotations)

    @property
    def judged_words(self) -> Transcript:
        """The words of the first answer that was judged; without words where none was."""
        if self.case is None or self.debrief is None:
            return Transcript.of(())
        return words_read(self.debrief.first, self.corrected)

    def with_dispute(self, criterion: Criterion, dispute: Dispute | None) -> Attempt:
        """Return the attempt with another dispute about a criterion, or with none."""
        others = tuple(each for each in self.disputes if each.criterion != criterion)
        return replace(self, disputes=others if dispute is None else (*others, dispute))


def counted_vote(has_case: bool, debrief: Debrief | None) -> Vote | None:
    """Return the vote of a debrief; None without a case, a debrief or words in the first answer."""
    if not has_case or debrief is None or not debrief.first_heard:
        return None
    return debrief.first.vote


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """What a list shows of an attempt."""

    id: str
    """A ULID, 26 characters."""
    case_id: str | None
    """None for `practice --timer`."""
    title: str
    """The case's; empty without one."""
    started_at: datetime
    """Aware, UTC."""
    duration_s: float
    """Length of the recording; 0.0 until it is finished."""
    sample: bool
    """True for the shipped sample."""
    vote: Vote | None
    """See `counted_vote`."""
    state: AttemptState

    @property
    def answered(self) -> bool:
        """Whether the candidate heard these figures and was judged: the next variant is due."""
        return self.vote is not None and not self.sample


@dataclass(frozen=True, slots=True)
class LastResult:
    """How the latest attempt at a case was read; one that was broken off, where none was done."""

    at: datetime
    """When it began; aware, UTC."""
    levels: Mapping[Criterion, Level]
    """Of problem, solution and lift in the first answer."""
