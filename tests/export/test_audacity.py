"""Labels for Audacity: three columns a line, whatever was said."""

from __future__ import annotations

import re

from tests.hostile_attempts import CLEAN_NOTE, answer, attempt_of, hostile_attempt, prompt
from vivavoce.export.audacity import audacity_labels


def test_it_has_a_label_a_sentence_with_who_said_it() -> None:
    text = audacity_labels(attempt_of(prompt("Why?"), answer(("They", "skip."))))
    assert text.splitlines() == [
        "0.000000\t3.000000\tPanel: Why?",
        "3.000000\t3.400000\tProblem (clear): They",
        "3.000000\t3.800000\tYou: They skip.",
    ]


def test_whatever_was_said_each_line_is_one_label() -> None:
    text = audacity_labels(hostile_attempt())
    for line in text.split("\n")[:-1]:
        assert re.fullmatch(r"\d+\.\d{6}\t\d+\.\d{6}\t[^\t]+", line)
        start, end, _ = line.split("\t")
        assert float(start) <= float(end)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert f'Note by Ada "<b>": {CLEAN_NOTE}\n' in text
    assert "Mrs. <u>Heard</u>" in text
    assert "misheard" in audacity_labels(hostile_attempt(), raw=True)


def test_labels_stand_in_the_order_of_time() -> None:
    starts = [
        float(line.split("\t")[0]) for line in audacity_labels(hostile_attempt()).splitlines()
    ]
    assert starts == sorted(starts)


def test_without_words_it_is_empty() -> None:
    assert audacity_labels(attempt_of(answer(()))) == ""
