"""Right after a round: the numbers that were hard to make out, since the score hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from vivavoce.domain.annotation import WordRange
from vivavoce.domain.annotation_edits import Edit
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.number_answers import Answer, answered
from vivavoce.errors import VivavoceError
from vivavoce.scoring.unsure_numbers import questions
from vivavoce.session.annotating import new_stamp
from vivavoce.tui.screens.debrief_onward import LeadsOn
from vivavoce.tui.screens.unsure import UnsureScreen


class AsksNumbers(LeadsOn):
    """Asks once, and keeps the answers."""

    @dataclass
    class NumbersFound(Message):
        """The numbers to ask about, perhaps none."""

        questions: Sequence[WordRange]

    def __init__(self, attempt: Attempt, *, just_held: bool = False) -> None:
        """Prepare the screen for a finished attempt.

        Args:
            attempt: What it tells of.
            just_held: Whether its round is just over: then its numbers are asked about.
        """
        super().__init__(attempt)
        self._just_held = self._to_ask = just_held

    def on_screen_resume(self) -> None:
        """Ask once the debrief stands, also when one went on to another screen before."""
        if self._to_ask:
            self.call_after_refresh(self._find_numbers)

    @work(thread=True, group="numbers", exclusive=True)
    def _find_numbers(self) -> None:
        self.post_message(self.NumbersFound(questions(self._attempt)))

    @on(NumbersFound)
    def _ask(self, message: NumbersFound) -> None:
        # Not `is_current`: that is also true of the screen below this one.
        if self.app.screen is not self or not self._to_ask:
            return
        self._to_ask = False
        if message.questions:
            self.app.push_screen(UnsureScreen(self._attempt, message.questions), self._keep_answers)

    def _keep_answers(self, answers: list[Answer] | None) -> None:
        edit = answered(self._attempt, answers or (), new_stamp)
        if edit:
            self._keep_edit(edit)

    @work(thread=True, group="steps", exclusive=True)
    def _keep_edit(self, edit: Edit) -> None:
        archive = self._app.backstage.archive
        try:
            change = archive.edit(self._attempt, edit.what, edit.added, edit.removed)
        except VivavoceError as error:
            self.post_message(self.Stepped("Kept", None, error))
        else:
            self.post_message(self.Stepped("Kept", change))
