"""Reading an answer by what a small model learned from labelled answers."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vivavoce.domain.debrief import CRITERIA, Criterion, Evidence, Judgement, Level, Reading
from vivavoce.domain.text import strip_controls
from vivavoce.scoring import rules
from vivavoce.scoring.bounds import bounded
from vivavoce.scoring.marks import Marker, Marks, SentenceEncoder
from vivavoce.scoring.plain_words import PlainWord, plain_words
from vivavoce.scoring.sentences import Sentence, cut
from vivavoce.scoring.slots import first_metric, first_tool
from vivavoce.scoring.spans import Span, find_spans
from vivavoce.scoring.verdict import judge

READER = "trained"
SCORER_VERSION = "trained-3"
SUMMARY_SENTENCES = 3
SUMMARY_WORDS = 55
"""Where nothing marks the sentences: from the problem's last word to the effect's first. Chosen on
answers that the reader was not trained on."""
WEIGHTY = 0.5
"""A span counts for the order of things from this share of the weightiest one's mass: a passing
echo of the effect does not state it. Chosen on answers that the reader was not trained on."""
OVER_ENGINEERED, TOOL_FIRST = 0.4, 0.5
"""Likelihoods from which the flags are set. A tool comes first also where the words alone say so: a
tool's name before the first problem or effect. Both together were right more often than either
alone, on answers that the reader was not trained on."""
_LEADS_ON = {"to", "by", "from", "of", "about", "than", "nearly", "almost", "over", "under"}
_UNITS = {"thousand", "million", "billion", "percent", "point", "points", "dollars", "euros"}
_FULL_STOP = re.compile(r"[.?!]+(?=\s|$)")
_LONG_SENTENCE = 45
"""Words between two full stops, on average, above which punctuation is taken to be missing."""

Spans = Mapping[Criterion, Sequence[Span]]


class TrainedReader:
    """Reads answers with an encoder and its heads."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._marker = Marker(encoder)
        self._last: tuple[str, Reading] | None = None
        """What was read last: drafts become final, and what was final is debriefed."""

    def read(self, text: str) -> Reading:
        """Read one answer; without a word in the text every level is 0."""
        last = self._last
        if last is None or last[0] != text:
            last = self._last = text, self._read(text)
        return last[1]

    def _read(self, text: str) -> Reading:
        text = strip_controls(text)
        words = plain_words(text)
        if not words:
            nothing = rules.read(text)
            return replace(nothing, reader=READER, scorer_version=SCORER_VERSION)
        marks = self._marker.mark(words)
        cuts = cut(text)
        sentences = _sentences_of(cuts, words)
        starts = {sentence[0] for sentence in sentences if sentence}
        spans: dict[Criterion, list[Span]] = {}
        judgements: dict[Criterion, Judgement] = {}
        for k, criterion in enumerate(CRITERIA):
            level = marks.level(k)
            spans[criterion] = find_spans(marks.heard(k), True, starts) if level else []
            quoted = _all_that_carries(marks, k, level, spans[criterion], sentences)
            judgements[criterion] = bounded(criterion, _judgement(text, words, level, quoted))
        tool = first_tool(cuts)
        by_rules = tool is not None and all(
            tool < quote.start_char
            for name in ("problem", "lift")
            for quote in judgements[name].evidence[:1]
        )
        return judge(
            cuts,
            text=text,
            **judgements,
            order_ok=_in_order(spans),
            summary=_summarised(text, words, spans),
            tool_first=by_rules or marks.tool_first > TOOL_FIRST,
            # A shaped small test is what over-engineering lacks, whatever is said around it.
            over_engineered=marks.over_engineered > OVER_ENGINEERED
            and judgements["experiment"].level < 2,
            first_metric_char=first_metric(cuts),
            first_tool_char=tool,
            reader=READER,
            scorer_version=SCORER_VERSION,
        )


def _sentences_of(cuts: Sequence[Sentence], words: Sequence[PlainWord]) -> list[list[int]]:
    """Return the indexes of the words of each sentence."""
    ends = [sentence.end for sentence in cuts]
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
    ends = (words[_whole_number(words, span.last)].end for span in spans)
    places = zip((words[span.first].start for span in spans), ends, strict=True)
    return Judgement(level, tuple(Evidence(text[a:b], a, b) for a, b in places))


def _whole_number(words: Sequence[PlainWord], last: int) -> int:
    """Return where a quote ends that must not break off at "from 400 to", or within a number."""
    end = last
    while end + 1 < len(words) and words[end].text in _LEADS_ON:
        end += 1
    if not words[end].text[0].isdigit():
        return last
    while end + 1 < len(words) and words[end + 1].text in _UNITS:
        end += 1
    return end


def _weighty(spans: Sequence[Span]) -> list[Span]:
    most = max((span.mass for span in spans), default=0.0)
    return [span for span in spans if span.mass >= WEIGHTY * most]


def _in_order(spans: Spans) -> bool:
    """Whether problem, solution and lift are there, first stated in that order."""
    places = [min((s.first for s in _weighty(spans[n])), default=-1) for n in CRITERIA[:3]]
    return -1 not in places and places == sorted(places)


def _summarised(text: str, words: Sequence[PlainWord], spans: Spans) -> bool:
    """Whether at most three sentences in a row hold all three, in order."""
    stops = [stop.end() for stop in _FULL_STOP.finditer(text)]
    punctuated = len(words) <= _LONG_SENTENCE * max(1, len(stops))

    def near(problem: Span, lift: Span) -> bool:
        if not punctuated:
            return lift.first - problem.last <= SUMMARY_WORDS
        between = [s for s in stops if words[problem.last].start < s <= words[lift.first].start]
        return len(between) < SUMMARY_SENTENCES

    triples = itertools.product(*(_weighty(spans[name]) for name in CRITERIA[:3]))
    return any(
        problem.first < solution.first < lift.first and near(problem, lift)
        for problem, solution, lift in triples
    )
