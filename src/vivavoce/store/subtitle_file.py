"""Transcripts from elsewhere: SRT and WebVTT, read as tolerantly as players read them.

Byte-order marks, any line ends, counters that are missing or wrong, times with a comma or a point
and with or without hours, styles, positions, notes and cues that overlap all pass. A line of times
that is none does not: what follows would stand at the wrong time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.domain.speech import Span, Word
from vivavoce.domain.text import one_line
from vivavoce.domain.turns import Turn
from vivavoce.domain.word_shares import shared_out
from vivavoce.errors import BadInputError
from vivavoce.store.transcript_file import answer_of

PANEL = "Panel"
"""Who asks, in the subtitles that vivavoce writes: those words are no part of the answer."""
_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}(?:\s.*)?")
_LIKE_TIMES = re.compile(r"\s*\d+[:.,\s].*-->|.*-->\s*\d+[:.,]\d")
"""A line that wants to be one of times; other arrows are text."""
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
# No tag reaches over the next one's beginning, so that thousands that never end take no minutes.
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]++([^<>]*+)>", re.I)
_VTT_TAG = re.compile(r"</?[a-z][^<>]*+>|</?>|<\d[\d:.]*+>", re.I)
_SRT_TAG = re.compile(r"</?(?:i|b|u|s|font|c|v|ruby|rt|lang)\b[^<>]*+>|\{\\[^{}]*+\}", re.I)
_NAMED = re.compile(rf"(You|{PANEL}): ")
"""How the SRT of vivavoce names who speaks from there on."""


@dataclass(frozen=True, slots=True)
class _Cue:
    span: Span
    lines: tuple[str, ...]
    """As they stand in the file."""


def turn_from_subtitles(text: str, name: str) -> Turn:
    """Return SRT or WebVTT as one answer: the time of a cue is shared out among its words.

    Args:
        text: The file's; WebVTT begins with that word.
        name: The file's, for the message.

    Raises:
        BadInputError: There are no cues in it, or a line of times is none; the message names it.
    """
    lines = re.split("\r\n|\n|\r", text.removeprefix("\ufeff"))
    is_vtt = bool(re.match(r"WEBVTT(\s|$)", lines[0]))
    cues = list(_vtt_cues(lines, name) if is_vtt else _srt_cues(lines, name))
    if not cues:
        raise BadInputError(
            f"{name} holds no subtitles.", "Name an SRT, a WebVTT or a Whisper JSON file."
        )
    return answer_of(_vtt_words(cues) if is_vtt else _srt_words(cues))


def _vtt_cues(lines: Sequence[str], name: str) -> Iterator[_Cue]:
    """Yield the cues: blocks between empty lines, with times in their first or second line."""
    at = 0
    while at < len(lines):
        begin = at
        while at < len(lines) and lines[at].strip():
            at += 1
        block = lines[begin:at]
        at += 1
        if not block or begin == 0 or _BLOCK.match(block[0]):
            continue
        timed = 0 if "-->" in block[0] else 1
        if len(block) > timed and (span := _times(block[timed], begin + timed + 1, name)):
            yield _Cue(span, tuple(block[timed + 1 :]))


def _srt_cues(lines: Sequence[str], name: str) -> Iterator[_Cue]:
    """Yield the cues: from a line of times up to the next one, less the counter before that."""
    span, said, number = None, list[str](), 0
    for at, line in enumerate(lines):
        times = _times(line, at + 1, name)
        if times is None:
            said.append(line)
            continue
        if span is not None:
            yield _Cue(span, _without_counter(said, number + 1))
        number += 1
        span, said = times, []
    if span is not None:
        yield _Cue(span, tuple(said))


def _without_counter(said: Sequence[str], expected: int) -> tuple[str, ...]:
    """Return a cue's lines without the next one's counter: a number by itself after an empty line,
    or the one that is due."""
    last = said[-1].strip() if said else ""
    if not (last.isascii() and last.isdigit()):
        return tuple(said)
    alone = len(said) > 1 and not said[-2].strip()
    return tuple(said[:-1] if alone or int(last) == expected else said)


def _times(line: str, number: int, name: str) -> Span | None:
    """Return the times of a line; None where it is text."""
    if "-->" not in line:
        return None
    found = _TIMES.fullmatch(line)
    if found is None:
        if not _LIKE_TIMES.match(line):
            return None
        raise BadInputError(
            f"Line {number} of {name} is not a line of times.",
            "It must look like 00:01:02,500 --> 00:01:04,000.",
        )
    parts = found.groups()
    start, end = _seconds(parts[:4]), _seconds(parts[4:])
    if start is None or end is None or end < start:
        raise BadInputError(
            f"Line {number} of {name} has times that cannot be.",
            "Minutes and seconds go up to 59, and a cue ends after it begins.",
        )
    return Span(start, end)


def _seconds(parts: Sequence[str | None]) -> float | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds + float(f"0.{parts[3] or 0}")


def _vtt_words(cues: Sequence[_Cue]) -> Iterator[Word]:
    for cue in cues:
        before, *voices = _VOICE.split("\n".join(cue.lines))
        parts = [("", before), *zip(voices[::2], voices[1::2], strict=True)]
        plain = [(one_line(who), html.unescape(_VTT_TAG.sub("", said))) for who, said in parts]
        yield from _own(plain, cue.span)


def _srt_words(cues: Sequence[_Cue]) -> Iterator[Word]:
    speaker = ""
    for cue in cues:
        plain = one_line(_SRT_TAG.sub("", "\n".join(cue.lines)))
        if named := _NAMED.match(plain):
            speaker, plain = named[1], plain[named.end() :]
        yield from _own([(speaker, plain)], cue.span)


def _own(parts: Sequence[tuple[str, str]], span: Span) -> Iterator[Word]:
    """Yield the candidate's words of one cue; each of its words has its share of the time."""
    texts = [(who, text) for who, said in parts for text in one_line(said).split()]
    for (who, _), word in zip(texts, shared_out([text for _, text in texts], span), strict=True):
        if who != PANEL:
            yield word
