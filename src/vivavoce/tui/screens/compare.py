"""Two attempts at one case side by side: the sentences, the timing, the words in one only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from vivavoce.domain.comparison import Comparison, Heard, Slot
from vivavoce.domain.comparison_told import (
    FIGURE_NAMES,
    begun,
    change_word,
    figure_text,
    fillers_told,
    headline,
    vote_text,
)
from vivavoce.domain.wording import CRITERION_NAMES, LEVEL_MARKS, clock, level_word
from vivavoce.tui.backstage import Sound
from vivavoce.tui.screens.entry_playing import PlaysEntries
from vivavoce.tui.widgets.compared_entry import ComparedEntry
from vivavoce.tui.widgets.entry import Entry
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.widgets.title_bar import TitleBar, case_name
from vivavoce.tui.words import LEVEL_COLOURS, plain

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

WIDTHS = [(0, "-narrow"), (80, "-normal"), (100, "-wide")]
"""As in `tui.app`, but that the attempts stand side by side from the common terminal's 80 on."""


class CompareScreen(PlaysEntries):
    """What one attempt has that the other has not."""

    AUTO_FOCUS = "#compared, ComparedEntry.-quoted"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    DEFAULT_CSS = """
    CompareScreen {
        #headline { height: auto; padding: 1 2; text-style: bold; }
        #compared { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        .row { height: auto; }
        .row-name { width: 14; height: auto; color: $quiet; }
        .row.-after { padding-top: 1; }
    }
    CompareScreen.-narrow {
        #headline { padding: 0 1 1 1; }
        #compared { padding: 0 1; }
        .row { layout: vertical; }
        .row.-heads { display: none; }
        .row-name { width: 1fr; }
        .entry-letter { display: block; }
    }
    CompareScreen.-short #headline { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "hear it", tooltip="Hear these words again"),
        Binding("space", "stop", "stop", tooltip="Stop what is played"),
        Binding("tab", "go(1)", "next quote", tooltip="To the next quote"),
        Binding("shift+tab", "go(-1)", "quote before", tooltip="To the quote before", show=False),
        Binding("escape,q", "back", "back", tooltip="Back to where you came from"),
    ]

    def __init__(self, comparison: Comparison) -> None:
        """Prepare the screen."""
        super().__init__()
        self._comparison = comparison

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    # -- the layout --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the screen out: what changed first, then the proof."""
        compared = self._comparison
        yield TitleBar(case_name(compared.b.case), Content.styled("two attempts", "$quiet"))
        yield Static(plain(headline(compared)), id="headline")
        with VerticalScroll(id="compared", can_focus=not self._can_be_heard):
            yield from self._rows()
        yield KeyBar()

    @property
    def _can_be_heard(self) -> bool:
        return any(slot.a.span or slot.b.span for slot in self._comparison.slots)

    def _rows(self) -> Iterable[Widget]:
        a, b = self._comparison.a, self._comparison.b
        yield _row("", _told("", "A"), _told("", "B"), "-heads")
        yield _row("Begun", _told("A", begun(a)), _told("B", begun(b)))
        yield _row("Vote", _told("A", vote_text(a)), _told("B", vote_text(b)))
        for slot in self._comparison.slots:
            yield _row(
                CRITERION_NAMES[slot.criterion],
                _judged("A", a.id, slot, slot.a, ""),
                _judged("B", b.id, slot, slot.b, change_word(slot)),
            )
        for index, figure in enumerate(self._comparison.figures):
            yield _row(
                FIGURE_NAMES[figure.name],
                _told("A", figure_text(figure.name, figure.a)),
                _told("B", figure_text(figure.name, figure.b)),
                "" if index else "-after",
            )
        yield _row(
            "Fillers", _told("A", fillers_told(a.fillers)), _told("B", fillers_told(b.fillers))
        )
        words = self._comparison.words
        yield _row(
            "Only here",
            _told("A", _quoted(words.dropped)),
            _told("B", _quoted(words.added)),
            "-after",
        )

    # -- hearing it again --------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what does something here."""
        if action == "stop":
            return self._can_stop
        if action == "play":
            return self._can_play
        if action == "go":
            return self._can_be_heard
        return True

    def on_descendant_focus(self) -> None:
        """Offer the keys of the quote that was gone to."""
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back."""
        self.action_stop()
        self.dismiss()

    def action_go(self, step: int) -> None:
        """Go to the next quote (1) or the one before (-1)."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def _sound_of(self, entry: Entry) -> Sound:
        assert isinstance(entry, ComparedEntry)
        assert entry.span is not None
        return self._app.backstage.play(entry.attempt_id, entry.span, self._app.config)


def _row(name: str, of_a: ComparedEntry, of_b: ComparedEntry, classes: str = "") -> Widget:
    return Horizontal(
        Static(name, classes="row-name", markup=False), of_a, of_b, classes=f"row {classes}"
    )


def _told(letter: str, text: str) -> ComparedEntry:
    return ComparedEntry(letter, Content(), plain(text))


def _judged(letter: str, attempt_id: str, slot: Slot, heard: Heard, change: str) -> ComparedEntry:
    level = level_word(slot.criterion, heard.level)
    label = Content.assemble(
        (f"{LEVEL_MARKS[heard.level]} {level}", LEVEL_COLOURS[heard.level]),
        (f"  {clock(heard.span.start)}" if heard.span else "", "$quiet"),
        (
            f"  {change}" if change else "",
            "bold $success" if change == "gained" else "bold $warning",
        ),
    )
    text = plain(f"“{heard.quote}”") if heard.quote else Content()
    return ComparedEntry(letter, label, text, heard.span, attempt_id)


def _quoted(stretches: Iterable[str]) -> str:
    return "\n".join(f"“{stretch}”" for stretch in stretches) or "nothing"
