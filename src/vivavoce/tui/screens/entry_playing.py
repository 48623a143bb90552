"""Hearing again what an entry of a screen rests on, one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from vivavoce.errors import VivavoceError
from vivavoce.tui.backstage import Sound
from vivavoce.tui.screens.trouble import TroubleScreen
from vivavoce.tui.widgets.entry import Entry


def hear_out(sound: Sound, worker: Worker[None]) -> None:
    """Wait on a worker's thread until a sound has ended, or its worker was cancelled.

    Raises:
        VivavoceError: The loudspeaker has stopped.
    """
    while not worker.is_cancelled and not sound.wait(0.1):
        pass
    sound.stop()


class PlaysEntries(Screen[None]):
    """Its heirs say whose sound an entry has."""

    _playing: Entry | None = None

    @dataclass
    class Silenced(Message):
        """What was played has ended, or could not be played."""

        entry: Entry
        error: VivavoceError | None = None

    def _sound_of(self, entry: Entry) -> Sound:
        """Begin to play what an entry rests on; called on a worker's thread.

        Raises:
            VivavoceError: The recording or the loudspeaker does not work.
        """
        raise NotImplementedError

    @property
    def _can_play(self) -> bool:
        entry = self.focused
        return isinstance(entry, Entry) and entry.span is not None and entry != self._playing

    @property
    def _can_stop(self) -> bool:
        return self._playing is not None and self._playing is self.focused

    def action_play(self) -> None:
        """Play the words of the entry, in place of what is played."""
        entry = self.focused
        if isinstance(entry, Entry) and self._can_play:
            self._begin(entry)

    def _begin(self, entry: Entry) -> None:
        self.action_stop()
        self._playing = entry
        entry.show_playing(True)
        self._play(entry)
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stop what is played."""
        self.workers.cancel_group(self, "play")
        if self._playing is not None:
            if self._playing.is_attached:
                self._playing.show_playing(False)
            self._playing = None
            self.refresh_bindings()

    @work(thread=True, group="play", exclusive=True)
    def _play(self, entry: Entry) -> None:
        worker = get_current_worker()
        try:
            hear_out(self._sound_of(entry), worker)
        except VivavoceError as error:
            self.post_message(self.Silenced(entry, error))
        else:
            if not worker.is_cancelled:
                self.post_message(self.Silenced(entry))

    @on(Silenced)
    def _show_silence(self, message: Silenced) -> None:
        if message.entry is self._playing:
            self.action_stop()
        if message.error is not None:
            self.app.push_screen(TroubleScreen(message.error.message, message.error.hint))
