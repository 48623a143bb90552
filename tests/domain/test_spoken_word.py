import pytest

from vivavoce.domain.speech import Word
from vivavoce.domain.spoken_word import word_being_spoken

WORDS = [Word("so", 1.0, 1.2, 0.9), Word("we", 1.3, 1.5, 0.9), Word("skip", 4.0, 4.4, 0.9)]


@pytest.mark.parametrize(
    ("seconds", "index"),
    [(0.99, None), (1.0, 0), (1.25, 0), (1.3, 1), (1.99, 1), (2.0, None), (4.4, 2), (4.9, None)],
)
def test_a_word_is_lit_while_it_sounds_and_half_a_second_on(
    seconds: float, index: int | None
) -> None:
    assert word_being_spoken(WORDS, seconds) == index


def test_without_words_none_is_lit() -> None:
    assert word_being_spoken([], 1.0) is None


def test_of_words_without_length_at_one_moment_the_last_is_lit() -> None:
    words = [Word("a", 1.0, 1.0, 0.9), Word("b", 1.0, 1.0, 0.9), Word("c", 2.0, 2.0, 0.9)]
    assert word_being_spoken(words, 1.0) == 1
    assert word_being_spoken(words, 2.1) == 2
