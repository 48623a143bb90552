from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tui.scripted import ANSWER, MIX, TIMING, attempt, judgement, more_cases, reading
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.comparison import FIGURES, Figure, Heard, compare
from vivavoce.domain.comparison_told import (
    FIGURE_NAMES,
    change_word,
    figure_text,
    fillers_told,
    headline,
)
from vivavoce.domain.debrief import Debrief, Evidence, Judgement
from vivavoce.domain.fillers import Fillers
from vivavoce.domain.speech import Span
from vivavoce.domain.word_changes import WordChanges, word_changes
from vivavoce.errors import UsageError

FIRST = attempt(id="01A")
BETTER = replace(reading(lift=2), solution=judgement(ANSWER, 1, "leave out everything", 31.0))


def again(**changes: object) -> Attempt:
    return attempt(**({"id": "01B", "debrief": Debrief(BETTER, TIMING)} | changes))


def test_levels_quotes_and_times_stand_side_by_side_in_the_order_of_a_debrief() -> None:
    slots = compare(FIRST, again()).slots
    assert [slot.criterion for slot in slots] == [
        "problem",
        "solution",
        "experiment",
        "lift",
        "impact",
    ]
    solution = slots[1]
    assert solution.a == Heard(2, "leave out everything they heard this week", Span(31.0, 34.0))
    assert solution.b == Heard(1, "leave out everything", Span(31.0, 34.0))
    assert [slot.change for slot in slots] == [0, -1, 0, 1, 0]
    assert [change_word(slot) for slot in slots] == ["", "lost", "", "gained", ""]
    assert slots[4].a == Heard(0, "", None)


def test_the_quote_that_earned_it_best_is_the_one_and_may_have_no_time() -> None:
    told = Judgement(2, (Evidence("four\n songs", 0, 11), Evidence("later", 20, 25, 1.0, 2.0)))
    later = again(debrief=Debrief(replace(reading(), problem=told), TIMING))
    assert compare(FIRST, later).slots[0].b == Heard(2, "four songs", None)


def test_every_figure_of_the_timing_stands_in_both() -> None:
    later = again(debrief=Debrief(BETTER, replace(TIMING, answer_s=43.0, first_metric_s=None)))
    figures = {figure.name: figure for figure in compare(FIRST, later).figures}
    assert tuple(figures) == FIGURES == tuple(FIGURE_NAMES)
    assert figures["answer_s"] == Figure("answer_s", 52.0, 43.0)
    assert figures["first_metric_s"] == Figure("first_metric_s", 14.0, None)


def test_an_answer_without_times_or_without_speech_has_no_figures() -> None:
    for debrief in (Debrief(BETTER, None), Debrief(BETTER, TIMING, heard=False)):
        assert {figure.b for figure in compare(FIRST, again(debrief=debrief)).figures} == {None}


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (FIRST, "one and the same attempt"),
        (again(case=None), "timed answer has no case"),
        (again(case=more_cases()[1]), f"“{MIX.title}” and “Two hundredths of a click”"),
        (again(debrief=None), "01B was not scored"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(later: Attempt, told: str) -> None:
    for pair in ((FIRST, later), (later, FIRST)):
        with pytest.raises(UsageError) as raised:
            compare(*pair)
        assert raised.value.exit_code == 2
        assert "vivavoce attempts list" in raised.value.hint
    with pytest.raises(UsageError, match=told):
        compare(FIRST, later)


def test_a_case_that_was_edited_meanwhile_is_still_the_same() -> None:
    assert compare(FIRST, again(case=replace(MIX, title="New name"))).b.vote == "yes"


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (again(), "The vote went from no to yes. Gained: lift. Lost: change."),
        (
            again(debrief=FIRST.debrief),
            "The vote stays no. Every sentence is heard as clearly as before.",
        ),
        (
            again(debrief=Debrief(replace(BETTER, problem=Judgement(0)), TIMING, heard=False)),
            "Gained: lift. Lost: problem, change.",
        ),
    ],
)
def test_the_first_line_says_what_became_of_it(later: Attempt, told: str) -> None:
    assert headline(compare(FIRST, later)) == told


def test_figures_are_told_with_their_unit() -> None:
    assert figure_text("monologue_s", 75.4) == "1:15"
    assert figure_text("first_metric_s", 8.2) == "8 s in"
    assert figure_text("wpm", 141.6) == "142 words a minute"
    assert figure_text("wpm", 0.0) == figure_text("first_tool_s", None) == "none"
    assert fillers_told(None) == "not counted"
    assert fillers_told(Fillers(())) == "none"
    assert fillers_told(Fillers((("um", 3), ("uh", 1)))) == "about 4"


def test_the_words_are_those_that_were_judged_corrections_included() -> None:
    judged = replace(reading(), text=ANSWER.replace("more.", "twice."))
    words = compare(FIRST, again(debrief=Debrief(judged, TIMING))).words
    assert words == WordChanges(("twice",), ("more",))


@pytest.mark.parametrize(
    ("before", "after", "added", "dropped"),
    [
        ("Skips fall.", "skips fall", (), ()),
        ("Skips fall.", "Skips fall from four to three.", ("from four to three",), ()),
        ("", "Skips fall", ("Skips fall",), ()),
        ("Skips fall", "", (), ("Skips fall",)),
        ("We cap it.", "We push it down.", ("push it down",), ("cap it",)),
        ("for two weeks", "for three weeks", ("three",), ("two",)),
        # One shared word between two changes belongs to them.
        ("say two of ten", "say five of twelve", ("five of twelve",), ("two of ten",)),
        # Two shared words hold the texts together.
        ("a two out of b", "c two out of d", ("c", "d"), ("b",)),
        # A sentence's share each.
        ("Now.", "Now. They skip. We act, now.", ("They skip", "We act, now"), ()),
        ("the skips", "of the skips", (), ()),
        ("It is 3.5 percent", "It is 3.7 percent", ("3.7",), ("3.5",)),
        ("— … !", "“hm”", ("hm",), ()),
    ],
)
def test_words_are_told_in_stretches(
    before: str, after: str, added: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    assert word_changes(before, after) == WordChanges(added, dropped)


WORDS = st.lists(st.sampled_from(["skips", "fall", "the", "five,", "percent.", "[/]"]), max_size=30)


@settings(max_examples=300)
@given(WORDS, WORDS)
def test_what_is_added_one_way_is_told_in_words_of_that_text_and_in_order(
    before: list[str], after: list[str]
) -> None:
    changes = word_changes(" ".join(before), " ".join(after))
    for stretches, text in ((changes.added, after), (changes.dropped, before)):
        bare = " ".join(word.strip(".,[]/") or word for word in text)
        place = 0
        for stretch in stretches:
            told = " ".join(word.strip(".,[]/") or word for word in stretch.split())
            assert told
            place = bare.index(told, place) + len(told)
    assert word_changes(" ".join(before), " ".join(before)) == WordChanges((), ())


@given(st.text(), st.text())
def test_any_text_at_all_can_be_compared(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert not any("\x1b" in told for told in (*changes.added, *changes.dropped))
