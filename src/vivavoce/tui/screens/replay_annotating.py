"""The part of the replay that writes: notes, tags, corrections, marks, and undoing them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from vivavoce.domain import annotation_edits
from vivavoce.domain.annotation import Annotation, WordRange
from vivavoce.domain.annotation_edits import Edit, heard_text
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.text import one_line
from vivavoce.errors import VivavoceError
from vivavoce.session.annotating import Change, new_stamp
from vivavoce.tui.archive import Archive
from vivavoce.tui.screens.replay_tag import TagScreen, tags_to_offer
from vivavoce.tui.screens.replay_write import CorrectScreen, NoteScreen
from vivavoce.tui.screens.trouble import TroubleScreen

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp

Step = Callable[[Archive, Attempt], Change]
NO_WORDS = "There are no words here to write on. {mark} marks the moment."
NOTHING_CORRECTED = "Nothing is corrected: these are the words as the machine heard them."
NOTHING_HERE = "There is no note, tag, mark or correction here to take away."
AS_BEFORE = "Nothing was changed."
KEEPING = "One moment: your last change is being kept."


def told_of(before: Attempt, change: Change, verb: str) -> str:
    """Return what a step came to, in a sentence or two.

    Args:
        before: The attempt as it was.
        change: The step.
        verb: “Undone”, “Redone”, or empty for a new step.
    """
    what = one_line(change.what)
    there = {each.id for each in before.annotations}
    kept = any(each.id not in there for each in change.attempt.annotations)
    if verb:
        told = f"{verb}: {what}."
    else:
        told = f"Kept: {what}." if kept else f"{what[:1].upper()}{what[1:]}."
    if before.debrief is None or before.corrected == change.attempt.corrected:
        return told
    judged = "; ".join(change.judged) or "the levels stay as they were"
    return f"{told} Scored again: {judged}."


class AnnotatingScreen(Screen[None]):
    """Keeps one step after the other; what it shows and which words are meant, its heirs know."""

    @dataclass
    class Stepped(Message):
        """A step has been kept, or changed nothing."""

        before: Attempt
        change: Change
        verb: str
        nothing: str

    @dataclass
    class Refused(Message):
        """A step could not be kept."""

        error: VivavoceError

    def __init__(self) -> None:
        super().__init__()
        self._attempt: Attempt | None = None
        self._steps: deque[tuple[Step, str, str]] = deque()
        self._leaving = False

    @property
    def vivavoce(self) -> VivavoceApp:
        """The app."""
        return cast("VivavoceApp", self.app)

    @property
    def attempt(self) -> Attempt:
        """What is replayed, once it is open."""
        assert self._attempt is not None
        return self._attempt

    def key_of(self, name: str) -> str:
        """Return what to press for `replay.<name>`, as the settings have it."""
        for active in self.active_bindings.values():
            if active.binding.id == f"replay.{name}":
                return self.app.get_key_display(active.binding)
        return name

    # -- what the heirs know -----------------------------------------------------------------

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the attempt as it is now."""
        raise NotImplementedError

    def words_meant(self) -> WordRange | None:
        """Return the words that a key is about; None where there are none."""
        raise NotImplementedError

    def shown_text(self, words: WordRange) -> str:
        """Return words as they are shown: corrected."""
        raise NotImplementedError

    def annotations_meant(self) -> list[Annotation]:
        """Return the annotations that a key is about."""
        raise NotImplementedError

    def place(self) -> float:
        """Return the place that is heard, in seconds."""
        raise NotImplementedError

    def hear_words(self, words: WordRange) -> None:
        """Play words."""
        raise NotImplementedError

    def hold_still(self) -> None:
        """Be silent while something is written."""
        raise NotImplementedError

    def say(self, told: str | Content) -> None:
        """Tell something for some seconds."""
        raise NotImplementedError

    def written(self) -> None:
        """Choose no words any more: something was written on them."""
        raise NotImplementedError

    # -- steps, one after the other ----------------------------------------------------------

    def edit(self, make: Callable[[Attempt], Edit], nothing: str = "") -> None:
        """Keep a step.

        Args:
            make: Makes it from the attempt as it is then, in a worker.
            nothing: What to say where it changes nothing.
        """

        def step(archive: Archive, attempt: Attempt) -> Change:
            made = make(attempt)
            if not made:
                return Change(attempt, "")
            return archive.edit(attempt, made.what, made.added, made.removed)

        self._do(step, "", nothing)

    def _do(self, step: Step, verb: str, nothing: str) -> None:
        self._steps.append((step, verb, nothing))
        if len(self._steps) == 1:
            self._take_step(*self._steps[0], self.attempt)

    @work(thread=True, group="edit")
    def _take_step(self, step: Step, verb: str, nothing: str, attempt: Attempt) -> None:
        try:
            change = step(self.vivavoce.backstage.archive, attempt)
        except VivavoceError as error:
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Stepped(attempt, change, verb, nothing))

    @on(Stepped)
    def _show_step(self, message: Stepped) -> None:
        self._steps.popleft()
        change = message.change
        if change.what:
            self._attempt = change.attempt
            self.show_attempt(change.attempt)
            self.say(told_of(message.before, change, message.verb))
        elif message.nothing:
            self.say(message.nothing)
        if self._steps:
            self._take_step(*self._steps[0], self.attempt)
        elif self._leaving:
            self.dismiss()

    @on(Refused)
    def _show_refusal(self, message: Refused) -> None:
        self._steps.clear()
        self._leaving = False
        self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))

    def action_close(self) -> None:
        """Go back, as soon as everything is kept."""
        self.hold_still()
        if self._steps:
            self._leaving = True
            self.say(KEEPING)
        else:
            self.dismiss()

    # -- the keys ----------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the moment that is heard."""
        at = self.place()
        self.edit(lambda _: annotation_edits.mark(at, new_stamp()))

    def action_note(self) -> None:
        """Write a note on the words that are meant, or change the one that is there."""
        words = self._words_to_write_on()
        if words is None:
            return
        there = [
            each
            for each in self.annotations_meant()
            if each.kind == "note" and not each.author and each.anchor.words is not None
        ]
        exact = [each for each in there if each.anchor.words == words]
        old = next(reversed(exact or there), None)
        if old is not None and old.anchor.words is not None:
            words = old.anchor.words

        before = one_line(old.text) if old is not None else ""

        def keep(text: str | None) -> None:
            if text == before:
                self.say(AS_BEFORE)
            elif text is not None:
                self.written()
                self.edit(lambda attempt: annotation_edits.note(attempt, words, text, new_stamp()))

        self.app.push_screen(NoteScreen(self.shown_text(words), before), keep)

    def action_tag(self) -> None:
        """Tag the words that are meant, or take a tag from them."""
        words = self._words_to_write_on()
        if words is None:
            return
        annotations = self.attempt.annotations
        there = {
            one_line(each.text)
            for each in annotations
            if each.kind == "tag" and not each.author and each.anchor.words == words
        }

        def keep(tag: str | None) -> None:
            if tag is not None:
                self.written()
                self.edit(lambda attempt: annotation_edits.tag(attempt, words, tag, new_stamp()))

        box = TagScreen(self.shown_text(words), tags_to_offer(annotations), there)
        self.app.push_screen(box, keep)

    def action_correct(self) -> None:
        """Say what was really said."""
        words = self._words_to_write_on()
        if words is None:
            return

        heard, shown = heard_text(self.attempt, words), self.shown_text(words)

        def keep(text: str | None) -> None:
            if text == shown:
                self.say(AS_BEFORE)
            elif text is not None:
                self.written()
                self.edit(
                    lambda attempt: annotation_edits.correct(attempt, words, text, new_stamp())
                )

        box = CorrectScreen(heard, shown, lambda: self.hear_words(words))
        self.app.push_screen(box, keep)

    def action_as_heard(self) -> None:
        """Take all corrections back."""
        self.edit(annotation_edits.revert, NOTHING_CORRECTED)

    def action_delete(self) -> None:
        """Take away what was written here last."""
        meant = self.annotations_meant()
        if not meant:
            self.say(NOTHING_HERE)
            return
        gone = max(meant, key=lambda each: each.made_at)
        if gone.kind == "correction":
            what = "correction taken back"
        else:
            what = f"{'sentence' if gone.kind == 'patch' else gone.kind} taken away"
        self.written()
        self.edit(
            lambda attempt: Edit(
                what, (), tuple(each.id for each in attempt.annotations if each.id == gone.id)
            )
        )

    def action_undo(self) -> None:
        """Take the latest step back."""
        self._do(lambda archive, attempt: archive.undo(attempt), "Undone", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._do(
            lambda archive, attempt: archive.redo(attempt), "Redone", "There is nothing to redo."
        )

    def _words_to_write_on(self) -> WordRange | None:
        words = self.words_meant()
        self.hold_still()
        if words is None:
            self.say(NO_WORDS.format(mark=self.key_of("mark")))
        return words
