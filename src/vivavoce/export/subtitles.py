"""Subtitles: segments to cues that can be read in time, and cues to SRT and WebVTT."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vivavoce.domain.speech import Word
from vivavoce.export.segments import Segment

LINE_CHARACTERS, MAX_LINES, MAX_SECONDS = 42, 2, 7.0
"""Of one cue: Netflix's timed text style guide for English."""
LEAST_SECONDS = 5 / 6
"""Shorter cues flash by; the same guide."""
LEAST_TIME = 0.001
"""Seconds that both formats can tell apart: no cue is empty, none covers another."""
PAUSE_SECONDS = 1.0
"""No cue lasts through a silence of this length. Chosen."""
_WEAK = {"a", "an", "and", "at", "but", "for", "from", "if", "in", "my", "of", "on", "or", "our"}
_WEAK |= {"so", "that", "the", "to", "we", "with", "your"}
"""Nobody pauses after these: a line that ends with one reads badly."""
_TAG = re.compile("<([^<>]*)>")
_LOOK_ALIKES = str.maketrans({"<": "‹", "{": "(", "}": ")", "\\": "∖"})
"""Players hide tags, some even over a line's end, and read styles and line breaks as in SubStation:
{\\an8}, \\N."""

SubtitleFormat = Literal["srt", "vtt"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen at one time."""

    start: float
    """Seconds."""
    end: float
    """Seconds, after `start`."""
    lines: tuple[str, ...]
    """One or two; only a single word can be longer than `LINE_CHARACTERS`."""
    speaker: str = ""
    """Who says it; empty where only one person speaks."""


class Subtitler:
    """Takes segments as they come and gives the text of the subtitles that are complete."""

    def __init__(self, kind: SubtitleFormat) -> None:
        """Begin a file of one format."""
        self._kind = kind
        self._number = 0
        self._short: tuple[Word, ...] = ()
        self._speaker = ""
        self._named = ""
        self._waiting: Cue | None = None

    def begin(self) -> str:
        """Return what stands before the first cue."""
        return "WEBVTT\n" if self._kind == "vtt" else ""

    def push(self, segment: Segment) -> str:
        """Take the next segment; what cannot be timed before the next one starts waits."""
        text = ""
        late = self._short and segment.start - self._short[0].start >= LEAST_SECONDS
        if late or (self._short and segment.speaker != self._speaker):
            text = self._put(self._short)
            self._short = ()
        self._speaker = segment.speaker
        # A word that would flash by ("Yes.") is shown with what follows.
        words = self._short + segment.words
        self._short = words if words[-1].end - words[0].start < LEAST_SECONDS else ()
        return text if self._short else text + self._put(words)

    def finish(self) -> str:
        """Return what waits."""
        text = self._put(self._short) if self._short else ""
        return text + (self._written(self._waiting) if self._waiting else "")

    def _put(self, words: Sequence[Word]) -> str:
        text = ""
        for cue in map(_cue, _cut(self._with_name(words))):
            cue = replace(cue, speaker=self._speaker)
            before, self._waiting = self._waiting, cue
            if before is not None:
                start = max(cue.start, before.start + LEAST_TIME)
                end = max(cue.end, start + LEAST_TIME)
                self._waiting = replace(cue, start=start, end=end)
                text += self._written(replace(before, end=min(before.end, start)))
        return text

    def _with_name(self, words: Sequence[Word]) -> Sequence[Word]:
        """Name the speaker where SRT, which has no tag for it, changes to another one."""
        if self._kind == "vtt" or self._speaker == self._named:
            return words
        self._named = self._speaker
        first = replace(words[0], text=f"{self._speaker}: {words[0].text}")
        return (first, *words[1:])

    def _written(self, cue: Cue) -> str:
        self._number += 1
        if self._kind == "vtt":
            escaped = (
                line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                for line in cue.lines
            )
            times = f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}"
            voice = f"<v {cue.speaker}>" if cue.speaker else ""
            return "\n".join(["", times, voice + "\n".join(escaped), ""])
        lines = map(_plain, cue.lines)
        times = f"{_time(cue.start, ',')} --> {_time(cue.end, ',')}"
        return "\n".join(
            [*([""] if self._number > 1 else []), str(self._number), times, *lines, ""]
        )


def _plain(line: str) -> str:
    """Return a line of SRT, which knows no escapes: what a player would take for a line of times
    or for a style, and hide, is spelt with signs that look alike."""
    return _TAG.sub(r"‹\1›", line.replace("-->", "→")).translate(_LOOK_ALIKES)


def _time(seconds: float, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}{point}{milliseconds:03}"


def _cue(words: Sequence[Word]) -> Cue:
    start = words[0].start
    end = max(word.end for word in words)
    end = min(max(end, start + LEAST_SECONDS), start + MAX_SECONDS)
    return Cue(start, end, _lines(words))


def _cut(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Cut a segment into cues: as few as fit, of like lengths, where a speaker would pause."""
    # Shortest path: best[i] is the least cost of showing the words before i.
    best, back = [0.0], [0]
    for end in range(1, len(words) + 1):
        reached = []
        for start in range(end - 1, -1, -1):
            shown = words[start:end]
            if start < end - 1 and not _fits(shown):
                break
            reached.append((best[start] + _cost(shown, last=end == len(words)), start))
        cost, start = min(reached)
        best.append(cost)
        back.append(start)
    cues: list[Sequence[Word]] = []
    end = len(words)
    while end:
        cues.append(words[back[end] : end])
        end = back[end]
    return cues[::-1]


def _fits(words: Sequence[Word]) -> bool:
    silent = any(
        after.start - before.end >= PAUSE_SECONDS for before, after in itertools.pairwise(words)
    )
    spoken = max(word.end for word in words) - words[0].start
    lines = _lines(words)
    return (
        not silent
        and spoken <= MAX_SECONDS
        and len(lines) <= MAX_LINES
        and all(len(line) <= LINE_CHARACTERS for line in lines)
    )


def _cost(words: Sequence[Word], last: bool) -> float:
    """Return what one more cue costs, so that few, well filled ones with good ends win."""
    empty = 1.0 - len(" ".join(word.text for word in words)) / (LINE_CHARACTERS * MAX_LINES)
    return 1.0 + empty * empty + (0.0 if last else _roughness(words[-1].text) / 3)


def _roughness(text: str) -> float:
    """Return how badly a line ends with a word: 0 after a comma, 1 in mid-phrase, 2 on a "the"."""
    if not text[-1].isalnum():
        return 0.0
    return 2.0 if text.lower() in _WEAK else 1.0


def _lines(words: Sequence[Word]) -> tuple[str, ...]:
    """Break a text into one line where it fits, else into the two that read best."""
    texts = [word.text for word in words]
    whole = " ".join(texts)
    if len(whole) <= LINE_CHARACTERS or len(texts) == 1:
        return (whole,)
    breaks = (
        (" ".join(texts[:i]), " ".join(texts[i:]), texts[i - 1]) for i in range(1, len(texts))
    )
    above, below, _ = min(breaks, key=_ugliness)
    return above, below


def _ugliness(broken: tuple[str, str, str]) -> tuple[bool, float]:
    above, below, last = broken
    too_long = max(len(above), len(below)) > LINE_CHARACTERS
    return too_long, abs(len(above) - len(below)) / LINE_CHARACTERS + _roughness(last) / 4
