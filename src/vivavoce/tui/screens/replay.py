"""The replay: an attempt heard again, word by word, and written on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from vivavoce.domain.attempt import Attempt
from vivavoce.domain.corrected import shown_words
from vivavoce.domain.speech import Word
from vivavoce.domain.spoken_word import word_being_spoken
from vivavoce.domain.wording import clock
from vivavoce.errors import VivavoceError
from vivavoce.tui.archive import Replay
from vivavoce.tui.playhead import Playhead
from vivavoce.tui.replay_rows import evidence_in, marks_of, rows_beside
from vivavoce.tui.replaying import Stretch, WordSearch
from vivavoce.tui.screens.replay_keys import REPLAY_KEYS
from vivavoce.tui.screens.replay_words import WordsScreen
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.widgets.paired_key_bar import PairedKeyBar
from vivavoce.tui.widgets.replay_side import ReplaySide
from vivavoce.tui.widgets.search_line import SearchLine
from vivavoce.tui.widgets.title_bar import TitleBar, case_name
from vivavoce.tui.widgets.transcript import TranscriptView
from vivavoce.tui.widgets.waveform import Waveform
from vivavoce.tui.words import plain

NOTICE_SECONDS = 8.0
"""How long something is told. Chosen: three lines are read in as much."""
NARROW = "-side"
"""The class while the list beside is what is used: a narrow screen then shows it alone."""
SEARCHING = "-searching"
_ORDER = {key.id: place for place, key in enumerate(REPLAY_KEYS)}


class ReplayScreen(WordsScreen, inherit_bindings=False):
    """One attempt, its sound and its words."""

    AUTO_FOCUS = ""
    # Not those of every screen: tab would stand before what matters.
    BINDINGS: ClassVar[list[BindingType]] = [*REPLAY_KEYS]

    @dataclass
    class Opened(Message):
        """The attempt has been read."""

        replay: Replay

    @dataclass
    class NotOpened(Message):
        """It could not be."""

        error: VivavoceError

    def __init__(self, attempt_id: str, at: float | None = None) -> None:
        """Prepare the replay of an attempt.

        Args:
            attempt_id: The whole id.
            at: Where to begin, in seconds; None for where it was left.
        """
        super().__init__()
        self._attempt_id, self._at = attempt_id, at
        self._spoken: list[Word] = []
        self._search: WordSearch | None = None
        self._hits: list[Stretch] = []
        self._hit: int | None = None
        self._title = ""
        self._silencing: Timer | None = None

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys in their order, wherever the settings have moved them."""
        return dict(sorted(super().active_bindings.items(), key=self._order))

    def _order(self, item: tuple[str, ActiveBinding]) -> int:
        active = item[1]
        if active.node is self.app:
            return len(REPLAY_KEYS)
        return _ORDER.get(active.binding.id or "", -1)  # those of the list beside come first

    # -- the layout --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the screen out; the outline of the sound comes when it has been read."""
        yield TitleBar(Content.styled("Replay", "bold"))
        yield Waveform(None, 0.0)
        with Horizontal(id="replay"):
            yield TranscriptView()
            yield ReplaySide()
        yield Static("", id="silence", markup=False)
        yield Static("", id="notice", markup=False)
        yield SearchLine()
        yield PairedKeyBar()

    def on_mount(self) -> None:
        """Read the attempt. (Textual calls the `on_mount` of each base class, too.)"""
        self._open()

    @work(thread=True, group="open")
    def _open(self) -> None:
        try:
            replay = self.vivavoce.backstage.archive.open_replay(self._attempt_id)
        except VivavoceError as error:
            self.post_message(self.NotOpened(error))
        else:
            self.post_message(self.Opened(replay))

    @on(NotOpened)
    def _tell_fault(self, message: NotOpened) -> None:
        app = self.app
        self.dismiss()
        app.push_screen(TroubleScreen(message.error.message, message.error.hint))

    @on(Opened)
    def _show(self, message: Opened) -> None:
        replay, attempt = message.replay, message.replay.attempt
        ends = [attempt.duration_s, *(turn.span.end for turn in attempt.turns)]
        seconds = replay.peaks.seconds if replay.peaks is not None else max(ends)
        step_back = self.vivavoce.config.replay_step_back_seconds
        self.head = Playhead(seconds, replay.position, step_back)
        if self._at is not None:
            self.head.seek(self._at)
        began = attempt.started_at.astimezone()
        date = (f"  {began.day} {began:%b %Y}", "$quiet")
        self.query_one(TitleBar).show_left(Content.assemble(case_name(attempt.case), date))
        self._attempt = attempt
        waveform = self.query_one(Waveform)
        waveform.show_sound(replay.peaks, seconds)
        waveform.show_turns(attempt.turns)
        self.show_attempt(attempt)
        self.moved()
        self.query_one(TranscriptView).focus()
        self.refresh_bindings()
        if replay.trouble:
            self._tell_silence(self.Silent(VivavoceError(replay.trouble)))
        else:
            self.open_player()

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the attempt as it is now; where the words are others, none is selected any more."""
        words = shown_words(attempt.turns, attempt.annotations)
        if words != self.words:
            self.words, self._search = words, None
            self._spoken = [shown.word for shown in words]
            self.forget_words()
        evidence = evidence_in(attempt, self.words)
        transcript = self.query_one(TranscriptView)
        transcript.show(attempt.turns, self.words, attempt.annotations, evidence)
        transcript.selected = self.chosen_stretch()
        self.query_one(Waveform).show_marks(marks_of(attempt))
        keys = self.key_of("note"), self.key_of("mark")
        self.query_one(ReplaySide).show_rows(rows_beside(attempt, *keys))
        if self.has_class(SEARCHING):
            self._find()
        self.show_place()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but the way back until the attempt has been read."""
        if action == "search" and isinstance(self.focused, Input):
            return False
        return self._attempt is not None or action in ("leave", "close")

    # -- what is told ------------------------------------------------------------------------

    def show_place(self) -> None:
        """Show which place is heard; what has not changed is not drawn again."""
        head = self.head
        place = head.position
        waveform = self.query_one(Waveform)
        waveform.position = place
        waveform.selection = head.loop
        cursor = self.cursor_word(place)
        lit = word_being_spoken(self._spoken, place) if cursor is None else cursor
        transcript = self.query_one(TranscriptView)
        if transcript.lit != lit:
            transcript.lit = lit
        mark = "▶" if head.playing else "‖"
        loop = "  loop" if head.loop is not None else ""
        title = f"{mark} {clock(place)} / {clock(head.seconds)}{loop}  {head.speed:g}×"
        if title != self._title:
            self._title = title
            self.query_one(TitleBar).show_right(Content.styled(title, "$quiet"))
        self.query_one(PairedKeyBar).rename("play", "pause" if head.playing else "play")

    def show_silence(self, told: str) -> None:
        """Tell why nothing is heard; empty when something is."""
        self._tell("#silence", plain(told))

    def say(self, told: str | Content) -> None:
        """Tell something for some seconds."""
        self._tell("#notice", plain(told) if isinstance(told, str) else told)
        if self._silencing is not None:
            self._silencing.stop()
        self._silencing = self.set_timer(NOTICE_SECONDS, lambda: self._tell("#notice", Content()))

    def _tell(self, line: str, told: Content) -> None:
        static = self.query_one(line, Static)
        static.update(told)
        static.display = bool(told.plain)

    # -- beside ------------------------------------------------------------------------------

    def action_side(self) -> None:
        """Go to the quotes and notes, or back to the words."""
        side = self.query_one(ReplaySide)
        to_side = not side.has_focus
        self.set_class(to_side, NARROW)
        (side if to_side else self.query_one(TranscriptView)).focus()

    @on(OptionList.OptionSelected, "ReplaySide")
    def _hear_row(self, message: OptionList.OptionSelected) -> None:
        row = self.query_one(ReplaySide).rows[message.option_index]
        if row.span is not None:
            self.query_one(TranscriptView).back_to_now()
            self.hear(row.span)

    def action_leave(self) -> None:
        """Leave the search, else the list beside, else the selection, else the replay."""
        if self.has_class(SEARCHING):
            self._end_search()
        elif self.query_one(ReplaySide).has_focus:
            self.action_side()
        elif self.chosen_stretch() is not None:
            self.select(None)
        else:
            self.action_close()

    # -- searching ---------------------------------------------------------------------------

    def action_search(self) -> None:
        """Search the words."""
        self.remove_class(NARROW)
        self.add_class(SEARCHING)
        self.query_one(SearchLine).begin()
        self._find()

    @on(Input.Changed, "SearchLine Input")
    def _find(self) -> None:
        """Look for what is typed, and show the next place where it stands."""
        if self._search is None:
            self._search = WordSearch(self.words)
        line, transcript = self.query_one(SearchLine), self.query_one(TranscriptView)
        self._hits, self._hit = self._search.find(line.searched), None
        transcript.found = [index for first, last in self._hits for index in range(first, last + 1)]
        if self._hits:
            transcript.scroll_to_word(self._hits[self._next_hit()][0])
            line.tell(f"{len(self._hits)} found")
        else:
            line.tell("not found" if line.searched.strip() else "")

    def _next_hit(self) -> int:
        """Return the first hit from the place on, else the first of all."""
        place = self.head.position
        later = (
            number
            for number, (first, _) in enumerate(self._hits)
            if self.words[first].word.start >= place
        )
        return next(later, 0)

    @on(SearchLine.Went)
    def _go_to_hit(self, message: SearchLine.Went) -> None:
        if not self._hits:
            return
        if self._hit is None:
            self._hit = self._next_hit()
        else:
            self._hit = (self._hit + message.step) % len(self._hits)
        self.go_to_word(self._hits[self._hit][0])
        self.query_one(SearchLine).tell(f"{self._hit + 1} of {len(self._hits)}")

    @on(SearchLine.Ended)
    def _end_search(self) -> None:
        self.remove_class(SEARCHING, NARROW)
        transcript = self.query_one(TranscriptView)
        transcript.found = ()
        transcript.back_to_now()
        transcript.focus()
