"""Measuring the cut-in: what is said, what came of it, and how it is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.attempts_made import CASE, debrief_of, home, turns_saying
from vivavoce.bench.interrupts import (
    CutInRun,
    Script,
    Tally,
    goal_met,
    join_groups,
    phrases_of,
    read_scripts,
    summed_up,
    tally,
)
from vivavoce.bench.word_times import Spoken, sounding
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion, Evidence
from vivavoce.domain.events import SlotHeard
from vivavoce.domain.interview import interruption
from vivavoce.domain.speech import SAMPLE_RATE, Span
from vivavoce.domain.turns import Turn
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.store.attempt_store import AttemptStore

TEXTS = Path(__file__).parents[2] / "scripts" / "measuring" / "interrupts.jsonl"
SCRIPT = Script("m", "monologue", "The model has heads.")


def kept(tmp_path: Path, *turns: Turn) -> Attempt:
    store = AttemptStore(home(tmp_path))
    opened = store.begin(CASE, "a", False, "base")
    store.finish(opened.id, "done", turns, 60.0, debrief_of(turns_saying("Listeners leave.")))
    attempt = store.get(opened.id)
    store.close()
    return attempt


def said(text: str, at: float) -> Turn:
    """Return an answer that begins at `at`."""
    _, answer = turns_saying(text)
    shift = at - answer.span.start
    words = tuple(replace(w, start=w.start + shift, end=w.end + shift) for w in answer.words)
    return replace(answer, span=Span(at, answer.span.end + shift), words=words)


def heard(criterion: Criterion, start: float, quote: str = "listeners leave") -> SlotHeard:
    return SlotHeard(criterion, 1, Evidence(quote, 0, len(quote), start, start + 1.0))


def run(kind: str, cut_in_at: float | None) -> CutInRun:
    script = Script("x", "good" if kind == "good" else "monologue", "")
    return CutInRun(script.id, script.kind, 100.0, cut_in_at, None, None, None, None, (), "")


def test_the_answers_to_speak_are_twenty_of_each_and_as_long_as_they_must_be() -> None:
    scripts = read_scripts(TEXTS)
    assert len({script.id for script in scripts}) == 40
    lengths: dict[str, list[int]] = {"good": [], "monologue": []}
    for script in scripts:
        lengths[script.kind].append(len(script.text.split()))
    assert [len(lengths[kind]) for kind in lengths] == [20, 20]
    assert 200 <= min(lengths["good"]) <= max(lengths["good"]) <= 330
    assert 280 <= min(lengths["monologue"]) <= max(lengths["monologue"]) <= 420


@pytest.mark.parametrize(
    "line", ["", "[]", '{"id": "a", "kind": "good"}', '{"id": "a", "kind": "bad", "text": "b"}']
)
def test_a_line_that_is_no_answer_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(f'{{"id": "a", "kind": "good", "text": "b"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="Line 2"):
        read_scripts(path)
    with pytest.raises(NotFoundError):
        read_scripts(tmp_path / "none.jsonl")


def test_a_text_is_cut_at_its_sentences_and_at_its_long_pauses() -> None:
    assert phrases_of("It has 0.5 heads. Um, why? ... So, listeners") == [
        ["It has 0.5 heads.", "Um, why?"],
        ["So, listeners"],
    ]


def test_pauses_between_sentences_are_short_and_those_between_groups_long() -> None:
    tone = (8000 * np.sin(np.arange(SAMPLE_RATE) * 0.2)).astype(np.int16)
    phrase = Spoken(tone, ())
    sound = join_groups([[phrase, phrase], [phrase]], seed=1)
    loud = np.flatnonzero(np.abs(sound) > 1000) / SAMPLE_RATE
    short, long = (float(gap) for gap in np.diff(loud)[np.diff(loud) > 0.1])
    assert 0.55 < short < 0.95
    assert 1.95 < long < 4.05
    assert sounding(sound).start > 0.5
    assert np.array_equal(sound, join_groups([[phrase, phrase], [phrase]], seed=1))


def test_a_cut_in_is_told_with_its_term_and_the_time_to_the_next_outcome(tmp_path: Path) -> None:
    sentence = interruption("two tower model")
    attempt = kept(
        tmp_path,
        Turn("prompt", Span(0.0, 2.0), "What would you do?"),
        said("We train the model.", 2.0),
        Turn("cut-in", Span(20.0, 24.0), sentence),
        said("Well. Skips fall by 5 percent.", 24.0),
    )
    slots = [heard("solution", 25.0), heard("impact", 33.0), heard("lift", 31.5, "skips fall")]
    result = summed_up(SCRIPT, 30.0, attempt, slots)
    assert (result.cut_in_at, result.term, result.sentence) == (18.0, "two tower model", sentence)
    assert result.seconds_to_outcome == pytest.approx(7.5)
    assert [outcome.criterion for outcome in result.outcomes] == ["lift", "impact"]
    assert result.outcomes[0].at == pytest.approx(29.5)
    assert result.told is not None
    assert result.told.startswith("Cut-in at 0:20: ")
    assert result.transcript == "We train the model. Well. Skips fall by 5 percent."


def test_an_outcome_before_a_cut_in_is_not_one_after_it(tmp_path: Path) -> None:
    attempt = kept(
        tmp_path,
        said("We train the model.", 0.0),
        Turn("cut-in", Span(20.0, 20.0), interruption("model")),
        said("It has heads.", 20.0),
    )
    result = summed_up(SCRIPT, 30.0, attempt, [heard("problem", 1.0)])
    assert result.seconds_to_outcome is None
    assert len(result.outcomes) == 1


def test_an_answer_that_was_let_run_has_no_cut_in(tmp_path: Path) -> None:
    attempt = kept(tmp_path, said("Listeners leave.", 2.0))
    result = summed_up(SCRIPT, 30.0, attempt, [])
    assert (result.cut_in_at, result.term, result.sentence, result.told) == (None,) * 4


def test_each_kind_is_counted_by_itself() -> None:
    runs = [run("good", None), run("monologue", 95.0), run("monologue", 0.0), run("good", 99.0)]
    assert tally(runs, "good") == Tally(2, 1)
    assert tally(runs, "monologue") == Tally(2, 2)


def test_the_goal_is_no_good_answer_and_four_fifths_of_the_monologues() -> None:
    assert goal_met(Tally(20, 0), Tally(20, 16))
    assert not goal_met(Tally(20, 1), Tally(20, 20))
    assert not goal_met(Tally(20, 0), Tally(20, 15))
