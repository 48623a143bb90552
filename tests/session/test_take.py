"""What belongs to a turn."""

from __future__ import annotations

from vivavoce.domain.speech import Span, Utterance, Word
from vivavoce.domain.turns import Turn
from vivavoce.session.take import assemble


def utterance(number: int, start: float, end: float) -> Utterance:
    return Utterance(number, Span(start - 0.3, end + 0.2), Span(start, end))


def test_a_cough_before_the_first_word_is_no_speech() -> None:
    turn = Turn("answer", Span(0.0, 60.0), "")
    cough, speech = utterance(0, 1.0, 1.3), utterance(1, 21.0, 23.0)
    word = Word("Listeners", 21.1, 21.6, 0.9)
    (assembled,) = assemble([turn], [cough, speech], [word])
    assert assembled.voiced == (speech.voiced,)
    assert assembled.text == "Listeners"


def test_an_answer_that_was_cut_in_on_keeps_its_words_on_their_side() -> None:
    turns = [
        Turn("answer", Span(0.0, 10.0), ""),
        Turn("cut-in", Span(10.0, 14.0), "Let me stop you there."),
        Turn("answer", Span(14.0, 20.0), ""),
    ]
    before, after = utterance(0, 8.0, 9.5), utterance(1, 15.0, 16.0)
    words = [Word("one", 8.1, 8.4, 0.9), Word("two", 15.1, 15.4, 0.9)]
    assembled = assemble(turns, [before, after], words)
    assert [turn.text for turn in assembled] == ["one", "Let me stop you there.", "two"]
    assert [turn.voiced for turn in assembled] == [(before.voiced,), (), (after.voiced,)]
