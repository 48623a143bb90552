"""Say only the missing sentence: a box over the debrief that records it and nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.said_sentence import (
    SentenceEnded,
    SentenceEvent,
    SentenceFailed,
    SentenceKept,
    SentenceLevel,
)
from vivavoce.tui.archive import RunningSentence
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.level_meter import LevelMeter
from vivavoce.tui.words import plain

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

OPENING = "Getting the microphone …"
READING = "Reading it …"


class SaySentenceScreen(ModalScreen[Attempt | None]):
    """Dismissed with the attempt that has the sentence, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", "done", tooltip="The sentence is said"),
        Binding("enter", "again", "once more", tooltip="Say it once more"),
        Binding("escape", "drop", "drop it", tooltip="Drop it and go back"),
        Binding("escape", "back", "back", tooltip="Go back to the debrief"),
    ]

    @dataclass
    class Reported(Message):
        """The recording has something to tell."""

        event: SentenceEvent

    def __init__(self, attempt: Attempt, criterion: Criterion, say_next: str) -> None:
        """Prepare the box.

        Args:
            attempt: Which misses the sentence.
            criterion: What it is for.
            say_next: The frame to fill.
        """
        super().__init__()
        self._attempt, self._criterion, self._say_next = attempt, criterion, say_next
        self._recording: RunningSentence | None = None
        self._state = "opening"
        """`opening`, `recording`, `reading`, `failed` or `leaving`."""

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay the box out: the frame to fill, the clock, the meter."""
        with Vertical(classes="box"):
            with VerticalScroll(id="frame", can_focus=False):
                yield Static(plain(self._say_next))
            yield Static(OPENING, id="clock", markup=False)
            yield Static(id="advice", markup=False)
            yield LevelMeter()
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin once the first picture stands."""
        self.call_after_refresh(self._run)

    @work(thread=True, exclusive=True, group="sentence")
    def _run(self) -> None:
        self._end()
        running = self._app.backstage.archive.record_sentence(
            self._attempt, self._criterion, self._app.config, self._observe
        )
        self._recording = running
        if self._state != "leaving":  # else it was dropped before it was there
            running.start()

    def _observe(self, event: SentenceEvent) -> None:
        """Take an event from the recording's thread."""
        self.post_message(self.Reported(event))

    def _end(self) -> Attempt | None:
        """End the recording that runs; blocks."""
        running, self._recording = self._recording, None
        return running.close() if running is not None else None

    @on(Reported)
    def _show(self, message: Reported) -> None:
        if self._state == "leaving":
            return
        match message.event:
            case SentenceLevel(left_s, peak_dbfs, clipped, begun):
                self._become("recording")
                self.query_one(LevelMeter).show(peak_dbfs, clipped, judged=begun)
                self._say(f"Say it now. {math.ceil(left_s)} s left.")
            case SentenceEnded():
                self._become("reading")
                self._say(READING)
            case SentenceFailed(what, hint):
                self._become("failed")
                self._say(what, hint)
            case SentenceKept(attempt):
                self._become("leaving")
                self._go(attempt)

    def _say(self, clock: str, advice: str = "") -> None:
        self.query_one("#clock", Static).update(plain(clock))
        self.query_one("#advice", Static).update(plain(advice))

    def _become(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.query_one(LevelMeter).display = state == "recording"
            self.set_class(state == "failed", "-failed")
            self.refresh_bindings()

    # -- what is pressed ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        if action == "finish":
            return self._state == "recording"
        if action in ("again", "back"):
            return self._state == "failed"
        if action == "drop":
            return self._state != "failed"
        return True

    def action_finish(self) -> None:
        """End the sentence."""
        if self._recording is not None:
            self._recording.finish()

    def action_again(self) -> None:
        """Record it once more."""
        self._become("opening")
        self._say(OPENING)
        self._run()

    def action_back(self) -> None:
        """Go back: there is nothing to drop."""
        self.action_drop()

    def action_drop(self) -> None:
        """Drop the sentence and go back."""
        self._become("leaving")
        self._stop_and_go()

    @work(thread=True, exclusive=True, group="sentence")
    def _stop_and_go(self) -> None:
        kept = self._end()
        self.app.call_from_thread(self._go, kept)

    def _go(self, kept: Attempt | None) -> None:
        if self in self.app.screen_stack:
            self._app.uncover(self)  # the list of commands may lie over it
            self.dismiss(kept)

    def on_unmount(self) -> None:
        """Let go of the microphone when the program ends."""
        self._end()
