"""The debrief: the vote and its reason, the proof, the sentence to say next, the timing."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Criterion, Debrief
from vivavoce.domain.dispute import Dispute, dispute_about, make_dispute
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, clock, fillers_text, reader_note
from vivavoce.errors import VivavoceError
from vivavoce.scoring.beside import Beside, beside
from vivavoce.scoring.beside_told import sections
from vivavoce.tui.findings import Finding, added, heard_text, order_text, proof, timing_text
from vivavoce.tui.screens.dispute import DisputeScreen
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.widgets.entries import Entries
from vivavoce.tui.widgets.entry import Entry
from vivavoce.tui.widgets.judged_entry import JudgedEntry
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.title_bar import TitleBar, case_name
from vivavoce.tui.words import plain

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

COUNTING = "Being counted, in a second reading."
MODEL_ANSWER_HIDDEN = "Say yours again first; then press o to read one."


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $quiet")


class DebriefScreen(Screen[None]):
    """What one attempt came to."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "cases", tooltip="Back to the cases"),
        Binding("i", "dispute", "I did say it", tooltip="Mark the words in which you said it"),
        Binding("i", "withdraw", "take it back", tooltip="Let the judgement stand after all"),
        Binding("space", "play", "hear it", tooltip="Hear these words again"),
        Binding("space", "stop", "stop", tooltip="Stop what is played"),
        Binding("a", "again", "again", tooltip="Answer this case again, with other figures if any"),
        Binding("o", "model_answer", "model answer", tooltip="Show or hide the model answer"),
        Binding("m", "mic_check", "mic check", tooltip="Check the microphone in four seconds"),
        Binding("escape", "back", "cases", tooltip="Back to the cases", show=False),
    ]

    @dataclass
    class Silenced(Message):
        """What was played has ended, or could not be played."""

        entry: Entry
        error: VivavoceError | None = None

    @dataclass
    class Found(Message):
        """What stands beside the score."""

        found: Beside

    @dataclass
    class Counted(Message):
        """The fillers have been counted, or could not be."""

        told: str

    @dataclass
    class Settled(Message):
        """A dispute has been kept or, where it is None, taken back; or neither could be done."""

        criterion: Criterion
        dispute: Dispute | None
        error: VivavoceError | None = None

    def __init__(self, attempt: Attempt) -> None:
        """Prepare the screen for a finished attempt."""
        super().__init__()
        self._attempt = attempt
        self._playing: Entry | None = None

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    @property
    def _heard(self) -> bool:
        return self._attempt.debrief is not None and self._attempt.debrief.heard

    # -- the layout --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the debrief out, the vote first."""
        attempt = self._attempt
        recorded = f"{clock(attempt.duration_s)} recorded"
        yield TitleBar(case_name(attempt.case), Content.styled(recorded, "$quiet"))
        with Entries():
            if attempt.debrief is None or not attempt.debrief.heard:
                yield from self._not_heard(attempt.debrief is None or attempt.debrief.sound)
            else:
                yield from self._all(attempt.debrief, attempt.case)
        yield KeyBar()

    def _not_heard(self, sound: bool) -> Iterable[Widget]:
        yield Static("Not heard." if sound else "No sound.", id="vote", markup=False)
        why = (
            "There was sound, but no speech in it"
            if sound
            else "The microphone sent nothing: it is muted, unplugged or not allowed here"
        )
        yield Static(
            f"{why}. Nothing is held against you. "
            "Press m to check the microphone, then a to answer again.",
            id="turning",
            markup=False,
        )

    def _all(self, debrief: Debrief, case: Case | None) -> Iterable[Widget]:
        if case is not None:
            yield from self._verdict(debrief)
            yield Entry(
                _heading("SAY THIS NEXT"), plain(debrief.first.say_next), classes="-section -next"
            )
            yield from self._findings("THE FOLLOW-UPS ADDED", added(debrief))
            yield Vertical(id="beside")
            first = debrief.first
            also = [*first.reasons[1:], order_text(first), reader_note(first)]
            yield from self._section("ALSO", plain("\n".join(line for line in also if line)))
        if debrief.timing is not None:
            target = case.target_seconds if case is not None else None
            yield from self._section("TIMING", timing_text(debrief.timing, target))
        fillers = self._attempt.fillers
        yield Entry(
            _heading("FILLERS"),
            plain(fillers_text(fillers)) if fillers else Content.styled(COUNTING, "$quiet"),
            classes="-section -fillers",
        )
        if case is not None:
            variant = case.variant(self._attempt.variant_id)
            yield from self._section("THE TWIST", plain(variant.twist))
            yield Entry(
                _heading("MODEL ANSWER"),
                Content.styled(MODEL_ANSWER_HIDDEN, "$quiet"),
                classes="-section -model",
            )
        yield from self._section("WHAT WAS HEARD", heard_text(self._attempt))

    def _verdict(self, debrief: Debrief) -> Iterable[Widget]:
        first = debrief.first
        colour = "$success" if first.vote == "yes" else "$error"
        badge = (f" {first.vote.upper()} ", f"bold $background on {colour}")
        yield Static(Content.assemble(badge, "  ", (one_line(first.reasons[0]), "bold")), id="vote")
        turning = "To turn it  " if first.vote == "no" else ""  # a yes says it itself
        yield Static(Content.assemble((turning, "$quiet"), one_line(first.turning)), id="turning")
        for criterion in CRITERION_NAMES:
            finding = proof(criterion, first, self._attempt.disputes)
            yield JudgedEntry(criterion, finding.label, finding.text, finding.span)

    def _findings(self, title: str, findings: list[Finding]) -> Iterable[Widget]:
        if findings:
            yield Static(_heading(title), classes="heading")
        for finding in findings:
            yield Entry(finding.label, finding.text, finding.span, classes="-proof")

    def _section(self, title: str, text: Content) -> Iterable[Widget]:
        if text.plain:
            yield Entry(_heading(title), text, classes="-section")

    @work(thread=True, group="beside")
    def _find_beside(self, debrief: Debrief, case: Case) -> None:
        """Work out what stands beside the score: the vote need not wait for it."""
        try:
            found = beside(debrief, self._attempt.corrected, case, self._attempt.variant_id)
        except Exception as error:  # noqa: BLE001 - the thread's edge; the vote stands without it
            # The error's text could quote the answer.
            _log.error("nothing stands beside the score: %s", type(error).__name__)
        else:
            self.post_message(self.Found(found))

    @on(Found)
    async def _show_beside(self, message: Found) -> None:
        told = [("THE PANEL", (message.found.panel,)), *sections(message.found)]
        shown = (self._section(title, plain("\n".join(lines))) for title, lines in told)
        await self.query_one("#beside").mount_all(itertools.chain.from_iterable(shown))

    # -- fillers, in spare time --------------------------------------------------------------

    def on_mount(self) -> None:
        """Go on with what the first paint did not wait for."""
        attempt = self._attempt
        if self._heard and attempt.debrief is not None and attempt.case is not None:
            self._find_beside(attempt.debrief, attempt.case)
        if self._heard and self._attempt.fillers is None:
            self._count_fillers()

    @work(thread=True, group="fillers")
    def _count_fillers(self) -> None:
        worker = get_current_worker()
        try:
            fillers = self._app.backstage.count_fillers(
                self._attempt, self._app.config, lambda: worker.is_cancelled
            )
        except VivavoceError as error:
            told = f"Not counted: {error.message}"
        else:
            if fillers is None:
                return
            told = fillers_text(fillers)
        self.post_message(self.Counted(told))

    @on(Counted)
    def _show_fillers(self, message: Counted) -> None:
        self.query_one(".-fillers", Entry).show_text(plain(message.told))

    # -- what is pressed ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something here."""
        if action == "mic_check":
            return not self._heard
        if action == "model_answer":
            return self._heard and self._attempt.case is not None
        if action in ("dispute", "withdraw"):
            return action == self._answerable_by
        if action == "stop":
            return self._playing is not None and self._playing is self.focused
        if action == "play":
            entry = self.focused
            return isinstance(entry, Entry) and entry.span is not None and entry != self._playing
        return True

    def on_descendant_focus(self) -> None:
        """Offer the keys of the entry that was gone to."""
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back to the cases."""
        self.action_stop()
        self.dismiss()

    def action_again(self) -> None:
        """Hold another round on the same case, with the figures whose turn it is."""
        self.action_stop()
        case = self._attempt.case
        if case is None:
            self._app.hold_round(RoundRequest(None), instead=True)
            return
        ids = [variant.id for variant in case.variants]
        following = (ids.index(self._attempt.variant_id) + 1) % len(ids)
        self._app.hold_round(RoundRequest(case, ids[following]), instead=True)

    def action_mic_check(self) -> None:
        """Check the microphone."""
        self._app.action_mic_check()

    def action_model_answer(self) -> None:
        """Show the model answer, or hide it."""
        case = self._attempt.case
        assert case is not None
        entry = self.query_one(".-model", Entry)
        entry.toggle_class("-open")
        if entry.has_class("-open"):
            entry.show_text(plain(case.variant(self._attempt.variant_id).model_answer))
        else:
            entry.show_text(Content.styled(MODEL_ANSWER_HIDDEN, "$quiet"))
        entry.focus()

    # -- “I did say it” ----------------------------------------------------------------------

    @property
    def _answerable_by(self) -> str:
        """The action that answers the judgement of this entry; empty where none does."""
        entry, attempt = self.focused, self._attempt
        if not isinstance(entry, JudgedEntry) or attempt.debrief is None:
            return ""
        if dispute_about(attempt.disputes, entry.criterion) is not None:
            return "withdraw"
        could_be_missed = attempt.debrief.first.judgement(entry.criterion).level < 2
        return "dispute" if could_be_missed and attempt.judged_words.words else ""

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
            self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))
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

    # -- hearing it again --------------------------------------------------------------------

    def action_play(self) -> None:
        """Play the words of the entry, in place of what is played."""
        entry = self.focused
        self.action_stop()
        if isinstance(entry, Entry) and entry.span is not None:
            self._playing = entry
            entry.show_playing(True)
            self._play(entry, entry.span)
            self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop what is played."""
        self.workers.cancel_group(self, "play")
        if self._playing is not None:
            self._playing.show_playing(False)
            self._playing = None
            self.refresh_bindings()

    @work(thread=True, group="play", exclusive=True)
    def _play(self, entry: Entry, span: Span) -> None:
        worker = get_current_worker()
        try:
            sound = self._app.backstage.play(self._attempt.id, span, self._app.config)
            while not worker.is_cancelled and not sound.wait(0.1):
                pass
            sound.stop()
        except VivavoceError as error:
            self.post_message(self.Silenced(entry, error))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Silenced(entry))

    @on(Silenced)
    def _show_silence(self, message: Silenced) -> None:
        if message.entry is self._playing:
            self.action_stop()
        if message.error is not None:
            self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))
