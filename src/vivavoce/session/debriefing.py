"""From the turns of a round to its debrief."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.debrief import Debrief, Reading
from vivavoce.domain.timing import OVER_ENGINEERING_SECONDS, measure
from vivavoce.domain.transcript import Transcript
from vivavoce.domain.turns import Turn
from vivavoce.scoring.reader import Reader
from vivavoce.scoring.timed import timed


def _read(transcript: Transcript, reader: Reader) -> Reading:
    reading = reader.read(transcript.text)
    return timed(reading, transcript) if transcript.words else reading


def _moment(transcript: Transcript, character: int | None) -> float | None:
    return None if character is None else transcript.when(character, character + 1).start


def read_turns(turns: Sequence[Turn], reader: Reader) -> Reading:
    """Read all of the candidate's turns so far as one answer, evidence timed."""
    words = (word for turn in turns if turn.by_candidate for word in turn.words)
    return _read(Transcript.of(words), reader)


def make_debrief(
    turns: Sequence[Turn],
    reader: Reader,
    limit_seconds: float = OVER_ENGINEERING_SECONDS,
    sound: bool = True,
) -> Debrief:
    """Score and time an attempt.

    Args:
        turns: In time order, the candidate's with their words.
        reader: Of answers.
        limit_seconds: The case's over-engineering limit.
        sound: Whether the recording holds anything but zeros.
    """
    answer = Transcript.of(word for turn in turns if turn.kind == "answer" for word in turn.words)
    first = _read(answer, reader)
    probed = any(turn.kind == "probe-answer" and turn.words for turn in turns)
    return Debrief(
        first=first,
        timing=measure(
            turns,
            limit_seconds,
            _moment(answer, first.first_metric_char),
            _moment(answer, first.first_tool_char),
        ),
        with_probes=read_turns(turns, reader) if probed else None,
        heard=any(turn.words for turn in turns if turn.by_candidate),
        sound=sound,
    )
