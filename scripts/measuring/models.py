"""Measures every installed model and writes the table into models.md.

Usage: scripts/bench-models FOLDER

FOLDER holds speech and a manifest.tsv (file, seconds, reference).
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from pathlib import Path

from vivavoce.bench.model_bench import ModelFigures, measure_model
from vivavoce.bench.speech_folder import read_speech
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.errors import VivavoceError
from vivavoce.locations import find_locations
from vivavoce.weights.files import installed_models, model_folder
from vivavoce.weights.registry import KNOWN_MODELS

PAGE = Path(__file__).parents[2] / "models.md"
BEGIN, END = "<!-- bench-models begins -->", "<!-- bench-models ends -->"


def main() -> None:
    """Measure, then write."""
    parser = argparse.ArgumentParser(
        prog="bench-models",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    try:
        recordings = read_speech(options.folder)
        locations = find_locations()
        names = installed_models(locations)
        figures = {
            name: measure_model(model_folder(name, locations), recordings, say) for name in names
        }
    except VivavoceError as error:
        sys.exit(f"bench-models: {error.message} {error.hint}".rstrip())
    minutes = sum(len(recording.samples) for recording in recordings) / SAMPLE_RATE / 60
    names = list(dict.fromkeys([*KNOWN_MODELS, *figures]))
    table = [
        "| model | words wrong, live | processor seconds a second of speech | memory "
        "| wait after the key, middle (longest) |",
        "|---|---:|---:|---:|---:|",
        *(row(name, figures.get(name)) for name in names),
        "",
        f"{len(recordings)} recordings of {minutes:.1f} minutes in all, {os.cpu_count()} cores, "
        f"{datetime.datetime.now(datetime.UTC):%B %Y}.",
    ]
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page = "\n".join([before + BEGIN, *table, END + after])
    PAGE.write_text(page, encoding="utf-8")
    print("\n".join(table))


def row(name: str, figures: ModelFigures | None) -> str:
    """Return a model's line of the table."""
    if figures is None:
        return f"| `{name}` | not measured here | | | |"
    return (
        f"| `{name}` | {figures.words_wrong:.1f} % | {figures.work:.3f} "
        f"| {figures.memory_mb:.0f} MB | {figures.wait_s:.2f} s ({figures.longest_wait_s:.2f} s) |"
    )


def say(text: str) -> None:
    """Show progress, apart from the result."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
