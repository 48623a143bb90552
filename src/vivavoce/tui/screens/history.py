"""All attempts, newest first: to find one again, read it, hear it, compare or delete it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from vivavoce.domain.attempt import Attempt, AttemptSummary
from vivavoce.domain.comparison import Comparison, compare
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import TIMED, day_and_time
from vivavoce.errors import VivavoceError
from vivavoce.tui.archive import History
from vivavoce.tui.attempt_lines import attempt_headings
from vivavoce.tui.screens.delete import DeleteScreen
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.widgets.attempt_list import AttemptList
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

SEARCH_AFTER = 0.15
"""Seconds without a key before it is searched. Chosen: a quick typist's pause."""
NO_ATTEMPTS = "No attempts yet: press enter to hear the first case."
NOT_FINISHED = "This one is not finished. Its recording is kept and is read at the next start."
NOT_SCORED = "You left this one early, so nothing was scored. Press v to hear it again."
NO_SCORE = "This one was not scored, so there is nothing to compare it by."
UNREAD = "Your attempts could not be read."
NO_CASE = "A timed answer has no case, so there is nothing to compare it by."


class HistoryScreen(Screen[bool]):
    """Dismissed with True where there is no attempt and the first case is to be heard."""

    AUTO_FOCUS = "AttemptList"
    DEFAULT_CSS = """
    HistoryScreen {
        #told { height: auto; max-height: 5; padding: 1 2; }
        #search {
            height: 1;
            margin: 1 0 0 0;
            padding: 0 3;
            border: none;
            background: $surface;
        }
        #columns { height: 1; padding: 0 3; color: $quiet; text-wrap: nowrap; }
    }
    HistoryScreen.-short {
        #told { padding: 0 2; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #columns { display: none; }
        #search { margin: 0; }
    }
    HistoryScreen.-narrow #columns { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "first_case", "first case", tooltip="Hear the first case"),
        Binding("v", "replay", "replay", tooltip="Hear the chosen attempt, with its words"),
        Binding("x", "compare", "compare", tooltip="Mark two attempts at a case to compare them"),
        Binding(
            "slash", "search", "search", key_display="/", tooltip="Find what you said or noted"
        ),
        Binding("d,delete", "delete", "delete", tooltip="Delete the chosen attempt for good"),
        Binding("escape", "clear_search", "all attempts", tooltip="Show all attempts again"),
        Binding("escape", "back", "cases", tooltip="Back to the cases"),
        Binding("down", "to_the_list", "to the list", show=False),
    ]

    @dataclass
    class Listed(Message):
        """The attempts, or those in which some words were found."""

        words: str
        history: History

    @dataclass
    class Read(Message):
        """The attempt that is to be shown."""

        attempt: Attempt

    @dataclass
    class Compared(Message):
        """The comparison that is to be shown."""

        comparison: Comparison

    @dataclass
    class Failed(Message):
        """Something that was asked for did not work."""

        error: VivavoceError

    def __init__(self) -> None:
        super().__init__()
        self._listed = False
        """Whether the attempts were read."""
        self._empty = False
        """Whether there is no attempt at all."""
        self._found_for = ""
        """The words that the shown attempts were found for."""
        self._to_compare: AttemptSummary | None = None
        self._waiting: Timer | None = None
        self._stale = False
        """Whether another screen may have changed what is shown."""

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    @property
    def _attempts(self) -> AttemptList:
        return self.query_one(AttemptList)

    @property
    def _words(self) -> str:
        """What is searched; empty for everything."""
        return self.query_one("#search", Input).value.strip()

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleBar(Content.styled("History", "bold"))
        yield Input(placeholder="words that you said or noted", id="search")
        yield Static("Reading your attempts …", id="told", markup=False)
        yield Static(id="columns", markup=False)
        yield AttemptList()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the attempts once the first picture stands."""
        self.query_one("#search").display = False
        self.call_after_refresh(self._list, "")

    def on_screen_suspend(self) -> None:
        """Note whether another screen or only a box lies over this one."""
        self._stale = not isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """Read them again: a replay may have changed words and votes."""
        if self._stale:
            self._stale = False
            self._list(self._words)

    @work(thread=True, exclusive=True, group="list")
    def _list(self, words: str) -> None:
        try:
            self.post_message(self.Listed(words, self._app.backstage.archive.history(words)))
        except VivavoceError as error:
            self.post_message(self.Failed(error))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        if message.words != self._words:
            return  # an answer to what is not asked any more
        self._listed = True
        if not message.words:
            self._empty = not message.history.attempts
        others = message.words != self._found_for
        self._found_for = message.words
        # The best match stands first; all attempts keep the chosen one when the words are gone.
        self._attempts.show(message.history, from_the_first=others and bool(message.words))
        self._tell_standing()
        self.refresh_bindings()

    def _tell_standing(self) -> None:
        """Say how many there are, or what the next key does."""
        count = self._attempts.count
        if self._to_compare is not None:
            title = one_line(self._to_compare.title)
            self._tell(f"Press x on another attempt at “{title}” to compare the two.")
        elif not self._listed:
            self._tell(UNREAD)
        elif self._words:
            found = f"{count} attempts" if count != 1 else "1 attempt"
            nothing = "Nothing found. Every word must have been said; the last may be only begun."
            self._tell(f"{found} with these words, the best match first." if count else nothing)
        elif self._empty:
            self._tell(NO_ATTEMPTS)
        else:
            self._tell(f"{count} attempts, newest first." if count != 1 else "1 attempt.")

    def _tell(self, text: str) -> None:
        self.query_one("#told", Static).update(Content(text))

    @on(AttemptList.Resized)
    def _name_columns(self, message: AttemptList.Resized) -> None:
        self.query_one("#columns", Static).update(attempt_headings(message.width))

    @on(Failed)
    def _explain(self, message: Failed) -> None:
        self._tell_standing()
        self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))

    # -- the search --------------------------------------------------------------------------

    def action_search(self) -> None:
        """Show the search and type into it."""
        field = self.query_one("#search", Input)
        field.display = True
        field.focus()
        self.refresh_bindings()

    @on(Input.Changed, "#search")
    def _search_soon(self) -> None:
        """Search once nothing was typed for a moment."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(SEARCH_AFTER, lambda: self._list(self._words))

    @on(Input.Submitted, "#search")
    def action_to_the_list(self) -> None:
        """Go from the search to what it found."""
        self._attempts.focus()

    def action_clear_search(self) -> None:
        """Hide the search and show all attempts."""
        field = self.query_one("#search", Input)
        field.value = ""
        field.display = False
        self._attempts.focus()
        self._list("")
        self.refresh_bindings()

    def action_back(self) -> None:
        """Take the mark back, or go back to the cases."""
        if self._to_compare is not None:
            self._mark(None)
        else:
            self.dismiss(False)

    # -- what is done with the chosen one ------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        if action == "first_case":
            return self._empty
        field = self.query_one("#search")
        if action == "search":
            return self._listed and not self._empty and not field.has_focus
        if action == "to_the_list":
            return field.has_focus
        if action in ("clear_search", "back"):
            return field.display == (action == "clear_search")
        if action == "replay":
            chosen = self._attempts.chosen
            return chosen is not None and chosen.state != "recording"
        if action in ("compare", "delete"):
            return self._attempts.chosen is not None
        return True

    def action_first_case(self) -> None:
        """Go to the cases and begin the first one."""
        self.dismiss(True)

    @on(AttemptList.Opened)
    def _open(self, message: AttemptList.Opened) -> None:
        if message.attempt.state == "recording":
            self._tell(NOT_FINISHED)
        else:
            self._read(message.attempt.id)

    @work(thread=True, exclusive=True, group="read")
    def _read(self, attempt_id: str) -> None:
        try:
            self.post_message(self.Read(self._app.backstage.archive.attempt(attempt_id)))
        except VivavoceError as error:
            self.post_message(self.Failed(error))

    @on(Read)
    def _show_debrief(self, message: Read) -> None:
        if message.attempt.debrief is None:
            self._tell(NOT_SCORED)
        else:
            self._app.show_debrief(message.attempt)

    def action_replay(self) -> None:
        """Hear the chosen attempt again."""
        chosen = self._attempts.chosen
        if chosen is not None:
            self._app.show_replay(chosen.id)

    def action_compare(self) -> None:
        """Mark the chosen attempt, or compare it with the one that was marked."""
        chosen, marked = self._attempts.chosen, self._to_compare
        assert chosen is not None
        if chosen.case_id is None:
            self._tell(NO_CASE)
        elif chosen.vote is None:
            self._tell(NO_SCORE)
        elif marked is None:
            self._mark(chosen)
        elif marked.id == chosen.id:
            self._mark(None)
        elif marked.case_id != chosen.case_id:
            title = one_line(marked.title)
            self._tell(
                f"That is another case. Choose an attempt at “{title}”, or esc to begin anew."
            )
        else:
            earlier, later = sorted((marked, chosen), key=lambda each: each.started_at)
            self._mark(None)
            self._compare(earlier.id, later.id)

    def _mark(self, attempt: AttemptSummary | None) -> None:
        self._to_compare = attempt
        self._attempts.mark_for_comparison(attempt.id if attempt else "")
        self._tell_standing()

    @work(thread=True, exclusive=True, group="read")
    def _compare(self, earlier: str, later: str) -> None:
        archive = self._app.backstage.archive
        try:
            compared = compare(archive.attempt(earlier), archive.attempt(later))
            self.post_message(self.Compared(compared))
        except VivavoceError as error:
            self.post_message(self.Failed(error))

    @on(Compared)
    def _show_comparison(self, message: Compared) -> None:
        self._app.show_compare(message.comparison)

    def action_delete(self) -> None:
        """Delete the chosen attempt, after asking."""
        chosen = self._attempts.chosen
        assert chosen is not None

        def delete(sure: bool | None) -> None:
            if sure:
                self._tell("Deleting …")
                self._delete(chosen.id)

        began = day_and_time(chosen.started_at)
        self.app.push_screen(DeleteScreen(one_line(chosen.title) or TIMED, began), delete)

    @work(thread=True, group="delete")
    def _delete(self, attempt_id: str) -> None:
        try:
            self._app.backstage.archive.delete(attempt_id)
        except VivavoceError as error:
            self.post_message(self.Failed(error))
        else:
            self.app.call_from_thread(self._forget, attempt_id)

    def _forget(self, attempt_id: str) -> None:
        if self._to_compare is not None and self._to_compare.id == attempt_id:
            self._mark(None)
        self._list(self._words)
