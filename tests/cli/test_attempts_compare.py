from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.attempts_made import CASE, make_attempt
from vivavoce.cli.comparison_lines import SIDE_BY_SIDE, comparison_lines
from vivavoce.cli.main import run
from vivavoce.domain.comparison import compare
from vivavoce.store.attempt_store import AttemptStore

BEFORE = "Listeners skip songs they know. We cap them."
AFTER = "Listeners skip songs they know. We push them down, for two weeks."


def two(store: AttemptStore, after: str = AFTER) -> tuple[str, str]:
    return make_attempt(store, BEFORE), make_attempt(store, after, vote="yes", lift=2)


def test_two_attempts_stand_side_by_side(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = two(store)
    assert run(["attempts", "compare", a, b]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "Early skips"
    assert lines[1] == "The vote went from no to yes. Gained: lift."
    lift = next(line for line in lines if line.startswith("Lift"))
    assert lift.split() == ["Lift", "not", "heard", "sized", "0:03", "gained"]
    assert any(line.split() == ["Vote", "no", "yes"] for line in lines)
    assert any(line.split() == ["Answer", "0:03", "0:05"] for line in lines)
    only = next(line for line in lines if line.startswith("Only here"))
    assert only.split("  ")[-1] == "“push them down, for two weeks”"
    assert "“cap them”" in only
    assert all(len(line) <= 80 for line in lines)
    assert err == ""


def test_in_a_narrow_terminal_they_stand_one_below_the_other(
    store: AttemptStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert run(["attempts", "compare", *two(store)]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("Lift")
    assert lines[place + 1 : place + 4] == [
        "  A not heard",
        "  B sized  0:03  gained",
        "    “Listeners”",
    ]
    assert all(len(line) <= 40 for line in lines)


def test_the_json_is_the_contract(store: AttemptStore, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = two(store)
    assert run(["attempts", "list", "--json"]) == 0
    listed = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert run(["attempts", "compare", a, "latest", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["a"], told["b"]) == (listed[a], listed[b])
    assert told["vote"] == {"a": "no", "b": "yes"}
    assert list(told["slots"]) == ["problem", "solution", "experiment", "lift", "impact"]
    assert told["slots"]["lift"] == {
        "a": 0,
        "b": 2,
        "change": 2,
        "quote_a": None,
        "quote_b": "Listeners",
    }
    assert list(told["timing"]) == [
        "answer_s",
        "speaking_s",
        "monologue_s",
        "first_word_s",
        "first_metric_s",
        "first_tool_s",
        "wpm",
    ]
    assert told["timing"]["answer_s"] == {"a": 3.9, "b": 5.9}
    assert told["timing"]["first_metric_s"] == {"a": None, "b": None}
    assert told["fillers"] == {"a": None, "b": None}
    assert told["words"] == {
        "added": ["push them down, for two weeks"],
        "dropped": ["cap them"],
    }
    assert list(told) == ["a", "b", "vote", "slots", "timing", "fillers", "words"]


def test_attempts_that_cannot_be_compared_are_refused_with_code_2(
    store: AttemptStore, capsys: pytest.CaptureFixture[str]
) -> None:
    a = make_attempt(store)
    other = make_attempt(store, case=replace(CASE, id="other", title="Other \x1b[2J case"))
    assert run(["attempts", "compare", a, other]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "different cases, “Early skips” and “Other [2J case”" in err
    assert "vivavoce attempts list" in err
    assert run(["attempts", "compare", a, a]) == 2
    assert run(["attempts", "compare", a, "01ZZZ"]) == 3


@pytest.mark.parametrize("width", [20, 40, SIDE_BY_SIDE - 1, SIDE_BY_SIDE, 80, 200])
def test_wide_characters_and_long_words_stay_within_the_terminal(
    store: AttemptStore, width: int
) -> None:
    a = make_attempt(store, f"{'音楽' * 30} {'x' * 90} \x1b[31mred skip")
    b = make_attempt(store, AFTER)
    lines = list(comparison_lines(compare(store.get(a), store.get(b)), width))
    assert all(cell_len(line) <= width for line in lines)
    assert "\x1b" not in "".join(lines)
    if width >= SIDE_BY_SIDE:
        begun = next(line for line in lines if line.startswith("Begun"))
        column = cell_len(begun[: begun.rindex("20")])
        quotes = [line for line in lines if line.count("“") == 2]
        assert quotes
        for line in quotes:
            assert cell_len(line[: line.rindex("“")]) == column
