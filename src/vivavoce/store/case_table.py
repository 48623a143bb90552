"""One table of a case file: reads its keys and says, by file and key, what is wrong with one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from typing import NoReturn, TypeVar, cast

from vivavoce.domain.text import one_line
from vivavoce.errors import BadInputError

_NOT_SPOKEN = re.compile(r"[^\w\s,.;:?!'’\"“”‘–—-]|[\d_]")
_BRACE = re.compile(r"\{([^{}]*)\}")
_T = TypeVar("_T")


def refuse(file: str, key: str, wrong: str, hint: str = "") -> NoReturn:
    """Say what is wrong with one key of one file.

    Raises:
        BadInputError: Always; one line "file: key: what is wrong."
    """
    raise BadInputError(f"{file}: {key}: {wrong}.", hint)


class CaseTable:
    """One table of the file, which knows where it stands in it.

    Every method refuses what does not fit with a BadInputError; list entries are counted from one.

    Args:
        file: The file's name, for messages.
        where: What stands before the keys in messages, such as `variants[2].`
        values: As TOML gave them.
    """

    def __init__(self, file: str, where: str, values: Mapping[str, object]) -> None:
        self._file = file
        self._where = where
        self._values = values

    def known(self, *keys: str) -> None:
        """Refuse any other key."""
        for key in self._values:
            if key not in keys:
                near = difflib.get_close_matches(key[:64], keys, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(keys)}."
                self.refuse(one_line(key)[:64], "is not known", hint)

    def refuse(self, key: str, wrong: str, hint: str = "") -> NoReturn:
        """Say what is wrong with `key`."""
        refuse(self._file, f"{self._where}{key}", wrong, hint)

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def raw_text(self, key: str) -> str:
        """Return a text with nothing stripped, for ids and words of a fixed list."""
        value = self._value(key)
        return value if isinstance(value, str) else self.refuse(key, "must be text")

    def text(self, key: str) -> str:
        """Return a text that is not empty, on one line."""
        return one_line(self.raw_text(key)) or self.refuse(key, "is empty")

    def short_text(self, key: str, max_characters: int) -> str:
        """Return a text of at most so many characters."""
        text = self.text(key)
        if len(text) > max_characters:
            self.refuse(key, f"has {len(text)} characters, {max_characters} are allowed")
        return text

    def worded_text(self, key: str, max_words: int) -> str:
        """Return a text of at most so many words."""
        text = self.text(key)
        words = len(text.split())
        if words > max_words:
            self.refuse(key, f"has {words} words, {max_words} are allowed")
        return text

    def spoken(self, key: str, max_words: int, own_words: Collection[str] = ()) -> str:
        """Return a text that a voice can read: words and ordinary punctuation, no figures.

        Args:
            key: The text's.
            max_words: As many are allowed.
            own_words: Names that may stand in braces, for the candidate's own words.
        """
        text = self.worded_text(key, max_words)
        for name in _BRACE.findall(text):
            if name not in own_words:
                known = ", ".join(f"{{{word}}}" for word in own_words) or "none"
                self.refuse(key, f"holds {{{name}}}; in braces are allowed: {known}")
        symbol = _NOT_SPOKEN.search(_BRACE.sub("", text))
        if symbol:
            hint = "Write numbers and signs as a person says them: thirty percent."
            self.refuse(key, f"holds {symbol[0]!r}, and it is spoken", hint)
        return text

    def one_of(self, key: str, choices: Collection[str]) -> str:
        """Return one of a fixed list."""
        value = self.raw_text(key)
        if value not in choices:
            self.refuse(key, f"must be one of {', '.join(choices)}")
        return value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a finite number from `low` to `high`; `default` when the key is missing."""
        value = self._values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.refuse(key, "must be a number")
        if not low <= value <= high:  # not a number lies nowhere
            self.refuse(key, f"must lie between {low:g} and {high:g}")
        return float(value)

    def texts(self, key: str, low: int, high: int) -> tuple[str, ...]:
        """Return a list of `low` to `high` texts, each on one line."""
        return self._texts(key, self._value(key), low, high)

    def rows(self, key: str, low: int, high: int) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts."""
        rows = self._list(key, self._value(key), low, high)
        return tuple(
            self._texts(f"{key}[{number}]", row, 1, 16) for number, row in enumerate(rows, 1)
        )

    def table(self, key: str) -> CaseTable:
        """Return the table under the key."""
        return self._table(key, self._value(key))

    def each(self, key: str, read: Callable[[CaseTable], _T]) -> tuple[_T, ...]:
        """Read every table of a list; none when the key is missing."""
        tables = self._list(key, self._values.get(key, []), 0, 64)
        return tuple(
            read(self._table(f"{key}[{number}]", table)) for number, table in enumerate(tables, 1)
        )

    def _value(self, key: str) -> object:
        if key not in self._values:
            self.refuse(key, "is missing")
        return self._values[key]

    def _table(self, key: str, value: object) -> CaseTable:
        if not isinstance(value, dict):
            self.refuse(key, "must be a table")
        return CaseTable(self._file, f"{self._where}{key}.", cast("dict[str, object]", value))

    def _list(self, key: str, value: object, low: int, high: int) -> list[object]:
        if not isinstance(value, list):
            self.refuse(key, "must be a list")
        if not low <= len(value) <= high:
            self.refuse(key, f"has {len(value)} entries, must have {low} to {high}")
        return value

    def _texts(self, key: str, value: object, low: int, high: int) -> tuple[str, ...]:
        texts = []
        for number, entry in enumerate(self._list(key, value, low, high), 1):
            text = one_line(entry) if isinstance(entry, str) else ""
            if not text:
                self.refuse(f"{key}[{number}]", "must be text in quotes, and not empty")
            texts.append(text)
        return tuple(texts)
