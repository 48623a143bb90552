from __future__ import annotations

import pytest

from vivavoce.domain.speech import Span, Word
from vivavoce.domain.transcript import Transcript

#                     0123456789012
SAID = Transcript.of(  # "so skips fall"
    [Word("so", 1.0, 1.2, 1), Word("", 1.2, 1.3, 1), Word("skips", 1.5, 2.0, 1),
     Word("fall", 2.1, 2.4, 1)]
)  # fmt: skip


def test_words_are_joined_by_one_space_and_empty_ones_dropped() -> None:
    assert SAID.text == "so skips fall"
    assert [SAID.text[start:].split()[0] for start in SAID.starts] == ["so", "skips", "fall"]
    assert [word.text for word in SAID.words] == ["so", "skips", "fall"]


@pytest.mark.parametrize(
    ("characters", "span"),
    [
        ((0, 13), Span(1.0, 2.4)),
        ((0, 1), Span(1.0, 1.2)),
        ((0, 2), Span(1.0, 1.2)),
        ((0, 3), Span(1.0, 1.2)),
        ((0, 4), Span(1.0, 2.0)),
        ((1, 4), Span(1.0, 2.0)),
        ((2, 4), Span(1.5, 2.0)),
        ((3, 8), Span(1.5, 2.0)),
        ((5, 6), Span(1.5, 2.0)),
        ((8, 13), Span(2.1, 2.4)),
        ((9, 99), Span(2.1, 2.4)),
        ((2, 3), Span(1.0, 1.2)),
        ((50, 60), Span(2.1, 2.4)),
    ],
)
def test_characters_lead_back_to_the_words_they_touch(
    characters: tuple[int, int], span: Span
) -> None:
    assert SAID.when(*characters) == span


def test_each_quote_of_words_has_exactly_their_times() -> None:
    for first in range(3):
        for last in range(first, 3):
            start, end = SAID.starts[first], SAID.starts[last] + len(SAID.words[last].text)
            assert SAID.when(start, end) == Span(SAID.words[first].start, SAID.words[last].end)


def test_offsets_count_code_points() -> None:
    said = Transcript.of([Word("👍🏽é", 0, 1, 1), Word("ja", 2, 3, 1)])
    assert said.when(4, 6) == Span(2, 3)


def test_a_word_that_ends_after_the_next_one_is_heard_whole() -> None:
    said = Transcript.of([Word("long", 0.0, 2.0, 1), Word("in", 1.0, 1.2, 1)])
    assert said.when(0, 7) == Span(0.0, 2.0)


def test_without_words_there_is_no_time() -> None:
    nothing = Transcript.of([])
    assert nothing.text == ""
    with pytest.raises(IndexError):
        nothing.when(0, 1)
