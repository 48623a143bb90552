"""How many of the fillers that were said are counted.

Usage: scripts/bench-fillers [--model NAME] [FOLDER]

A voice speaks answers full of fillers; they are heard twice, by the reading that the debrief's
count comes from and by the ordinary one. FOLDER holds speech without fillers and a manifest.tsv
(file, seconds, reference): what is counted there is counted wrongly.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vivavoce.bench.speech_folder import read_speech
from vivavoce.bench.word_times import speak_by_piper
from vivavoce.domain.fillers import count_fillers
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.errors import VivavoceError
from vivavoce.locations import find_locations
from vivavoce.session.filler_count import BATCH_SECONDS, FILLED
from vivavoce.weights.files import check_model, model_folder

ANSWERS = """
So, um, the problem is that, uh, new listeners skip the first three songs, you know, and then
they leave. Um, I would, kind of, move one familiar song to the top. Uh, that should lift
retention a bit.

Uh, I think churn is the goal here. Um, we lose, uh, one subscriber in twenty a month. I mean,
the simplest thing is, um, an email on day twenty. We test it on a few users for two weeks.

The business wants more, um, premium upgrades. So I would show the offer, uh, after the third
skip, sort of, when it hurts. Uh, upgrades go up by a fifth, um, that is eight thousand people.

First, the goal is more listening hours. Um, you know, podcasts are hard to find. Uh, a rule
that pins the last show, um, on the home page costs one day to build. I expect, uh, a few more
hours.

Well, um, fraud costs us two million a year. Uh, I would block cards that, uh, fail five times
in an hour. Um, we run it for ten days in one country and expect, um, a third less fraud.

Um, drivers cancel because the pickup is far. Uh, I would hide trips longer than ten minutes,
kind of, at rush hour. Cancellations fall by, uh, a quarter, I mean, that is forty thousand
rides a week.

What kind of users leave? Uh, mostly young parents, you know. I would, um, send them a shorter
mix. Do you know the number? Um, I would guess, uh, one in ten comes back.

I would, uh, look at the goal before the model. Uh, a simple rule, um, sort of a threshold,
finds half of the cases. I mean, it runs, uh, tomorrow, and, um, nobody has to wait for a
quarter.

The team asked for a, um, neural network. I would count first. Uh, one page, you know, with the
ten most frequent searches that find nothing. Um, we fix those, and, uh, complaints fall by a
third.

We change one thing, the order of the list. That is a two week test on a twentieth of the
customers. If it works we save the support team two days a week.
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="bench-fillers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--model", default="base")
    options = parser.parse_args()
    try:
        measure(options.model, options.folder)
    except VivavoceError as error:
        sys.exit(f"bench-fillers: {error.message} {error.hint}".rstrip())


def measure(model: str, folder: Path | None) -> None:
    """Hear everything and print the figures."""
    locations = find_locations()
    check_model(model, locations)
    answers = [" ".join(answer.split()) for answer in ANSWERS.strip().split("\n\n")]
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as wavs:
        sounds = [spoken.samples for spoken in speak_by_piper(answers, Path(wavs))]
    transcriber = TranscriberProcess(model_folder(model, locations))
    try:
        said = [count_fillers([answer]).total for answer in answers]
        print(f"said in {len(answers)} answers: {sum(said)} {dict(count_fillers(answers).counts)}")
        for name, before in (("the second reading", FILLED), ("the ordinary one", "")):
            texts = [hear([sound], transcriber, before) for sound in sounds]
            found = [count_fillers([text]).total for text in texts]
            off = [abs(one - other) for one, other in zip(found, said, strict=True)]
            print(
                f"{name} counts {sum(found)} {dict(count_fillers(texts).counts)}; "
                f"an answer's count is off by {np.mean(off):.1f} (worst {max(off)})"
            )
        if folder is not None:
            recordings = read_speech(folder)
            words = sum(len(recording.reference.split()) for recording in recordings)
            really = count_fillers(recording.reference for recording in recordings).total
            text = [
                hear(batch, transcriber, FILLED)
                for batch in batches([r.samples for r in recordings])
            ]
            print(
                f"read speech, {words} words with {really}: counted {count_fillers(text).total} "
                f"{dict(count_fillers(text).counts)}"
            )
    finally:
        transcriber.close()


def batches(sounds: Sequence[Samples]) -> list[list[Samples]]:
    """Put sounds together as the count does."""
    together: list[list[Samples]] = []
    for sound in sounds:
        if together and sum(map(len, together[-1])) + len(sound) <= BATCH_SECONDS * SAMPLE_RATE:
            together[-1].append(sound)
        else:
            together.append([sound])
    return together


def hear(sounds: Sequence[Samples], transcriber: TranscriberProcess, before: str) -> str:
    """Return the text of sounds, read together."""
    words = transcriber.transcribe(np.concatenate(sounds), before)
    return " ".join(word.text for word in words)


if __name__ == "__main__":
    main()
