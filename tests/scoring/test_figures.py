"""The numbers of an answer: what each is for, and what it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.exhibits import MIX, PROMPT, SAVED
from vivavoce.domain.case import Variant
from vivavoce.scoring.numbers.figure import Figure
from vivavoce.scoring.numbers.figures import advice, figures
from vivavoce.scoring.numbers.number_words import word_set

ANSWER = (
    "By week four half of the openers are gone, 820 thousand down to 405. For two weeks I'd leave "
    "repeats out for ten percent of new openers. I expect repeats to go from 38 to 30 percent, "
    "because that's where week two was, and openers up fifteen percent."
)


def figure(text: str, quote: str, variant: Variant | None = None) -> Figure:
    found = [each for each in figures(text, variant, PROMPT) if each.said.quote == quote]
    assert found, [each.said.quote for each in figures(text, variant, PROMPT)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("Skips go from 38 to 30 percent", 38, 30),
        ("skips down from thirty eight to like thirty per cent", 38, 30),
        ("Acceptance 2.1 → 3.0 percent", 2.1, 3),
        ("Churn of 5.2 percent becomes 5.0", 5.2, 5),
        ("I'd expect 25 percent instead of 19", 19, 25),
        ("Instead of 14 percent gone on day one, I'd expect 11", 14, 11),
        ("It stands at 34 percent; I want 40", 34, 40),
        ("58 percent finished, we're at 51 now", 51, 58),
        ("Sessions run eleven minutes now and they'd run thirteen", 11, 13),
        ("From 22 in a hundred to maybe 12", 0.22, 0.12),
        ("No shows drop four points from nineteen to fifteen", 19, 15),
        ("from two in ten to four in ten", 0.2, 0.4),
    ],
)
def test_a_from_to_is_a_baseline_and_a_target(text: str, baseline: float, target: float) -> None:
    found = figures(text, None)
    (start,) = [each for each in found if each.role == "baseline"]
    (end,) = [each for each in found if each.role == "target"]
    assert start.value == pytest.approx(baseline)
    assert end.value == pytest.approx(target)
    assert start.unit == end.unit
    assert start.partner == found.index(end)
    assert end.partner == found.index(start)


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        ("Skips should fall by a third", "a third", "change"),
        ("Plus six points on opens", "six points", "change"),
        ("That's five percent more bookings, I think", "five percent", "change"),
        ("We try it on 5 percent of listeners", "5 percent", "slice"),
        (
            "For four weeks I would give one new opener in ten a mix",
            "one new opener in ten",
            "slice",
        ),
        ("Two shops, eight days", "Two shops", "slice"),
        ("Two shops, eight days", "eight days", "duration"),
        ("two million people see it every week", "two million people", "reach"),
        (
            "Skips from 4 to 5 percent, that's 40 thousand listeners",
            "40 thousand listeners",
            "change",
        ),
        ("Retention is at 38 percent today", "38 percent", "baseline"),
        ("Each call costs us six euros each", "six euros", "value of one"),
        ("At my last company churn fell by 9 percent", "9 percent", "past result"),
        ("I would not promise 2 percent", "2 percent", "refused"),
        ("Five percent? Not a chance", "Five percent", "refused"),
        ("Not the ten points that the agency wants", "ten points", "refused"),
        ("Anyone can say three percent more", "three percent", "refused"),
        ("It has 44 million parameters", "44 million parameters", "other"),
        ("The recall is 44 percent", "44 percent", "other"),
        ("If it stays under 2 percent, I stop", "2 percent", "other"),
        ("Pay fifteen percent more for these", "fifteen percent", "other"),
        ("For two weeks they get ten songs instead of thirty", "ten songs", "other"),
    ],
)
def test_each_number_has_its_role(text: str, quote: str, role: str) -> None:
    assert figure(text, quote).role == role


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("Openers are at 820 thousand", "820 thousand", "Openers (k)"),
        ("By week four openers are about 400 thousand", "400 thousand", "Openers (k)"),
        ("openers fall from 820 to 390 thousand", "820", "Openers (k)"),
        ("Four songs in ten are repeats", "Four songs in ten", "Repeats of last week %"),
        ("Repeats are at 38 percent", "38 percent", "Repeats of last week %"),
        ("Repeats were at thirty eight", "thirty eight", "Repeats of last week %"),
        ("75 thousand fewer openers came back", "75 thousand fewer openers", "480 and 405"),
        ("Half of the openers stop", "Half", "820 and 405"),
        ("1.5 million people have it", "1.5 million people", "the note under the table"),
        ("Sixty percent of people stop opening it", "Sixty percent", "the question"),
        ("Repeats are at 12 percent in week one, later 39", "12 percent", "%” in week 1"),
        (
            "Repeats go from 12 percent in week one to 39 percent in week four",
            "39 percent",
            "in week 4",
        ),
        ("From week one to week four openers fall from 820 to 405 thousand", "820", "in week 1"),
        ("By week four half of the openers are gone, 820 then", "820", "in week 1"),
    ],
)
def test_what_stands_in_the_case_is_said_to_be_from_there(
    text: str, quote: str, place: str
) -> None:
    found = figure(text, quote, MIX)
    assert found.basis == "exhibit"
    assert place in found.source


def test_a_table_of_groups_is_named_by_row_and_column() -> None:
    text = "Of those who saved a song 63 percent are back, of 48 thousand."
    assert "“Saved a song”, “Back in week 2”" in figure(text, "63 percent", SAVED).source
    text = "159 thousand people are in it. 118 thousand are not back."
    assert "41 % of 200,000" in figure(text, "118 thousand", SAVED).source


def test_a_target_is_from_the_case_only_where_it_is_exactly_there() -> None:
    assert figure("I expect repeats to go from 38 to 27 percent", "27 percent", MIX).source
    assert not figure(
        "I expect repeats to go from 38 to about 26 percent", "26 percent", MIX
    ).source


def test_a_bare_number_beside_points_is_a_percentage() -> None:
    assert figure("No shows drop four points from nineteen to fifteen", "fifteen").unit == "percent"
    assert figure("That share gains seven points over today's 58", "58").unit == "percent"


def test_a_bare_number_takes_its_unit_from_the_table_and_hands_it_on() -> None:
    start = figure("I expect repeats to go from 38 to 30", "38", MIX)
    end = figure("I expect repeats to go from 38 to 30", "30", MIX)
    assert (start.unit, start.basis) == ("percent", "exhibit")
    assert (end.unit, end.basis) == ("percent", "unsupported")


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("My guess is 2 percent more", "2 percent", "My guess"),
        ("Skips fall by 9 percent, because those are the easy ones", "9 percent", "because those"),
        ("Skips fall by 9 percent. That assumes half of them see it.", "9 percent", "assumes half"),
        ("Skips fall by 9 percent if half of them see it", "9 percent", "if half"),
        ("Sales go up 4 percent. It's a guess.", "4 percent", "a guess"),
        ("Sales go from 40 to 44 percent, four points", "four points", "40 to 44 percent"),
        (
            "2 million people see it, from 40 to 44 percent, that's 80 thousand people",
            "80 thousand people",
            "40 to 44 percent",
        ),
    ],
)
def test_an_estimate_is_marked_with_the_words_it_rests_on(
    text: str, quote: str, words: str
) -> None:
    found = figure(text, quote)
    assert found.basis == "estimate"
    assert found.basis_words is not None
    assert words in found.basis_words.quote


@pytest.mark.parametrize(
    ("text", "quote", "basis"),
    [
        ("I expect 15 percent more skips", "15 percent", "unsupported"),
        ("That brings 2 million dollars a year", "2 million dollars", "unsupported"),
        ("I expect 9 percent, since May", "9 percent", "unsupported"),
        ("If we get that down from 21 to 15 percent, fine", "15 percent", "unsupported"),
        ("I want it since it's two million. Down to 9 percent.", "9 percent", "unsupported"),
        ("If people go from 21 to 15 percent, fine", "15 percent", "unsupported"),
        ("We'd run it for two weeks", "two weeks", "plan"),
        ("If 2 percent of them press it, we stop", "2 percent", "plan"),
        ("They wait nine weeks for it", "nine weeks", "aside"),
        ("It has 44 million parameters", "44 million parameters", "aside"),
        ("I would not promise 2 percent", "2 percent", "refused"),
        ("One slot in eight is empty because people cancel", "One slot in eight", "unsupported"),
    ],
)
def test_other_numbers_have_no_basis_that_was_not_said(text: str, quote: str, basis: str) -> None:
    assert figure(text, quote).basis == basis


def test_a_baseline_that_contradicts_the_table_has_it_beside() -> None:
    text = "Repeats are at forty-five percent by week three."
    assert figure(text, "forty-five percent", MIX).beside == (
        "the table has 38 for “Repeats of last week %” in week 3"
    )
    text = "By week four repeats are at 12 percent."
    assert figure(text, "12 percent", MIX).beside == (
        "the table has 39 for “Repeats of last week %” in week 4"
    )
    text = "I expect repeats to go from 45 to 30 percent."
    assert "39 for “Repeats" in figure(text, "45", MIX).beside
    text = "Of those who saved a song 70 percent were back in week two."
    assert figure(text, "70 percent", SAVED).beside == (
        "the table has 63 % for “Saved a song”, “Back in week 2”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Repeats are at 38 percent today.",
        "Skips are at 45 percent today.",
        "No repeats for 45 percent of them today.",
        "Repeats are at 3 percent in the other app today.",
        "I expect repeats to fall to 45 percent.",
        "It is all about songs. They are at 9.0 today.",
        "People who saved a song: 70 percent told a friend.",
    ],
)
def test_nothing_is_held_against_a_baseline_that_may_mean_something_else(text: str) -> None:
    assert not any(each.beside for each in (*figures(text, MIX), *figures(text, SAVED)))


def test_the_whole_answer_is_marked() -> None:
    found = [(f.said.quote, f.role, f.basis) for f in figures(ANSWER, MIX, PROMPT)]
    assert found == [
        ("four", "other", "aside"),
        ("half", "baseline", "exhibit"),
        ("820 thousand", "past result", "exhibit"),
        ("405", "past result", "exhibit"),
        ("two weeks", "duration", "plan"),
        ("ten percent", "slice", "plan"),
        ("38", "baseline", "exhibit"),
        ("30 percent", "target", "estimate"),
        ("two", "other", "aside"),
        ("fifteen percent", "change", "estimate"),
    ]


def test_the_advice_asks_for_the_basis_and_never_for_a_number() -> None:
    told = advice(figures("I expect 15 percent more skips.", None))
    assert told == (
        "Say what 15 percent rests on, or say that it is a guess; “I can’t know this from here, "
        "but a test in a week would tell” is a good answer."
    )
    assert advice(figures("I guess 15 percent more skips.", None)) == ""
    assert (
        advice(figures("I can't know this from here, but a test in a week would tell.", None)) == ""
    )
    assert advice(figures("", None)) == ""
    assert "Say what 4 percent rests" in advice(
        figures("That's 40 thousand people more, sales rise by 4 percent.", None)
    )


@pytest.mark.parametrize(
    "text",
    [
        "I expect sign-ups to go from zero to five percent, three points more than now.",
        "I expect sign-ups to go from zero to five percent, five percent more.",
        "From 0 to 400 thousand people, that's 400 thousand more.",
    ],
)
def test_what_begins_at_nothing_is_marked_too(text: str) -> None:
    assert {each.value for each in figures(text, MIX) if each.role == "baseline"} == {0}


def test_a_note_that_counts_none_is_no_whole() -> None:
    none_yet = replace(MIX, exhibit=replace(MIX.exhibit, note="0 refunds so far."))
    assert figure("31 percent of openers skip", "31 percent", none_yet).basis == "unsupported"


@pytest.mark.parametrize(
    "size",
    [
        "it to grow 5 percent",
        "it to rise about 5 percent",
        "it to improve 5 percent",
        "it to go up 5 percent",
        "a rise of 5 percent",
        "a 5 percent lift",
        "it to drop 5 percent",
    ],
)
def test_a_size_after_a_verb_is_a_change_and_no_target(size: str) -> None:
    text = f"Retention is at 38 percent today. I expect {size}."
    assert figure(text, "5 percent").role == "change"
    assert figure(text, "38 percent").partner is None


@pytest.mark.parametrize(("size", "pairs"), [("grow to 43", 1), ("grow to 5", 0), ("fall to 5", 1)])
def test_a_pair_goes_where_its_verb_does(size: str, pairs: int) -> None:
    found = figures(f"Retention is at 38 percent today. I expect it to {size} percent.", None)
    assert found[0].partner == (1 if pairs else None)


def test_no_percentage_is_a_share_of_another_one() -> None:
    assert not figure("31 percent of the repeats", "31 percent", MIX).source  # 12 of 39
    assert not figure("By week four repeats are at 12 percent", "12 percent", MIX).source  # 39 - 27


@pytest.mark.parametrize(
    "beside",
    [
        "I'm not sure why listeners leave.",
        "I don't know what they hear.",
        "I hope we can talk about it.",
        "It is not a guess.",
    ],
)
def test_a_doubt_about_something_else_is_no_basis(beside: str) -> None:
    for text in (f"{beside} Openers rise by 5 percent.", f"Openers rise by 5 percent. {beside}"):
        assert figure(text, "5 percent").basis == "unsupported"


@pytest.mark.parametrize(
    "beside", ["That is a guess.", "A ballpark.", "My estimate.", "I'd guess."]
)
def test_a_guess_may_be_said_beside(beside: str) -> None:
    assert figure(f"Openers rise by 5 percent. {beside}", "5 percent").basis == "estimate"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("People say 9 percent of them leave.", "9 percent"),
        ("We can't ask all listeners for 5 euros a month.", "5 euros"),
        ("We can't give all listeners 5 euros a month.", "5 euros"),
        ("I'd not ask for more than 9 percent of listeners.", "9 percent"),
        ("Refunds: we see 5 percent more from me and my team.", "5 percent"),
    ],
)
def test_what_is_not_asked_of_people_is_no_refusal(text: str, quote: str) -> None:
    assert figure(text, quote).role != "refused"


@pytest.mark.parametrize(
    "text",
    [
        "You won't hear two percent from me.",
        "You won't get two percent out of me, or any other decimal.",
        "If someone wants two percent from me, they write it down themselves.",
        "I won't give you two percent.",
    ],
)
def test_who_does_not_want_it_heard_refuses_it(text: str) -> None:
    assert figure(text, "two percent").role == "refused"


def test_people_who_have_it_are_no_effect() -> None:
    text = "Retention goes from 38 to 42 percent. Two million people have it."
    assert figure(text, "Two million people").role == "reach"


WORDS = sorted(
    word_set(
        "from to 38 30 percent thirty eight half a an one in five of thousand million 405 430 "
        "people openers repeats weeks two 0. 8 % $ £12 M k not , . ; because I'd expect goes 9 99 "
        "0 zero 0% week out every hundred point points third doubles today now it's at 3:40 A100 "
        "15th - – → é 中 promise"
    )
)


def check(text: str) -> None:
    found = figures(text, MIX, PROMPT)
    assert found == figures(text, MIX, PROMPT)
    end = 0
    for index, each in enumerate(found):
        assert end <= each.said.start_char < each.said.end_char <= len(text)
        assert each.said.quote == text[each.said.start_char : each.said.end_char]
        assert each.value <= each.high
        if each.basis_words is not None:
            words = each.basis_words
            assert words.quote == text[words.start_char : words.end_char] != ""
        assert (each.basis == "exhibit") == bool(each.source)
        if each.partner is not None:
            assert found[each.partner].partner == index
        end = each.said.end_char
    advice(found)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_marked_in_order_and_with_its_own_words(text: str) -> None:
    check(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([" ", "", ", "]))
def test_any_words_of_numbers_are_marked_in_order(words: list[str], between: str) -> None:
    check(between.join(words))


def test_a_stop_rule_in_the_next_sentence_is_no_basis() -> None:
    found = figures(
        "I expect openers to rise by five percent. If people skip more, I'd stop.", None
    )
    assert [(figure.basis, figure.basis_words) for figure in found] == [("unsupported", None)]
