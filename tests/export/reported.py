"""Attempts for the tests of the debrief's page: a plain one, and one whose every text attacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from tests.attempts_made import CASE
from vivavoce.domain.annotation import Anchor, Annotation, AnnotationKind, WordRange, anchor_at
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.case import Case, Exhibit, Variant
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.turns import Turn, TurnKind
from vivavoce.scoring.rules import RulesReader
from vivavoce.session.debriefing import make_debrief

ATTEMPT_ID = "01HZZZZZZZZZZZZZZZZZZZZZZZ"
NOW = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
ANSWER = (
    "New listeners skip four of their first five songs. So for two percent of new accounts the "
    "first songs come from the three artists they named. I expect skips to fall from four to three "
    "within a week, and if they do not, we stop."
)
FOLLOW_UP = "That is about sixteen thousand people."
PROMPT_SECONDS = 2.0
WORD_SECONDS = 0.25
HOSTILE = (
    "</script><script>parent.attacked=1</script>",
    "<img src=http://127.0.0.1:9/x onerror=window.attacked=1>",
    "\"onmouseover='window.attacked=1'x=\"",
    "</style><style>@import'http://127.0.0.1:9/y'",
    "\u2028window.attacked=1\u2029",
    "\u202etxet\u2066",
    "<!--",
    "]]>&amp;&#60;script&#62;",
    "\x1b[31mred\x07",
    "👩‍🎤\ud800",
    "javascript:window.attacked=1",
)


def words_from(text: str, start: float, texts: tuple[str, ...] = ()) -> tuple[Word, ...]:
    """Return a word each quarter of a second."""
    return tuple(
        Word(word, start + WORD_SECONDS * at, start + WORD_SECONDS * (at + 1) - 0.03, 0.9)
        for at, word in enumerate(texts or text.split())
    )


def answer_turn(kind: TurnKind, words: tuple[Word, ...]) -> Turn:
    span = Span(words[0].start, words[-1].end)
    return Turn(kind, span, " ".join(word.text for word in words), words, (span,))


def note(
    number: int, kind: AnnotationKind, anchor: Anchor, text: str, author: str = ""
) -> Annotation:
    return Annotation(f"01HZ{number:022d}", kind, anchor, text, NOW, author)


def attempt_reported() -> Attempt:
    """Return a judged attempt with a follow-up, a correction and one annotation of each kind."""
    words = words_from(ANSWER, PROMPT_SECONDS)
    probe_start = words[-1].end + 0.5
    later = words_from(FOLLOW_UP, probe_start + 1.5)
    turns = (
        Turn("prompt", Span(0.0, PROMPT_SECONDS), CASE.prompt),
        answer_turn("answer", words),
        Turn("probe", Span(probe_start, probe_start + 1.5), "How many people is that?"),
        answer_turn("probe-answer", later),
    )
    annotations = (
        note(1, "correction", anchor_at(turns, WordRange(1, 1, 1)), "young listeners"),
        note(2, "correction", anchor_at(turns, WordRange(1, 9, 9)), ""),
        note(3, "note", anchor_at(turns, WordRange(1, 12, 14)), "Two breaths\nhere."),
        note(4, "tag", anchor_at(turns, WordRange(1, 29, 34)), "good metric"),
        note(5, "note", anchor_at(turns, WordRange(3, 3, 4)), "From where?", "Ann Lee"),
        note(6, "mark", Anchor(Span(9.0, 9.0)), ""),
    )
    return judged(turns, CASE, annotations)


def hostile_attempt() -> Attempt:
    """Return an attempt whose case, words, notes, names and quotes all try to become code."""
    spoken = words_from("", PROMPT_SECONDS, (*HOSTILE, *ANSWER.split(), *HOSTILE))
    everything = " ".join(HOSTILE)
    case = Case(
        "attack",
        everything,
        "technical",
        everything,
        (Variant("a", Exhibit(HOSTILE[:2], (HOSTILE[2:4],), everything), everything, everything),),
    )
    turns = (
        Turn("prompt", Span(0.0, PROMPT_SECONDS), everything),
        answer_turn("answer", spoken),
    )
    annotations = (
        note(1, "correction", anchor_at(turns, WordRange(1, 1, 2)), everything),
        note(2, "note", anchor_at(turns, WordRange(1, 3, 6)), everything, everything),
        note(3, "tag", anchor_at(turns, WordRange(1, 0, 8)), everything),
    )
    attempt = judged(turns, case, annotations)
    dispute = Dispute("impact", 0, everything, 0, 1, 3.0, 4.0, "test", NOW)
    return replace(attempt, disputes=(dispute,), fillers=Fillers(((everything, 2),)))


def judged(turns: tuple[Turn, ...], case: Case, annotations: tuple[Annotation, ...]) -> Attempt:
    attempt = Attempt(
        id=ATTEMPT_ID,
        case=case,
        variant_id="a",
        started_at=NOW,
        state="done",
        sample=False,
        model="base",
        duration_s=turns[-1].span.end + 1.0,
        turns=turns,
        debrief=None,
        fillers=Fillers((("um", 3),)),
        annotations=annotations,
    )
    return replace(attempt, debrief=make_debrief(attempt.corrected, RulesReader()))


def hiss(seconds: float) -> NDArray[np.int16]:
    """Return sound in which no tenth of a second is like another: where it is tells itself."""
    # Four thousand values a second, joined by lines: little above 2 kHz, so that a codec keeps it.
    values = np.random.default_rng(5).uniform(-1, 1, round(seconds * 4000) + 1)
    places = np.arange(round(seconds * SAMPLE_RATE)) / 4
    return (np.interp(places, np.arange(len(values)), values) * 20_000).astype(np.int16)
