"""Errors meant for the user: what happened, what to do next, and the exit code."""

from __future__ import annotations


class VivavoceError(Exception):
    """Something the user can be told in one sentence.

    Args:
        message: What happened.
        hint: What to do next; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(VivavoceError):
    """The command or the configuration was written wrongly."""

    exit_code = 2


class NotFoundError(VivavoceError):
    """A case, an attempt or a file that was named is not there."""

    exit_code = 3


class BadInputError(VivavoceError):
    """A file or a text cannot be read as what it should be."""

    exit_code = 4


class AudioDeviceError(VivavoceError):
    """A microphone, a loudspeaker or a voice is missing or stopped working."""

    exit_code = 5


class ModelError(VivavoceError):
    """Model weights are missing, truncated or wrong, or cannot be brought."""

    exit_code = 6


class StorageError(VivavoceError):
    """Something could not be written or read back."""

    exit_code = 7
