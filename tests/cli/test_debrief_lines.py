"""A debrief as lines of text: what stands in them, and what does not."""

from __future__ import annotations

from tests.scoring.trained_reader import trained_reader
from vivavoce.cli.debrief_lines import verdict_lines
from vivavoce.domain.debrief import Debrief
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


def test_without_anything_that_earned_them_there_are_no_signals() -> None:
    lines = lines_of("Thanks for having me.")
    assert "SIGNALS" not in lines
    assert not any("The panel:" in line for line in lines)
