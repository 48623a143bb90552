"""Say only the missing sentence: the debrief asks for it, and shows what it changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.containers import Vertical
from textual.message import Message

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Debrief
from vivavoce.domain.patching import patches
from vivavoce.errors import VivavoceError
from vivavoce.scoring.patch_place import missing_sentence
from vivavoce.session.annotating import Change
from vivavoce.tui.findings import with_sentence
from vivavoce.tui.screens.debrief_playing import PlaysQuotes
from vivavoce.tui.screens.say_sentence import SaySentenceScreen
from vivavoce.tui.widgets.entry import Entry
from vivavoce.tui.widgets.said_entry import SaidEntry
from vivavoce.tui.words import plain

_log = logging.getLogger(__name__)

BEING_READ = "Being read in its place …"
STEP_SECONDS, JUDGED_SECONDS = 2, 8
"""How long a step is told, and what it changed in the score. Chosen: by its lines."""
NOT_READ = "It could not be read in its place just now."


class TakesSentences(PlaysQuotes):
    """Records sentences, shows them, takes them back."""

    _patched: Debrief | None = None
    """With the sentences in their places; None without one, and until it is read."""

    @dataclass
    class Patched(Message):
        """The answer was read with its patches; None where it could not be."""

        attempt: Attempt
        debrief: Debrief | None

    @dataclass
    class Stepped(Message):
        """A step of annotating was made, taken back or done again, or could not be."""

        verb: str
        change: Change | None
        error: VivavoceError | None = None

    @property
    def _missing(self) -> Criterion | None:
        """The criterion whose sentence is asked for; None where none is, or none can be put in."""
        debrief = self._patched or self._attempt.debrief
        if debrief is None or not debrief.heard or not self._has_words:
            return None
        return missing_sentence(debrief.first)

    @property
    def _has_patch(self) -> bool:
        return bool(patches(self._attempt.annotations))

    # -- saying it ---------------------------------------------------------------------------

    def action_say_sentence(self) -> None:
        """Record the sentence that is asked for."""
        criterion, debrief = self._missing, self._patched or self._attempt.debrief
        if criterion is None or debrief is None:
            return
        self.action_stop()
        screen = SaySentenceScreen(self._attempt, criterion, debrief.first.say_next)

        async def show(attempt: Attempt | None) -> None:
            if attempt is not None:
                await self._show_attempt(attempt)
                for entry in self.query(SaidEntry).results():
                    if entry.patch.criterion == criterion:
                        entry.focus()

        self.app.push_screen(screen, show)

    async def _show_attempt(self, attempt: Attempt) -> None:
        """Show the attempt as it is now; what was judged anew is laid out anew."""
        before, self._attempt = self._attempt, attempt
        if before.debrief != attempt.debrief or before.corrected != attempt.corrected:
            self._patched = None
            self.action_stop()
            with self.app.batch_update():
                await self.recompose()
                await self._go_on()
        elif patches(before.annotations) != patches(attempt.annotations):
            self._patched = None
            await self._show_said()
        self.refresh_bindings()

    async def _go_on(self) -> None:
        """Lay out what the first frame does not wait for."""

    # -- showing it --------------------------------------------------------------------------

    async def _show_said(self) -> None:
        """Lay out the sentences that stand; what they change is read meanwhile."""
        if not self.query("#said"):
            return
        if isinstance(self._playing, SaidEntry):
            self.action_stop()
        box = self.query_one("#said", Vertical)
        inside = isinstance(self.focused, SaidEntry)
        await box.remove_children()
        entries = [SaidEntry(patch) for patch in patches(self._attempt.annotations)]
        await box.mount_all(entries)
        if entries:
            entries[-1].show_outcome(BEING_READ)
            self._read_patched(self._attempt)
        else:
            self._show_next()
        if inside:
            (entries[-1] if entries else self.query_one(".-next")).focus()

    @work(thread=True, group="patched", exclusive=True)
    def _read_patched(self, attempt: Attempt) -> None:
        try:
            debrief = self._app.backstage.archive.patched_debrief(attempt)
        except Exception as error:  # noqa: BLE001 - the thread's edge; the debrief stands without it
            # The error's text could quote the answer.
            _log.error("the patched answer was not read: %s", type(error).__name__)
            self.post_message(self.Patched(attempt, None))
        else:
            self.post_message(self.Patched(attempt, debrief))

    @on(Patched)
    def _show_patched(self, message: Patched) -> None:
        if message.attempt is not self._attempt:
            return  # another sentence, or none, stands there by now
        self._patched = message.debrief
        told = NOT_READ
        if message.debrief is not None and self._attempt.debrief is not None:
            count = len(patches(self._attempt.annotations))
            told = with_sentence(self._attempt.debrief, message.debrief, count)
        entries = list(self.query(SaidEntry).results())
        if entries:
            entries[-1].show_outcome(told)
        self._show_next()

    def _show_next(self) -> None:
        """Ask for what is still missing."""
        debrief = self._patched or self._attempt.debrief
        if debrief is not None:
            self.query_one(".-next", Entry).show_text(plain(debrief.first.say_next))
        self.refresh_bindings()

    # -- taking it back ----------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take the latest step of annotating back."""
        self._step("Undone", self._app.backstage.archive.undo)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._step("Redone", self._app.backstage.archive.redo)

    @work(thread=True, group="steps", exclusive=True)
    def _step(self, verb: str, step: Callable[[Attempt], Change]) -> None:
        try:
            change = step(self._attempt)
        except VivavoceError as error:
            self.post_message(self.Stepped(verb, None, error))
        else:
            self.post_message(self.Stepped(verb, change))

    @on(Stepped)
    async def _show_step(self, message: Stepped) -> None:
        if message.error is not None:
            self._tell(message.error)
        elif message.change is not None and message.change.what:
            judged = message.change.judged
            told = [f"{message.verb}: {message.change.what}.", *judged]
            seconds = JUDGED_SECONDS if judged else STEP_SECONDS
            self.notify("\n".join(told), timeout=seconds, markup=False)
            await self._show_attempt(message.change.attempt)
        else:
            self.notify("There is no such step.", timeout=STEP_SECONDS, markup=False)
