"""A measured round on the real screens, in a terminal that nobody sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from vivavoce.config import Config
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.events import DebriefReady, RoundFailed, SessionEvent, SpeechBegan
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.text import one_line
from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations
from vivavoce.session.round import Round
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.backstage import RunningRound
from vivavoce.tui.live import LiveBackstage

SIZE = (80, 24)
"""Columns and rows."""
REASON_CHARACTERS = 24
"""Of the vote's reason that are looked for: they stand on one line."""
DRAWN_WITHIN_SECONDS = 10.0
"""What takes longer has gone wrong. Chosen."""

OVER, LATE = 0, 1
"""How the screens end; without either they were stopped."""

Observer = Callable[[SessionEvent], None]


class Screening:
    """Shows one round on a case; everything is drawn and written as to a terminal."""

    def __init__(self, case: Case) -> None:
        """Prepare the round.

        Args:
            case: What the debrief is about, in its first variant.
        """
        self.case = case
        self.drawn_at: float | None = None
        """When the frame with the debrief was written, in time.monotonic() seconds."""
        self._app: VivavoceApp  # from `hold` on
        self._voiced = False
        self._vote: str | None = None
        """How the vote's reason begins, once there is one: the frame that holds it is awaited."""

    def hold(
        self, session: Round, listen: Callable[[Observer], None], locations: Locations
    ) -> None:
        """Hold the round until its debrief stands on the screen, or it has failed.

        Args:
            session: A round on the case that was not started.
            listen: Takes who is to be told of the round's events.
            locations: Where the attempt is kept.

        Raises:
            VivavoceError: Words were heard, but their debrief was never drawn.
        """

        def open_round(observe: Observer) -> Round:
            listen(self._watched_by(observe))
            return session

        request = RoundRequest(self.case, self.case.variants[0].id)
        self._app = app = VivavoceApp(_Stage(locations, open_round), Config(), request)
        app.driver_class = _terminal(self._written)
        ended = asyncio.run(app.run_async(size=SIZE))
        app.close_rounds()
        if app.faulted and app._exception is not None:
            raise app._exception
        if ended is None:
            raise KeyboardInterrupt  # Textual ends without a word
        if ended == LATE:
            raise VivavoceError("The debrief never stood on the screen.")

    def press(self) -> None:
        """Press the key that ends the answer, as a terminal passes it on."""
        assert self._app._driver is not None
        for _ in range(1 if self._voiced else 2):  # where nothing was heard it is asked back
            self._app._driver.process_message(events.Key("enter", None))

    def _watched_by(self, observe: Observer) -> Observer:
        app = self._app

        def see(event: SessionEvent) -> None:
            match event:
                case SpeechBegan():
                    self._voiced = True
                case DebriefReady(Attempt(debrief=Debrief(heard=True, first=first))):
                    self._vote = one_line(first.reasons[0])[:REASON_CHARACTERS]
                    app.call_later(app.set_timer, DRAWN_WITHIN_SECONDS, lambda: app.exit(LATE))
                case DebriefReady() | RoundFailed():
                    app.call_later(app.exit, OVER)
            observe(event)

        return see

    def _written(self, frame: str) -> None:
        if self._vote is not None and self._vote in frame and self.drawn_at is None:
            self.drawn_at = time.monotonic()
            self._app.call_later(self._app.exit, OVER)


class _Stage(LiveBackstage):
    """Holds the round that is measured, and nothing after it."""

    def __init__(self, locations: Locations, open_round: Callable[[Observer], Round]) -> None:
        super().__init__(locations)
        self._open_round = open_round

    def open_round(self, request: RoundRequest, config: Config, observe: Observer) -> RunningRound:
        return self._open_round(observe)

    def count_fillers(
        self, attempt: Attempt, config: Config, cancelled: Callable[[], bool]
    ) -> None:
        return None


def _terminal(written: Callable[[str], None]) -> type[HeadlessDriver]:
    """Return the driver of a terminal that tells what is written to it."""

    class Terminal(HeadlessDriver):
        @property
        def is_headless(self) -> bool:
            return False  # or nothing would be written

        def write(self, data: str) -> None:
            written(data)

    return Terminal
