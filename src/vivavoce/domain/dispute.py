"""A dispute: the candidate says that a judgement missed words of the answer.

It stands beside the judgement and changes no level, no vote and no score.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vivavoce.domain.debrief import Criterion, Level, Reading
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn

_STOPS = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Dispute:
    """One criterion of one attempt, disputed."""

    criterion: Criterion
    level: Level
    """What the scorer gave: 0 or 1."""
    quote: str
    """Exactly `text[start_char:end_char]` of the first answer's reading."""
    start_char: int
    """Unicode code points from the start of that text."""
    end_char: int
    """Unicode code points, exclusive."""
    start: float
    """Seconds on the recording's clock."""
    end: float
    """Seconds."""
    scorer_version: str
    """Of the reading that is disputed."""
    made_at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True)
class JudgedAttempt:
    """An attempt whose judgements its candidate was shown: one a criterion."""

    attempt_id: str
    """The whole id."""
    disputes: tuple[Dispute, ...]
    """At most one a criterion."""


def dispute_about(disputes: Iterable[Dispute], criterion: Criterion) -> Dispute | None:
    """Return the dispute about a criterion; None where its judgement was let stand."""
    return next((each for each in disputes if each.criterion == criterion), None)


def dispute_to_dict(dispute: Dispute) -> dict[str, object]:
    """Return a dispute as JSON has it: the fields by their names, the time in ISO 8601."""
    fields: dict[str, object] = {name: getattr(dispute, name) for name in Dispute.__slots__}
    return {**fields, "made_at": dispute.made_at.isoformat(timespec="milliseconds")}


def words_read(reading: Reading, turns: Iterable[Turn]) -> Transcript:
    """Return the words that a reading of the first answer was made of.

    Args:
        reading: Of the first answer.
        turns: All of the attempt's.

    Returns:
        A transcript whose text is the reading's; one without words where the turns hold others.
    """
    words = (word for turn in turns if turn.kind == "answer" for word in turn.words)
    transcript = Transcript.of(words)
    return transcript if transcript.text == reading.text else Transcript.of(())


def make_dispute(
    criterion: Criterion,
    reading: Reading,
    words: Transcript,
    stretch: tuple[int, int],
    made_at: datetime,
) -> Dispute:
    """Return the dispute of a reading's judgement.

    Args:
        criterion: Which judgement.
        reading: Of the first answer.
        words: From `words_read`; at least one.
        stretch: Offsets in `reading.text`, from `whole_words` or `find_words`.
        made_at: Aware, UTC.
    """
    start_char, end_char = stretch
    said = words.when(start_char, end_char)
    return Dispute(
        criterion=criterion,
        level=reading.judgement(criterion).level,
        quote=reading.text[start_char:end_char],
        start_char=start_char,
        end_char=end_char,
        start=said.start,
        end=said.end,
        scorer_version=reading.scorer_version,
        made_at=made_at,
    )


def whole_words(text: str, start_char: int, end_char: int) -> tuple[int, int] | None:
    """Return a stretch widened to the words that it touches, no stop or comma behind the last.

    Args:
        text: Words with spaces between them.
        start_char: Offset of the first character.
        end_char: Offset after the last one.

    Returns:
        Offsets in `text`; None where the stretch holds nothing but spaces.
    """
    marked = text[start_char:end_char]
    if not marked.strip():
        return None
    start = start_char + len(marked) - len(marked.lstrip())
    end = start_char + len(marked.rstrip())
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    # A stop may stand by itself: then the space before it goes, too.
    while end > start + 1 and (text[end - 1] in _STOPS or text[end - 1].isspace()):
        end -= 1
    return start, end


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Return where words first stand in a text; case, accents, punctuation and spacing are free.

    Args:
        text: To search.
        words: Found only where a word begins and ends, so that "art" is not found in "start".

    Returns:
        Offsets in `text`, widened to whole words; None where the words do not stand in it.
    """
    letters, places = _letters(text)
    sought, _ = _letters(words)
    if not sought:
        return None
    at = letters.find(sought)
    while at >= 0:
        start, end = places[at], places[at + len(sought) - 1] + 1
        if not _runs_on(text, start) and not _runs_on(text, end):
            return whole_words(text, start, end)
        at = letters.find(sought, at + 1)
    return None


def _letters(text: str) -> tuple[str, Sequence[int]]:
    """Return the bare letters and digits, and for each the offset it came from."""
    letters, places = [], []
    for place, character in enumerate(text):
        bare = _bare(character)
        letters.append(bare)
        places += [place] * len(bare)
    return "".join(letters), places


def _bare(character: str) -> str:
    """Return a character's letters and digits, small and without accents; empty for others."""
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    return "".join(filter(str.isalnum, decomposed))


def _runs_on(text: str, place: int) -> bool:
    """Return whether a word goes on across a place, so that it is no end of one."""
    return 0 < place < len(text) and bool(_bare(text[place - 1]) and _bare(text[place]))
