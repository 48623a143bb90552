from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.attempts_made import CASE, debrief_of, turns_saying
from vivavoce.domain.annotation import Anchor, Annotation, WordRange
from vivavoce.domain.attempt import Attempt
from vivavoce.domain.debrief import Criterion
from vivavoce.domain.patching import (
    NEAR_SECONDS,
    TAIL_SECONDS,
    gap_at,
    patch_for,
    patch_seconds,
    patched_turns,
    patches,
)
from vivavoce.domain.speech import Span, Word
from vivavoce.domain.turns import Turn

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
TEXT = "Listeners skip songs. We push them down."
"""A word each half second from 3.0 on; each lasts 0.4 s."""


def answered(*annotations: Annotation, turns: tuple[Turn, ...] | None = None) -> Attempt:
    turns = turns or turns_saying(TEXT)
    return Attempt(
        id="01JZZZZZZZZZZZZZZZZZZZZZZZ",
        case=CASE,
        variant_id="a",
        started_at=NOW,
        state="done",
        sample=False,
        model="base",
        duration_s=9.0,
        turns=turns,
        debrief=debrief_of(turns),
        annotations=annotations,
    )


def said(
    text: str, after: int | None, moment: float, criterion: Criterion = "lift", turn: int = 1
) -> Annotation:
    """Return a patch whose words begin at 0.15 s and come each half second."""
    words = tuple(
        Word(word, 0.15 + place / 2, 0.55 + place / 2, 0.8)
        for place, word in enumerate(text.split())
    )
    place = WordRange(turn, after, after) if after is not None else None
    anchor = Anchor(Span(moment, moment), place)
    return Annotation(f"P-{criterion}", "patch", anchor, text, NOW, criterion=criterion, said=words)


def corrected(first: int, last: int, text: str) -> Annotation:
    anchor = Anchor(Span(3.0 + first / 2, 3.4 + last / 2), WordRange(1, first, last))
    return Annotation(f"C{first}", "correction", anchor, text, NOW)


def test_a_patch_is_heard_after_its_word_and_all_that_follows_is_later_by_its_length() -> None:
    patch = said("Skips halve.", 2, 4.45)
    (_, before) = turns_saying(TEXT)
    prompt, answer = patched_turns(answered(patch), [patch])
    assert answer.text == "Listeners skip songs. Skips halve. We push them down."
    starts = [word.start for word in answer.words]
    length = patch_seconds(patch)
    assert length == pytest.approx(1.05 + TAIL_SECONDS)
    assert starts[:3] == [3.0, 3.5, 4.0]
    assert starts[3:5] == pytest.approx([4.6, 5.1])
    assert starts[5:] == pytest.approx([word.start + length for word in before.words[3:]])
    assert answer.span.end == pytest.approx(before.span.end + length)
    assert prompt == turns_saying(TEXT)[0]


def test_no_word_of_the_original_is_lost_or_changed_and_the_take_stays_as_it_was() -> None:
    patch = said("Skips halve.", 2, 4.45)
    attempt = answered(patch)
    heard = attempt.turns
    (_, answer) = patched_turns(attempt, [patch])
    kept = [word.text for word in answer.words if word.probability == 0.9]
    assert kept == TEXT.split()
    assert attempt.turns == attempt.corrected == heard == turns_saying(TEXT)


def test_the_voice_is_cut_at_the_moment_and_the_patch_s_voice_stands_between() -> None:
    patch = said("Skips halve.", 2, 4.45)
    (_, answer) = patched_turns(answered(patch), [patch])
    length = patch_seconds(patch)
    assert [(round(s.start, 6), round(s.end, 6)) for s in answer.voiced] == [
        (3.0, 4.45),
        (4.6, 5.5),
        (round(4.45 + length, 6), round(6.4 + length, 6)),
    ]


def test_without_a_word_it_comes_before_the_first() -> None:
    patch = said("Skips hurt.", None, 2.99, "problem")
    (_, answer) = patched_turns(answered(patch), [patch])
    assert answer.text.startswith("Skips hurt. Listeners skip")
    assert answer.voiced[0].start == pytest.approx(2.99 + 0.15 + 0.01, abs=0.02)


def test_where_the_words_are_no_longer_there_the_moment_decides() -> None:
    patch = said("Skips halve.", None, 4.45)
    (_, answer) = patched_turns(answered(patch), [patch])
    assert answer.text == "Listeners skip songs. Skips halve. We push them down."
    patch = said("Skips halve.", None, 99.0)
    (_, answer) = patched_turns(answered(patch), [patch])
    assert answer.text == f"{TEXT} Skips halve."


