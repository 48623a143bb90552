import pytest

from vivavoce.domain.speech import Word
from vivavoce.domain.unsure_word import is_unsure


@pytest.mark.parametrize(
    ("text", "probability", "unsure"),
    [
        ("skips", 0.49, True),
        ("skips", 0.5, False),
        ("80", 0.79, True),
        ("80", 0.8, False),
        ("$9.50,", 0.7, True),
        ("Fifteen,", 0.7, True),
        ("twenty-two", 0.7, True),
        ("percent.", 0.7, True),
        ("someone", 0.7, False),
    ],
)
def test_numbers_are_doubted_sooner_than_other_words(
    text: str, probability: float, unsure: bool
) -> None:
    assert is_unsure(Word(text, 0.0, 1.0, probability)) is unsure
