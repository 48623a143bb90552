"""The round: the question, the clock, the words as they come, and which key comes next."""

from __future__ import annotations

import importlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from vivavoce.domain.commands import Command
from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    DebriefReady,
    InterviewerBegan,
    InterviewerEnded,
    LimitPassed,
    RoundAbandoned,
    RoundBegan,
    RoundFailed,
    SessionEvent,
    SpeechBegan,
    UtteranceClosed,
    UtterancesHeard,
    WordsDrafted,
)
from vivavoce.domain.ghost import Ghost, ghost_of
from vivavoce.domain.round_request import RoundRequest
from vivavoce.errors import VivavoceError
from vivavoce.tui import heap
from vivavoce.tui.backstage import RunningRound
from vivavoce.tui.messages import LevelReported, RoundReported, report
from vivavoce.tui.notices import notice_of, opening_notice
from vivavoce.tui.screens.leave import LeaveScreen
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.standing import Standing, follow, headline, wanting_the_end
from vivavoce.tui.widgets.answer_bar import AnswerBar
from vivavoce.tui.widgets.backlog import Backlog
from vivavoce.tui.widgets.conversation import Conversation
from vivavoce.tui.widgets.exhibit_table import ExhibitTable
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.level_meter import LevelMeter
from vivavoce.tui.widgets.line import Line
from vivavoce.tui.widgets.question import Question
from vivavoce.tui.widgets.title_bar import TitleBar, case_name
from vivavoce.tui.words import plain

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

_log = logging.getLogger(__name__)

LIGHT_SECONDS = 0.1
"""How often the spoken word is looked for: words are seldom shorter. Chosen."""
LEAVE_SECONDS = 3.0
"""How long a round may take to say that it was left. Chosen."""


