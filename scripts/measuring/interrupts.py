"""Whether the interviewer's cut-in (--interrupt) is biased to silence, on spoken answers.

Usage: scripts/bench-interrupts [--json] [--model NAME] [--only ID] [TEXTS]

A voice speaks 20 good answers and 20 monologues without an outcome (interrupts.jsonl beside this
file, or TEXTS: one object a line with id, kind and text). Each is held as a real round with the
real patience of 90 s. Takes about ten minutes on two cores. Exit code 1 when the goal is missed:
none of the good answers is cut in on, and four fifths of the monologues are.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from vivavoce.bench.interrupts import (
    CutInRun,
    Script,
    goal_met,
    join_groups,
    phrases_of,
    read_scripts,
    tally,
)
from vivavoce.bench.read_along import hold_round
from vivavoce.bench.word_times import speak_by_piper
from vivavoce.domain.wording import clock
from vivavoce.engines.protocols import Samples
from vivavoce.errors import NotFoundError, VivavoceError
from vivavoce.locations import find_locations
from vivavoce.session.answer_reader import open_reader
from vivavoce.store.case_library import load_library
from vivavoce.weights.files import check_model, model_folder
from vivavoce.weights.registry import MINILM

TEXTS = Path(__file__).with_name("interrupts.jsonl")
CASE = "daily-mix-churn"
"""What all are asked: the reader hears the answer only."""
SLOWER = 1.25
"""The voice's 206 words a minute become 165, about 145 with the pauses. Chosen."""
JOBS, SCRIPTS_A_JOB = 2, 4
"""One voice and one round at a time in each."""


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(
        prog="bench-interrupts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("texts", type=Path, nargs="?", default=TEXTS, metavar="TEXTS")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--model", default="base")
    parser.add_argument("--only", action="append", metavar="ID", help="one answer; may be repeated")
    options = parser.parse_args()
    try:
        scripts = read_scripts(options.texts)
        if options.only:
            scripts = [script for script in scripts if script.id in options.only]
        if not scripts:
            raise NotFoundError("None of the answers has that id.", "See the ids in the file.")
        runs = measure(scripts, options.model)
    except VivavoceError as error:
        sys.exit(f"bench-interrupts: {error.message} {error.hint}".rstrip())
    sys.exit(0 if show(runs, options.json) else 1)


def measure(scripts: Sequence[Script], model: str) -> list[CutInRun]:
    """Speak and hold all, in their order."""
    locations = find_locations()
    check_model(model, locations)
    check_model(MINILM.name, locations)
    parts = [scripts[i : i + SCRIPTS_A_JOB] for i in range(0, len(scripts), SCRIPTS_A_JOB)]
    with ThreadPoolExecutor(JOBS) as pool:
        return [run for runs in pool.map(lambda part: hold(part, model), parts) for run in runs]


def hold(scripts: Sequence[Script], model: str) -> list[CutInRun]:
    """Speak some answers and hold their rounds."""
    locations = find_locations()
    case = load_library(locations).find(CASE)
    reader = open_reader(locations)
    runs = []
    for script, samples in zip(scripts, speak(scripts), strict=True):
        with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
            run = hold_round(
                script, samples, case, model_folder(model, locations), reader, Path(folder)
            )
        print(line(run), file=sys.stderr, flush=True)
        runs.append(run)
    return runs


def speak(scripts: Sequence[Script]) -> Iterator[Samples]:
    """Render answers as a person says them, with pauses."""
    texts = [phrases_of(script.text) for script in scripts]
    phrases = [phrase for groups in texts for group in groups for phrase in group]
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        spoken = iter(speak_by_piper(phrases, Path(folder), SLOWER))
    for script, groups in zip(scripts, texts, strict=True):
        # The id and not the place: with --only, the same pauses.
        seed = int.from_bytes(script.id.encode())
        yield join_groups([[next(spoken) for _ in group] for group in groups], seed)


def line(run: CutInRun) -> str:
    """Return what happened in one line."""
    named = run.outcomes[0] if run.outcomes else None
    heard = f"{named.criterion} at {clock(named.at)} ({named.quote})" if named else "no outcome"
    start = f"{run.id}, {clock(run.seconds)}: first {heard}; "
    if run.cut_in_at is None:
        return start + "not cut in on"
    after = run.seconds_to_outcome
    then = "no outcome after it" if after is None else f"{after:.0f} s to the next outcome"
    return start + f"cut in on at {clock(run.cut_in_at)}: {run.sentence} {then}"


def show(runs: Sequence[CutInRun], as_json: bool) -> bool:
    """Print the result; return whether the goal is met."""
    good, monologues = tally(runs, "good"), tally(runs, "monologue")
    passed = goal_met(good, monologues)
    if as_json:
        figures = {
            "good": asdict(good),
            "monologues": asdict(monologues),
            "runs": [asdict(run) for run in runs],
            "pass": passed,
        }
        print(json.dumps(figures, indent=2))
        return passed
    for run in runs:
        print(line(run))
    print(f"good answers cut in on: {good.cut_in} of {good.tried}  [goal: none]")
    print(f"monologues cut in on: {monologues.cut_in} of {monologues.tried}  [goal: four fifths]")
    print("The goal is met." if passed else "The goal is missed.")
    return passed


if __name__ == "__main__":
    main()
