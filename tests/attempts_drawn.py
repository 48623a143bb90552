"""Attempts of any shape and with any text, for hypothesis."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from hypothesis import strategies as st

from vivavoce.domain.annotation import Anchor, Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case, Exhibit, Probe, ProbeTag, Round, Variant
from vivavoce.domain.debrief import CRITERIA, Debrief, Evidence, Judgement, Reading, Vote
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.pace import Pace
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.text import one_line, strip_controls
from vivavoce.domain.timing import Timing
from vivavoce.domain.turns import Turn, TurnKind

_HOSTILE = (
    "-->",
    "<b>",
    "</script>",
    '"',
    "'",
    "{\\an8}",
    "=1+1",
    "\u202e",
    "\x1b[31m",
    "😀",
    "שלום",
)
_TEXT = st.text(max_size=12) | st.sampled_from(_HOSTILE) | st.text('"\\<>&-\n\t ', max_size=8)
texts = _TEXT.map(strip_controls)
"""As they are kept: entering the program they were stripped."""
lines = _TEXT.map(one_line)
words_said = _TEXT.map(one_line).filter(bool)
seconds = st.floats(0, 4000, allow_subnormal=False).map(lambda value: value + 0.0)
ulids = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=25, max_size=25).map(lambda t: f"0{t}")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=9)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any stretch, of no length, too."""
    start, end = sorted((draw(seconds), draw(seconds)))
    return Span(start, end)


@st.composite
def words(draw: st.DrawFn) -> Word:
    """Any word: words may overlap and stand in any order."""
    span = draw(spans())
    return Word(draw(words_said), span.start, span.end, draw(st.floats(0, 1)) + 0.0)


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    """Any turn."""
    kind: TurnKind = draw(st.sampled_from(get_args(TurnKind)))
    turn = Turn(kind, draw(spans()), "")
    if not turn.by_candidate:
        return replace(turn, text=draw(texts))
    said = tuple(draw(st.lists(words(), max_size=5)))
    voiced = tuple(draw(st.lists(spans(), max_size=2)))
    return replace(turn, text=" ".join(word.text for word in said), words=said, voiced=voiced)


exhibits = st.integers(2, 3).flatmap(
    lambda width: st.builds(
        Exhibit,
        columns=st.tuples(*[lines] * width),
        rows=st.lists(st.tuples(*[lines] * width), max_size=2).map(tuple),
        note=texts,
    )
)
probes = st.builds(Probe, tag=st.sampled_from(get_args(ProbeTag)), text=texts)
variants = st.builds(
    Variant,
    id=lines,
    exhibit=exhibits,
    twist=texts,
    model_answer=texts,
    probes=st.lists(probes, max_size=2).map(tuple),
)
cases = st.builds(
    Case,
    id=slugs,
    title=lines,
    round=st.sampled_from(get_args(Round)),
    prompt=texts,
    variants=st.lists(variants, min_size=1, max_size=2).map(tuple),
    think_seconds=seconds | st.integers(0, 90),
    target_seconds=seconds,
    limit_seconds=seconds,
    tags=st.lists(lines, max_size=2).map(tuple),
    order=st.just(0),
)


@st.composite
def _judgements(draw: st.DrawFn, text: str) -> Judgement:
    if not text or draw(st.booleans()):
        return Judgement(0)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    timed = draw(st.booleans())
    span = draw(spans())
    times = (span.start, span.end) if timed else (None, None)
    return Judgement(
        draw(st.sampled_from([1, 2])), (Evidence(text[start:end], start, end, *times),)
    )


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    text = draw(texts)
    place = st.none() | st.integers(0, len(text) - 1) if text else st.none()
    return Reading(
        text=text,
        problem=draw(_judgements(text)),
        solution=draw(_judgements(text)),
        lift=draw(_judgements(text)),
        experiment=draw(_judgements(text)),
        impact=draw(_judgements(text)),
        order_ok=draw(st.booleans()),
        summary=draw(st.booleans()),
        tool_first=draw(st.booleans()),
        over_engineered=draw(st.booleans()),
        vote=draw(st.sampled_from(get_args(Vote))),
        reasons=tuple(draw(st.lists(texts, min_size=1, max_size=2))),
        turning=draw(texts),
        say_next=draw(texts),
        first_metric_char=draw(place),
        first_tool_char=draw(place),
        reader=draw(lines),
        scorer_version=draw(lines),
    )


