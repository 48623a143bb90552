"""The playhead: which place is heard, at what speed, and what follows at the end of a stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivavoce.domain.speech import Span

if TYPE_CHECKING:
    from vivavoce.engines.protocols import Player

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
REPEAT_SPEED = 0.75
"""Of a phrase that is repeated."""
REACTION_SECONDS = 0.5
"""Who asks for the last phrase while listening means the one that was heard so long ago. Chosen."""
SHORTEST_SECONDS = 0.3
"""Of a stretch that is played: a word without length would be a click. Chosen."""
_AT_THE_END_SECONDS = 0.05
"""Nearer to the end, playing begins at the front. Chosen."""


class Playhead:
    """Drives a player, or only a place while there is none. Belongs to one thread."""

    def __init__(self, seconds: float, position: float, step_back_seconds: float) -> None:
        """Stand still.

        Args:
            seconds: Length of the recording.
            position: Where it was left.
            step_back_seconds: How much is heard again when playing goes on after a pause.
        """
        self.seconds = seconds
        """Length of the recording."""
        self._place = min(max(0.0, position), seconds)
        self._step_back_seconds = step_back_seconds
        self._player: Player | None = None
        self._sounding = False
        """Whether the player's place is the one that counts: not before it was asked to play."""
        self._on = False
        self._left = position > 0.0
        """Whether listening was left here: only then is some of it heard again."""
        self._end: float | None = None
        self._on_after: float | None = None
        self._repeated: Span | None = None
        self.speed = 1.0
        self.loop: Span | None = None
        """What is played again and again."""

    @property
    def player(self) -> Player | None:
        """What plays; None where there is no sound."""
        return self._player

    @property
    def playing(self) -> bool:
        """Whether something is to be heard."""
        return self._on

    @property
    def position(self) -> float:
        """The place that is heard, in seconds; the one to begin at while nothing is."""
        if self._player is not None and self._sounding:
            return min(max(0.0, self._player.position()), self.seconds)
        return self._place

    def take(self, player: Player) -> None:
        """Play with this from now on."""
        self._player = player

    def let_go(self) -> Player | None:
        """Return the player, which is used no more; the place stays."""
        self._place, self._left = self.position, self._left or self._on
        player, self._player = self._player, None
        self._sounding = self._on = False
        return player

    def turn(self) -> None:
        """Pause, or go on."""
        if self._on:
            self.pause()
        else:
            self.go_on()

    def pause(self) -> None:
        """Stop; the place stays, and some of it is heard again later."""
        if self._on and self._player is not None:
            self._player.pause()
            self._on, self._left = False, True
            self._end = self._on_after = self._repeated = None

    def go_on(self) -> None:
        """Play from here, a little earlier where listening was left."""
        if self.loop is not None:
            self._begin(self.loop.start, self.loop.end, loop=True)
            return
        start = self.position
        if start >= self.seconds - _AT_THE_END_SECONDS:
            start = 0.0
        elif self._left:
            start = max(0.0, start - self._step_back_seconds)
        self._begin(start)

    def seek(self, seconds: float) -> None:
        """Go to a place; what is played goes on from there, and nothing is repeated any more."""
        self.loop = None
        self._place = min(max(0.0, seconds), self.seconds)
        self._sounding = self._left = False
        self._repeated = None
        if self._on:
            self._begin(self._place)

    def change_speed(self, step: int) -> None:
        """Play faster (1) or slower (-1), at once."""
        place = min(max(0, SPEEDS.index(self.speed) + step), len(SPEEDS) - 1)
        self.speed = SPEEDS[place]
        if not self._on:
            return
        if self.loop is not None:
            self._begin(self.loop.start, self.loop.end, loop=True)
        else:
            self._begin(self.position, self._end if self._repeated is None else None)

    def hear(self, span: Span) -> None:
        """Play a stretch and stop behind it; from a moment on, play on."""
        self.loop = None
        self._begin(span.start, _audible(span).end if span.seconds > 0 else None)

    def repeat(self, phrase: Span) -> None:
        """Play a phrase slowly; afterwards go on with what was played."""
        goes_on = self._on and (self._repeated is None or self._on_after is not None)
        self.loop = None
        end = _audible(phrase).end
        self._begin(phrase.start, end, REPEAT_SPEED)
        self._repeated, self._on_after = phrase, end if goes_on else None

    @property
    def repeated(self) -> Span | None:
        """The phrase that is being repeated, or was when playing ended."""
        return self._repeated

    def repeat_endlessly(self, span: Span | None) -> None:
        """Play a stretch again and again, or no longer: then it is played on."""
        if span is not None:
            self.loop = _audible(span)
            self._begin(self.loop.start, self.loop.end, loop=True)
        elif self.loop is not None:
            place, self.loop = self.position, None
            if self._on:
                self._begin(place)

    def follow(self) -> None:
        """Notice where playing has ended; call it some times a second while something plays.

        Raises:
            AudioDeviceError: The device is gone or has stopped; let go of the player then.
        """
        if self._player is None or not self._on:
            return
        self._player.check()
        if self._player.playing:
            return
        if self._on_after is not None:
            self._begin(self._on_after)
        else:
            self._on = self._left = False
            self._end = None

    def _begin(
        self, start: float, end: float | None = None, speed: float = 0.0, loop: bool = False
    ) -> None:
        self._place = start
        self._end = end
        self._on_after = self._repeated = None
        if self._player is None:
            return
        self._player.play(start, end, speed or self.speed, loop)
        self._sounding = self._on = True
        self._left = False


def _audible(span: Span) -> Span:
    return Span(span.start, max(span.end, span.start + SHORTEST_SECONDS))
