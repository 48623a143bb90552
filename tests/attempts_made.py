"""Attempts as a round would leave them, for tests of what keeps and shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from vivavoce.domain.attempt import AttemptState
from vivavoce.domain.case import Case, Exhibit, Probe, Variant
from vivavoce.domain.debrief import Debrief, Evidence, Judgement, Level, Reading, Vote
from vivavoce.domain.speech import SAMPLE_RATE, Span, Word
from vivavoce.domain.timing import measure
from vivavoce.domain.turns import Turn
from vivavoce.locations import Locations, find_locations
from vivavoce.store.attempt_store import AttemptStore

CASE = Case(
    id="early-skips",
    title="Early skips",
    round="recommendation-case",
    prompt="New listeners skip four of their first five songs. What would you do?",
    variants=(
        Variant(
            "a",
            Exhibit(("week", "1", "2"), (("skips", "4.1", "3.8"),), "of 820 thousand listeners"),
            "The skips are of songs they know.",
            "They skip what they know. We push it down. Skips fall by one in five.",
            (Probe("size", "By how much?"), Probe("tool", "Why {tool}?")),
        ),
        Variant("b", Exhibit(("week", "1"), (("skips", "2"),)), "Other.", "Another answer."),
    ),
    tags=("radio",),
)


def home(folder: Path) -> Locations:
    """Return the locations of a home of its own."""
    return find_locations({"VIVAVOCE_HOME": str(folder), "VIVAVOCE_MODELS": str(folder / "models")})


def turns_saying(text: str) -> tuple[Turn, ...]:
    """Return a prompt of three seconds and an answer of a word each half second."""
    words = tuple(
        Word(word, 3.0 + index / 2, 3.4 + index / 2, 0.9) for index, word in enumerate(text.split())
    )
    end = words[-1].end + 0.2 if words else 5.0
    voiced = (Span(words[0].start, words[-1].end),) if words else ()
    return (
        Turn("prompt", Span(0.0, 3.0), CASE.prompt),
        Turn("answer", Span(3.0, end), " ".join(text.split()), words, voiced),
    )


def debrief_of(
    turns: tuple[Turn, ...], vote: Vote = "no", lift: Level = 0, version: str = "test-1"
) -> Debrief:
    """Return a debrief that quotes the answer's first word."""
    text = turns[-1].text
    quote = text.split()[0] if text else ""
    heard = Judgement(2, (Evidence(quote, 0, len(quote), 3.0, 3.4),)) if text else Judgement(0)
    sized = replace(heard, level=lift) if lift else Judgement(0)
    none = Judgement(0)
    reading = Reading(
        text=text,
        problem=heard,
        solution=none,
        lift=sized,
        experiment=none,
        impact=none,
        order_ok=False,
        summary=False,
        tool_first=False,
        over_engineered=False,
        vote=vote,
        reasons=("Not a bigger idea, but a size for this one.",),
        turning="Say by how much.",
        say_next="So skips fall by ___.",
        first_metric_char=None,
        first_tool_char=None,
        reader="test",
        scorer_version=version,
    )
    return Debrief(first=reading, timing=measure(turns), heard=bool(text))


def make_attempt(
    store: AttemptStore,
    text: str = "Listeners skip songs they know.",
    *,
    case: Case | None = CASE,
    sample: bool = False,
    state: AttemptState = "done",
    vote: Vote = "no",
    lift: Level = 0,
) -> str:
    """Keep a finished attempt with a second of sound and return its id."""
    turns = turns_saying(text)
    attempt = store.begin(case, "a" if case else "", sample, "base")
    attempt.recording.write(np.full(SAMPLE_RATE, 7, np.int16))
    store.finish(attempt.id, state, turns, 1.0, debrief_of(turns, vote, lift))
    return attempt.id


def only_a_question_answered(store: AttemptStore) -> str:
    """Keep an attempt whose first answer was silent, so that none of its words was judged."""
    turns = turns_saying("")
    opened = store.begin(CASE, "a", False, "base")
    later = debrief_of(turns_saying("Skips fall from four to three.")).first
    debrief = replace(debrief_of(turns), heard=True, with_probes=later)
    store.finish(opened.id, "done", turns, 1.0, debrief)
    return opened.id


def leave_unfinished(store: AttemptStore) -> str:
    """Keep an attempt as a killed process would leave it, and return its id."""
    attempt = store.begin(CASE, "a", False, "base")
    attempt.begin_turn("prompt", 0.0, CASE.prompt)
    attempt.end_turn(3.0)
    attempt.begin_turn("answer", 3.0)
    attempt.recording.write(np.full(4 * SAMPLE_RATE, 7, np.int16))
    attempt.close()
    return attempt.id
