"""An answer as the reader takes it: what is said counts, how it is written does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.scoring.plain_words import COPIED_WORDS, plain_words

ANSWER = (
    "Players who lose their first two matches uninstall at twice the rate of everybody else. "
    "For match three we give them a bot. On 3% of installs, ten days."
)


def read(text: str) -> str:
    return " ".join(word.text for word in plain_words(text))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("$12 M a quarter", "12 million dollars a quarter"),
        ("twelve mil", "12 million"),
        ("12m", "12 million"),
        ("0. 8 %", "0.8 percent"),
        ("0.8 per cent", "0.8 percent"),
        ("half a point", "half a point"),
        ("point five points", "0.5 points"),
        ("two hundred and fifty thousand people", "250 thousand people"),
        ("20k listeners", "20 thousand listeners"),
        ("90,000 riders", "90 thousand riders"),
        ("£3,500", "3500 pounds"),
        ("three and a half percent", "3.5 percent"),
        ("19 and a half where it's 18", "19.5 where it's 18"),
        ("a million and a half", "1.5 million"),
        ("two and a half million", "2.5 million"),
        ("a hundred of them", "100 of them"),
        ("one in five, no one", "one in 5 no one"),
        ("twenty-five", "25"),
        ("twenty five", "25"),
        ("eighteen to twenty four", "18 to 24"),
        ("five hundred six hundred people", "500 600 people"),
        ("fifteen hundred users", "1500 users"),
        ("in two thousand and twenty two", "in 2022"),
        ("from 4.0 to 3.8 percent.", "from 4 to 3.8 percent"),
        ("one hundred and five", "105"),
        ("a k", "a k"),
        ("the 15th", "the 15 th"),
        ("$12\u202fM", "12 million dollars"),
        ("I’d", "i'd"),
    ],
)
def test_numbers_are_read_in_one_way(said: str, plain: str) -> None:
    assert read(said) == plain


def test_fillers_and_stutters_are_dropped() -> None:
    assert read("so um the the churn, you know, is uh is kind of bad") == "so the churn is bad"
    assert read("do you know what kind of fix") == "do you know what kind of fix"
    assert read("this kind of thing") == "this kind of thing"


def test_what_is_pasted_twice_is_read_once() -> None:
    assert read(f"{ANSWER} {ANSWER}") == read(ANSWER)
    assert read(f"{ANSWER}\n{ANSWER}\n{ANSWER}") == read(ANSWER)


def test_a_short_repeat_stays() -> None:
    words = "we ask once and then we ask once again"
    assert len(words.split()) < COPIED_WORDS
    assert read(words) == words


def test_each_word_knows_where_it_was_said() -> None:
    text = "Um, from four point two to 3.8 percent"
    spans = [text[word.start : word.end] for word in plain_words(text)]
    assert spans == ["from", "four point two", "to", "3.8", "percent"]


@given(st.text(max_size=200))
def test_any_text_is_read_in_order_and_within_itself(text: str) -> None:
    end = 0
    for word in plain_words(text):
        assert word.text
        assert word.text == word.text.lower() or not word.text.isascii()
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= end or word.end == end  # "12 million" is two words of one place
        end = word.end


@given(st.lists(st.sampled_from(["um", "uh", "er", "erm", "hmm"]), max_size=20), st.randoms())
def test_fillers_anywhere_change_nothing(fillers: list[str], chance: object) -> None:
    words = ANSWER.split()
    for filler in fillers:
        words.insert(chance.randrange(len(words) + 1), filler)  # type: ignore[attr-defined]
    assert read(" ".join(words)) == read(ANSWER)


@given(st.integers(min_value=2, max_value=9_999_999))
def test_a_whole_number_and_its_thousands_separators_are_the_same(number: int) -> None:
    assert read(f"{number:,} users") == read(f"{number} users")


def test_a_number_ends_with_its_sentence() -> None:
    words = [word.text for word in plain_words("One family in fifty. Six-year-olds get stuck.")]
    assert words == ["one", "family", "in", "50", "6", "year", "olds", "get", "stuck"]
    assert [word.text for word in plain_words("about 0. 8 % more")] == [
        "about",
        "0.8",
        "percent",
        "more",
    ]


def test_words_know_their_places_in_every_sentence() -> None:
    text = "We lose five percent. You know, it is $ 5 million! The. The tenth per. Cent end"
    words = plain_words(text)
    assert [text[word.start : word.end] for word in words] == [
        *("We", "lose", "five", "percent"),
        *("it", "is", "$ 5 million", "$ 5 million", "$ 5 million"),
        *("The", "tenth", "per", "Cent", "end"),
    ]
    assert [word.text for word in words][6:9] == ["5", "million", "dollars"]
