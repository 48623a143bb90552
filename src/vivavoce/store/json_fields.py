"""JSON from outside, read field by field: what is wrong is told by its place, never by its text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NoReturn, TypeVar

from vivavoce.domain.text import one_line, strip_controls

MAX_SECONDS = 1e7
"""No recording is as long as four months. Chosen."""

ULID = re.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}", re.ASCII)
"""How an id is written."""

_FIRST_YEAR, _LAST_YEAR = 1970, 9998
"""A ULID begins in the one; after the other a time may not be there in every zone."""

_Choice = TypeVar("_Choice")


class WrongFieldError(Exception):
    """A field is not what it should be; the message is its place and what it must be."""


class Field:
    """One value of a document and the place where it stands."""

    def __init__(self, value: object, place: str = "") -> None:
        """Take a value that `json.loads` gave."""
        self._value, self._place = value, place

    @classmethod
    def parse(cls, text: str) -> Field:
        """Return the whole document.

        Raises:
            WrongFieldError: It is not JSON.
        """
        try:
            return cls(json.loads(text, parse_constant=_refuse))
        except RecursionError:
            raise WrongFieldError("it is nested too deeply") from None
        except json.JSONDecodeError as error:
            raise WrongFieldError(f"line {error.lineno} is not JSON") from None
        except ValueError:
            raise WrongFieldError("a number in it is none") from None

    def wrong(self, must: str) -> NoReturn:
        """Raise the error that says what this field must be."""
        raise WrongFieldError(f"{one_line(self._place) or 'it'} {must}")

    def __getitem__(self, name: str) -> Field:
        """Return a field of this object."""
        place = f"{self._place}.{name}" if self._place else name
        if not isinstance(self._value, dict):
            self.wrong("must be an object")
        if name not in self._value:
            raise WrongFieldError(f"{place} is missing")
        return Field(self._value[name], place)

    def get(self, name: str) -> Field | None:
        """Return a field of this object, or None where there is none or it is null."""
        if not isinstance(self._value, dict):
            self.wrong("must be an object")
        return None if self._value.get(name) is None else self[name]

    def given(self) -> Field | None:
        """Return this field, or None where it is null."""
        return None if self._value is None else self

    def members(self) -> Iterator[tuple[str, Field]]:
        """Yield all fields of this object."""
        if not isinstance(self._value, dict):
            self.wrong("must be an object")
        for name in self._value:
            yield name, self[name]

    def items(self, least: int = 0) -> list[Field]:
        """Return the elements of this array."""
        if not isinstance(self._value, list) or len(self._value) < least:
            self.wrong(f"must be an array of at least {least}" if least else "must be an array")
        return [Field(value, f"{self._place}[{at}]") for at, value in enumerate(self._value)]

    def raw_text(self) -> str:
        """Return a text as it stands: only for what is decoded or compared, never shown."""
        if not isinstance(self._value, str):
            self.wrong("must be a text")
        return self._value

    def text(self) -> str:
        """Return a text without control characters."""
        return strip_controls(self.raw_text())

    def line(self) -> str:
        """Return a text without control characters, on one line."""
        return one_line(self.raw_text())

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self._value, bool):
            self.wrong("must be true or false")
        return self._value

    def number(self, least: float = 0.0, most: float = MAX_SECONDS) -> float:
        """Return a finite number within bounds; a whole one stays whole."""
        value = self._value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong("must be a number")
        if not (math.isfinite(value) if isinstance(value, float) else abs(value) <= most):
            self.wrong(f"must be a number from {least:g} to {most:g}")
        if not least <= value <= most:
            self.wrong(f"must be a number from {least:g} to {most:g}")
        return value

    def count(self, least: int = 0, most: int = 2**31) -> int:
        """Return a whole number within bounds."""
        value = self._value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(f"must be a whole number from {least} to {most}")
        return value

    def one_of(self, choices: tuple[_Choice, ...]) -> _Choice:
        """Return one of the values that are allowed."""
        for choice in choices:
            if self._value == choice and type(self._value) is type(choice):
                break
        else:
            self.wrong(f"must be one of {', '.join(map(str, choices))}")
        return choice

    def moment(self) -> datetime:
        """Return a point in time, in UTC."""
        try:
            moment = datetime.fromisoformat(self.raw_text())
            if moment.tzinfo is None:
                raise ValueError("without a zone")
            moment = moment.astimezone(UTC)
            if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
                raise ValueError("in a year that not every time zone has")
        except (ValueError, OverflowError):
            self.wrong("must be a time with its zone, as 2026-11-25T18:00:00+00:00")
        return moment

    def optional_count(self) -> int | None:
        """Return a whole number, or None for null."""
        return None if self._value is None else self.count()

    def optional_number(self) -> float | None:
        """Return a number, or None for null."""
        return None if self._value is None else self.number()


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
