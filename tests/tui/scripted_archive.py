"""Attempts that are over, known beforehand; edits stay in memory and nothing is scored again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vivavoce.config import Config
from vivavoce.domain.annotation import Annotation
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief, Level
from vivavoce.domain.peaks import Peaks, peaks_from
from vivavoce.domain.said_sentence import SentenceEvent
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


class ScriptedSentence:
    """The recording of a sentence that tells what a test makes it tell."""

    def __init__(
        self, attempt: Attempt, criterion: Criterion, observe: Callable[[SentenceEvent], None]
    ) -> None:
        self.attempt, self.criterion, self.observe = attempt, criterion, observe
        self.started = self.finished = self.closed = False
        self.kept: Attempt | None = None
        """What closing it returns."""

    def start(self) -> None:
        self.started = True

    def finish(self) -> None:
        self.finished = True

    def close(self) -> Attempt | None:
        self.closed = True
        return self.kept


class EndedSound:
    """A sound that is over at once."""

    def wait(self, timeout: float) -> bool:
        return True

    def stop(self) -> None:
        pass


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
    best: Attempt | None = None
    """The last best take at its case."""
    sentences: list[ScriptedSentence] = field(default_factory=list)
    patched: Debrief | VivavoceError | None = None
    """Of the answer with its patches, or what prevents it; None for the attempt's own debrief."""
    played_patched: list[Attempt] = field(default_factory=list)
    judged: tuple[str, ...] = ()
    """What the next edit is said to have changed."""
    _undone: list[Attempt] = field(default_factory=list)
    _done: list[tuple[Attempt, str]] = field(default_factory=list)

    def history(self, words: str = "") -> History:
        from tests.tui.scripted import summary_of

        summaries = {each.id: summary_of(each) for each in self.attempts}
        levels = {each.id: _levels(each.debrief) for each in self.attempts if each.debrief}
        if not words:
            return History(tuple(summaries.values()), levels=levels)
        found = self.found.get(words, {})
        return History(tuple(summaries[each] for each in found if each in summaries), found, levels)

    def attempt(self, attempt_id: str) -> Attempt:
        for each in self.attempts:
            if each.id == attempt_id:
                return each
        raise NotFoundError("That attempt is gone.", "Go back to the list.")

    def best_take(self, case_id: str) -> Attempt | None:
        if self.best is not None and self.best.case is not None and self.best.case.id == case_id:
            return self.best
        return None

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

    def record_sentence(
        self,
        attempt: Attempt,
        criterion: Criterion,
        config: Config,
        observe: Callable[[SentenceEvent], None],
    ) -> ScriptedSentence:
        self.sentences.append(ScriptedSentence(attempt, criterion, observe))
        return self.sentences[-1]

    def patched_debrief(self, attempt: Attempt) -> Debrief:
        if isinstance(self.patched, VivavoceError):
            raise self.patched
        debrief = self.patched or attempt.debrief
        assert debrief is not None
        return debrief

    def play_patched(self, attempt: Attempt, config: Config) -> EndedSound:
        self.played_patched.append(attempt)
        return EndedSound()

    def _now(self, attempt: Attempt, what: str, judged: tuple[str, ...] = ()) -> Change:
        self.attempts = [attempt if each.id == attempt.id else each for each in self.attempts]
        return Change(attempt, what, judged)


def _levels(debrief: Debrief) -> dict[Criterion, Level]:
    names: tuple[Criterion, ...] = ("problem", "solution", "lift")
    return {name: debrief.first.judgement(name).level for name in names}


def _peaks(attempt: Attempt) -> Peaks:
    """Return the outline of a hum where the candidate speaks."""
    sound = np.zeros(round(attempt.duration_s * SAMPLE_RATE), np.int16)
    for turn in attempt.turns:
        begin, end = (round(second * SAMPLE_RATE) for second in (turn.span.start, turn.span.end))
        ramp = np.abs(np.sin(np.arange(begin, end) / SAMPLE_RATE * 1.7))
        sound[begin:end] = (20000 if turn.by_candidate else 6000) * ramp
    return peaks_from(sound)
