"""How the replay copes with an hour, and the archive with thousands of attempts.

Usage: scripts/bench-replay [--attempts N] [--json]

Everything is made for it in a folder of its own: an hour of the shipped answer with 20,000 words,
and a library of 5,000 attempts (which takes a minute or two to write). Beside each figure stands
what one would otherwise do, measured in the same run. Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vivavoce.bench.long_attempts import (
    HOUR_SECONDS,
    HOUR_WORDS,
    SHORT_WORDS,
    add_attempt,
    speech,
    words_at_random,
)
from vivavoce.config import Config
from vivavoce.domain.peaks import peaks_from
from vivavoce.engines.player_sounddevice import SounddevicePlayer
from vivavoce.engines.protocols import Samples
from vivavoce.errors import AudioDeviceError
from vivavoce.export.report import report_html
from vivavoce.locations import Locations, find_locations
from vivavoce.scoring.rules import RulesReader
from vivavoce.store.attempt_store import AttemptStore
from vivavoce.store.case_library import load_library
from vivavoce.store.peaks_cache import peaks_of
from vivavoce.store.recording import read_recording
from vivavoce.tui.app import VivavoceApp
from vivavoce.tui.live import LiveBackstage
from vivavoce.tui.widgets.transcript import TranscriptView

SAMPLE = Path(__file__).parents[2] / "cases" / "samples" / "daily-mix-churn.opus"
SIZE = (80, 24)
RUNS = 5
FRAMES = 60
"""Steps of scrolling that are timed."""
KEYS = 20
"""Key presses that are timed."""
TEN_MINUTES = 600.0
SECRET = ("quokka", "phlogiston", "zanzibar")
"""Words of one attempt that no other holds."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    value: float | None
    """None where it could not be measured here."""
    unit: str
    limit: float
    at_least: bool = False
    beside: str = ""
    """What one would otherwise do, and what that came to."""

    @property
    def met(self) -> bool:
        """Whether the goal is reached; what was not measured is not missed."""
        if self.value is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def main() -> int:
    """Measure, then print."""
    parser = argparse.ArgumentParser(
        prog="bench-replay", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--attempts", type=int, default=5000, help="in the library (5000)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if options.attempts < 1:
        parser.error("--attempts must be at least 1")
    models = str(find_locations().models)
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        home = find_locations({"VIVAVOCE_HOME": folder, "VIVAVOCE_MODELS": models})
        figures = [*measure_hour(home), *measure_library(home, options.attempts)]
    if options.json:
        rows = {f.name: {"value": f.value, "unit": f.unit, "limit": f.limit} for f in figures}
        print(json.dumps({"figures": rows, "pass": all(f.met for f in figures)}))
    else:
        for figure in figures:
            print(line(figure))
    return 0 if all(figure.met for figure in figures) else 1


def line(figure: Figure) -> str:
    """Return a figure as a line of the table."""
    value = "not measured" if figure.value is None else f"{figure.value:9.3f} {figure.unit}"
    goal = f"{'≥' if figure.at_least else '≤'} {figure.limit:g}"
    missed = "" if figure.met else "  MISSED"
    return f"{figure.name:<52} {value:<16} {goal:<8} {figure.beside}{missed}"


# -- an hour -----------------------------------------------------------------------------------


def measure_hour(home: Locations) -> list[Figure]:
    """Open, scroll and export one attempt of an hour, and play it where there is a device."""
    sound = speech(SAMPLE, HOUR_SECONDS)
    case = load_library(home).cases[0]
    words = list(itertools.islice(words_at_random(random.Random(1)), HOUR_WORDS))
    with contextlib.closing(AttemptStore(home)) as store:
        attempt = add_attempt(store, case, words, sound, RulesReader())
        recording = store.recording_path(attempt.id)
    fresh = timed(lambda: peaks_from(read_recording(recording)))
    peaks_of(recording)
    cached = timed(lambda: peaks_of(recording))
    paints, frames = asyncio.run(on_screen(home, attempt.id))
    began = time.perf_counter()
    page = report_html(attempt, read_recording(recording), "embedded", "")
    exported = time.perf_counter() - began
    short = sound[: round(TEN_MINUTES * len(sound) / HOUR_SECONDS)]
    with contextlib.closing(AttemptStore(home)) as store:
        ten = add_attempt(store, case, words[: HOUR_WORDS // 6], short, RulesReader())
    size = len(report_html(ten, short, "embedded", "").encode()) / 1e6
    return [
        Figure("replay of an hour: opened, to its words on the screen", paints[0], "s", 0.5),
        Figure("  opened again (median)", statistics.median(paints[1:]), "s", 0.5),
        Figure(
            "  its outline from the cache",
            cached,
            "s",
            0.5,
            beside=f"without: {fresh:.3f} s, {fresh / cached:.0f} times as long",
        ),
        Figure(
            f"scrolling {len(words):,} words: frames a second (median)",
            1 / statistics.median(frames),
            "",
            10,
            True,
            "(Textual draws 60 at most)",
        ),
        Figure("  the slowest frame, as frames a second", 1 / max(frames), "", 10, True),
        Figure(
            "export of an hour to HTML",
            exported,
            "s",
            20,
            beside=f"{len(page) / 1e6:.1f} MB, {HOUR_SECONDS / exported:.0f} times real time",
        ),
        Figure("a page of ten minutes", size, "MB", 4),
        *keys_to_sound(sound),
    ]


async def on_screen(home: Locations, attempt_id: str) -> tuple[list[float], list[float]]:
    """Return the seconds from opening the replay to its words on the screen, and of each frame."""
    app = VivavoceApp(LiveBackstage(home), Config())
    paints, frames = [], []
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for _ in range(RUNS):
            await pilot.pause(0.2)
            began = time.perf_counter()
            app.show_replay(attempt_id)
            while not words_shown(app):
                await asyncio.sleep(0.002)  # or the thread that reads it is starved
            paints.append(time.perf_counter() - began)
            if len(paints) < RUNS:
                await pilot.pause(0.5)
                await pilot.press("escape")
        view = app.screen.query_one(TranscriptView)
        for _ in range(FRAMES):
            drawn = asyncio.Event()
            began = time.perf_counter()
            view.scroll_relative(y=view.size.height, animate=False, immediate=True)
            view.call_after_refresh(drawn.set)
            await drawn.wait()
            frames.append(time.perf_counter() - began)
        await pilot.press("escape")
        await app.workers.wait_for_complete()
    return paints, frames


def words_shown(app: VivavoceApp) -> bool:
    """Return whether words of the attempt stand on the screen that is drawn."""
    for view in app.screen.query(TranscriptView).results():
        return any(
            view.word_at(x, y) is not None for y in range(view.size.height) for x in range(8, 20)
        )
    return False


def keys_to_sound(sound: Samples) -> list[Figure]:
    """Play from twenty places and return how long the device waited for the first frame."""
    name = "a key to the first frame at the device (median)"
    try:
        player = SounddevicePlayer(sound)
    except AudioDeviceError as error:
        return [Figure(name, None, "s", 0.05, beside=str(error.message))]
    waits = []
    try:
        for place in range(KEYS):
            began = time.monotonic()
            player.play(60.0 + 150.0 * place, speed=(1.0, 1.5, 0.75)[place % 3])
            while (at := player.first_frame_at()) is None:
                time.sleep(0.001)
            waits.append(at - began)
            time.sleep(0.2)
    finally:
        player.close()
    return [
        Figure(name, statistics.median(waits), "s", 0.05),
        Figure(f"  the worst of {KEYS}", max(waits), "s", 0.05),
    ]


# -- thousands ---------------------------------------------------------------------------------


def measure_library(home: Locations, count: int) -> list[Figure]:
    """List, search and delete among many attempts."""
    case = load_library(home).cases[0]
    generator = random.Random(2)
    words = words_at_random(generator)
    second = speech(SAMPLE, 1.0)
    with contextlib.closing(AttemptStore(home)) as store:
        reader = RulesReader()
        secret = add_attempt(store, case, SECRET, second, reader)
        for number in range(count - 1):
            said = list(itertools.islice(words, SHORT_WORDS))
            add_attempt(store, case, said, second, reader)
            if sys.stderr.isatty() and number % 100 == 0:
                print(f"\rwriting {number} of {count} attempts ", end="", file=sys.stderr)
        listing = timed(store.list)
        queries = [" ".join(itertools.islice(words, 1)).rstrip(".") for _ in range(10)]
        searching = max(
            timed(functools.partial(store.annotations.search, query)) for query in queries
        )
        began = time.perf_counter()
        read = [store.get(each.id) for each in store.list()[:200]]
        sum("phlogiston" in turn.text for each in read for turn in each.turns)
        by_hand = (time.perf_counter() - began) * count / 200
        store.delete(secret.id)
    raw = b"".join(path.read_bytes() for path in home.data.glob("*") if path.is_file()).lower()
    left = sum(word.encode() in raw for word in SECRET)
    return [
        Figure(f"listing {count:,} attempts", listing, "s", 0.2),
        Figure(
            "searching all their words (worst of 10)",
            searching,
            "s",
            0.1,
            beside=f"reading them all: {by_hand:.1f} s, {by_hand / searching:.0f} times as long",
        ),
        Figure("words of a deleted attempt in the raw database", left, "", 0),
    ]


def timed(work: Callable[[], object]) -> float:
    """Return the median seconds of some runs."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())
