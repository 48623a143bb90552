"""The trained reader on what it must hear and must not be fooled by; none was trained on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.debrief import CRITERIA, Reading
from vivavoce.scoring.checks import (
    ARTICLE_PAIRS,
    STUFFING,
    renamed,
    run_checks,
    spelled_out,
    with_fillers,
    without_quotes,
)

STRONG = (
    "Commuters lose their place when the train goes into the tunnel, and one in six never comes "
    "back to the episode. I'd save the position every 10 seconds on the phone itself. We try it "
    "for two weeks on 5 percent of Android users, and I expect finished episodes to go from 40 "
    "to 44 percent, which is about ninety thousand more listeners a month."
)
SPOKEN = (
    "so um people lose their place in the tunnel and they never come back to the episode so what "
    "i would do is save the position every ten seconds on the phone and we try it for two weeks "
    "on five percent of users and i think finished episodes go up by four percent"
)
LECTURE = (
    "I'd start with a two tower model, embedding dimension 128, sampled softmax with 8,000 "
    "negatives per batch, and a transformer over the last 256 plays. Then a reranker with cross "
    "attention, eight heads, and we tune the learning rate and the temperature. Recall at 100 "
    "goes from 0.36 to 0.41."
)


def read(text: str) -> Reading:
    return trained_reader().read(text)


def levels(text: str) -> dict[str, int]:
    reading = read(text)
    return {criterion: reading.judgement(criterion).level for criterion in CRITERIA}


@pytest.mark.parametrize("text", [STRONG, SPOKEN], ids=["punctuated", "as recognised"])
def test_a_strong_answer_holds_all_three_sentences_in_order(text: str) -> None:
    reading = read(text)
    assert levels(text) | {"impact": 2} == dict.fromkeys(CRITERIA, 2)
    assert reading.order_ok
    assert reading.summary
    assert reading.vote == "yes"
    assert not reading.tool_first
    assert not reading.over_engineered
    assert reading.reader == "trained"


def test_every_quote_is_the_answers_own_words() -> None:
    reading = read(STRONG)
    for criterion in CRITERIA:
        for quote in reading.judgement(criterion).evidence:
            assert STRONG[quote.start_char : quote.end_char] == quote.quote
    assert "lose their place" in reading.problem.evidence[0].quote
    assert "save the position" in reading.solution.evidence[0].quote
    assert "44 percent" in reading.lift.evidence[0].quote
    assert "two weeks" in reading.experiment.evidence[0].quote
    assert "ninety thousand" in reading.impact.evidence[0].quote


def test_a_lecture_on_models_loses_however_correct() -> None:
    reading = read(LECTURE)
    assert reading.vote == "no"
    assert reading.tool_first
    assert reading.over_engineered
    assert reading.lift.level == reading.impact.level == 0


@pytest.mark.parametrize(("bad", "good"), ARTICLE_PAIRS)
def test_the_article_prefers_its_good_answers(bad: str, good: str) -> None:
    worse, better = read(bad), read(good)
    assert (worse.vote, better.vote) == ("no", "yes")


@pytest.mark.parametrize(
    "text",
    [
        "The problem is the problem, my solution is a solution, and the metric lift is a lift.",
        "Metric-first, impact-first: our north star is retention, and we A/B test the A/B test.",
        "First sentence, the problem. Second sentence, the solution. Third sentence, the lift.",
    ],
)
def test_stuffing_with_keywords_earns_nothing(text: str) -> None:
    read_levels = levels(text)
    assert read(text).vote == "no"
    assert read_levels["problem"] == read_levels["solution"] == read_levels["impact"] == 0
    assert read_levels["lift"] < 2


@pytest.mark.parametrize(
    "text",
    [
        "Skips annoy people. I would not promise two percent on session length.",
        "I don't have a figure for you, not three percent, not one.",
        "In 2022 acceptance was 54 percent, and in 2023 it was 61.",
        "At my last company repeat purchases went up eleven percent.",
        "We run it on ten percent of users for three weeks.",
        "The model has two hundred million parameters and its recall is 41 percent.",
        "Today 12 percent of the trips are over twenty kilometres.",
    ],
    ids=["refused", "no figure", "past", "past claim", "slice", "model size", "baseline"],
)
def test_a_number_that_is_no_lift_earns_no_two(text: str) -> None:
    assert levels(text)["lift"] < 2


@pytest.mark.parametrize(
    "effect",
    [
        "Churn should fall from 4 to 3.5 percent.",
        "I expect churn to drop by half a point.",
        "I'd expect a third fewer cancellations.",
        "I think returns drop five points, thirty eight down to thirty three.",
        "That kind of ticket should halve.",
        "We'd see twelve thousand more subscribers a year.",
        "My guess is 0. 8 % more session length.",
    ],
)
def test_an_effect_may_be_sized_in_many_ways(effect: str) -> None:
    text = f"Listeners leave after a week. I'd cap each song at one play a day. {effect}"
    assert levels(text)["lift"] == 2
    assert read(text).vote == "yes"


def test_what_was_read_last_is_not_read_again_and_anything_else_is() -> None:
    strong = read(STRONG)
    assert read(STRONG) is strong
    assert read(LECTURE) != strong
    assert read(STRONG) == strong


def test_an_answer_without_a_word_is_read_as_nothing() -> None:
    for text in ("", "   ", "...", "\x1b"):
        assert set(levels(text).values()) == {0}
        assert read(text).vote == "no"


@pytest.mark.parametrize("criterion", CRITERIA)
def test_without_its_quoted_sentences_a_slot_is_lower(criterion: str) -> None:
    reading = read(STRONG)
    left = without_quotes(STRONG, reading, criterion)  # type: ignore[arg-type]
    assert levels(left)[criterion] < levels(STRONG)[criterion]


@settings(deadline=None, max_examples=15)
@given(st.sampled_from([STRONG, SPOKEN, LECTURE]), st.randoms(use_true_random=False))
def test_fillers_anywhere_change_no_level(text: str, chance: object) -> None:
    words = text.split()
    for _ in range(12):
        words.insert(chance.randrange(len(words)), chance.choice(["um", "uh", "er"]))  # type: ignore[attr-defined]
    assert levels(" ".join(words)) == levels(text)


@pytest.mark.parametrize(
    "change", [with_fillers, renamed, spelled_out, lambda text: f"{text} {text}"]
)
def test_what_changes_no_meaning_changes_no_level(change: object) -> None:
    for text in (STRONG, SPOKEN, LECTURE):
        assert levels(change(text)) == levels(text)  # type: ignore[operator]


def test_stuffing_never_helps() -> None:
    for text in ("", LECTURE, "Podcasts are huge right now."):
        before, after = levels(text), levels(text + STUFFING)
        assert read(text + STUFFING).vote == "no"
        assert all(after[name] <= before[name] for name in ("problem", "solution", "impact"))


def test_the_checks_count_what_failed() -> None:
    checks = {check.name: check for check in run_checks(trained_reader(), [("strong", STRONG)])}
    assert len(checks) == 7
    assert all(check.tried for check in checks.values() if "name" not in check.name)
    assert not [check.failed for check in checks.values() if check.failed]


def test_numbers_are_spelled_as_they_are_said() -> None:
    assert spelled_out("5 percent, 10.5 or 140 of 2022") == (
        "five percent, ten point five or one hundred and forty of 2022"
    )
    assert spelled_out("$12 M and 20k, v1.2.3") == "$12 M and 20k, v1.2.3"
