"""The debrief's ear: quotes, and the whole answer with what was said again."""

from __future__ import annotations

from vivavoce.tui.backstage import Sound
from vivavoce.tui.screens.debrief_base import DebriefBase
from vivavoce.tui.screens.entry_playing import PlaysEntries
from vivavoce.tui.widgets.entry import Entry
from vivavoce.tui.widgets.said_entry import SaidEntry


class PlaysQuotes(DebriefBase, PlaysEntries):
    """Plays what an entry rests on."""

    @property
    def _can_play(self) -> bool:
        entry = self.focused
        return super()._can_play or (isinstance(entry, SaidEntry) and entry != self._playing)

    def action_play_patched(self) -> None:
        """Play the whole answer with what was said again in its place."""
        for entry in self.query(SaidEntry).results():
            entry.focus()
            self._begin(entry)
            break

    def _sound_of(self, entry: Entry) -> Sound:
        backstage, config = self._app.backstage, self._app.config
        if isinstance(entry, SaidEntry):
            return backstage.archive.play_patched(self._attempt, config)
        assert entry.span is not None
        return backstage.play(self._attempt.id, entry.span, config)
