"""The part of the replay that plays: the player, the clock, and the keys that move in time."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from vivavoce.domain.annotation import WordRange, anchor_at
from vivavoce.domain.corrected import ShownWord
from vivavoce.domain.speech import Span
from vivavoce.engines.protocols import Player
from vivavoce.errors import VivavoceError
from vivavoce.tui.playhead import REACTION_SECONDS, Playhead
from vivavoce.tui.replaying import Stretch, phrase_at, span_of
from vivavoce.tui.screens.replay_annotating import AnnotatingScreen

_log = logging.getLogger(__name__)

TICKS_A_SECOND = 15
"""How often the place is shown; the issue's limit."""
SETTLING_TICKS = 6
"""How long the place is followed after a pause: the device still plays what it has taken."""
KEPT_EVERY_SECONDS = 10.0
"""Of the recording: how far playing goes until the place is kept again."""
OPENING = "The loudspeaker is being opened."
NOTHING_SAID = "There are no words here to hear again."


class PlayingScreen(AnnotatingScreen):
    """Plays; the heirs show it."""

    class Ready(Message):
        """A player has been opened."""

    @dataclass
    class Silent(Message):
        """None could be opened."""

        error: VivavoceError

    def __init__(self) -> None:
        super().__init__()
        self.head = Playhead(0.0, 0.0, 0.0)
        self.words: list[ShownWord] = []
        self._handing_over = threading.Lock()
        self._opened: Player | None = None
        self._gone = False
        self._opening = False
        self._when_open: Callable[[], None] | None = None
        self._kept_at = 0.0
        self._settling = 0
        self._ticking: Timer | None = None

    # -- what the heirs know -----------------------------------------------------------------

    def show_place(self) -> None:
        """Show which place is heard."""
        raise NotImplementedError

    def show_silence(self, told: str) -> None:
        """Tell why nothing is heard; empty when something is."""
        raise NotImplementedError

    def chosen_stretch(self) -> Stretch | None:
        """Return the words that are selected."""
        raise NotImplementedError

    # -- the player --------------------------------------------------------------------------

    def open_player(self, then: Callable[[], None] | None = None) -> None:
        """Open the loudspeaker, and do something when it is open."""
        self._when_open = then
        if not self._opening:
            self._opening = True
            self._open_player(self.attempt.id)

    @work(thread=True, group="player")
    def _open_player(self, attempt_id: str) -> None:
        backstage = self.vivavoce.backstage
        try:
            player = backstage.archive.open_player(attempt_id, self.vivavoce.config)
        except VivavoceError as error:
            self.post_message(self.Silent(error))
            return
        with self._handing_over:
            gone = self._gone
            if not gone:
                self._opened = player
        if gone:
            player.close()
        else:
            self.post_message(self.Ready())

    @on(Ready)
    def _take_player(self) -> None:
        self._opening = False
        with self._handing_over:
            player, self._opened = self._opened, None
        if player is None:
            return
        self.head.take(player)
        self.show_silence("")
        then, self._when_open = self._when_open, None
        if then is not None:
            then()
            self.moved()

    @on(Silent)
    def _tell_silence(self, message: Silent) -> None:
        self._opening = False
        self._when_open = None
        # What to do comes first: a short screen has no room for the rest.
        key = self.key_of("play")
        self.show_silence(f"No sound; all else works, and {key} tries again. {message.error}")

    def with_sound(self, play: Callable[[], None]) -> None:
        """Play, now or as soon as the loudspeaker is open."""
        if self.head.player is not None:
            play()
            self.moved()
        else:
            self.show_silence(OPENING)
            self.open_player(play)

    @work(thread=True, group="closing")
    def _close_player(self, player: Player) -> None:
        player.close()

    async def on_unmount(self) -> None:
        """Free the loudspeaker and keep the place."""
        place = self.head.position
        with self._handing_over:
            self._gone = True
            opened, self._opened = self._opened, None
        for player in (self.head.let_go(), opened):
            if player is not None:
                await asyncio.to_thread(player.close)
        if self._attempt is not None:
            await asyncio.to_thread(self._keep, self._attempt.id, place)

    # -- the clock ---------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Prepare the clock, which runs while something plays."""
        self._ticking = self.set_interval(1 / TICKS_A_SECOND, self._tick, pause=True)

    def moved(self) -> None:
        """Show the place, and follow it while it moves."""
        self.show_place()
        self._settling = SETTLING_TICKS
        if self._ticking is not None:
            self._ticking.resume()

    def _tick(self) -> None:
        try:
            self.head.follow()
        except VivavoceError as error:
            player = self.head.let_go()
            if player is not None:
                self._close_player(player)
            self._tell_silence(self.Silent(error))
        self.show_place()
        self._settling = SETTLING_TICKS if self.head.playing else self._settling - 1
        if self._settling < 0 and self._ticking is not None:
            self._ticking.pause()
        place = self.head.position
        if self.head.playing and abs(place - self._kept_at) >= KEPT_EVERY_SECONDS:
            self._kept_at = place
            self._keep_place(self.attempt.id, place)

    @work(thread=True, group="place")
    def _keep_place(self, attempt_id: str, place: float) -> None:
        self._keep(attempt_id, place)

    def _keep(self, attempt_id: str, place: float) -> None:
        try:
            self.vivavoce.backstage.archive.keep_position(attempt_id, place)
        except VivavoceError as error:
            # A place that is not kept costs one key press; no reason to disturb.
            _log.warning("the place was not kept: %s", error.message)

    # -- the keys ----------------------------------------------------------------------------

    def place(self) -> float:
        """Return the place that is heard, in seconds."""
        return self.head.position

    def hold_still(self) -> None:
        """Be silent while something is written."""
        self._when_open = None
        self.head.pause()
        self.moved()

    def hear(self, span: Span) -> None:
        """Play a stretch; without sound, only go there."""
        if self.head.player is None:
            self.head.seek(span.start)
            self.moved()
        self.with_sound(lambda: self.head.hear(span))

    def hear_words(self, words: WordRange) -> None:
        """Play words."""
        self.hear(anchor_at(self.attempt.turns, words).span)

    def action_play(self) -> None:
        """Play, or pause."""
        self.with_sound(self.head.turn)

    def action_seek(self, seconds: int) -> None:
        """Go back (less than 0) or on."""
        self.head.seek(self.head.position + seconds)
        self.moved()

    def action_speed(self, step: int) -> None:
        """Play slower (-1) or faster (1)."""
        self.head.change_speed(step)
        self.moved()

    def action_repeat(self) -> None:
        """Play the phrase that was just heard again, slowly."""
        phrase = self.head.repeated
        if phrase is None:
            reaction = REACTION_SECONDS if self.head.playing else 0.0
            stretch = phrase_at(self.words, self.head.position - reaction)
            if stretch is None:
                self.say(NOTHING_SAID)
                return
            phrase = span_of(self.words, stretch)
        again = phrase
        self.with_sound(lambda: self.head.repeat(again))

    def action_loop(self) -> None:
        """Play what is selected, or this phrase, again and again; or no longer."""
        if self.head.loop is not None:
            self.head.repeat_endlessly(None)
            self.moved()
            return
        stretch = self.chosen_stretch() or phrase_at(self.words, self.head.position)
        if stretch is None:
            self.say(NOTHING_SAID)
            return
        span = span_of(self.words, stretch)
        self.with_sound(lambda: self.head.repeat_endlessly(span))
