"""TextGrids: what Praat and praatio make of them."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from praatio import textgrid as praatio_textgrid
from praatio.data_classes.interval_tier import IntervalTier
from praatio.data_classes.point_tier import PointTier

from tests.hostile_attempts import (
    CLEAN_NOTE,
    CLEAN_WORD,
    HOSTILE_WORDS,
    answer,
    attempt_of,
    hostile_attempt,
    prompt,
)
from vivavoce.domain.attempt import Attempt
from vivavoce.export.textgrid import textgrid

_READ = """
form: "Read"
    infile: "File", ""
    outfile: "Out", ""
endform
Read from file: file$
tiers = Get number of tiers
deleteFile: out$
for tier to tiers
    name$ = Get tier name: tier
    interval = Is interval tier: tier
    if interval
        count = Get number of intervals: tier
        for i to count
            start = Get start time of interval: tier, i
            end = Get end time of interval: tier, i
            label$ = Get label of interval: tier, i
            line$ = name$ + tab$ + fixed$ (start, 3) + tab$ + fixed$ (end, 3) + tab$ + label$
            appendFileLine: out$, line$
        endfor
    else
        count = Get number of points: tier
        for i to count
            time = Get time of point: tier, i
            label$ = Get label of point: tier, i
            line$ = name$ + tab$ + fixed$ (time, 3) + tab$ + fixed$ (time, 3) + tab$ + label$
            appendFileLine: out$, line$
        endfor
    endif
endfor
"""

Rows = list[tuple[str, float, float, str]]
Reads = Callable[[Attempt, Path], Rows]


def praat_reads(attempt: Attempt, folder: Path) -> Rows:
    """Return (tier, start, end, label) as Praat itself reads them."""
    file, script, out = folder / "a.TextGrid", folder / "read.praat", folder / "read.txt"
    file.write_text(textgrid(attempt))
    script.write_text(_READ)
    subprocess.run(
        ["praat", "--run", script, file, out], check=True, capture_output=True, timeout=60
    )
    data = out.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    rows = []
    for line in text.splitlines():
        tier, start, end, label = line.split("\t")
        rows.append((tier, float(start), float(end), label))
    return rows


def praatio_reads(attempt: Attempt, folder: Path) -> Rows:
    """Return (tier, start, end, label) as praatio reads them."""
    file = folder / "b.TextGrid"
    file.write_text(textgrid(attempt))
    read = praatio_textgrid.openTextgrid(str(file), includeEmptyIntervals=True)
    rows: Rows = []
    for tier in read.tiers:
        if isinstance(tier, IntervalTier):
            rows += [(tier.name, each.start, each.end, each.label) for each in tier.entries]
        else:
            assert isinstance(tier, PointTier)
            rows += [(tier.name, each.time, each.time, each.label) for each in tier.entries]
    return rows


def labels(rows: Rows, tier: str) -> list[str]:
    return [label for name, _, _, label in rows if name == tier and label]


@pytest.mark.parametrize("reads", [praat_reads, praatio_reads])
def test_a_hostile_transcript_arrives_word_by_word(reads: Reads, tmp_path: Path) -> None:
    rows = reads(hostile_attempt(), tmp_path)
    expected = [*HOSTILE_WORDS, CLEAN_WORD, "Zero.", "Over", "lap.", "Mrs.", "<u>Heard</u>", "Yes."]
    assert labels(rows, "words") == expected
    assert 'Why "{tool}" --> <b>now</b>?' in labels(rows, "interviewer")
    assert " ".join(labels(rows, "candidate")) == " ".join(expected)
    assert labels(rows, "marks") == ["Said again: By a third.", "Mark; Mark"]
    assert any(f'Note by Ada "<b>": {CLEAN_NOTE}' in label for label in labels(rows, "notes"))
    assert any(
        label.startswith("Problem (clear): She") and "; Lift (no size): said" in label
        for label in labels(rows, "evidence")
    )


@pytest.mark.parametrize("reads", [praat_reads, praatio_reads])
def test_intervals_fill_each_tier_and_none_is_without_length(reads: Reads, tmp_path: Path) -> None:
    rows = reads(hostile_attempt(), tmp_path)
    tiers = [
        [(start, end) for _, start, end, _ in group]
        for name, group in itertools.groupby(rows, lambda row: row[0])
        if name != "marks"
    ]
    assert len(tiers) == 5
    assert len({(tier[0][0], tier[-1][1]) for tier in tiers}) == 1
    for tier in tiers:
        assert all(start < end for start, end in tier)
        assert all(a[1] == b[0] for a, b in itertools.pairwise(tier))


@pytest.mark.parametrize("reads", [praat_reads, praatio_reads])
def test_an_attempt_without_words_has_empty_tiers(reads: Reads, tmp_path: Path) -> None:
    rows = reads(attempt_of(prompt(), answer(())), tmp_path)
    assert labels(rows, "words") == []
    assert len(labels(rows, "interviewer")) == 1


def test_an_attempt_without_anything_can_be_read(tmp_path: Path) -> None:
    assert labels(praat_reads(attempt_of(), tmp_path), "words") == []


def test_one_word_stands_where_it_was_said(tmp_path: Path) -> None:
    rows = praat_reads(attempt_of(prompt(), answer(("Yes.",))), tmp_path)
    assert [row for row in rows if row[0] == "words" and row[3]] == [("words", 3.0, 3.4, "Yes.")]


def test_without_corrections_the_words_are_those_that_were_heard() -> None:
    assert '"misheard"' in textgrid(hostile_attempt(), raw=True)
    assert '"misheard"' not in textgrid(hostile_attempt())
