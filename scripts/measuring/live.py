"""How long the final transcript takes after the stop, and how well it hears, beside what anyone
would otherwise do: one faster-whisper call on the whole file after the stop.

Usage: scripts/bench-live [--full] [--json] [--model NAME] FOLDER

FOLDER holds speech and a manifest.tsv (file, seconds, reference). Answers of 1, 5 and 15 minutes
are joined from it and held as real rounds on the real screens. They are fed as fast as decoding
drains, and in real time for the last 15 seconds (--full: 60, answers of 30 and 60 minutes too, 50
minutes in all). Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vivavoce.bench.boundaries import boundary_shifts
from vivavoce.bench.live_run import LiveRun, run_live
from vivavoce.bench.offline_calls import OfflineResult, hear_offline
from vivavoce.bench.on_screen import Screening
from vivavoce.bench.speech_folder import Joined, Recording, join, read_speech
from vivavoce.bench.word_errors import difference_bounds, error_rate, errors_by_passage
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.errors import VivavoceError
from vivavoce.locations import find_locations
from vivavoce.store.case_library import load_library
from vivavoce.weights.files import check_model, model_folder

OFFSETS = (0.3, 1.0)
"""Seconds between the last word and the key."""
STOPS = {60.0: 14, 300.0: 4, 900.0: 2}
"""How many answers of which length."""
FULL_STOPS = {60.0: 8, 300.0: 6, 900.0: 4, 1800.0: 2, 3600.0: 2}
REAL_TIME_SECONDS, FULL_REAL_TIME_SECONDS = 15.0, 60.0


@dataclass
class Goal:
    """One line of the table."""

    name: str
    value: str
    goal: str
    met: bool


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(
        prog="bench-live", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true", help="longer answers, longer in real time")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--model", default="base")
    options = parser.parse_args()
    try:
        passed = measure(options)
    except VivavoceError as error:
        sys.exit(f"bench-live: {error.message} {error.hint}".rstrip())
    sys.exit(0 if passed else 1)


def say(text: str) -> None:
    """Show progress, apart from the result."""
    print(text, file=sys.stderr, flush=True)


def measure(options: argparse.Namespace) -> bool:
    """Run everything and print it; return whether all goals are met."""
    locations = find_locations()
    check_model(options.model, locations)
    model = model_folder(options.model, locations)
    recordings = read_speech(options.folder)
    stops = FULL_STOPS if options.full else STOPS
    real_time = FULL_REAL_TIME_SECONDS if options.full else REAL_TIME_SECONDS
    say(f"{len(recordings)} recordings, {sum(stops.values())} stops, model {options.model}")
    runs = [
        run
        for seconds, count in stops.items()
        for run in runs_of(recordings, seconds, count, model, real_time)
    ]
    saver = live(join(recordings, 60.0, seed=99), model, 0.3, 45.0, drafts=False)
    goals, accuracy = accuracy_goals(recordings, model)
    goals = [*speed_goals(runs, saver), *goals]
    passed = all(goal.met for goal in goals)
    if options.json:
        print(json.dumps({**as_json(runs, saver), **accuracy, "pass": passed}, indent=2))
    else:
        show(goals, runs)
    return passed


@dataclass
class Measured:
    """A live run and what the offline calls did with the same answer."""

    live: LiveRun
    answer: Joined
    offset: float
    wer: float
    offline: OfflineResult
    batched: OfflineResult


def runs_of(
    recordings: list[Recording], seconds: float, count: int, model: Path, real_time: float
) -> list[Measured]:
    """Hold `count` answers of one length, each stopped at another word."""
    turned = [recordings[i * len(recordings) // count :] for i in range(count)]
    answers = [
        join([*begin, *recordings[: len(recordings) - len(begin)]], seconds, seed=i)
        for i, begin in enumerate(turned)
    ]
    offline = hear_offline(answers[0], model, "offline")
    batched = hear_offline(answers[0], model, "batched")
    measured = []
    for i, answer in enumerate(answers):
        offset = OFFSETS[i % 2]
        run = live(answer, model, offset, real_time, drafts=True)
        say(
            f"{seconds / 60:.0f} min, key {offset} s after the last word: "
            f"{run.stop_to_final:.2f} s to the transcript, "
            f"{run.stop_to_screen:.2f} s to the debrief"
        )
        wer = error_rate(errors_by_passage(answer.passages, run.words))
        measured.append(Measured(run, answer, offset, wer, offline, batched))
    return measured


def live(answer: Joined, model: Path, offset: float, real_time: float, *, drafts: bool) -> LiveRun:
    """Hold one answer on the screens, in a folder of its own."""
    screening = Screening(load_library(find_locations()).cases[0])
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        run = run_live(answer, model, Path(folder), offset, real_time, drafts, screening)
    if run.stop_to_screen is None:
        raise VivavoceError("No words were heard in this speech.", "Take recordings of speech.")
    return run


def speed_goals(runs: list[Measured], saver: LiveRun) -> list[Goal]:
    """Return the lines on time, processor and memory."""
    goals = []
    for offset, median_goal, worst_goal in ((0.3, 1.0, 1.6), (1.0, 0.5, 1.2)):
        mine = [run for run in runs if run.offset == offset]
        waits = [wait(run) for run in mine]
        median, worst = statistics.median(waits), max(waits)
        by_length = each_length(mine, lambda own: f"{statistics.median(map(wait, own)):.2f}")
        goals.append(
            Goal(
                f"key {offset} s after the last word → transcript",
                f"median {median:.2f} s, worst of {len(waits)} {worst:.2f} s ({by_length})",
                f"≤ {median_goal} s, ≤ {worst_goal} s",
                median <= median_goal and worst <= worst_goal,
            )
        )
    quarter = [run for run in runs if length(run) == 900.0][:1]  # the one that was heard offline
    ratio = statistics.median(r.live.stop_to_final / r.offline.wall_s for r in quarter)
    batched = statistics.median(r.live.stop_to_final / r.batched.wall_s for r in quarter)
    goals.append(
        Goal(
            "at 15 min, of the offline call's time",
            f"{ratio:.1%} (of BatchedInferencePipeline's {batched:.1%})",
            "≤ 2 %",
            ratio <= 0.02,
        )
    )
    extra = max(map(to_screen, runs))
    by_length = each_length(runs, lambda own: f"{max(map(to_screen, own)) * 1000:.0f}")
    goals.append(
        Goal(
            "transcript, or key → debrief on the screen",
            f"worst {extra * 1000:.0f} ms ({by_length}; median "
            f"{statistics.median(map(to_screen, runs)) * 1000:.0f})",
            "≤ 100 ms",
            extra <= 0.1,
        )
    )
    delays = [delay for run in runs for delay in run.live.draft_delays]
    late = nearly_all(delays)
    goals.append(
        Goal(
            "utterance closed → its words go to the screen",
            f"median {statistics.median(delays):.2f} s, 95 % within {late:.2f} s, "
            f"worst {max(delays):.2f} s",
            "≤ 1.5 s (95 %)",
            late <= 1.5,
        )
    )
    share = cpu_share(runs)
    assert saver.cpu_share is not None
    thrift = saver.cpu_share
    goals += [
        Goal("processor while speaking", f"{share:.0%} of one core", "≤ 50 %", share <= 0.5),
        Goal("the same with saver", f"{thrift:.0%} of one core", "≤ 15 %", thrift <= 0.15),
    ]
    growth = max(run.live.rss_growth_mb for run in runs)
    longest = max(length(run) for run in runs) / 60
    goals.append(
        Goal(f"memory gained over {longest:.0f} min", f"{growth:.0f} MB", "≤ 80 MB", growth <= 80)
    )
    whole = max(runs, key=lambda run: run.live.seconds)
    shifts = boundary_shifts(whole.answer.samples, whole.live.voiced, SileroVoiceActivity)
    fourth = len(shifts) // 4
    within, at_first, at_last = (
        statistics.mean(abs(shift) <= 0.05 for shift in part)
        for part in (shifts, shifts[:fourth], shifts[-fourth:])
    )
    goals.append(
        Goal(
            f"edges of speech over {longest:.0f} min, beside a fresh detector's",
            f"{within:.0%} of {len(shifts)} within 50 ms (first quarter {at_first:.0%}, "
            f"last {at_last:.0%})",
            "all",
            within == 1.0,
        )
    )
    return goals


def wait(run: Measured) -> float:
    """Return the seconds from the key to the transcript."""
    return run.live.stop_to_final


def to_screen(run: Measured) -> float:
    """Return the seconds from the transcript to the debrief's first frame.

    From the key, where the transcript stood before it.
    """
    assert run.live.stop_to_screen is not None
    return run.live.stop_to_screen - run.live.stop_to_final


def each_length(runs: list[Measured], tell: Callable[[list[Measured]], str]) -> str:
    """Return what is told of the runs of each length, the shortest first."""
    lengths = sorted({length(run) for run in runs})
    return ", ".join(
        f"{seconds / 60:.0f} min {tell([run for run in runs if length(run) == seconds])}"
        for seconds in lengths
    )


def nearly_all(delays: list[float]) -> float:
    """Return what 95 % of the delays are within, in seconds."""
    return statistics.quantiles(delays, n=20)[-1]


def length(run: Measured) -> float:
    """Return which of the lengths an answer has, in seconds."""
    return min((*STOPS, *FULL_STOPS), key=lambda seconds: abs(seconds - run.live.seconds))


def cpu_share(runs: list[Measured]) -> float:
    """Return the mean over the runs, each fed in real time for as long."""
    return statistics.mean(run.live.cpu_share or 0.0 for run in runs)


def accuracy_goals(recordings: list[Recording], model: Path) -> tuple[list[Goal], dict[str, float]]:
    """Compare the word errors with each recording heard once."""
    say("every recording once, live and by the offline calls ...")
    answer = join(recordings, None, seed=7)
    ours = errors_by_passage(answer.passages, live(answer, model, 1.0, 0.0, drafts=True).words)
    theirs = {
        name: errors_by_passage(answer.passages, hear_offline(answer, model, name).words)
        for name in ("offline", "default", "batched")
    }
    rates = {name: error_rate(errors) for name, errors in theirs.items()}
    best = min(rates, key=lambda name: rates[name])
    low, high = difference_bounds(ours, theirs[best])
    rate = error_rate(ours)
    text = ", ".join(f"{name} {value:.1f} %" for name, value in rates.items())
    goal = Goal(
        "word error rate, live",
        f"{rate:.1f} % ({text}); live less {best} {rate - rates[best]:+.2f}, "
        f"95 % {low:+.2f} to {high:+.2f}",
        "≤ +0.3, bound ≤ +1.0",
        rate - rates[best] <= 0.3 and high <= 1.0,
    )
    return [goal], {
        "wer_live": rate,
        "wer_offline_best": rates[best],
        "wer_difference_high": high,
        **{f"wer_{name}": value for name, value in rates.items()},
    }


def as_json(runs: list[Measured], saver: LiveRun) -> dict[str, object]:
    """Return the figures under the names that other programs read."""
    delays = [delay for run in runs for delay in run.live.draft_delays]
    return {
        "runs": [
            {
                "seconds": run.live.seconds,
                "stop_offset_s": run.offset,
                "stop_to_final_s": run.live.stop_to_final,
                "stop_to_debrief_s": run.live.stop_to_debrief,
                "stop_to_screen_s": run.live.stop_to_screen,
                "wer_live": run.wer,
                "wer_offline": run.offline.wer,
                "offline_s": run.offline.wall_s,
                "batched_s": run.batched.wall_s,
                "wer_batched": run.batched.wer,
                # Of each length one answer is heard by the offline calls; the others repeat it.
                "heard_offline": run is next(r for r in runs if length(r) == length(run)),
            }
            for run in runs
        ],
        "cpu_share": cpu_share(runs),
        "cpu_share_saver": saver.cpu_share,
        "rss_growth_mb": max(run.live.rss_growth_mb for run in runs),
        "draft_delay_s": statistics.median(delays),
        "draft_delay_95_s": nearly_all(delays),
    }


def show(goals: list[Goal], runs: list[Measured]) -> None:
    """Print the table, and the offline calls' own figures under it."""
    wide = max(len(goal.name) for goal in goals)
    for goal in goals:
        mark = "ok    " if goal.met else "MISSED"
        print(f"{mark}  {goal.name:<{wide}}  {goal.value}  [{goal.goal}]")
    for seconds in sorted({length(run) for run in runs}):
        run = next(run for run in runs if length(run) == seconds)
        print(
            f"        {seconds / 60:.0f} min: one call {run.offline.wall_s:.1f} s, "
            f"{run.offline.wer:.1f} % wrong; "
            f"BatchedInferencePipeline {run.batched.wall_s:.1f} s, {run.batched.wer:.1f} % wrong"
        )


if __name__ == "__main__":
    main()