def test_two_patches_in_one_place_come_in_the_order_of_an_answer() -> None:
    money = said("A million.", 2, 4.45, "impact")
    lift = said("Skips halve.", 2, 4.45)
    (_, answer) = patched_turns(answered(money, lift), [money, lift])
    assert answer.text == "Listeners skip songs. Skips halve. A million. We push them down."
    starts = [word.start for word in answer.words]
    assert starts == sorted(starts)
    assert patches([money, corrected(0, 0, "x"), lift]) == (lift, money)


def test_a_correction_before_the_place_moves_it_along() -> None:
    patch = said("Skips halve.", 2, 4.45)
    fix = corrected(1, 1, "do not skip")
    attempt = answered(fix, patch)
    (_, answer) = patched_turns(attempt, [patch])
    assert answer.text == "Listeners do not skip songs. Skips halve. We push them down."


def test_the_word_that_it_follows_may_have_been_corrected_away() -> None:
    patch = said("Skips halve.", 2, 4.45)
    (_, answer) = patched_turns(answered(corrected(2, 2, ""), patch), [patch])
    assert answer.text == "Listeners skip Skips halve. We push them down."


def test_later_turns_and_the_interviewer_s_are_later_as_well() -> None:
    prompt, answer = turns_saying(TEXT)
    probe = Turn("probe", Span(7.0, 8.0), "By how much?")
    word = Word("Half.", 8.5, 8.9, 0.9)
    reply = Turn("probe-answer", Span(8.0, 9.0), "Half.", (word,), (Span(8.5, 8.9),))
    patch = said("Skips halve.", 2, 4.45)
    attempt = answered(patch, turns=(prompt, answer, probe, reply))
    *_, moved_probe, moved_reply = patched_turns(attempt, [patch])
    length = patch_seconds(patch)
    assert moved_probe.span == Span(7.0 + length, 8.0 + length)
    assert moved_probe.text == "By how much?"
    assert moved_reply.words[0].start == pytest.approx(8.5 + length)
    assert moved_reply.voiced[0].end == pytest.approx(8.9 + length)


def test_an_attempt_without_an_answer_stays_as_it_is() -> None:
    (prompt, _) = turns_saying(TEXT)
    attempt = answered(turns=(prompt,))
    assert patched_turns(attempt, [said("Skips halve.", None, 1.0)]) == (prompt,)


def test_the_gap_after_a_sentence_lies_between_its_last_word_and_the_next() -> None:
    gap = gap_at(answered(), len("Listeners skip songs"))
    assert gap.words == WordRange(1, 2, 2)
    assert (gap.span.start, gap.span.end) == pytest.approx((4.4, 4.5))


def test_the_gap_in_a_long_pause_stays_near_the_word_before() -> None:
    prompt, answer = turns_saying(TEXT)
    later = tuple(replace(w, start=w.start + 4, end=w.end + 4) for w in answer.words[3:])
    words = (*answer.words[:3], *later)
    turns = (prompt, replace(answer, words=words, span=Span(3.0, 11.0)))
    gap = gap_at(answered(turns=turns), len("Listeners skip songs"))
    assert (gap.span.start, gap.span.end) == pytest.approx((4.4, 4.4 + NEAR_SECONDS))


def test_the_gaps_at_both_ends_of_an_answer_stay_within_its_turn() -> None:
    attempt = answered()
    end = gap_at(attempt, len(TEXT))
    assert end.words == WordRange(1, 6, 6)
    assert (end.span.start, end.span.end) == pytest.approx((6.4, 6.6))
    start = gap_at(attempt, 0)
    assert start.words is None
    assert start.span == Span(3.0, 3.0)


def test_the_gap_within_corrected_words_is_after_all_that_they_replace() -> None:
    fix = corrected(2, 3, "songs. They")
    base = answered(fix)
    fixed = replace(base, debrief=debrief_of(base.corrected))
    assert fixed.judged_words.text == "Listeners skip songs. They push them down."
    assert gap_at(fixed, len("Listeners skip songs")).words == WordRange(1, 3, 3)


def test_a_patch_is_found_by_its_criterion() -> None:
    patch = said("Skips\nhalve.", 2, 28.4)
    assert patch_for([patch], "lift") is patch
    assert patch_for([patch], "impact") is None
