"""The interview's state machine, driven without engines."""

from __future__ import annotations

from vivavoce.domain.commands import Command
from vivavoce.domain.interview import (
    BeginAgain,
    Conclude,
    DeviceGone,
    Effect,
    Hush,
    Interview,
    Leave,
    Listen,
    OutcomeNamed,
    Plan,
    ReadTurn,
    Say,
    SentenceOver,
    SetPause,
    SourceEnded,
    Started,
    Stimulus,
    StopListening,
    TellLimit,
    TellMark,
    TermsRanOn,
    Think,
    Tick,
    Told,
    TurnRead,
    advance,
)

PLAN = Plan("Why do they leave?", think_seconds=45.0, max_probes=2)


class Driver:
    """Feeds stimuli and keeps what they led to."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self.state = Interview(plan)

    def feed(self, *stimuli: Stimulus) -> tuple[Effect, ...]:
        effects: tuple[Effect, ...] = ()
        for stimulus in stimuli:
            self.state, effects = advance(self.state, stimulus)
        return effects

    def told(self, at: float, command: Command) -> tuple[Effect, ...]:
        return self.feed(Told(at, command))

    def to_answering(self) -> None:
        self.feed(Started(0.0), SentenceOver(5.0, 1), Told(6.0, Command.NEXT))
        assert self.state.phase == "answering"

    def said(self, effects: tuple[Effect, ...]) -> list[str]:
        return [effect.sentence.text for effect in effects if isinstance(effect, Say)]


def test_a_round_goes_from_the_prompt_over_thinking_to_the_answer_and_the_debrief() -> None:
    driver = Driver()
    (say,) = driver.feed(Started(0.0))
    assert isinstance(say, Say)
    assert say.sentence.text == "Why do they leave?"
    assert driver.feed(SentenceOver(5.0, say.sentence.id)) == (Think(45.0),)
    assert driver.told(20.0, Command.NEXT) == (Listen("answer"),)
    assert driver.told(60.0, Command.NEXT) == (StopListening(), ReadTurn())
    assert driver.feed(TurnRead(60.0, None)) == (Conclude("done"),)


def test_thinking_time_ends_by_itself_on_the_recordings_clock() -> None:
    driver = Driver()
    driver.feed(Started(0.0), SentenceOver(5.0, 1))
    assert driver.feed(Tick(49.9)) == ()
    assert driver.feed(Tick(50.0)) == (Listen("answer"),)


def test_a_key_during_the_prompt_stops_it_at_once() -> None:
    driver = Driver()
    driver.feed(Started(0.0))
    assert driver.told(1.0, Command.NEXT) == (Hush(), Think(45.0))


def test_a_late_report_of_a_hushed_sentence_changes_nothing() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.feed(SentenceOver(7.0, 1)) == ()
    assert driver.state.phase == "answering"


def test_a_key_pressed_in_the_first_second_of_an_answer_does_not_end_it() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.told(6.9, Command.NEXT) == ()
    assert driver.told(7.0, Command.NEXT) == (StopListening(), ReadTurn())


def test_a_probe_is_asked_and_its_answer_is_a_turn_of_its_own() -> None:
    driver = Driver()
    driver.to_answering()
    driver.told(30.0, Command.NEXT)
    effects = driver.feed(TurnRead(30.0, "How many people?"))
    assert driver.said(effects) == ["How many people?"]
    assert driver.feed(SentenceOver(33.0, 2)) == (Listen("probe-answer"),)


def test_no_more_probes_are_asked_than_the_plan_holds() -> None:
    driver = Driver()
    driver.to_answering()
    for number, at in ((2, 30.0), (3, 60.0)):
        driver.told(at, Command.NEXT)
        driver.feed(TurnRead(at, f"Probe {number}?"), SentenceOver(at + 3, number))
    driver.told(90.0, Command.NEXT)
    assert driver.feed(TurnRead(90.0, "One more?")) == (Conclude("done"),)


def test_the_debrief_key_leaves_out_the_probes() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.told(30.0, Command.FINISH) == (StopListening(), ReadTurn())
    assert driver.feed(TurnRead(30.0, "How many?")) == (Conclude("done"),)


def test_the_debrief_key_during_a_probe_hushes_it() -> None:
    driver = Driver()
    driver.to_answering()
    driver.told(30.0, Command.NEXT)
    driver.feed(TurnRead(30.0, "How many?"))
    assert driver.told(31.0, Command.FINISH) == (Hush(), Conclude("done"))


def test_the_debrief_key_during_the_prompt_does_nothing() -> None:
    driver = Driver()
    driver.feed(Started(0.0))
    assert driver.told(1.0, Command.FINISH) == ()


def test_marks_are_told_once_each_and_pauses_count_into_the_monologue() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.feed(Tick(120.0, 6.5, 120.0)) == ()
    assert driver.feed(Tick(126.5, 6.5, 126.5)) == (TellMark(120.0),)
    assert driver.feed(Tick(127.0, 6.5, 127.0)) == ()
    assert driver.feed(Tick(320.0, 6.5, 320.0)) == (TellMark(300.0),)


def test_silence_after_the_last_word_is_no_monologue() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.feed(Tick(2000.0, 6.5, 100.0)) == ()


def test_the_interviewer_cuts_in_once_when_the_limit_passes_and_the_answer_goes_on() -> None:
    driver = Driver()
    driver.to_answering()
    driver.feed(Tick(650.0, 6.0, 650.0))
    effects = driver.feed(Tick(906.1, 6.0, 906.1))
    assert effects[:2] == (TellLimit(900.0), StopListening())
    assert driver.said(effects)[0].startswith("Let me stop you there: that was 15 minutes.")
    assert driver.feed(SentenceOver(912.0, 2)) == (Listen("answer"),)
    assert TellLimit(900.0) not in driver.feed(Tick(1900.0, 912.5, 1900.0))


INTERRUPTS = Plan("Why do they leave?", think_seconds=45.0, interrupts=True)


def test_the_interviewer_cuts_in_on_terms_at_the_next_pause_once() -> None:
    driver = Driver(INTERRUPTS)
    driver.to_answering()
    assert driver.feed(Tick(100.0, 6.0, 100.0), TermsRanOn("embeddings")) == ()
    assert driver.feed(Tick(100.5, 6.0, 100.4)) == (), "still speaking"
    effects = driver.feed(Tick(101.2, 6.0, 100.4))
    assert effects[0] == StopListening()
    assert driver.said(effects) == [
        "Let me stop you at embeddings: what does that move, and for whom?"
    ]
    assert driver.feed(SentenceOver(105.0, 2)) == (Listen("answer"),)
    driver.feed(TermsRanOn("kafka"))
    assert driver.feed(Tick(220.0, 106.0, 200.0)) == ()


def test_an_outcome_named_in_time_keeps_the_interviewer_silent() -> None:
    driver = Driver(INTERRUPTS)
    driver.to_answering()
    driver.feed(TermsRanOn("embeddings"), OutcomeNamed())
    assert driver.feed(Tick(101.2, 6.0, 100.0)) == ()
    driver.feed(TermsRanOn("kafka"))
    assert driver.said(driver.feed(Tick(103.0, 6.0, 101.0)))[0].startswith("Let me stop you at")


def test_nobody_is_cut_in_on_unasked_or_in_the_answer_to_a_question() -> None:
    driver = Driver()
    driver.to_answering()
    driver.feed(TermsRanOn("embeddings"))
    assert driver.feed(Tick(101.2, 6.0, 100.0)) == ()
    driver = Driver(INTERRUPTS)
    driver.to_answering()
    driver.feed(Told(60.0, Command.NEXT), TurnRead(61.0, "How much?"), SentenceOver(64.0, 2))
    assert driver.state.turn == "probe-answer"
    driver.feed(TermsRanOn("embeddings"))
    assert driver.feed(Tick(170.0, 65.0, 168.0)) == ()


def test_the_timer_has_no_interviewer_and_still_tells_the_limit() -> None:
    driver = Driver(Plan(None))
    assert driver.feed(Started(0.0)) == (Listen("answer"),)
    effects = driver.feed(Tick(901.0, 0.5, 901.0))
    assert TellLimit(900.0) in effects
    assert driver.said(effects) == []
    assert driver.state.phase == "answering"


def test_silence_ends_the_answer_only_when_asked_for_and_only_after_speech() -> None:
    silent = Driver(Plan("Why?", silence_stop_seconds=4.0))
    silent.feed(Started(0.0), SentenceOver(2.0, 1))
    assert silent.feed(Tick(60.0)) == ()
    assert silent.feed(Tick(63.9, 55.0, 60.0)) == ()
    assert silent.feed(Tick(64.0, 55.0, 60.0)) == (StopListening(), ReadTurn())
    patient = Driver()
    patient.to_answering()
    assert patient.feed(Tick(500.0, 7.0, 8.0)) == ()


def test_a_pause_stops_the_recording_and_thinking_time_stands_still_with_the_clock() -> None:
    driver = Driver()
    driver.feed(Started(0.0), SentenceOver(5.0, 1))
    assert driver.told(10.0, Command.PAUSE) == (SetPause(True),)
    assert driver.feed(Tick(60.0)) == ()
    assert driver.told(10.0, Command.PAUSE) == (SetPause(False),)
    assert driver.feed(Tick(10.1)) == ()


def test_a_pause_during_a_sentence_says_it_again_afterwards() -> None:
    driver = Driver()
    driver.feed(Started(0.0))
    assert driver.told(1.0, Command.PAUSE) == (Hush(), SetPause(True))
    assert driver.feed(SentenceOver(1.1, 1)) == ()
    effects = driver.told(1.0, Command.PAUSE)
    assert effects[0] == SetPause(False)
    assert driver.said(effects) == ["Why do they leave?"]


def test_enter_goes_on_when_paused_instead_of_ending_the_answer() -> None:
    driver = Driver()
    driver.to_answering()
    driver.told(30.0, Command.PAUSE)
    assert driver.told(30.0, Command.NEXT) == (SetPause(False),)


def test_a_vanished_microphone_mid_answer_reads_what_was_said() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.feed(DeviceGone(30.0)) == (StopListening(), ReadTurn())
    assert driver.feed(TurnRead(30.0, "How many?")) == (Conclude("interrupted"),)


def test_a_microphone_that_vanishes_while_the_interviewer_cuts_in_reads_what_was_said() -> None:
    driver = Driver(Plan("Why?", think_seconds=45.0, limit_seconds=60.0))
    driver.to_answering()
    driver.feed(Tick(70.0, 7.0, 68.0))
    assert driver.feed(DeviceGone(71.0)) == (Hush(), ReadTurn())
    assert driver.feed(TurnRead(71.0, "And then?")) == (Conclude("interrupted"),)


def test_a_recorded_answer_that_ends_while_the_interviewer_cuts_in_is_read_after_it() -> None:
    driver = Driver(Plan("Why?", think_seconds=45.0, limit_seconds=60.0))
    driver.to_answering()
    (_, _, say) = driver.feed(Tick(70.0, 7.0, 68.0))
    assert isinstance(say, Say)
    assert driver.feed(SourceEnded(70.1)) == ()
    assert driver.feed(SentenceOver(75.0, say.sentence.id)) == (ReadTurn(),)


def test_a_late_report_of_the_take_before_is_not_taken_for_this_ones() -> None:
    first = Driver()
    (before,) = first.feed(Started(0.0))
    assert isinstance(before, Say)
    second = Driver()
    second.state = Interview(PLAN, sentences_said=first.state.sentences_said)
    second.feed(Started(0.0))
    assert second.feed(SentenceOver(0.1, before.sentence.id)) == ()
    assert second.state.phase == "speaking"


def test_a_vanished_microphone_before_the_answer_ends_the_round() -> None:
    driver = Driver()
    driver.feed(Started(0.0))
    assert driver.feed(DeviceGone(1.0)) == (Hush(), Conclude("interrupted"))


def test_a_recorded_answer_that_ends_is_like_the_key() -> None:
    driver = Driver()
    driver.to_answering()
    assert driver.feed(SourceEnded(40.0)) == (StopListening(), ReadTurn())


def test_again_and_leave_end_the_take_from_any_phase() -> None:
    for command, effect in ((Command.RESTART, BeginAgain()), (Command.ABANDON, Leave())):
        driver = Driver()
        driver.to_answering()
        assert driver.told(8.0, command) == (Hush(), effect)
        assert driver.feed(Tick(9.0, 6.5, 9.0), Told(9.0, Command.NEXT)) == ()
