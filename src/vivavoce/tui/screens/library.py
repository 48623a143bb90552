"""The first screen: the cases, the latest result at each, and what works on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static

from vivavoce.domain.round_request import SAMPLE_CASE, RoundRequest
from vivavoce.domain.text import one_line
from vivavoce.errors import VivavoceError
from vivavoce.tui.backstage import Equipment, Shelf
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.widgets.case_list import CaseList, headings
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.title_bar import TitleBar
from vivavoce.tui.words import days_ago, plain

if TYPE_CHECKING:
    from vivavoce.domain.attempt import Attempt
    from vivavoce.tui.app import VivavoceApp

FIRST_STEPS = (
    "No case tried yet. Press enter to hear the first one, or s for a sample round: "
    "it needs no microphone."
)
NOTHING_FOUND = "Nothing found. Press esc to show all cases, or try other words."


class LibraryScreen(Screen[None]):
    """Choose a case and begin."""

    AUTO_FOCUS = "CaseList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "show_recovered", "read it", tooltip="Read what the interrupted one came to"),
        Binding("h", "history", "history", tooltip="All attempts: read, replay, compare, search"),
        Binding("slash", "filter", "filter", key_display="/", tooltip="Find a case by words"),
        Binding("m", "mic_check", "mic check", tooltip="Check the microphone in four seconds"),
        Binding("t", "timer", "timer", tooltip="Time any answer: no case, no score"),
        Binding("s", "sample", "sample", tooltip="See a whole round on a recorded answer"),
        Binding("q", "app.quit", "quit", tooltip="Leave vivavoce"),
        Binding("escape", "clear_filter", "all cases", tooltip="Show all cases again"),
        Binding("down", "to_the_list", "to the list", show=False),
    ]

    @dataclass
    class ShelfRead(Message):
        """The cases and results were read."""

        shelf: Shelf

    @dataclass
    class HistoryFound(Message):
        """It is known whether there are attempts."""

        any: bool

    @dataclass
    class EquipmentFound(Message):
        """It is known what works on this machine."""

        equipment: Equipment

    @dataclass
    class Recovered(Message):
        """The interrupted attempt was read and scored."""

        attempt: Attempt

    @dataclass
    class NotRecovered(Message):
        """The interrupted attempt cannot be finished now; its recording is kept."""

        error: VivavoceError

    @dataclass
    class Failed(Message):
        """Something that was asked for did not work."""

        error: VivavoceError

    def __init__(self) -> None:
        super().__init__()
        self._shelf = Shelf((), (), {}, {}, ())
        self._tried = False
        """Whether there is any attempt."""
        self._stale = False
        """Whether a round may have changed what is shown."""
        self._recovering = False
        """Whether an interrupted attempt is being read and scored."""
        self._recovered: Attempt | None = None
        """What it came to, until it was looked at."""
        self._unrecovered = ""
        """Why it cannot be finished now."""

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleBar(Content.styled("vivavoce", "bold"))
        yield Input(placeholder="words of the title, the round or a tag", id="filter")
        yield Static("Reading the cases …", id="hint", markup=False)
        yield Static(id="columns", markup=False)
        yield CaseList()
        yield Static(id="problems", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the cases once the first picture stands."""
        self.query_one("#filter").display = False
        self.call_after_refresh(self._refresh_shelf)
        self.call_after_refresh(self._look_around)

    def on_screen_suspend(self) -> None:
        """Note whether another screen or only a box lies over this one."""
        self._stale = not isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """Show the results of the round that was just held."""
        if self._stale:
            self._stale = False
            self._refresh_shelf()
            self._look_around()

    @work(thread=True, exclusive=True, group="shelf")
    def _refresh_shelf(self) -> None:
        """Read the cases and results."""
        try:
            self.post_message(self.ShelfRead(self._app.backstage.shelf()))
            attempts = self._app.backstage.archive.history().attempts
            self.post_message(self.HistoryFound(bool(attempts)))
        except VivavoceError as error:
            self.post_message(self.Failed(error))

    @work(thread=True, exclusive=True, group="equipment")
    def _look_around(self) -> None:
        """Find out what works on this machine."""
        self.post_message(self.EquipmentFound(self._app.backstage.equipment(self._app.config)))

    @on(ShelfRead)
    def _show_shelf(self, message: ShelfRead) -> None:
        self._shelf = shelf = message.shelf
        self.query_one(CaseList).show(shelf.cases, shelf.results)
        if shelf.unfinished and not self._recovering and not self._unrecovered:
            self._recovering = True
            self._recover(shelf.unfinished[0].attempt_id)
        self.query_one("#hint", Static).update(self._hint(shelf))
        self.query_one("#problems", Static).update(plain("\n".join(shelf.problems)))
        self.query_one("#problems").display = bool(shelf.problems)
        self.refresh_bindings()

    @on(HistoryFound)
    def _offer_history(self, message: HistoryFound) -> None:
        self._tried = message.any
        self.refresh_bindings()

    def _hint(self, shelf: Shelf) -> Content:
        """Return the line above the list: what to do first."""
        if not shelf.cases:
            return Content("There are no cases. Write one: vivavoce cases new")
        if not self.query_one(CaseList).option_count:
            return Content(NOTHING_FOUND)
        if self._recovered is not None:
            return Content.assemble(
                ("Your interrupted answer has been read. ", "bold $accent"), "Press f to see it."
            )
        if shelf.unfinished:
            latest = shelf.unfinished[0]
            when = days_ago(latest.at, datetime.now().astimezone())
            title = one_line(latest.title) or "a timed answer"
            outcome = self._unrecovered or "Its recording is being read and scored …"
            return Content.assemble(
                ("Interrupted: ", "bold $accent"), f"{title} ({when}). ", one_line(outcome)
            )
        if not shelf.results:
            return Content(FIRST_STEPS)
        tried = sum(case.id in shelf.results for case in shelf.cases)
        return Content.styled(f"{len(shelf.cases)} cases, {tried} tried", "$quiet")

    @on(EquipmentFound)
    def _show_equipment(self, message: EquipmentFound) -> None:
        found = message.equipment
        parts: list[str | tuple[str, str]] = []
        for name, state in (
            ("mic", found.microphone),
            ("voice", found.voice),
            ("model", found.model),
        ):
            missing = name in found.missing
            parts += [
                ("   " if parts else "", ""),
                (f"{name} ", "$quiet"),
                (one_line(state), "bold $error" if missing else "$foreground"),
            ]
        self.query_one(TitleBar).show_right(Content.assemble(*parts))

    @on(CaseList.Resized)
    def _name_columns(self, message: CaseList.Resized) -> None:
        self.query_one("#columns", Static).update(headings(message.width))

    # -- the filter ------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Show the filter and type into it."""
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    def action_clear_filter(self) -> None:
        """Hide the filter and show all cases."""
        field = self.query_one("#filter", Input)
        field.value = ""
        field.display = False
        self.query_one(CaseList).focus()

    @on(Input.Changed, "#filter")
    def _narrow(self, message: Input.Changed) -> None:
        self.query_one(CaseList).narrow_to(message.value)
        if self._shelf.cases:
            self.query_one("#hint", Static).update(self._hint(self._shelf))
            self.refresh_bindings()

    @on(Input.Submitted, "#filter")
    def action_to_the_list(self) -> None:
        """Go from the filter to what it found; stay in it where that is nothing."""
        if self.query_one(CaseList).option_count:
            self.query_one(CaseList).focus()

    # -- what a key begins -----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        field = self.query_one("#filter", Input)
        if action == "clear_filter":
            return field.display
        if action == "to_the_list":
            return field.has_focus
        if action == "show_recovered":
            return self._recovered is not None
        if action == "sample":
            return bool(self._shelf.cases)
        if action == "history":
            return self._tried
        return True

    @on(OptionList.OptionSelected)
    def begin_chosen(self) -> None:
        """Begin the chosen case with the variant whose turn it is."""
        case = self.query_one(CaseList).chosen
        if case is not None:
            variant_id = self._shelf.variants.get(case.id, case.variants[0].id)
            self._app.hold_round(RoundRequest(case, variant_id))

    def action_sample(self) -> None:
        """Hold a round on the shipped answer."""
        cases = {case.id: case for case in self._shelf.cases}
        case = cases.get(SAMPLE_CASE, self._shelf.cases[0])
        self._app.hold_round(RoundRequest(case, case.variants[0].id, sample=True))

    def action_history(self) -> None:
        """Show all attempts."""
        self._app.show_history()

    def action_timer(self) -> None:
        """Only time an answer."""
        self._app.hold_round(RoundRequest(None))

    def action_mic_check(self) -> None:
        """Check the microphone."""
        self._app.action_mic_check()

    def action_show_recovered(self) -> None:
        """Show what the interrupted attempt came to."""
        if self._recovered is not None:
            attempt, self._recovered = self._recovered, None
            self._app.show_debrief(attempt)

    @work(thread=True, group="recover")
    def _recover(self, attempt_id: str) -> None:
        try:
            attempt = self._app.backstage.recover(attempt_id, self._app.config)
        except VivavoceError as error:
            self.post_message(self.NotRecovered(error))
        else:
            self.post_message(self.Recovered(attempt))

    @on(Recovered)
    def _offer_recovered(self, message: Recovered) -> None:
        self._recovering = False
        self._recovered = message.attempt
        self._refresh_shelf()

    @on(NotRecovered)
    def _explain(self, message: NotRecovered) -> None:
        self._recovering = False
        self._unrecovered = str(message.error)
        self.query_one("#hint", Static).update(self._hint(self._shelf))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        hint = self._hint(self._shelf) if self._shelf.cases else ""
        self.query_one("#hint", Static).update(hint)
        self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))
