"""What is kept of the answers about numbers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from tests.attempts_made import turns_saying
from tests.tui.scripted import attempt
from vivavoce.domain.annotation import WordRange
from vivavoce.domain.annotation_edits import Stamp
from vivavoce.domain.number_answers import answered

TURNS = turns_saying("They stay 80 months and 3% leave.")
MONTHS, SHARE = WordRange(1, 2, 3), WordRange(1, 5, 5)
NOW = datetime(2026, 5, 4, 12, 40, tzinfo=UTC)


def test_a_right_number_is_confirmed_and_a_wrong_one_corrected_in_one_step() -> None:
    numbers = itertools.count()
    finished = attempt(turns=TURNS)
    edit = answered(
        finished, [(MONTHS, "18 months"), (SHARE, None)], lambda: Stamp(str(next(numbers)), NOW)
    )
    correction, confirmed = edit.added
    assert (correction.kind, correction.text, correction.anchor.words) == (
        "correction",
        "18 months",
        MONTHS,
    )
    assert (confirmed.kind, confirmed.text, confirmed.anchor.words) == ("confirmed", "", SHARE)
    assert {correction.id, confirmed.id} == {"0", "1"}
    corrected = replace(finished, annotations=edit.added).corrected
    assert corrected[1].text == "They stay 18 months and 3% leave."


def test_no_answers_change_nothing() -> None:
    assert not answered(attempt(turns=TURNS), [], lambda: Stamp("", NOW))


def test_a_number_that_is_written_as_it_was_heard_is_confirmed() -> None:
    edit = answered(attempt(turns=TURNS), [(MONTHS, "80 months")], lambda: Stamp("0", NOW))
    (confirmed,) = edit.added
    assert (confirmed.kind, confirmed.anchor.words) == ("confirmed", MONTHS)
