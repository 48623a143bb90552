from __future__ import annotations

import sys
import unicodedata

import pytest

from vivavoce.domain.text import one_line, strip_controls


def test_no_control_nor_direction_character_of_unicode_passes() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = strip_controls(everything)
    assert {c for c in left if unicodedata.category(c) == "Cc"} == {"\t", "\n"}
    assert {c for c in left if unicodedata.category(c) in ("Cs", "Zl", "Zp")} == set()
    directed = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert {c for c in left if unicodedata.bidirectional(c) in directed} == set()
    for mark in "\u200e\u200f\u061c":
        assert mark not in left


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain, “quoted” – 5 % 日本 é 👍🏽", "plain, “quoted” – 5 % 日本 é 👍🏽"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("a\x00b\x07c\x7fd", "abcd"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\ufeffmark", "mark"),
        ("tab\tstays", "tab\tstays"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\vb\fc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("", ""),
    ],
)
def test_what_a_terminal_obeys_is_dropped_and_the_rest_stays(text: str, clean: str) -> None:
    assert strip_controls(text) == clean
    assert strip_controls(clean) == clean


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\n lines\t here ", "two lines here"),
        ("two\u2028lines\vmore", "two lines more"),
        ("fixed\u00a0space", "fixed space"),
        ("\x1b\n", ""),
    ],
)
def test_one_line_folds_every_space(text: str, line: str) -> None:
    assert one_line(text) == line
