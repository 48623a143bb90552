"""Attempts that are over, known beforehand; edits stay in memory and nothing is scored again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vivavoce.config import Config
from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.peaks import Peaks, peaks_from
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import NotFoundError, VivavoceError
from vivavoce.session.annotating import Change
from vivavoce.tui.archive import History, Replay


class ScriptedPlayer:
    """A player whose clock the test moves."""

    def __init__(self) -> None:
        self.at = 0.0
        self.playing = self.closed = False
        self.asked: list[tuple[float, float | None, float, bool]] = []
        """What was to be played: start, end, speed, whether again and again."""
        self.fault: VivavoceError | None = None

    def play(
        self, start: float, end: float | None = None, speed: float = 1.0, loop: bool = False
    ) -> None:
        self.asked.append((start, end, speed, loop))
        self.at, self.playing = start, True

    def pause(self) -> None:
        self.playing = False

    def position(self) -> float:
        return self.at

    def check(self) -> None:
        if self.fault is not None:
            raise self.fault

    def close(self) -> None:
        self.closed = True


@dataclass
class ScriptedArchive:
    """Everything about attempts that are over."""

    attempts: list[Attempt] = field(default_factory=list)
    """Newest first."""
    found: dict[str, dict[str, str]] = field(default_factory=dict)
    """By what was searched: a stretch by attempt."""
    position: float = 0.0
    players: list[ScriptedPlayer] = field(default_factory=list)
    player_fault: VivavoceError | None = None
    """Raised when a player is opened."""
    edit_fault: VivavoceError | None = None
    """Raised when something is edited."""
    judged: tuple[str, ...] = ()
    """What the next edit is said to have changed."""
    _undone: list[Attempt] = field(default_factory=list)
    _done: list[tuple[Attempt, str]] = field(default_factory=list)

    def history(self, words: str = "") -> History:
        from tests.tui.scripted import summary_of

        summaries = {each.id: summary_of(each) for each in self.attempts}
        if not words:
            return History(tuple(summaries.values()))
        found = self.found.get(words, {})
        return History(tuple(summaries[each] for each in found), found)

    def attempt(self, attempt_id: str) -> Attempt:
        for each in self.attempts:
            if each.id == attempt_id:
                return each
        raise NotFoundError("That attempt is gone.", "Go back to the list.")

    def delete(self, attempt_id: str) -> None:
        self.attempts.remove(self.attempt(attempt_id))

    def open_replay(self, attempt_id: str) -> Replay:
        attempt = self.attempt(attempt_id)
        return Replay(attempt, _peaks(attempt), self.position)

    def open_player(self, attempt_id: str, config: Config) -> ScriptedPlayer:
        if self.player_fault is not None:
            raise self.player_fault
        self.players.append(ScriptedPlayer())
        return self.players[-1]

    def keep_position(self, attempt_id: str, seconds: float) -> None:
        self.position = seconds

    def edit(
        self,
        attempt: Attempt,
        what: str,
        added: Sequence[Annotation] = (),
        removed: Collection[str] = (),
    ) -> Change:
        if self.edit_fault is not None:
            raise self.edit_fault
        kept = [each for each in attempt.annotations if each.id not in removed]
        places = sorted([*kept, *added], key=lambda each: each.anchor.span.start)
        self._done.append((attempt, what))
        self._undone.clear()
        return self._now(replace(attempt, annotations=tuple(places)), what, self.judged)

    def undo(self, attempt: Attempt) -> Change:
        if not self._done:
            return Change(attempt, "")
        before, what = self._done.pop()
        self._undone.append(attempt)
        return self._now(before, what)

    def redo(self, attempt: Attempt) -> Change:
        if not self._undone:
            return Change(attempt, "")
        self._done.append((attempt, "again"))
        return self._now(self._undone.pop(), "again")

    def _now(self, attempt: Attempt, what: str, judged: tuple[str, ...] = ()) -> Change:
        self.attempts = [attempt if each.id == attempt.id else each for each in self.attempts]
        return Change(attempt, what, judged)


def _peaks(attempt: Attempt) -> Peaks:
    """Return the outline of a hum where the candidate speaks."""
    sound = np.zeros(round(attempt.duration_s * SAMPLE_RATE), np.int16)
    for turn in attempt.turns:
        begin, end = (round(second * SAMPLE_RATE) for second in (turn.span.start, turn.span.end))
        ramp = np.abs(np.sin(np.arange(begin, end) / SAMPLE_RATE * 1.7))
        sound[begin:end] = (20000 if turn.by_candidate else 6000) * ramp
    return peaks_from(sound)
