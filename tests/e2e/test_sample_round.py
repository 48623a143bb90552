"""A newcomer's first command, and what it does not need: a sound card, a network."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.e2e.program import NO_SOUND_CARD, VIVAVOCE, run
from tests.speaking import spoken
from vivavoce.locations import find_locations
from vivavoce.store.case_library import sample_answer

SAMPLE = ("practice", "daily-mix-churn", "--sample", "--plain", "--fast")


def test_the_sample_goes_the_whole_way_to_a_debrief_without_a_sound_card(tmp_path: Path) -> None:
    result = run(tmp_path, *SAMPLE, environment=NO_SOUND_CARD)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert "Interviewer: People open their personal mix less" in result.stdout
    assert "SAY THIS NEXT" in result.stdout
    assert "THE TWIST" in result.stdout
    shown = run(tmp_path, "attempts", "show", "latest", "--json")
    attempt = json.loads(shown.stdout)
    assert attempt["sample"] is True
    quotes = [
        evidence["quote"]
        for slot in ("problem", "solution", "lift")
        for evidence in attempt["debrief"]["three_sentence"][slot]["evidence"][:1]
    ]
    assert len(quotes) >= 2
    told = " ".join(result.stdout.split())
    assert all(quote in told for quote in quotes)


def test_a_round_needs_no_network_and_leaves_nothing_outside_its_own_folders(
    tmp_path: Path,
) -> None:
    own, home = tmp_path / "own", tmp_path / "home"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "XDG_CACHE_HOME": "",
        "VIVAVOCE_MODELS": str(find_locations().models),
    }
    result = run(own, *SAMPLE, environment=environment, through=("unshare", "--net"))
    assert result.returncode == 0, result.stderr
    assert "SAY THIS NEXT" in result.stdout
    # A library that reports to its maker keeps what it will send.
    assert [*home.rglob("*")] == []


def test_an_answer_of_ones_own_takes_the_samples_place(tmp_path: Path) -> None:
    answer = spoken("Elephants remember where the water was. We move the zebra to shelf two.")
    result = run(
        tmp_path, "practice", "daily-mix-churn", "--answer", str(answer), "--plain", "--fast"
    )
    assert result.returncode == 0, result.stderr
    assert "lephants remember" in result.stdout


def test_a_reader_that_leaves_does_not_stop_the_round(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*VIVAVOCE, *SAMPLE],
        env=os.environ | {"VIVAVOCE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "The mix that wears out\n"
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait() == 0
    (attempt,) = json.loads(run(tmp_path, "attempts", "list", "--json").stdout)
    assert attempt["vote"] in ("yes", "no")


def test_an_answer_without_sound_is_refused_before_the_round(tmp_path: Path) -> None:
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"no sound at all")
    result = run(
        tmp_path, "practice", "daily-mix-churn", "--answer", str(noise), "--plain", "--fast"
    )
    assert result.returncode == 4
    assert "noise.wav cannot be read as audio" in result.stderr
    assert result.stdout == ""
    assert json.loads(run(tmp_path, "attempts", "list", "--json").stdout) == []


def test_without_weights_it_names_the_command_that_brings_them(tmp_path: Path) -> None:
    result = run(tmp_path, *SAMPLE, environment={"VIVAVOCE_MODELS": str(tmp_path / "none")})
    assert result.returncode == 6
    assert "vivavoce models pull base" in result.stderr
    assert result.stdout == ""


def test_recordings_and_rows_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    assert run(tmp_path, *SAMPLE).returncode == 0
    for path in tmp_path.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_no_word_of_the_answer_is_logged(tmp_path: Path) -> None:
    answer = spoken("Elephants remember where the water was. We move the zebra to shelf two.")
    run(tmp_path, "practice", "daily-mix-churn", "--answer", str(answer), "--plain", "--fast")
    for log in tmp_path.rglob("*.log"):
        assert "lephant" not in log.read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("practice", "--plain"), 2, "Which case?"),
        (("practice", "no-such-case", "--plain"), 3, "There is no case no-such-case."),
        (("practice", "daily-mix-churn", "--fast", "--plain"), 2, "--fast needs a recorded answer"),
        (("practice", "daily-mix-churn", "--timer", "--plain"), 2, "Leave the case out"),
        (
            ("practice", "daily-mix-churn", "--answer", "/none.wav", "--plain", "--fast"),
            3,
            "There is no recording /none.wav",
        ),
        (
            ("practice", "daily-mix-churn", "--answer", __file__, "--plain", "--fast"),
            4,
            "cannot be read as audio",
        ),
        (
            ("practice", "daily-mix-churn", "--sample", "--variant", "z", "--plain"),
            3,
            "no variant z",
        ),
        (("practise",), 2, "No such command"),
    ],
)
def test_a_wrong_command_gets_one_clear_sentence_and_its_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    result = run(tmp_path, *arguments)
    assert result.returncode == code, result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_the_samples_text_is_nowhere_in_the_program() -> None:
    source = Path(__file__).parents[2] / "src"
    assert sample_answer("daily-mix-churn").suffix != ".txt"
    for module in source.rglob("*.py"):
        assert "samples/daily" not in module.read_text()
