"""`vivavoce practice`: one round, on the screen or as plain sentences."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from vivavoce.config import load_config
from vivavoce.errors import UsageError
from vivavoce.locations import find_locations


@click.command(
    epilog="Examples: vivavoce practice daily-mix-churn · "
    "vivavoce practice daily-mix-churn --sample --plain --fast · "
    "vivavoce practice --timer · "
    "vivavoce practice two-hundredths-of-a-click --answer mine.wav --plain"
)
@click.argument("case_id", metavar="[CASE]", required=False)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A recording in the microphone's place; one a turn.",
)
@click.option("--sample", is_flag=True, help="Answer with the shipped recording.")
@click.option("--plain", is_flag=True, help="Print sentences instead of opening the screens.")
@click.option("--fast", is_flag=True, help="Feed recordings faster than real time.")
@click.option("--timer", is_flag=True, help="Only time an answer: no case, no score.")
@click.option(
    "--interrupt", is_flag=True, help="Be cut in on when terms run on with no outcome named."
)
@click.option("--variant", default="", help="Which figures: a, b, c. By default the next in turn.")
@click.option("--model", default="", help="The Whisper model for this round.")
def practice(
    case_id: str | None,
    answers: tuple[Path, ...],
    sample: bool,
    plain: bool,
    fast: bool,
    timer: bool,
    interrupt: bool,
    variant: str,
    model: str,
) -> int:
    """Practise one round: hear CASE, answer aloud, read the debrief.

    Without a terminal the round is printed as with --plain. The exit code is 0 after a debrief,
    5 when the microphone stopped on the way.
    """
    if timer and (case_id or sample or variant):
        raise UsageError("--timer times an answer without a case.", "Leave the case out.")
    if sample and answers:
        raise UsageError("--sample and --answer exclude each other.", "Choose one of them.")
    if fast and not (sample or answers):
        raise UsageError("--fast needs a recorded answer.", "Add --sample or --answer FILE.")
    from vivavoce.domain.round_request import SAMPLE_CASE, RoundRequest
    from vivavoce.store.attempt_store import AttemptStore
    from vivavoce.store.case_library import load_library

    locations = find_locations()
    config = load_config(locations.config_file)
    if model:
        config = dataclasses.replace(config, model=model)
    if sample and case_id is None:
        case_id = SAMPLE_CASE
    if case_id is None and not timer:
        raise UsageError("Which case?", "Choose one of: vivavoce cases list")
    case = load_library(locations).find(case_id) if case_id is not None else None
    if case is not None and not variant:
        kept = AttemptStore(locations).list()
        taken = sum(a.case_id == case_id and a.answered for a in kept)
        variant = case.variants[0].id if sample else case.variant_in_turn(taken).id
    request = RoundRequest(case, variant, answers, sample, fast, interrupt)
    if plain or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        from vivavoce.cli.plain_round import run_plain

        return run_plain(request, config, locations)
    from vivavoce.tui.app import run_app

    return run_app(request, model)
