"""The microphone check: a second of silence, three of speech, a verdict in one sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from vivavoce.domain.mic_check import (
    SPEECH_SECONDS,
    MicCheckEvent,
    MicFailed,
    MicLevel,
    MicVerdict,
)
from vivavoce.domain.text import one_line
from vivavoce.errors import VivavoceError
from vivavoce.tui.backstage import RunningMicCheck
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.level_meter import LevelMeter
from vivavoce.tui.widgets.title_bar import TitleBar
from vivavoce.tui.words import plain

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

SAY = "Then say, as you would in the room: “I would start with the people who leave.”"
NEXT = "p plays it back. enter goes back."
PLAYING = "Playing …"


class MicCheckScreen(Screen[None]):
    """Runs at once; again with `r`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "back", tooltip="Back"),
        Binding("p", "play_back", "play it back", tooltip="Hear what you just said"),
        Binding("r", "again", "again", tooltip="Check again"),
        Binding("escape", "back", "back", tooltip="Back", show=False),
    ]

    @dataclass
    class Reported(Message):
        """The check has something to tell."""

        event: MicCheckEvent

    class Plays(Message):
        """What was said is heard from now on."""

    @dataclass
    class Failed(Message):
        """Playing back did not work."""

        error: VivavoceError

    def __init__(self) -> None:
        super().__init__()
        self._check: RunningMicCheck | None = None
        self._done = False
        self._recorded = False
        self._playing: Timer | None = None
        """Ends when what was said has been heard."""

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleBar(Content.styled("Microphone check", "bold"))
        with Vertical(id="check"):
            yield Static(id="step", markup=False)
            yield Static(id="advice", markup=False)
            yield LevelMeter(checking=True)
            yield Static(id="figures", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin once the first picture stands."""
        self._say("Getting the microphone …", SAY)
        self.call_after_refresh(self._begin)

    def _say(self, step: str, advice: str, figures: str = "") -> None:
        self.query_one("#step", Static).update(plain(step))
        self.query_one("#advice", Static).update(plain(advice))
        self.query_one("#figures", Static).update(plain(figures))

    # -- the check ---------------------------------------------------------------------------

    def _begin(self) -> None:
        self._done = self._recorded = False
        self.refresh_bindings()
        self._run()

    @work(thread=True, exclusive=True, group="check")
    def _run(self) -> None:
        self._end()
        check = self._app.backstage.check_microphone(self._app.config, self._observe)
        self._check = check
        check.start()

    def _observe(self, event: MicCheckEvent) -> None:
        """Take an event from the check's thread."""
        self.post_message(self.Reported(event))

    def _end(self) -> None:
        """Stop the running check; blocks."""
        check, self._check = self._check, None
        if check is not None:
            check.close()

    @on(Reported)
    def _show(self, message: Reported) -> None:
        match message.event:
            case MicLevel(phase, left_s, _, peak_dbfs):
                self._show_level(phase, left_s, peak_dbfs)
            case MicVerdict() as verdict:
                self._show_verdict(verdict)
            case MicFailed(sentence, hint):
                self._done = True
                self.query_one(LevelMeter).display = False
                self._say(sentence, hint)
                self.refresh_bindings()

    def _show_level(self, phase: str, left_s: float, peak_dbfs: float) -> None:
        self.query_one(LevelMeter).show(peak_dbfs, clipped=False, judged=phase == "speech")
        if phase == "silence":
            self._say("First a second of silence.", SAY)
        else:
            self._say(f"Speak now. {math.ceil(left_s)} s left.", SAY)

    def _show_verdict(self, verdict: MicVerdict) -> None:
        self._done = self._recorded = True
        figures = (
            f"{one_line(verdict.device)}\n"
            f"The loudest sound {verdict.peak_dbfs:.0f} dB (best between -18 and -6), "
            f"the room {verdict.noise_dbfs:.0f} dB."
        )
        self.query_one(LevelMeter).display = False  # the last words' level is not the loudest's
        self._say(verdict.sentence, NEXT, figures)
        self.set_class(verdict.good, "-good")
        self.refresh_bindings()

    # -- what is pressed ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        if action == "play_back":
            return self._recorded
        if action == "again":
            return self._done
        return True

    def action_again(self) -> None:
        """Check once more."""
        self._forget_playing()
        self.remove_class("-good")
        self.query_one(LevelMeter).display = True
        self._say("Getting the microphone …", SAY)
        self._begin()

    def action_play_back(self) -> None:
        """Play what was said."""
        self._forget_playing()
        self._advise(PLAYING)
        self._play()

    @work(thread=True, exclusive=True, group="play")
    def _play(self) -> None:
        try:
            if self._check is not None:
                self._check.play_back()
                self.post_message(self.Plays())
        except VivavoceError as error:
            self.post_message(self.Failed(error))

    @on(Plays)
    def _await_the_end(self) -> None:
        self._forget_playing()
        if self._recorded:
            self._playing = self.set_timer(SPEECH_SECONDS, lambda: self._advise(NEXT))

    def _forget_playing(self) -> None:
        if self._playing is not None:
            self._playing.stop()

    def _advise(self, advice: str) -> None:
        self.query_one("#advice", Static).update(plain(advice))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        self._say(message.error.message, message.error.hint)

    def action_back(self) -> None:
        """Stop the check and go back."""
        self._stop_and_go()

    @work(thread=True, exclusive=True, group="check")
    def _stop_and_go(self) -> None:
        self._end()
        self.app.call_from_thread(self._go)

    def _go(self) -> None:
        if self in self.app.screen_stack:
            self._app.uncover(self)  # the list of commands may lie over it
            self.dismiss()

    def on_unmount(self) -> None:
        """Let go of the microphone when the program ends."""
        self._end()
