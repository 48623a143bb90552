"""Choosing a tag for words of a replay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from vivavoce.domain.annotation import MAX_CHARACTERS, STARTING_TAGS, Annotation
from vivavoce.domain.text import one_line
from vivavoce.tui.screens.replay_write import quoted
from vivavoce.tui.widgets.key_bar import KeyBar
from vivavoce.tui.words import plain


def tags_to_offer(annotations: Iterable[Annotation]) -> tuple[str, ...]:
    """Return the tags of an attempt and those to start with, each once, one's own first."""
    used = (one_line(each.text) for each in annotations if each.kind == "tag")
    own = (tag for tag in used if tag not in STARTING_TAGS)
    return tuple(dict.fromkeys([*own, *STARTING_TAGS]))


def matching_tags(tags: Sequence[str], typed: str) -> tuple[str, ...]:
    """Return what was typed as a tag, then the others in which it stands; all where it is empty."""
    wanted = one_line(typed)
    if not wanted:
        return tuple(tags)
    found = (tag for tag in tags if wanted.lower() in tag.lower())
    return tuple(dict.fromkeys([wanted, *found]))


class TagScreen(ModalScreen[str | None]):
    """Dismissed with a tag, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "tag", priority=True),
        Binding("down", "go(1)", "next", show=False, priority=True),
        Binding("up", "go(-1)", "before", show=False, priority=True),
        Binding("escape", "go_back", "back", priority=True),
    ]

    def __init__(self, words: str, tags: Sequence[str], there: Collection[str]) -> None:
        """Ask for a tag.

        Args:
            words: What is tagged.
            tags: To choose from.
            there: Tags that these words have; choosing one takes it away.
        """
        super().__init__()
        self._words, self._tags, self._there = words, tags, there
        self._offered: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the box out."""
        with Vertical(classes="box"):
            yield Static(plain(f"Tag {quoted(self._words)}"), classes="box-title")
            yield Input(
                placeholder="Type to search, or write a tag of your own",
                max_length=MAX_CHARACTERS,
                compact=True,
            )
            yield OptionList(markup=False, compact=True)
            yield KeyBar()

    def on_mount(self) -> None:
        """Offer all tags."""
        self.query_one(OptionList).can_focus = False
        self._offer("")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._offer(message.value)

    def _offer(self, typed: str) -> None:
        self._offered = matching_tags(self._tags, typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(tag)) for tag in self._offered])
        options.highlighted = 0 if self._offered else None

    def _line(self, tag: str) -> Content:
        note = ""
        if tag in self._there:
            note = "  there: takes it away"
        elif tag not in self._tags:
            note = "  new"
        return Content.assemble(f"# {tag}", (note, "$quiet"))

    def action_go(self, step: int) -> None:
        """Go to the tag below (1) or above (-1)."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = (options.highlighted + step) % len(self._offered)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._offered[message.option_index])

    def action_keep(self) -> None:
        """Choose, once the letters typed before this key stand in the line."""
        line = self.query_one(Input)
        line.call_later(line.action_submit)

    @on(Input.Submitted)
    def _chosen(self) -> None:
        """Go back with the tag that is highlighted."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._offered[place])

    def action_go_back(self) -> None:
        """Go back and tag nothing."""
        self.dismiss(None)
