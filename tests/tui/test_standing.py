from vivavoce.domain.events import (
    AnswerBegan,
    AnswerEnded,
    InterviewerBegan,
    LevelMeasured,
    MomentMarked,
    PauseChanged,
    RoundBegan,
    SessionEvent,
    SpeechBegan,
    ThinkingBegan,
)
from vivavoce.tui.standing import Standing, follow, headline, wanting_the_end


def after(*events: SessionEvent) -> Standing:
    standing = Standing()
    for event in events:
        standing = follow(standing, event)
    return standing


def level(
    monologue: float = 0.0, thinking: float = 0.0, silence: float = 0.0, at: float = 1.0
) -> LevelMeasured:
    return LevelMeasured(at, -30.0, -14.0, False, monologue, thinking, silence)


def test_each_phase_says_what_to_press() -> None:
    spoken = InterviewerBegan(0.0, "prompt", "Why?", True)
    assert headline(after(RoundBegan("A"), spoken)) == ("The question", "Listen. enter skips it.")
    thinking = after(spoken, ThinkingBegan(3.0, 45.0), level(thinking=44.2))
    assert headline(thinking) == ("Think 0:45", "enter starts your answer.")
    answering = after(spoken, AnswerBegan(3.0, "answer"), level(monologue=61.0))
    assert headline(answering) == ("Your answer 1:01", "enter when done.")
    assert headline(follow(answering, AnswerEnded(70.0)))[0] == "Reading your last words"


def test_a_question_without_a_voice_is_to_be_read() -> None:
    silent = after(InterviewerBegan(0.0, "prompt", "Why?", False))
    assert "read it" in headline(silent)[1]


def test_the_clock_goes_on_in_a_pause_between_words() -> None:
    standing = after(AnswerBegan(3.0, "answer"), level(monologue=10.0, silence=2.5))
    assert standing.answer_s == 12


def test_a_reply_has_its_own_clock() -> None:
    standing = after(
        AnswerBegan(3.0, "answer"),
        level(monologue=60.0),
        InterviewerBegan(70.0, "probe", "By how much?", True),
        AnswerBegan(75.0, "probe-answer"),
    )
    assert headline(standing)[0] == "Your reply 0:00"


def test_the_end_of_an_answer_is_asked_back_once_and_only_while_nothing_was_heard() -> None:
    assert not after(ThinkingBegan(1.0, 45.0)).asks_to_end
    answering = after(ThinkingBegan(1.0, 45.0), AnswerBegan(3.0, "answer"))
    assert answering.asks_to_end
    assert not follow(answering, PauseChanged(4.0, True)).asks_to_end
    asked = wanting_the_end(answering)
    assert not asked.asks_to_end
    assert headline(asked)[1] == "Nothing heard yet. enter again ends your answer."
    speaking = follow(asked, SpeechBegan(5.0))
    assert not speaking.asks_to_end
    assert headline(speaking)[1] == "enter when done."
    assert not follow(speaking, AnswerBegan(9.0, "answer")).asks_to_end  # after a cut-in
    reply = follow(speaking, AnswerBegan(9.0, "probe-answer"))
    assert reply.asks_to_end
    assert headline(reply)[1] == "enter when done."


def test_a_press_that_was_asked_back_counts_for_five_seconds_and_not_over_a_pause() -> None:
    asked = wanting_the_end(after(AnswerBegan(3.0, "answer")))
    soon = follow(follow(asked, level(at=4.0)), level(at=8.9))
    assert not soon.asks_to_end
    assert follow(soon, level(at=9.0)).asks_to_end
    paused = follow(asked, PauseChanged(5.0, True))
    assert follow(paused, PauseChanged(6.0, False)).asks_to_end


def test_the_question_about_an_empty_answer_takes_a_marks_place() -> None:
    marked = after(AnswerBegan(3.0, "answer"), MomentMarked(4.0))
    assert "Nothing heard yet" in headline(wanting_the_end(marked))[1]


def test_a_paused_round_says_that_nothing_is_recorded() -> None:
    standing = after(AnswerBegan(3.0, "answer"), PauseChanged(5.0, True))
    assert headline(standing) == ("Paused", "Nothing is recorded. space goes on.")
    assert headline(follow(standing, PauseChanged(5.0, False)))[0] == "Your answer 0:00"


def test_another_take_begins_afresh() -> None:
    assert after(AnswerBegan(3.0, "answer"), level(60.0), RoundBegan("B")) == Standing()