class InterviewScreen(Screen[None]):
    """Shows one round and sends it what is pressed."""

    AUTO_FOCUS = "Conversation"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "next", tooltip="Go on: skip the sentence, end your answer"),
        Binding("d", "finish", "debrief", tooltip="No more questions: straight to the debrief"),
        Binding("space", "pause", "pause", tooltip="Pause or go on; a pause is not recorded"),
        Binding("m", "mark", "mark", tooltip="Mark this moment, to hear it again in the replay"),
        Binding("h", "hide", "hide", tooltip="Hide or show words and meters"),
        Binding("x", "exhibit", "table", tooltip="Show the table, or the words again"),
        Binding("r", "again", "again", tooltip="Begin again; this take is kept"),
        Binding("escape", "leave", "leave", key_display="esc", tooltip="Leave the round"),
    ]

    @dataclass
    class Opened(Message):
        """The round is ready to start."""

        running: RunningRound

    @dataclass
    class Refused(Message):
        """The round cannot be held on this machine."""

        error: VivavoceError

    @dataclass
    class Remembered(Message):
        """How the last best take at this case went."""

        ghost: Ghost

    def __init__(self, request: RoundRequest) -> None:
        """Prepare the screen; the round is opened when it is shown."""
        super().__init__()
        self._request = request
        self._round: RunningRound | None = None
        self._standing = Standing()
        self._ghost = Ghost()
        self._leaving = False

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay the screen out; a timed answer has no question and no exhibit."""
        case = self._request.case
        yield TitleBar(case_name(case))
        if case is None:
            bar = AnswerBar()
        else:
            yield Question()
            with Vertical(id="exhibit"):
                yield ExhibitTable(case.variant_or_first(self._request.variant_id).exhibit)
            bar = AnswerBar(case.target_seconds, case.limit_seconds)
        yield Line(Content(), id="phase")
        with Vertical(id="meters"):
            yield bar
            with Horizontal(id="sound"):
                yield LevelMeter()
                yield Backlog()
        yield Static("Words and meters are hidden. h shows them.", id="hidden", markup=False)
        yield Static(id="notice", markup=False)
        yield Conversation()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first picture, then open the round."""
        if self._request.case is not None:
            self.query_one(Question).ask(self._request.case.prompt)
            if not self._request.sample:
                self._remember(self._request.case.id)
        self.set_class(self._app.config.hide_meters, "-hidden-meters")
        self._show_standing()
        self.set_interval(LIGHT_SECONDS, self._light)
        self.set_interval(1.0, self._show_backlog)
        self.call_after_refresh(self._open)

    # -- the round ---------------------------------------------------------------------------

    @work(thread=True)
    def _open(self) -> None:
        heap.clear_up()
        try:
            running = self._app.backstage.open_round(self._request, self._app.config, self._observe)
        except VivavoceError as error:
            self.post_message(self.Refused(error))
            return
        self._app.keep(running)
        self.post_message(self.Opened(running))
        # Off the screen's thread, while there is time: the debrief waits for nothing when it comes.
        importlib.import_module("vivavoce.tui.screens.debrief")
        heap.set_aside()

    @work(thread=True, group="ghost")
    def _remember(self, case_id: str) -> None:
        try:
            best = self._app.backstage.archive.best_take(case_id)
        except VivavoceError as error:
            _log.error("no earlier take stands beside the clock: %s", error.message)
            return
        if best is not None:
            self.post_message(self.Remembered(ghost_of(best)))

    @on(Remembered)
    def _show_ghost(self, message: Remembered) -> None:
        self._ghost = message.ghost
        # Where it comes late, the next take shows it: nothing moves while the candidate speaks.
        if self._standing.kind == "prompt":
            self.query_one(AnswerBar).show_ghost(self._ghost)

    def _observe(self, event: SessionEvent) -> None:
        """Take an event from the round's thread."""
        self.post_message(report(event))

    @on(Opened)
    def _start(self, message: Opened) -> None:
        self._round = message.running
        if self._leaving:
            self._go()
        else:
            message.running.start()

    @on(Refused)
    def _refuse(self, message: Refused) -> None:
        if self._leaving:
            self._go()
        else:
            error = message.error
            self._fail(error.message, error.hint, error.exit_code)

    @work(thread=True, group="close")
    def _close(self, running: RunningRound) -> None:
        self._app.close_round(running)

    def _send(self, command: Command) -> None:
        if self._round is not None:
            self._round.send(command)

    # -- what is pressed ---------------------------------------------------------------------

    def on_resize(self) -> None:
        """Offer the table's key where it does something at this height."""
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        phase = self._standing.phase
        if action == "mark":
            return self._round is not None and phase != "opening" and not self._standing.paused
        if action in ("next", "pause"):
            return self._round is not None and phase not in ("opening", "reading")
        if action == "again":
            return self._round is not None and phase != "opening"
        if action == "finish":
            return self._standing.probing and phase in ("speaking", "answering")
        if action == "exhibit":  # where both fit, both are shown
            return self.has_class("-short") and phase in ("answering", "reading")
        return True

    def action_next(self) -> None:
        """Go on; an answer in which nothing was heard yet ends with the second press."""
        if self._standing.asks_to_end:
            self._stand(wanting_the_end(self._standing))
        else:
            self._send(Command.NEXT)

    def action_finish(self) -> None:
        """Leave out what is still asked."""
        self._send(Command.FINISH)

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._send(Command.PAUSE)

    def action_mark(self) -> None:
        """Mark this moment."""
        self._send(Command.MARK)

    def action_again(self) -> None:
        """Begin again."""
        self._send(Command.RESTART)

    def action_hide(self) -> None:
        """Hide or show words and meters, and remember it."""
        hidden = not self._app.config.hide_meters
        self._app.hide_meters(hidden)
        self.set_class(hidden, "-hidden-meters")

    def action_exhibit(self) -> None:
        """On a low screen, show the table in the words' place, or the words again."""
        self.toggle_class("-exhibit")

    def action_leave(self) -> None:
        """Ask whether to leave."""
        self.app.push_screen(LeaveScreen(), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if not sure or not self.is_current:
            return
        self._leaving = True
        self._tell("Leaving.")
        if self._round is not None:  # else it is being opened, and left as soon as that is done
            self._round.send(Command.ABANDON)
            self.set_timer(LEAVE_SECONDS, self._go)

    def _go(self) -> None:
        """Go back to where the round was begun."""
        heap.give_back()
        if self._round is not None:
            self._close(self._round)
            self._round = None
        if self in self.app.screen_stack:
            self._app.uncover(self)
            self.dismiss()

    # -- what happens ------------------------------------------------------------------------

    @on(LevelReported)
    def _show_level(self, message: LevelReported) -> None:
        event, judged = message.event, self._standing.phase == "answering"
        self.query_one(LevelMeter).show(event.peak_dbfs, event.clipped, judged=judged)
        self._follow(event)

    @on(RoundReported)
    def _show(self, message: RoundReported) -> None:
        self._follow(message.event)
        if notice := notice_of(message.event):
            self._tell(notice)
        match message.event:
            case RoundBegan():
                self._begin()
            case InterviewerBegan() as sentence:
                self._ask(sentence)
            case InterviewerEnded():
                self.query_one(Question).rest()
            case AnswerBegan():
                self.query_one(Conversation).listen()
            case AnswerEnded():
                heap.set_aside()  # all that was said, too: the debrief comes next
            case SpeechBegan():
                self._tell("")
            case UtteranceClosed(utterance):
                self.query_one(Conversation).expect(utterance.id)
            case UtterancesHeard(ids, words):
                self.query_one(Conversation).hear(ids, " ".join(word.text for word in words))
            case WordsDrafted(words=words):
                self.query_one(Conversation).draft(" ".join(word.text for word in words))
            case LimitPassed():
                self.query_one(AnswerBar).over = True
            case DebriefReady(attempt):
                self._end(0)
                self._app.uncover(self)
                self._app.show_debrief(attempt, just_held=True)
            case RoundAbandoned():
                self._go()
            case RoundFailed(sentence, hint, exit_code):
                self._fail(sentence, hint, exit_code)

    def _begin(self) -> None:
        """A take begins: the first one, or another after `r`."""
        self.query_one(Conversation).begin()
        bar = self.query_one(AnswerBar)
        bar.over = False
        bar.show_ghost(self._ghost)
        if self._request.case is not None:
            self.query_one(Question).ask(self._request.case.prompt)
        self._tell(opening_notice(self._request))

    def _ask(self, sentence: InterviewerBegan) -> None:
        self.query_one(Question).ask(sentence.text, sentence.word_starts)
        if sentence.kind != "prompt":
            # The clock begins anew: the earlier take's first answer has no place on it.
            self.query_one(AnswerBar).show_ghost(Ghost())
            self.query_one(Conversation).ask(sentence.text)

    def _follow(self, event: SessionEvent) -> None:
        self._stand(follow(self._standing, event))

    def _stand(self, standing: Standing) -> None:
        before, self._standing = self._standing, standing
        if self._standing != before:
            self._show_standing()
        if self._standing.offers != before.offers:
            self.refresh_bindings()

    def _show_standing(self) -> None:
        """Say where the round stands; drawn only when a word or a second changed."""
        standing = self._standing
        name, key = headline(standing)
        self.query_one("#phase", Line).show(
            Content.assemble((name, "bold $primary"), "   ", (key, "$foreground"))
        )
        self.query_one(AnswerBar).seconds = standing.answer_s
        for phase in ("opening", "speaking", "thinking", "answering", "reading"):
            self.set_class(standing.phase == phase, f"-{phase}")
        recording = standing.phase != "opening" and not standing.paused
        self.query_one(TitleBar).show_right(
            Content.assemble(("● ", "$error"), "recording")
            if recording
            else Content("paused" if standing.paused else "")
        )

    def _light(self) -> None:
        if self._standing.phase == "speaking" and self._round is not None:
            self.query_one(Question).light(self._round.heard_seconds())

    def _show_backlog(self) -> None:
        """Explain words that lag behind."""
        self.query_one(Backlog).tell(self._round.backlog_seconds() if self._round else 0.0)

    def _tell(self, sentence: str) -> None:
        """Say something calmly, until the next thing is to be said."""
        notice = self.query_one("#notice", Static)
        if sentence or notice.display:
            notice.update(plain(sentence))
            notice.display = bool(sentence)

    # -- the end -----------------------------------------------------------------------------

    def _end(self, exit_code: int) -> None:
        self._app.last_exit_code = exit_code
        if self._round is not None:
            self._close(self._round)
            self._round = None

    def _fail(self, sentence: str, hint: str, exit_code: int) -> None:
        """Tell why the round ended, then go back."""
        self._end(exit_code)
        self.app.push_screen(TroubleScreen(sentence, hint), lambda _: self._go())
