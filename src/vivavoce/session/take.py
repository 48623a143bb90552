"""One take: a recording that runs and the turns that are growing on it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from vivavoce.domain import annotation_edits
from vivavoce.domain.attempt import Attempt, AttemptState
from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.events import MomentMarked
from vivavoce.domain.speech import Span, Utterance, Word
from vivavoce.domain.turns import Turn, TurnKind
from vivavoce.errors import StorageError, VivavoceError
from vivavoce.session.annotating import new_stamp
from vivavoce.session.capture import Capture, CaptureReport
from vivavoce.session.studio import Studio
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.open_attempt import OpenAttempt

_log = logging.getLogger(__name__)


class Take:
    """Belongs to the runner's thread; the capture thread only feeds it through events."""

    def __init__(self, store: AttemptStore, attempt: OpenAttempt, capture: Capture) -> None:
        """Take over a recording that has just begun."""
        self._store, self._attempt = store, attempt
        self.capture = capture
        self._turns: list[Turn] = []
        self._utterances: list[Utterance] = []
        self._words: list[Word] = []
        self._turn_runs = False

    @property
    def id(self) -> str:
        """The attempt's id."""
        return self._attempt.id

    def begin_turn(self, kind: TurnKind, at: float, text: str = "") -> None:
        """Somebody begins to speak; on disk at once, so that a killed process can be recovered."""
        self.end_turn(at)
        self._turns.append(Turn(kind, Span(at, at), text))
        self._turn_runs = True
        self._attempt.begin_turn(kind, at, text)

    def end_turn(self, at: float) -> None:
        """The running turn, if any, is over."""
        if self._turn_runs:
            self._turn_runs = False
            last = self._turns[-1]
            self._turns[-1] = replace(last, span=Span(last.span.start, at))
            self._attempt.end_turn(at)

    def add_utterance(self, utterance: Utterance) -> None:
        """A stretch of speech was closed."""
        self._utterances.append(utterance)

    def add_words(self, words: tuple[Word, ...]) -> None:
        """Words were heard."""
        self._words.extend(words)

    def mark(self) -> MomentMarked:
        """Mark this moment; on disk at once, so that it outlives a killed process.

        A mark that cannot be written is told and ends nothing: the recording is worth more.
        """
        at = self.capture.at
        made = annotation_edits.mark(at, new_stamp())
        try:
            self._store.annotations.edit(self.id, made.what, made.added)
        except VivavoceError as error:
            _log.error("a mark could not be kept: %s", error.message)
            return MomentMarked(at, kept=False)
        return MomentMarked(at)

    def turns(self) -> tuple[Turn, ...]:
        """Return the turns so far, the candidate's with the words and voice heard in them."""
        return assemble(self._turns, self._utterances, self._words)

    def finish(self, state: AttemptState, debrief: Debrief | None, model: str = "") -> Attempt:
        """End the recording, keep the take and return it.

        Args:
            state: Anything but `recording`.
            debrief: None for a take that is not scored.
            model: What heard the words; empty for what it was begun with.

        Raises:
            StorageError: It cannot be stored; the recording is on disk all the same.
        """
        seconds = self.capture.close()
        self.end_turn(seconds)
        return self._store.finish(self.id, state, self.turns(), seconds, debrief, model)


def begin_take(
    studio: Studio,
    case: Case | None,
    variant_id: str,
    report: Callable[[CaptureReport], None],
    settle: Callable[[], bool] | None,
) -> Take:
    """Open the microphone and begin to record.

    Args:
        studio: What the round works with.
        case: None to time an answer only.
        variant_id: Empty without a case.
        report: Told what is captured; on the capture thread.
        settle: See `Capture`.

    Raises:
        AudioDeviceError: The microphone cannot be opened.
        StorageError: The attempt cannot be written; the microphone is closed again.
    """
    microphone = studio.make_microphone()
    microphone.open()
    try:
        attempt = studio.store.begin(case, variant_id, studio.sample, studio.transcriber.names)
    except StorageError:
        microphone.close()
        raise
    capture = Capture(microphone, attempt.recording, studio.activity, report, settle)
    return Take(studio.store, attempt, capture)


def assemble(turns: list[Turn], utterances: list[Utterance], words: list[Word]) -> tuple[Turn, ...]:
    """Give each of the candidate's turns the words and the voice that lie in it.

    A voice before the first word, a cough or the end of the interviewer's sentence, is no speech
    and is left out: the monologue begins with the first word.
    """
    return tuple(
        replace(
            turn,
            words=(own := tuple(w for w in words if _within(w.start, w.end, turn.span))),
            text=" ".join(word.text for word in own),
            voiced=tuple(
                u.voiced
                for u in utterances
                if _within(u.voiced.start, u.voiced.end, turn.span)
                and own
                and u.span.end >= own[0].start
            ),
        )
        if turn.by_candidate
        else turn
        for turn in turns
    )


def _within(start: float, end: float, span: Span) -> bool:
    return span.start <= (start + end) / 2 < span.end