timings = st.builds(
    Timing,
    *[seconds] * 3,
    *[st.none() | seconds] * 3,
    pauses=st.lists(spans(), max_size=2).map(tuple),
    wpm=seconds,
    over_threshold_at=st.none() | seconds,
    limit_s=seconds,
    pace=st.lists(st.builds(Pace, seconds, seconds), max_size=2).map(tuple),
)
debriefs = st.builds(
    Debrief,
    first=_readings(),
    timing=st.none() | timings,
    with_probes=st.none() | _readings(),
    heard=st.booleans(),
    sound=st.booleans(),
)
disputes = st.builds(
    Dispute,
    criterion=st.sampled_from(CRITERIA),
    level=st.sampled_from([0, 1]),
    quote=texts,
    start_char=st.integers(0, 99),
    end_char=st.integers(0, 99),
    start=st.just(1.5),
    end=seconds.map(lambda value: 1.5 + value),
    scorer_version=lines,
    made_at=moments,
)
_KINDS: tuple[AnnotationKind, ...] = ("mark", "note", "tag", "patch")


def _short_words() -> st.SearchStrategy[Word]:
    """Of a sentence that was said again."""
    return words().map(lambda word: replace(word, start=min(word.start, 15), end=min(word.end, 16)))


@st.composite
def _annotations(draw: st.DrawFn, said: tuple[Turn, ...]) -> tuple[Annotation, ...]:
    places = [
        WordRange(turn, word, word)
        for turn, one in enumerate(said)
        for word in range(len(one.words))
    ]
    made = []
    for annotation_id in draw(st.lists(ulids, max_size=4, unique=True)):
        kind = draw(st.sampled_from(_KINDS))
        place = draw(st.none() | st.sampled_from(places)) if places else None
        made.append(
            Annotation(
                annotation_id,
                kind,
                anchor_at(said, place) if place else Anchor(draw(spans())),
                draw(texts),
                draw(moments),
                draw(lines),
                draw(st.sampled_from(CRITERIA)) if kind == "patch" else None,
                tuple(draw(st.lists(_short_words(), min_size=1, max_size=2)))
                if kind == "patch"
                else (),
            )
        )
    # One correction at most: no two may share a word.
    if places and bool(draw(st.booleans())):
        anchor = anchor_at(said, draw(st.sampled_from(places)))
        made.append(Annotation("7" + "Z" * 25, "correction", anchor, draw(texts), draw(moments)))
    return tuple(sorted(made, key=lambda each: (each.anchor.span.start, each.made_at, each.id)))


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    """Any finished attempt, as a store would give it."""
    case = draw(st.none() | cases)
    said = tuple(draw(st.lists(turns(), max_size=3)))
    about = draw(st.lists(disputes, max_size=2, unique_by=lambda each: each.criterion))
    counts = st.lists(
        st.tuples(st.sampled_from(["um", "uh", "you know"]), st.integers(1, 50)),
        unique_by=lambda pair: pair[0],
    )
    return Attempt(
        id=draw(ulids),
        case=case,
        variant_id=draw(st.sampled_from([v.id for v in case.variants])) if case else "",
        started_at=draw(moments),
        state=draw(st.sampled_from(["done", "restarted", "abandoned", "interrupted"])),
        sample=draw(st.booleans()),
        model=draw(lines),
        duration_s=draw(seconds),
        turns=said,
        debrief=draw(st.none() | debriefs),
        fillers=draw(st.none() | counts.map(tuple).map(Fillers)),
        disputes=tuple(sorted(about, key=lambda each: (each.made_at, each.criterion))),
        annotations=draw(_annotations(said)),
    )
