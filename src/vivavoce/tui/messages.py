"""What a round's thread posts to the screen that shows it: one message an event."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from vivavoce.domain.events import LevelMeasured, SessionEvent


@dataclass
class RoundReported(Message):
    """Something happened in the round."""

    event: SessionEvent
    """What."""


@dataclass
class LevelReported(Message):
    """The microphone's level; a newer one takes the place of one that was not drawn yet."""

    event: LevelMeasured
    """The newest."""

    def can_replace(self, message: Message) -> bool:
        """Tell whether a waiting message is no longer worth drawing."""
        return isinstance(message, LevelReported)


def report(event: SessionEvent) -> Message:
    """Return the message that carries an event."""
    if isinstance(event, LevelMeasured):
        return LevelReported(event)
    return RoundReported(event)
