"""Reading an answer by what a small model learned from labelled answers."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence

from vivavoce.domain.debrief import CRITERIA, Criterion, Evidence, Judgement, Level, Reading
from vivavoce.domain.text import strip_controls
from vivavoce.scoring import rules
from vivavoce.scoring.lexicon import TOOL
from vivavoce.scoring.marks import Marker, Marks, SentenceEncoder
from vivavoce.scoring.plain_words import PlainWord, plain_words
from vivavoce.scoring.sentences import cut
from vivavoce.scoring.slots import first_metric
from vivavoce.scoring.spans import Span, find_spans
from vivavoce.scoring.verdict import judge

READER = "trained"
SCORER_VERSION = "trained-1"
SUMMARY_SENTENCES = 3
SUMMARY_WORDS = 70
"""Where nothing marks the sentences: from the problem's first word to the effect's. Chosen: the
labelled answers without punctuation that are summaries need up to 63."""
_FULL_STOP = re.compile(r"[.?!]+(?=\s|$)")
_LONG_SENTENCE = 45
"""Words between two full stops, on average, above which punctuation is taken to be missing."""

Spans = Mapping[Criterion, Sequence[Span]]


class TrainedReader:
    """Reads answers with an encoder and its heads."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._marker = Marker(encoder)

    def read(self, text: str) -> Reading:
        """Read one answer; without a word in the text every level is 0."""
        text = strip_controls(text)
        words = plain_words(text)
        if not words:
            return rules.read(text)
        marks = self._marker.mark(words)
        sentences = _sentences_of(text, words)
        starts = {sentence[0] for sentence in sentences if sentence}
        spans: dict[Criterion, list[Span]] = {}
        judgements: dict[Criterion, Judgement] = {}
        for k, criterion in enumerate(CRITERIA):
            level = marks.level(k)
            spans[criterion] = find_spans(marks.heard(k), True, starts) if level else []
            quoted = _all_that_carries(marks, k, level, spans[criterion], sentences)
            judgements[criterion] = _judgement(text, words, level, quoted)
        tool = TOOL.search(text)
        return judge(
            text=text,
            **judgements,
            order_ok=_in_order(spans),
            summary=_summarised(text, words, spans),
            tool_first=marks.tool_first > 0.5,
            over_engineered=marks.over_engineered > 0.5,
            first_metric_char=first_metric(cut(text)),
            first_tool_char=tool.start() if tool else None,
            reader=READER,
            scorer_version=SCORER_VERSION,
        )


def _sentences_of(text: str, words: Sequence[PlainWord]) -> list[list[int]]:
    """Return the indexes of the words of each sentence."""
    ends = [sentence.end for sentence in cut(text)]
    sentences: list[list[int]] = [[] for _ in ends]
    for index, word in enumerate(words):
        sentences[min(bisect.bisect_right(ends, word.start), len(ends) - 1)].append(index)
    return sentences


def _all_that_carries(
    marks: Marks, k: int, level: Level, spans: Sequence[Span], sentences: Sequence[Sequence[int]]
) -> list[Span]:
    """Return the spans, the weightiest first, and what would still carry the level without the
    sentences that they are in: nothing that earned it goes unquoted."""
    quoted = sorted(spans, key=lambda span: -span.mass)
    heard = marks.heard(k)
    starts = {sentence[0] for sentence in sentences if sentence}
    while level:
        taken: set[int] = set()
        for sentence in filter(None, sentences):
            if any(span.first <= sentence[-1] and sentence[0] <= span.last for span in quoted):
                taken.update(sentence)
        if marks.level(k, taken) < level:
            break
        rest = [0.0 if index in taken else float(value) for index, value in enumerate(heard)]
        quoted.append(max(find_spans(rest, True, starts), key=lambda span: span.mass))
    return quoted


def _judgement(
    text: str, words: Sequence[PlainWord], level: Level, spans: Sequence[Span]
) -> Judgement:
    places = ((words[span.first].start, words[span.last].end) for span in spans)
    return Judgement(level, tuple(Evidence(text[a:b], a, b) for a, b in places))


def _in_order(spans: Spans) -> bool:
    """Whether problem, solution and lift are there, first stated in that order."""
    places = [min((s.first for s in spans[name]), default=-1) for name in CRITERIA[:3]]
    return -1 not in places and places == sorted(places)


def _summarised(text: str, words: Sequence[PlainWord], spans: Spans) -> bool:
    """Whether at most three sentences in a row hold all three, in order."""
    stops = [stop.end() for stop in _FULL_STOP.finditer(text)]
    punctuated = len(words) <= _LONG_SENTENCE * max(1, len(stops))

    def sentence(index: int) -> int:
        return sum(stop <= words[index].start for stop in stops)

    for problem in spans["problem"]:
        for solution in spans["solution"]:
            for lift in spans["lift"]:
                if not problem.first < solution.first < lift.first:
                    continue
                near = (
                    sentence(lift.first) - sentence(problem.first) < SUMMARY_SENTENCES
                    if punctuated
                    else lift.first - problem.first <= SUMMARY_WORDS
                )
                if near:
                    return True
    return False
