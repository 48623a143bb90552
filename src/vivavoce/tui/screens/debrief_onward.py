"""From the debrief on: to the replay of the attempt, and to the take before it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from vivavoce.domain.attempt import Attempt, AttemptSummary
from vivavoce.domain.comparison import Comparison, compare
from vivavoce.errors import VivavoceError
from vivavoce.tui.archive import History
from vivavoce.tui.screens.debrief_patching import TakesSentences
from vivavoce.tui.widgets.entry import Entry


def take_beside(attempt: Attempt, history: History) -> AttemptSummary | None:
    """Return the take at the same case before an attempt, else the one after it; None for none."""
    if attempt.case is None:
        return None
    takes = [
        each
        for each in history.attempts
        if each.case_id == attempt.case.id and each.id != attempt.id and each.vote is not None
    ]
    before = [each for each in takes if each.started_at <= attempt.started_at]
    return before[0] if before else takes[-1] if takes else None


class LeadsOn(TakesSentences):
    """Opens the other screens about an attempt."""

    _other: AttemptSummary | None = None
    """What it can be compared with."""
    _left_for_replay = False

    @dataclass
    class OtherFound(Message):
        """There is another take at the case."""

        other: AttemptSummary

    @dataclass
    class Compared(Message):
        """The comparison that is to be shown, or why there is none."""

        outcome: Comparison | VivavoceError

    @dataclass
    class Reread(Message):
        """The attempt as it is after the replay, or why it cannot be read."""

        outcome: Attempt | VivavoceError

    # -- comparing ---------------------------------------------------------------------------

    @work(thread=True, group="others")
    def _look_for_others(self) -> None:
        try:
            other = take_beside(self._attempt, self._app.backstage.archive.history())
        except VivavoceError:
            return  # the list of attempts tells it
        if other is not None:
            self.post_message(self.OtherFound(other))

    @on(OtherFound)
    def _offer_comparison(self, message: OtherFound) -> None:
        self._other = message.other
        self.refresh_bindings()

    def action_compare(self) -> None:
        """Put the take before this one beside it."""
        self.action_stop()
        if self._other is not None:
            self._compare(self._other)

    @work(thread=True, group="compare", exclusive=True)
    def _compare(self, other: AttemptSummary) -> None:
        try:
            pair = sorted(
                (self._app.backstage.archive.attempt(other.id), self._attempt),
                key=lambda each: each.started_at,
            )
            self.post_message(self.Compared(compare(*pair)))
        except VivavoceError as error:
            self.post_message(self.Compared(error))

    @on(Compared)
    def _show_comparison(self, message: Compared) -> None:
        if isinstance(message.outcome, VivavoceError):
            self._tell(message.outcome)
        else:
            self._app.show_compare(message.outcome)

    # -- the replay --------------------------------------------------------------------------

    def action_replay(self) -> None:
        """Go through the recording, from the words of the entry on."""
        self.action_stop()
        entry = self.focused
        span = entry.span if isinstance(entry, Entry) else None
        self._left_for_replay = True
        self._app.show_replay(self._attempt.id, at=span.start if span else None)

    def on_screen_resume(self) -> None:
        """Come back from the replay: words may have been corrected there."""
        if self._left_for_replay:
            self._left_for_replay = False
            self._read_again()

    @work(thread=True, group="again")
    def _read_again(self) -> None:
        try:
            self.post_message(self.Reread(self._app.backstage.archive.attempt(self._attempt.id)))
        except VivavoceError as error:
            self.post_message(self.Reread(error))

    @on(Reread)
    async def _show_reread(self, message: Reread) -> None:
        if isinstance(message.outcome, VivavoceError):
            self._tell(message.outcome)
        else:
            await self._show_attempt(message.outcome)
