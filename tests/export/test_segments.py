"""Segments: where one ends, and that no word is lost on the way."""

from __future__ import annotations

from vivavoce.domain.speech import Word
from vivavoce.export.segments import MAX_WORDS, Segmenter


def words(text: str, start: float = 0.0) -> list[Word]:
    return [
        Word(text, start + i * 0.4, start + i * 0.4 + 0.4, 0.9)
        for i, text in enumerate(text.split())
    ]


def segments(*batches: list[Word]) -> list[str]:
    segmenter = Segmenter()
    complete = [segment for batch in batches for segment in segmenter.push(batch)]
    return [segment.text for segment in [*complete, *segmenter.finish()]]


def test_a_segment_ends_with_its_sentence() -> None:
    heard = words('We stop. Would I? Yes! He said "go." Then 3.5 percent.')
    assert segments(heard) == ["We stop.", "Would I?", "Yes!", 'He said "go."', "Then 3.5 percent."]


def test_a_full_stop_that_ends_no_sentence_ends_no_segment() -> None:
    assert len(segments(words("Dr. Smith saw vs. Jones, e.g. half of... of them."))) == 1


def test_batches_may_end_in_the_middle_of_a_sentence() -> None:
    assert segments(words("We show"), words("it first. Then", 1.0), words("we stop.", 3.0)) == [
        "We show it first.",
        "Then we stop.",
    ]


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    segmenter = Segmenter()
    assert segmenter.push(words("We stop.")) == []
    assert [segment.text for segment in segmenter.push(words("Then", 1.0))] == ["We stop."]


def test_a_long_silence_ends_a_segment_and_a_short_one_does_not() -> None:
    assert segments(words("I would"), words("change it", 2.81)) == ["I would", "change it"]
    assert segments(words("I would"), words("change it", 1.8)) == ["I would change it"]


def test_speech_without_full_stops_is_cut_at_its_longest_pause() -> None:
    before, after = words("word " * 30), words("word " * 50, 30 * 0.4 + 1.0)
    cut = segments(before + after)
    assert [len(segment.split()) for segment in cut] == [30, 50]
    endless = segments(words("word " * 500))
    assert sum(len(segment.split()) for segment in endless) == 500
    assert max(len(segment.split()) for segment in endless) <= MAX_WORDS


def test_nothing_heard_is_no_segment() -> None:
    assert segments([]) == []
