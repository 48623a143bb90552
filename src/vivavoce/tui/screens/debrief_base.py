"""What the parts of the debrief share: the attempt they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from vivavoce.domain.attempt import Attempt
from vivavoce.errors import VivavoceError
from vivavoce.tui.screens.trouble import TroubleScreen

if TYPE_CHECKING:
    from vivavoce.tui.app import VivavoceApp


class DebriefBase(Screen[None]):
    """A screen about one attempt. Each part of the debrief adds what its keys do."""

    def __init__(self, attempt: Attempt) -> None:
        """Prepare the screen for a finished attempt."""
        super().__init__()
        self._attempt = attempt

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    @property
    def _heard(self) -> bool:
        return self._attempt.debrief is not None and self._attempt.debrief.heard

    def _tell(self, error: VivavoceError) -> None:
        self.app.push_screen(TroubleScreen(error.message, error.hint))
