"""A debrief as lines of text: what stands in them, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.trained_reader import trained_reader
from tests.tui.scripted import attempt
from vivavoce.cli.debrief_lines import debrief_lines, verdict_lines
from vivavoce.cli.plain_round import _KEYS_SENTENCE, PlainObserver
from vivavoce.domain.debrief import Debrief
from vivavoce.domain.events import InterviewerBegan
from vivavoce.domain.round_request import RoundRequest
from vivavoce.domain.wording import BY_RULES
from vivavoce.scoring.beside import beside
from vivavoce.scoring.rules import RulesReader


def lines_of(text: str) -> list[str]:
    debrief = Debrief(trained_reader().read(text), None)
    return verdict_lines(debrief, beside(debrief))


TEXT = (
    "Listeners skip the same songs. I'd cap each song at one play a day, for two weeks on five "
    "percent. Skips should fall from 24 to 22 percent."
)


def test_it_says_when_only_rules_read() -> None:
    by_rules = Debrief(RulesReader().read(TEXT), None)
    told = " ".join(line.strip() for line in verdict_lines(by_rules, beside(by_rules)))
    assert BY_RULES in told
    assert not any("rules" in line for line in lines_of(TEXT))


def test_the_panel_the_signals_and_the_frameworks_stand_in_it_and_no_score() -> None:
    lines = lines_of(TEXT)
    assert lines[0].startswith("YES. ")
    assert any(line.startswith("  The panel: Not how it works, but “") for line in lines)
    assert "SIGNALS" in lines
    assert not any("under pressure" in line for line in lines)
    assert sum(line.startswith(("  Product-Impact", "  Metric-First")) for line in lines) == 2
    assert all(len(line) <= 80 for line in lines)
    assert not any("score" in line.lower() or "/100" in line for line in lines)


def test_every_reason_of_the_vote_stands_with_the_vote_and_nothing_is_wider_than_80() -> None:
    text = TEXT.replace("I'd cap", "I'd, without asking any other team of the company, cap")
    lines = lines_of(text)
    panel = next(i for i, line in enumerate(lines) if line.startswith("  The panel: "))
    quick = [i for i, line in enumerate(lines) if line.startswith("  Your test is quick to run")]
    keeps = [i for i, line in enumerate(lines) if line.startswith("  What keeps it: ")]
    assert len(quick) == len(keeps) == 1
    assert 0 < quick[0] < keeps[0] < panel
    assert all(len(line) <= 80 for line in lines)


def test_the_whole_debrief_with_its_twist_fits_a_terminal() -> None:
    kept = attempt()
    assert kept.case is not None
    variants = tuple(
        replace(each, twist="Most of them heard it before. " * 6) for each in kept.case.variants
    )
    lines = debrief_lines(replace(kept, case=replace(kept.case, variants=variants)))
    twist = lines.index("THE TWIST")
    assert lines[twist + 2].startswith("    ")
    assert all(len(line) <= 80 for line in lines)


def test_the_keys_of_a_plain_round_and_its_sentences_fit_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    PlainObserver(RoundRequest(attempt().case))(
        InterviewerBegan(0.0, "prompt", "People open their mix less. Nobody knows why. " * 3, True)
    )
    lines = [*_KEYS_SENTENCE.splitlines(), *capsys.readouterr().out.splitlines()]
    assert len(lines) >= 4
    assert all(len(line) <= 80 for line in lines)


def test_without_anything_that_earned_them_there_are_no_signals() -> None:
    lines = lines_of("Thanks for having me.")
    assert "SIGNALS" not in lines
    assert not any("The panel:" in line for line in lines)
