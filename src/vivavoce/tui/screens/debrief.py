"""The debrief: the vote and its reason, the proof, the sentence to say next, the timing."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.debrief_told import broken_off_told, not_heard_told
from vivavoce.domain.patching import patches
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import CRITERION_NAMES, clock, fillers_text, reader_note
from vivavoce.errors import VivavoceError
from vivavoce.scoring.beside import Beside, beside
from vivavoce.scoring.beside_told import sections
from vivavoce.tui import heap
from vivavoce.tui.findings import Finding, added, heard_text, order_text, proof, timing_text
from vivavoce.tui.screens.debrief_disputing import TakesDisputes
from vivavoce.tui.screens.debrief_numbers import AsksNumbers
from vivavoce.tui.widgets.entries import Entries
from vivavoce.tui.widgets.entry import Entry
from vivavoce.tui.widgets.judged_entry import JudgedEntry
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.said_entry import SaidEntry
from vivavoce.tui.widgets.title_bar import TitleBar, case_name
from vivavoce.tui.words import plain

_log = logging.getLogger(__name__)

COUNTING = "Being counted, in a second reading."
MODEL_ANSWER_HIDDEN = "Say yours again first; then press o to read one."


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $quiet")


class DebriefScreen(AsksNumbers, TakesDisputes):
    """What one attempt came to."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "say_sentence", "say that sentence", tooltip="Say the missing sentence"),
        Binding("enter", "leave", "back", tooltip="Back to where you came from"),
        Binding("i", "dispute", "I did say it", tooltip="Mark the words in which you said it"),
        Binding("i", "withdraw", "take it back", tooltip="Let the judgement stand after all"),
        Binding("space", "play", "hear it", tooltip="Hear these words again"),
        Binding("space", "stop", "stop", tooltip="Stop what is played"),
        Binding("u", "undo", "undo", tooltip="Take your sentence, or the latest note, back"),
        Binding("a", "again", "again", tooltip="Answer this case again, with other figures if any"),
        Binding("escape", "back", "back", tooltip="Back to where you came from"),
        Binding("escape", "leave", "back", tooltip="Back to where you came from", show=False),
        Binding(
            "p", "play_patched", "hear it whole", tooltip="Hear the answer with your sentence in it"
        ),
        Binding("v", "replay", "replay", tooltip="Go through the recording, word by word"),
        Binding("x", "compare", "compare", tooltip="Put your take before this one beside it"),
        Binding("o", "model_answer", "model answer", tooltip="Show or hide the model answer"),
        Binding("m", "mic_check", "mic check", tooltip="Check the microphone in four seconds"),
        Binding("ctrl+r", "redo", "redo", tooltip="Do again what you undid", show=False),
    ]

    @dataclass
    class Found(Message):
        """What stands beside the score."""

        debrief: Debrief
        found: Beside

    @dataclass
    class Counted(Message):
        """The fillers have been counted, or could not be."""

        told: str

    # -- the layout --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the debrief out, the vote first."""
        attempt = self._attempt
        recorded = f"{clock(attempt.duration_s)} recorded"
        yield TitleBar(case_name(attempt.case), Content.styled(recorded, "$quiet"))
        with Entries():
            if broken_off := broken_off_told(attempt, just_held=self._just_held):
                yield Static(f"{broken_off}{self._what_next}", id="broken-off", markup=False)
            if attempt.debrief is None or not attempt.debrief.first_heard:
                yield from self._not_heard(attempt.debrief)
            else:
                yield from self._first(attempt.debrief, attempt.case)
        yield KeyBar()

    @property
    def _what_next(self) -> str:
        """What to do about a microphone that is gone; `_not_heard` tells it by itself."""
        told = self._just_held and self._first_heard
        return " Press m to check the microphone." if told else ""

    def _not_heard(self, debrief: Debrief | None) -> Iterable[Widget]:
        title, why = not_heard_told(debrief)
        yield Static(f"{title}.", id="vote", markup=False)
        yield Static(
            f"{why} Nothing is held against you. "
            "Press m to check the microphone, then a to answer again.",
            id="turning",
            markup=False,
        )
        if debrief is not None:
            yield from self._findings("THE FOLLOW-UPS ADDED", added(debrief))

    def _first(self, debrief: Debrief, case: Case | None) -> Iterable[Widget]:
        """Lay out what the first frame holds."""
        if case is None:
            yield from self._timing(debrief, case)
            return
        yield from self._verdict(debrief)
        said = [SaidEntry(patch) for patch in patches(self._attempt.annotations)]
        yield Vertical(*said, id="said")
        yield Entry(
            _heading("SAY THIS NEXT"), plain(debrief.first.say_next), classes="-section -next"
        )

    def _further(self, debrief: Debrief, case: Case | None) -> Iterable[Widget]:
        """Lay out what can wait for the first frame: half an hour's words take longest."""
        if case is not None:
            if debrief.first_heard:  # else it stands at the top
                yield from self._findings("THE FOLLOW-UPS ADDED", added(debrief))
            yield Vertical(id="beside")
            first = debrief.first
            also = [*first.reasons[1:], order_text(first), reader_note(first)]
            yield from self._section("ALSO", plain("\n".join(line for line in also if line)))
            yield from self._timing(debrief, case)
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

    def _timing(self, debrief: Debrief, case: Case | None) -> Iterable[Widget]:
        if debrief.timing is not None:
            target = case.target_seconds if case is not None else None
            yield from self._section("TIMING", timing_text(debrief.timing, target))

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

    @work(thread=True, group="beside", exclusive=True)
    def _find_beside(self, debrief: Debrief, case: Case) -> None:
        """Work out what stands beside the score: the vote need not wait for it."""
        try:
            found = beside(debrief, self._attempt.corrected, case, self._attempt.variant_id)
        except Exception as error:  # noqa: BLE001 - the thread's edge; the vote stands without it
            # The error's text could quote the answer.
            _log.error("nothing stands beside the score: %s", type(error).__name__)
        else:
            self.post_message(self.Found(debrief, found))

    @on(Found)
    async def _show_beside(self, message: Found) -> None:
        if message.debrief != self._attempt.debrief:
            return  # it was scored anew meanwhile
        told = [("THE PANEL", (message.found.panel,)), *sections(message.found)]
        shown = (self._section(title, plain("\n".join(lines))) for title, lines in told)
        for box in self.query("#beside"):  # none is left where the screen is just going
            await box.mount_all(itertools.chain.from_iterable(shown))

    # -- fillers, in spare time --------------------------------------------------------------

    def on_mount(self) -> None:
        """Go on with what the first frame does not wait for."""
        self.call_after_refresh(self._go_on)
        if self._heard:
            self.call_after_refresh(self._look_for_others)

    async def _go_on(self) -> None:
        attempt = self._attempt
        if attempt.debrief is None or not attempt.debrief.heard:
            return
        page = next(iter(self.query(Entries)), None)
        if page is None or not page.is_attached or page.query(".-fillers"):
            return  # the screen is just going, or all stands
        await page.mount_all(self._further(attempt.debrief, attempt.case))
        heap.give_back()
        if attempt.case is not None and attempt.debrief.first_heard:
            self._find_beside(attempt.debrief, attempt.case)
        if attempt.fillers is None:
            self._count_fillers()
        if self._has_patch:
            self.call_later(self._show_said)

    @work(thread=True, group="fillers", exclusive=True)
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
        for entry in self.query(".-fillers").results(Entry):
            entry.show_text(plain(message.told))

    # -- what is pressed ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something here."""
        match action:
            case "mic_check":
                return not self._first_heard or self._attempt.state == "interrupted"
            case "model_answer":
                return self._heard and self._attempt.case is not None
            case "dispute" | "withdraw":
                return action == self._answerable_by
            case "stop":
                return self._can_stop
            case "play":
                return self._can_play
            case "say_sentence" | "back":
                return self._missing is not None
            case "leave":
                return self._missing is None
            case "undo" | "play_patched":
                return self._heard and self._has_patch
            case "replay":
                return self._heard
            case "compare":
                return self._other is not None
        return True

    def on_descendant_focus(self) -> None:
        """Offer the keys of the entry that was gone to."""
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back to the cases, or the history."""
        self.action_stop()
        self.dismiss()

    def action_leave(self) -> None:
        """Go back: nothing is missing."""
        self.action_back()

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
        for entry in self.query(".-model").results(Entry):
            entry.toggle_class("-open")
            if entry.has_class("-open"):
                entry.show_text(plain(case.variant(self._attempt.variant_id).model_answer))
            else:
                entry.show_text(Content.styled(MODEL_ANSWER_HIDDEN, "$quiet"))
            entry.focus()
