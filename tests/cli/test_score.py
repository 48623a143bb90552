"""`vivavoce score`: the contract that other programs call."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.e2e.program import run
from tests.speaking import spoken

TEXT = (
    "Shoppers leave at the slot page. I'd put the free Monday slots at the top of the page, for "
    "two weeks in one city. I expect orders to rise by four percent."
)


def test_a_text_is_read_aloud_to_the_panel(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(TEXT)
    result = run(tmp_path, "score", str(answer))
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("YES. ")
    assert "four percent" in result.stdout
    assert "SAY THIS NEXT" in result.stdout


def test_json_has_the_contracts_fields_and_exact_offsets(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(TEXT)
    data = json.loads(run(tmp_path, "score", str(answer), "--json").stdout)
    assert data["schema"] == 1
    assert data["timing"] is None
    assert data["text"] == TEXT
    evidence = data["three_sentence"]["lift"]["evidence"][0]
    assert TEXT[evidence["start_char"] : evidence["end_char"]] == evidence["quote"]
    assert evidence["start"] is None


def test_whisper_json_brings_times(tmp_path: Path) -> None:
    words = [
        {"word": f" {word}", "start": i * 0.5, "end": i * 0.5 + 0.4, "probability": 0.9}
        for i, word in enumerate(TEXT.split())
    ]
    file = tmp_path / "heard.json"
    file.write_text(json.dumps({"segments": [{"start": 0, "end": 20, "text": "", "words": words}]}))
    data = json.loads(run(tmp_path, "score", str(file), "--json").stdout)
    assert data["text"] == TEXT
    assert data["timing"]["wpm"] == pytest.approx(60 * len(words) / data["timing"]["speaking_s"])
    assert data["three_sentence"]["lift"]["evidence"][0]["start"] > 5.0


def test_a_recording_is_heard_and_read(tmp_path: Path) -> None:
    data = json.loads(run(tmp_path, "score", str(spoken(TEXT)), "--json").stdout)
    assert data["three_sentence"]["lift"]["level"] == 2
    assert data["timing"]["speaking_s"] > 3.0


def test_many_answers_are_read_in_order_and_a_bad_line_stops_nobody(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "case": "x"}),
        "not json",
        json.dumps({"id": "c"}),
        json.dumps({"text": TEXT}),
        "[" * 100_000,
        json.dumps({"id": "f", "text": ""}),
        json.dumps({"id": "g", "text": TEXT}),
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines) + "\n")
    result = run(tmp_path, "score", "--jsonl", str(source), "--out", str(out))
    assert result.returncode == 4
    read = [json.loads(line) for line in out.read_text().splitlines()]
    assert [item["id"] for item in read] == ["a", None, "c", None, None, "f", "g"]
    assert ["error" in item for item in read] == [False, True, True, True, True, False, False]
    assert read[0]["vote"] == read[6]["vote"] == "yes"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    printed = run(tmp_path, "score", "--jsonl", str(source))
    assert printed.stdout == out.read_text()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("score",), 2),
        (("score", "none.txt"), 3),
        (("score", "--jsonl", "none.jsonl"), 3),
        (("score", "{binary}"), 4),
        (("score", "{wrong}"), 4),
        (("score", "{text}", "--case", "no-such-case"), 3),
        (("score", "{text}", "--out", "x"), 2),
        (("score", "--jsonl", "{jsonl}", "--out", "/nonexistent/x"), 3),
    ],
)
def test_bad_input_gets_a_sentence_and_its_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    files = {"binary": b"\x80\xfe\xfa\xfb", "wrong": b'{"a": 1}', "text": b"Hello.", "jsonl": b""}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    named = {name: str(tmp_path / name) for name in files}
    result = run(tmp_path, *(argument.format(**named) for argument in arguments))
    assert result.returncode == code, result.stderr
    assert result.stderr
    assert "Traceback" not in result.stderr
