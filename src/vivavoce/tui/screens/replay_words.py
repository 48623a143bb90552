"""The part of the replay that goes from word to word, and selects them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content

from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.text import one_line
from vivavoce.domain.unsure_word import is_unsure
from vivavoce.tui.playhead import REACTION_SECONDS
from vivavoce.tui.replay_rows import SIGNS, told
from vivavoce.tui.replaying import (
    SAME_PLACE_SECONDS,
    Stretch,
    extended,
    heard_range,
    nearest_word,
    next_annotation,
    next_word,
    shown_range,
    stretch_in,
    word_after,
    word_at,
)
from vivavoce.tui.screens.replay_playing import PlayingScreen
from vivavoce.tui.widgets.replay_side import ReplaySide
from vivavoce.tui.widgets.transcript import TranscriptView
from vivavoce.tui.widgets.waveform import Waveform

BESIDE_MARK_SECONDS = 0.5
"""A mark that is nearer to the place is meant. Chosen: nobody hits a moment exactly."""
SURE = "I was sure of every word here."


class WordsScreen(PlayingScreen):
    """Knows which words a key is about."""

    def __init__(self) -> None:
        super().__init__()
        self._cursor: int | None = None
        """The word that was gone to."""
        self._selected: Stretch | None = None
        self._extending: tuple[int, int] | None = None
        """While words are selected by keys: the word it began at, and the one it has come to."""

    def forget_words(self) -> None:
        """Choose no word: others stand there now."""
        self._cursor = None
        self.select(None)

    # -- which words are meant ---------------------------------------------------------------

    def cursor_word(self, place: float) -> int | None:
        """Return the word that was gone to, while it is the place."""
        if self._cursor is None or self._cursor >= len(self.words):
            return None
        near = abs(self.words[self._cursor].word.start - place) < SAME_PLACE_SECONDS
        return self._cursor if near else None

    def _word(self) -> int | None:
        place = self.head.position
        cursor = self.cursor_word(place)
        return nearest_word(self.words, place) if cursor is None else cursor

    def chosen_stretch(self) -> Stretch | None:
        """Return the words that are selected."""
        return self._selected

    def words_meant(self) -> WordRange | None:
        """Return the words of the row beside, those that are selected, or the one that is heard."""
        row = self.query_one(ReplaySide).row
        if row is not None and row.annotation is not None and row.annotation.anchor.words:
            return row.annotation.anchor.words
        stretch = self._selected
        if row is not None and row.span is not None:
            stretch = stretch_in(self.words, row.span)
            word = nearest_word(self.words, row.span.start)
        else:
            word = self._word()
        if stretch is None and word is not None:
            stretch = (word, word)
        return heard_range(self.words, stretch) if stretch is not None else None

    def annotations_meant(self) -> list[Annotation]:
        """Return what is written on the words that are meant, or the marks beside the place."""
        row = self.query_one(ReplaySide).row
        if row is not None and row.annotation is not None:
            return [row.annotation]
        words, place = self.words_meant(), self.head.position
        return [each for each in self._seen() if _is_at(each, words, place)]

    def shown_text(self, words: WordRange) -> str:
        """Return words as they are shown: corrected."""
        stretch = shown_range(self.words, words)
        if stretch is None:
            return ""
        said = self.words[stretch[0] : stretch[1] + 1]
        return one_line(" ".join(shown.word.text for shown in said))

    def _seen(self) -> Sequence[Annotation]:
        return [each for each in self.attempt.annotations if each.kind in SIGNS]

    # -- going from word to word -------------------------------------------------------------

    def go_to_word(self, index: int) -> None:
        """Go to a word, and show it."""
        self.head.seek(self.words[index].word.start)
        self._cursor = index
        self.query_one(TranscriptView).back_to_now()
        self.moved()

    def action_word(self, step: int) -> None:
        """Go to the next word (1) or the one before (-1), or select up to it."""
        if self._extending is not None:
            anchor, reached = self._extending
            to = min(max(0, reached + step), len(self.words) - 1)
            first, last = extended(self.words, anchor, to)
            self._extending = anchor, (last if to > anchor else first)
            self.select((first, last))
            self.query_one(TranscriptView).scroll_to_word(self._extending[1])
            return
        here = self.cursor_word(self.head.position)
        if here is None:
            index = word_after(self.words, self.head.position, step)
        else:
            index = min(max(0, here + step), len(self.words) - 1)
        if index is not None:
            self.go_to_word(index)

    def action_unsure(self) -> None:
        """Go to the next word that the machine was unsure of."""
        confirmed = [
            each.anchor.words
            for each in self.attempt.annotations
            if each.kind == "confirmed" and each.anchor.words is not None
        ]

        def doubtful(shown: ShownWord) -> bool:
            return is_unsure(shown.word) and not any(map(shown.heard.touches, confirmed))

        here = self.cursor_word(self.head.position)
        after = word_at(self.words, self.head.position) if here is None else here
        index = next_word(self.words, after, doubtful)
        if index is None:
            self.say(SURE)
            return
        self.go_to_word(index)
        text = one_line(self.words[index].word.text)
        self.say(f"I heard “{text}” and was not sure. {self.key_of('correct')} corrects it.")

    def action_note_at(self, step: int) -> None:
        """Go to the next note, tag, correction or mark (1), or the one before (-1)."""
        # While it plays, the note that was just gone to is not the one before.
        reaction = REACTION_SECONDS if self.head.playing and step < 0 else 0.0
        found = next_annotation(self._seen(), self.head.position - reaction, step)
        if found is None:
            self.say(f"Nothing is written {'after' if step > 0 else 'before'} this.")
            return
        start = found.anchor.span.start
        self.head.seek(start)
        stretch = shown_range(self.words, found.anchor.words) if found.anchor.words else None
        self._cursor = stretch[0] if stretch is not None else None
        self.query_one(TranscriptView).back_to_now()
        self.moved()
        here = (
            told(self.attempt, each)
            for each in self._seen()
            if abs(each.anchor.span.start - start) < SAME_PLACE_SECONDS
        )
        self.say(Content("  ").join(here))

    def action_now(self) -> None:
        """Show the word that is heard."""
        self.query_one(TranscriptView).back_to_now()

    # -- selecting ---------------------------------------------------------------------------

    def select(self, stretch: Stretch | None) -> None:
        """Select words, or none."""
        self._selected = stretch
        if stretch is None:
            self._extending = None
        self.query_one(TranscriptView).selected = stretch

    def written(self) -> None:
        """Choose no words any more: something was written on them."""
        self.select(None)

    def action_select(self) -> None:
        """Begin to select words, or select none."""
        word = self._word()
        if self._extending is not None or word is None:
            self.select(None)
            return
        self.hold_still()
        first, last = self._selected or (word, word)
        self._extending = first, last
        self.select((first, last))
        keys = {name: self.key_of(name) for name in ("next_word", "previous_word", "leave")}
        self.say("{next_word} and {previous_word} select more, {leave} ends it.".format(**keys))

    @on(TranscriptView.WordClicked)
    def _clicked(self, message: TranscriptView.WordClicked) -> None:
        if message.shift:
            anchor = self._selected[0] if self._selected is not None else self._word()
            if anchor is not None:
                self.select(extended(self.words, anchor, message.index))
            return
        self.select(None)
        self.go_to_word(message.index)

    @on(TranscriptView.WordsDragged)
    def _dragged(self, message: TranscriptView.WordsDragged) -> None:
        self._extending = None
        self.select(extended(self.words, message.first, message.last))

    @on(Waveform.Sought)
    def _sought(self, message: Waveform.Sought) -> None:
        self.head.seek(message.seconds)
        self.query_one(TranscriptView).back_to_now()
        self.moved()


def _is_at(annotation: Annotation, words: WordRange | None, place: float) -> bool:
    """Return whether something is written on words, or stands at a place."""
    anchor = annotation.anchor
    away = abs(anchor.span.start - place)
    if anchor.words is None:
        return away < BESIDE_MARK_SECONDS
    # The words that a correction removed cannot be gone to; the place where they were can.
    return away < SAME_PLACE_SECONDS or (words is not None and anchor.words.touches(words))
