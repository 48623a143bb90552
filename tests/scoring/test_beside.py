"""What stands beside the score, as titled sentences and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.trained_reader import trained_reader
from vivavoce.domain.case import Case
from vivavoce.domain.debrief import Debrief
from vivavoce.scoring.beside import Beside, beside, beside_to_dict
from vivavoce.scoring.beside_told import sections
from vivavoce.store.case_file import read_case

CASES = Path(__file__).parents[2] / "cases"
TEXT = (
    "By week four half of them are gone, 820 thousand down to 405, and repeats are at 45 "
    "percent. I'd leave out what they heard last week, for two weeks, for ten percent of openers. "
    "I expect repeats to go from 38 to 30 percent, and openers to rise by 15 thousand."
)


def mix() -> Case:
    return read_case(CASES / "daily-mix-churn.toml")


def found(text: str, case: Case | None = None) -> Beside:
    return beside(Debrief(trained_reader().read(text), None), (), case)


def test_every_number_is_told_with_what_it_rests_on() -> None:
    told = dict(sections(found(TEXT, mix())))["YOUR NUMBERS"]
    assert "“half”: from the case, 820 and 405 in “Openers (k)”." in told
    assert any("“38”: from the case" in line for line in told)
    assert any("45 percent" in line and "The table has 39" in line for line in told)
    assert "“30 percent”: you did not say what it rests on." in told
    assert "“two weeks”, “ten percent”: your own plan." in told
    assert told[-1].startswith("Say what ")
    assert "or say that it is a guess" in told[-1]


def test_without_a_case_nothing_is_from_one() -> None:
    assert {figure.basis for figure in found(TEXT).figures} <= {
        "aside",
        "estimate",
        "plan",
        "unsupported",
    }


def test_the_chain_and_the_open_questions_have_their_places() -> None:
    told = dict(sections(found(TEXT, mix())))
    assert told["WHERE THEY LEAD"][0].startswith("A fall of 8 points: 38 % becomes 30 %")
    assert told["WHERE THEY LEAD"][-1].startswith("The chain breaks here: ")
    assert told["ALSO ASKED"][-1].endswith("none of it is counted.")
    assert list(told)[-1] == "ALSO ASKED"


def test_where_nothing_was_said_next_to_nothing_is_told() -> None:
    told = dict(sections(found("Thanks for having me.")))
    assert set(told) == {"TWO WAYS TO ORDER IT"}


def test_it_can_be_written_as_json() -> None:
    written = json.loads(json.dumps(beside_to_dict(found(TEXT, mix()))))
    assert set(written) == {
        "panel",
        "signals",
        "pressure",
        "frameworks",
        "audience",
        "figures",
        "chain",
        "also_ask",
    }
    assert written["figures"][0]["said"]["quote"] == "four"
    assert written["chain"]["breaks_at"] == "people"
    assert written["signals"][0]["anchor"]


SAID = (
    "0 zero 0% 38 percent points from to half one in six million people euros a week two weeks "
    "fall rise by . , ? because guess not would expect openers repeats listeners é 🙂"
)
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=40)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_text_at_all_keeps_the_debrief_from_being_told(words: list[str]) -> None:
    for case in (None, mix()):
        told = found(" ".join(words), case)
        assert all(line for _, lines in sections(told) for line in lines)
        json.dumps(beside_to_dict(told), allow_nan=False)
