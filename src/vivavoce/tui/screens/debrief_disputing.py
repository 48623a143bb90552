"""“I did say it”: the debrief takes a candidate's words beside a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from textual import on, work
from textual.message import Message

from vivavoce.domain.debrief import Criterion
from vivavoce.domain.dispute import Dispute, dispute_about, make_dispute
from vivavoce.errors import VivavoceError
from vivavoce.tui.findings import proof
from vivavoce.tui.screens.debrief_base import DebriefBase
from vivavoce.tui.screens.dispute import DisputeScreen
from vivavoce.tui.widgets.judged_entry import JudgedEntry


class TakesDisputes(DebriefBase):
    """Keeps disputes and shows them."""

    @dataclass
    class Settled(Message):
        """A dispute has been kept or, where it is None, taken back; or neither could be done."""

        criterion: Criterion
        dispute: Dispute | None
        error: VivavoceError | None = None

    @property
    def _answerable_by(self) -> str:
        """The action that answers the judgement of this entry; empty where none does."""
        entry, attempt = self.focused, self._attempt
        if not isinstance(entry, JudgedEntry) or attempt.debrief is None:
            return ""
        if dispute_about(attempt.disputes, entry.criterion) is not None:
            return "withdraw"
        could_be_missed = attempt.debrief.first.judgement(entry.criterion).level < 2
        return "dispute" if could_be_missed and self._has_words else ""

    def action_dispute(self) -> None:
        """Ask for the words in which the candidate said it."""
        entry, debrief = self.focused, self._attempt.debrief
        assert isinstance(entry, JudgedEntry)
        assert debrief is not None
        first, criterion, words = debrief.first, entry.criterion, self._attempt.judged_words

        def keep(stretch: tuple[int, int] | None) -> None:
            if stretch is not None:
                now = datetime.now(UTC)
                self._settle(criterion, make_dispute(criterion, first, words, stretch, now))

        self.app.push_screen(DisputeScreen(criterion, first.text), keep)

    def action_withdraw(self) -> None:
        """Let the judgement stand after all."""
        entry = self.focused
        assert isinstance(entry, JudgedEntry)
        self._settle(entry.criterion, None)

    @work(thread=True, group="disputes")
    def _settle(self, criterion: Criterion, dispute: Dispute | None) -> None:
        backstage, attempt_id = self._app.backstage, self._attempt.id
        try:
            if dispute is None:
                backstage.withdraw_dispute(attempt_id, criterion)
            else:
                backstage.keep_dispute(attempt_id, dispute)
        except VivavoceError as error:
            self.post_message(self.Settled(criterion, dispute, error))
        else:
            self.post_message(self.Settled(criterion, dispute))

    @on(Settled)
    def _show_settled(self, message: Settled) -> None:
        if message.error is not None:
            self._tell(message.error)
            return
        attempt = self._attempt.with_dispute(message.criterion, message.dispute)
        assert attempt.debrief is not None
        self._attempt = attempt
        finding = proof(message.criterion, attempt.debrief.first, attempt.disputes)
        for entry in self.query(JudgedEntry).results():
            if entry.criterion == message.criterion:
                entry.span = finding.span
                entry.show_text(finding.text)
        self.refresh_bindings()
