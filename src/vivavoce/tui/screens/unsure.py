"""“Did I hear that right?”: the numbers that the machine was not sure of, asked about once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from vivavoce.domain.annotation import MAX_CHARACTERS, WordRange
from vivavoce.domain.annotation_edits import heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.number_answers import Answer
from vivavoce.domain.speech import Span
from vivavoce.domain.text import one_line
from vivavoce.domain.wording import clock
from vivavoce.errors import VivavoceError
from vivavoce.tui.screens.entry_playing import hear_out
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.words import plain

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

WORDS_AROUND = 7
"""On either side of a number: two lines of the box in all. Chosen."""
LEAD_SECONDS = 1.5
"""Heard before a number: a number alone is hard to make out. Chosen."""
TAIL_SECONDS = 0.7
"""Heard after it. Chosen."""
WHAT_TO_TYPE = "Type what you said in its place, then enter."


class UnsureScreen(ModalScreen[list[Answer]]):
    """Asks about one number after the other; dismissed with the answers that were given."""

    AUTO_FOCUS = ""
    CSS = """
    UnsureScreen .box { width: 70; }
    UnsureScreen.-short {
        .box { padding: 0 1; }
        .box-title, .box-text, KeyBar { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Not enter: it ended the answer a moment ago, and a second one would confirm unread.
        Binding("y", "confirm", "yes, right", tooltip="It was heard right"),
        Binding("c", "correct", "correct", tooltip="Type what you said"),
        Binding("p,space", "play", "hear it", key_display="p", tooltip="Hear these words again"),
        Binding("escape", "stop", "ask me no more", key_display="esc"),
        Binding("escape", "go_back", "back", key_display="esc"),
    ]

    @dataclass
    class Silenced(Message):
        """A number could not be played."""

        error: VivavoceError

    def __init__(self, attempt: Attempt, questions: Sequence[WordRange]) -> None:
        """Prepare the questions.

        Args:
            attempt: The numbers' attempt.
            questions: At least one; in the order in which they are asked.
        """
        super().__init__()
        self._attempt, self._questions = attempt, tuple(questions)
        self._answers: list[Answer] = []
        self._typing = False

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    @property
    def _number(self) -> WordRange:
        """The number that is asked about; the last one stays while the box goes away."""
        return self._questions[min(len(self._answers), len(self._questions) - 1)]

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(id="asked", classes="box-title")
            yield Static(id="around", classes="box-text")
            answer = Input(max_length=MAX_CHARACTERS, compact=True, classes="box-text")
            answer.display = False
            yield answer
            yield Static(id="told", classes="box-text", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask()

    def _ask(self) -> None:
        """Show the question whose turn it is, or go when all are answered."""
        if len(self._answers) == len(self._questions):
            self.dismiss(self._answers)
            return
        heard = heard_text(self._attempt, self._number)
        self.query_one("#asked", Static).update(Content(f"Heard “{heard}”: right?"))
        self.query_one("#around", Static).update(self._around())
        self._tell(self._place())

    def _place(self) -> str:
        """Return which question this is; empty where there is one only."""
        asked = len(self._questions)
        return f"{len(self._answers) + 1} of {asked}" if asked > 1 else ""

    def _around(self) -> Content:
        """Return the number among the words around it."""
        number = self._number
        words = self._attempt.turns[number.turn].words
        first, after = max(0, number.first - WORDS_AROUND), number.last + 1
        last = min(len(words), after + WORDS_AROUND)
        before = one_line(" ".join(word.text for word in words[first : number.first]))
        behind = one_line(" ".join(word.text for word in words[after:last]))
        return Content.assemble(
            (f"{clock(words[number.first].start)}  ", "$quiet"),
            "… " if first else "",
            f"{before} " if before else "",
            (heard_text(self._attempt, number), "bold $accent"),
            f" {behind}" if behind else "",
            " …" if last < len(words) else "",
        )

    def _tell(self, sentence: str) -> None:
        self.query_one("#told", Static).update(plain(sentence))

    # -- what is pressed ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something now."""
        if action in ("confirm", "correct", "play", "stop"):
            return not self._typing
        return self._typing if action == "go_back" else True

    def action_confirm(self) -> None:
        """It was heard right."""
        self._answer(None)

    def _answer(self, text: str | None) -> None:
        self.workers.cancel_group(self, "play")
        self._answers.append((self._number, text))
        self._ask()

    def action_stop(self) -> None:
        """Ask nothing more; what was answered counts."""
        self.workers.cancel_group(self, "play")
        self.dismiss(self._answers)

    def action_correct(self) -> None:
        """Let the candidate type what was said."""
        answer = self.query_one(Input)
        answer.value = heard_text(self._attempt, self._number)
        answer.display = self._typing = True
        answer.focus()
        self._tell(WHAT_TO_TYPE)
        self.refresh_bindings()

    def action_go_back(self) -> None:
        """Back to the question."""
        self._close_input()
        self._tell(self._place())

    def _close_input(self) -> None:
        self.query_one(Input).display = self._typing = False
        self.set_focus(None)
        self.refresh_bindings()

    @on(Input.Submitted)
    def _take(self, message: Input.Submitted) -> None:
        said = one_line(message.value)
        if not said:
            self._tell("Nothing is typed yet. esc goes back to the question.")
            return
        self._close_input()
        self._answer(None if said == heard_text(self._attempt, self._number) else said)

    # -- hearing it --------------------------------------------------------------------------

    def action_play(self) -> None:
        """Play the number and what was said around it."""
        number = self._number
        words = self._attempt.turns[number.turn].words
        start = max(0.0, words[number.first].start - LEAD_SECONDS)
        self._play(Span(start, words[number.last].end + TAIL_SECONDS))

    @work(thread=True, group="play", exclusive=True)
    def _play(self, span: Span) -> None:
        worker = get_current_worker()
        try:
            hear_out(self._app.backstage.play(self._attempt.id, span, self._app.config), worker)
        except VivavoceError as error:
            self.post_message(self.Silenced(error))

    @on(Silenced)
    def _show_silence(self, message: Silenced) -> None:
        self._tell(str(message.error))
