"""What was found in a sentence is looked for once, unless the sentence has no end."""

from __future__ import annotations

from vivavoce.scoring.remembered import LONGEST_KEPT, remembered


def test_a_sentence_is_looked_at_once_and_one_that_grows_without_a_stop_is_never_kept() -> None:
    looked: list[str] = []

    @remembered
    def first_letter(sentence: str) -> str:
        looked.append(sentence)
        return sentence[0]

    longest, longer = "a" * LONGEST_KEPT, "b" * (LONGEST_KEPT + 1)
    assert [first_letter(each) for each in (longest, "c", longest, longer, longer)] == [
        *("a", "c", "a", "b", "b")
    ]
    assert looked == [longest, "c", longer, longer]
