"""The words as they come: the candidate's, with the interviewer's lines between them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from vivavoce.domain.text import one_line

PARAGRAPH_WORDS = 120
"""After so many the next words open a paragraph: only the last one is laid out anew as words come,
and half an hour of them in one would take longer and longer. Chosen."""


class Paragraph(Static):
    """What one person said without the other."""

    def __init__(self, by_candidate: bool) -> None:
        super().__init__(markup=False, classes="said" if by_candidate else "asked")
        self.text = ""
        """As shown, without the draft and the mark of words to come."""

    def show(self, text: str, draft: str = "", more: bool = False) -> None:
        """Show the text and the draft behind it; `more` tells that words are still to come."""
        self.text = text
        gap = " " if text and draft else ""
        self.update(
            Content.assemble(text, gap, (draft, "$quiet"), (" …", "$quiet") if more else "")
        )


class Conversation(VerticalScroll):
    """Scrolls with the words until the reader scrolls up."""

    # The page is at least as high as its frame: an anchor would let a shorter one sink.
    DEFAULT_CSS = """
    Conversation #page {
        height: auto;
        min-height: 100%;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: set[int] = set()
        self._draft = ""
        self._last: Paragraph | None = None
        """The candidate's latest."""

    def compose(self) -> ComposeResult:
        """Lay out the page that the paragraphs stand on."""
        yield Vertical(id="page")

    def on_mount(self) -> None:
        """Stay at the end."""
        self.anchor()

    @property
    def _page(self) -> Vertical:
        return self.query_one("#page", Vertical)

    def begin(self) -> None:
        """Forget everything: another take begins."""
        self._waiting.clear()
        self._draft = ""
        self._last = None
        self.query(Paragraph).remove()

    def ask(self, text: str) -> None:
        """Add an interviewer's line."""
        self._settle()
        line = Paragraph(by_candidate=False)
        line.show(one_line(text))
        self._page.mount(line)

    def listen(self) -> None:
        """Open a paragraph for what the candidate says next."""
        self._last = Paragraph(by_candidate=True)
        self._page.mount(self._last)

    def expect(self, utterance_id: int) -> None:
        """Tell that an utterance was closed and its words are still to come."""
        self._waiting.add(utterance_id)
        self._add("")

    def hear(self, utterance_ids: tuple[int, ...], text: str) -> None:
        """Add the words of utterances to the answer they belong to, which is the last one."""
        self._waiting.difference_update(utterance_ids)
        self._draft = ""
        self._add(one_line(text))

    def draft(self, text: str) -> None:
        """Show words that may still change, behind the ones that will not."""
        self._draft = one_line(text)
        self._add("")

    def _add(self, text: str) -> None:
        last = self._last
        if last is None:
            return
        if (text or self._draft) and len(last.text.split()) >= PARAGRAPH_WORDS:
            last.show(last.text)
            before, last = last, Paragraph(by_candidate=True)
            # Not at the end: what was said before a cut-in may come after its line.
            self._page.mount(last, after=before)
            self._last = last
        last.show(f"{last.text} {text}".strip(), self._draft, more=bool(self._waiting))

    def _settle(self) -> None:
        """Take away the draft and the mark of words to come."""
        self._waiting.clear()
        self._draft = ""
        self._add("")
