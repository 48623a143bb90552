"""What stands beside a replay."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.tui.scripted import TIMING, attempt, reading
from vivavoce.domain.annotation import Anchor, Annotation, WordRange, anchor_at
from vivavoce.domain.corrected import shown_words
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.speech import Span
from vivavoce.tui.replay_rows import NOTHING_HEARD, evidence_in, marks_of, rows_beside, told

AT = datetime(2026, 5, 4, tzinfo=UTC)


def texts(**changes: object) -> list[str]:
    return [row.text.plain for row in rows_beside(attempt(**changes), "n", "m")]


def test_what_a_follow_up_made_better_is_told_too_and_can_be_heard() -> None:
    later = reading(lift=2)
    rows = rows_beside(attempt(debrief=Debrief(reading(), TIMING, later)), "n", "m")
    (better,) = [row for row in rows if "in a follow-up" in row.text.plain]
    assert better.text.plain.startswith("L Lift ● sized in a follow-up\n0:46 “I expect")
    assert better.span == Span(46.0, 49.0)


def test_a_first_answer_that_was_not_heard_is_not_judged_beside_what_followed() -> None:
    only_later = Debrief(reading("", lift=0), TIMING, reading(lift=2))
    told_beside = " ".join(texts(debrief=only_later))
    assert "● sized in a follow-up" in told_beside
    assert "not heard" not in told_beside


def test_what_was_not_heard_cannot_be_chosen() -> None:
    rows = {row.text.plain: row.span for row in rows_beside(attempt(), "n", "m")}
    assert rows["$ Money ○ not heard"] is None


def test_without_a_case_or_a_debrief_nothing_was_judged() -> None:
    assert NOTHING_HEARD in texts(debrief=None)
    assert NOTHING_HEARD in texts(case=None)
    assert NOTHING_HEARD in texts(debrief=Debrief(reading(), TIMING, heard=False))
    assert marks_of(attempt(debrief=None)) == []


def test_a_quote_without_times_is_told_and_cannot_be_heard() -> None:
    lift = reading().lift
    timeless = replace(lift, evidence=(replace(lift.evidence[0], start=None, end=None),))
    debrief = Debrief(replace(reading(), lift=timeless), TIMING)
    finished = attempt(debrief=debrief)
    (row,) = [row for row in rows_beside(finished, "n", "m") if "Lift" in row.text.plain]
    assert row.text.plain == "L Lift ◐ no size\n“I expect people to open it more”"
    assert row.span is None
    words = shown_words(finished.turns, ())
    assert [letter for _, _, letter in evidence_in(finished, words)] == ["P", "C"]


def test_each_kind_has_its_own_sign_and_one_that_was_only_confirmed_has_none() -> None:
    turns = attempt().turns

    def made(kind: str, text: str) -> Annotation:
        anchor = anchor_at(turns, WordRange(1, 1, 2))
        return Annotation(kind, kind, anchor, text, AT)  # type: ignore[arg-type]

    kinds = ("note", "tag", "correction", "confirmed", "patch")
    mark = Annotation("m", "mark", Anchor(Span(9.0, 9.0)), "", AT)
    finished = attempt(annotations=(mark, *(made(kind, "x") for kind in kinds)), debrief=None)
    assert [row.text.plain for row in rows_beside(finished, "n", "m") if row.annotation] == [
        "▾ a moment you marked  0:09",
        "✎ x  0:12",
        "# x  0:12",
        "≈ “x”, heard “mix repeats”  0:12",
        "+ said again: “x”  0:12",
    ]
    assert [mark.letter for mark in marks_of(finished)] == ["▾", "✎", "#", "≈", "+"]
    nothing = replace(made("correction", ""), text="")
    assert told(finished, nothing).plain == "≈ nothing said, heard “mix repeats”"
