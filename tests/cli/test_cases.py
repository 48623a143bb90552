from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from vivavoce.cli.main import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_HOME", str(tmp_path))
    return tmp_path


Output = pytest.CaptureFixture[str]


def broken(home: Path) -> None:
    own = home / "data" / "cases"
    own.mkdir(parents=True)
    (own / "broken.toml").write_text('id = "broken"\n')


def test_list_has_one_line_a_case(capsys: Output) -> None:
    assert run(["cases", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 20
    assert lines[0].split(maxsplit=3) == [
        "daily-mix-churn",
        "recommendation-case",
        "3",
        "The mix that wears out",
    ]


def test_list_of_a_round_as_json_holds_that_round_only(capsys: Output) -> None:
    assert run(["cases", "list", "--round", "technical", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert {entry["round"] for entry in entries} == {"technical"}
    assert entries[0]["id"] == "opened-once"
    assert entries[0]["variants"] == ["a", "b", "c"]


def test_list_tells_on_stderr_what_is_left_out(home: Path, capsys: Output) -> None:
    broken(home)
    assert run(["cases", "list", "--json"]) == 0
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 20
    assert captured.err == (
        "vivavoce: left out: broken.toml: variants: there must be at least one.\n"
    )


def test_show_keeps_what_would_spoil_the_case(capsys: Output) -> None:
    assert run(["cases", "show", "daily-mix-churn"]) == 0
    out = capsys.readouterr().out
    assert "People open their personal mix less" in out
    assert ["Openers", "(k)", "820", "610", "480", "405"] in [
        line.split() for line in out.splitlines()
    ]
    assert "820,000 people opened it" in out
    assert "think 0:45 · answer about 2:00 · over at 15:00" in out
    assert "Repeats stop rising" not in out
    assert "I expect" not in out
    assert "who loses" not in out.lower()


def test_show_with_spoilers_tells_twist_answer_and_probes(capsys: Output) -> None:
    assert run(["cases", "show", "daily-mix-churn", "--variant", "b", "--spoilers"]) == 0
    out = capsys.readouterr().out
    assert "the banner does" in out
    assert "I expect" in out
    assert "cause  What happens to the line" in out
    assert "figures b of a, b, c" in out


def test_show_as_json_has_the_same_limits(capsys: Output) -> None:
    assert run(["cases", "show", "by-friday", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["exhibit"]["columns"][0] == "Nine days"
    assert shown["variant"] == "a"
    assert not {"twist", "model_answer", "probes"} & set(shown)
    assert run(["cases", "show", "by-friday", "--json", "--spoilers"]) == 0
    spoiled = json.loads(capsys.readouterr().out)
    assert spoiled["twist"].startswith("Net of the reopened")
    assert spoiled["probes"][0]["tag"] == "cost"


def test_show_of_what_is_not_there_says_what_is(capsys: Output) -> None:
    assert run(["cases", "show", "by-fryday"]) == 3
    assert "Did you mean by-friday?" in capsys.readouterr().err
    assert run(["cases", "show", "nope"]) == 3
    told = capsys.readouterr().err
    assert "Did you mean" not in told
    assert "See them all: vivavoce cases list" in told
    assert run(["cases", "show", "by-friday", "--variant", "z"]) == 3
    assert "Choose one of: a, b, c." in capsys.readouterr().err


def test_check_of_the_whole_library(home: Path, capsys: Output) -> None:
    assert run(["cases", "check"]) == 0
    assert capsys.readouterr().out == "20 cases are fine.\n"
    broken(home)
    assert run(["cases", "check"]) == 4
    assert capsys.readouterr().out == (
        "broken.toml: variants: there must be at least one.\n20 of 21 cases are fine.\n"
    )


def test_check_of_files_and_folders_tells_each_problem(home: Path, capsys: Output) -> None:
    assert run(["cases", "new", "mine"]) == 0
    capsys.readouterr()
    folder = home / "data" / "cases"
    (folder / "binary.toml").write_bytes(b"\xff\xfe")
    elsewhere = home / "Wrong.toml"
    elsewhere.write_text("")
    assert run(["cases", "check", str(folder), str(elsewhere), "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert report["fine"] == 1
    assert [line.split(": ")[0] for line in report["problems"]] == ["binary.toml", "Wrong.toml"]
    assert run(["cases", "check", str(folder / "mine.toml")]) == 0
    assert capsys.readouterr().out == "1 case is fine.\n"


def test_check_of_a_file_that_is_not_there_exits_3(capsys: Output) -> None:
    assert run(["cases", "check", "nowhere.toml"]) == 3
    assert capsys.readouterr().err == "vivavoce: There is no file nowhere.toml. Check the path.\n"


def test_new_prints_the_path_of_a_private_file_that_passes_check(
    home: Path, capsys: Output
) -> None:
    assert run(["cases", "new", "second-class", "--title", "The second class"]) == 0
    file = Path(capsys.readouterr().out.strip())
    assert file == home / "data" / "cases" / "second-class.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run(["cases", "check", str(file)]) == 0
    assert run(["cases", "show", "second-class"]) == 0
    assert "The second class" in capsys.readouterr().out


def test_new_refuses_to_overwrite(capsys: Output) -> None:
    assert run(["cases", "new", "mine"]) == 0
    assert run(["cases", "new", "mine"]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("case_id", ["../mine", "Mine", "by-friday"])
def test_new_refuses_an_id_that_cannot_be(case_id: str, home: Path) -> None:
    assert run(["cases", "new", case_id]) == 2
    assert not (home / "data").exists()


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["check"], ["new"]])
def test_help_has_examples(command: list[str], capsys: Output) -> None:
    assert run(["cases", *command, "--help"]) == 0
    assert "Examples:\n    vivavoce cases " in capsys.readouterr().out
