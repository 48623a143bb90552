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
        self._looked_at: Attempt | None = None
        self._words_found = False

    @property
    def _app(self) -> VivavoceApp:
        return cast("VivavoceApp", self.app)

    @property
    def _heard(self) -> bool:
        return self._attempt.debrief is not None and self._attempt.debrief.heard

    @property
    def _first_heard(self) -> bool:
        return self._attempt.debrief is not None and self._attempt.debrief.first_heard

    @property
    def _has_words(self) -> bool:
        """Whether the words that were judged are there to be pointed at.

        The key bar asks at each change of focus, and half an hour's words take time to join.
        """
        if self._looked_at is not self._attempt:
            self._looked_at = self._attempt
            self._words_found = bool(self._attempt.judged_words.words)
        return self._words_found

    def _tell(self, error: VivavoceError) -> None:
        self.app.push_screen(TroubleScreen(error.message, error.hint))
