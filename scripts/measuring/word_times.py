"""How far the transcriber's word times are from known ones.

Usage: scripts/bench-word-times [--json] [--model NAME]

Two voices speak short answers with pauses, one of them also slower, in noise and with hesitations;
the real transcriber hears them in the batches of a round, beside one faster-whisper call on each
whole answer. Only words that were heard as they were said count. Takes three minutes on two
cores. Exit code 1 when a voice in quiet misses the goal: each word within 0.15 s, half of them
within 0.05 s.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from vivavoce.bench.offline_calls import call_library, load_library
from vivavoce.bench.word_times import (
    Figures,
    Pair,
    Spoken,
    draw_pauses,
    end_errors,
    figures,
    in_noise,
    join_phrases,
    pair,
    speak_by_espeak,
    speak_by_piper,
    start_errors,
)
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.engines.voice_activity_silero import SileroVoiceActivity
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice
from vivavoce.errors import VivavoceError
from vivavoce.locations import find_locations
from vivavoce.session.offline import Stretch, hear
from vivavoce.weights.files import check_model, model_folder

ANSWERS = """
I would start with the goal of the product. | Daily mixes exist | to make people listen more
often, | so I would look at churn first | and then at listening time.

The first thing I would ask is | whether the drop is real. | Did we change how we count, | or did
a release break the player | on older phones?

My main metric would be | the share of listeners who come back | within a week. | As a guardrail |
I would watch complaints | and the time people wait | for the first song.

We ran a small experiment | with half of our new customers. | The group that saw shorter forms |
finished more often, | but they also made | more mistakes later.

If I had to choose | only one segment, | I would pick young parents, | because they have little
time | and they already pay | for similar services. | That choice has a cost, | of course.

Let me think about that | for a moment. | There are three kinds of users here. | Drivers, | riders
| and the people who plan their shifts. | Each of them | wants something different.

The biggest risk is trust. | When a recommendation is wrong | people forgive it, | but when it
feels creepy | they leave and never return. | So I would explain | why each item is shown.

I disagreed with our designer | about the first screen. | Instead of arguing | we showed both
versions | to several shop owners | and watched them work. | Her version won | and I learned to
ask sooner.

Suppose that half the drivers | use the app every morning. | Then the number of trips | depends on
the weather, | the price of fuel | and the length of the queue | at the airport.

I would not build this now. | The team is small, | the market is still growing | and our largest
customer | asked for better reports | before anything else.

To find the cause | I would split the numbers | by country, | by device | and by the age of the
account. | If only one group fell, | the answer is probably | a local change.

We launched in spring | and learned that sellers | did not read our messages. | So we moved the
warning | next to the button | and returns went down | by a third. | Next time | I would test that
earlier.

Success means | that teachers save an hour each week. | I would measure it | with a short survey |
and with the logs, | because people often guess | how long a task takes.

In summary, | I recommend | that we improve search | before we add new features. | It helps
everyone, | it is cheap to try | and we can stop | whenever the results disappoint us.
"""
"""Bars are pauses. Numbers are few: they are heard as figures, which do not match."""
NEW_ANSWERS = """
Our goal is more paid trials, | so first I would ask | what stops people at the payment page. | A
plain rule is enough: | show the yearly price | only to those | who opened the product twice.

Honestly, | the model matters less than the question. | We lose readers | on the third day, | and
nobody knows | which message brought them back.

I would hold back | a tenth of the traffic | for a fortnight. | If bookings rise | by a tenth of a
point, | that pays for the whole team.

The executive wants to hear money. | Each percent of refunds | costs us a warehouse, | so I would
start | with the cheapest fix: | clearer photographs.

Before any machine learning | I would sort the list | by what is popular nearby. | That takes an
afternoon, | and it tells us | whether order matters at all.

Who is the customer here? | The rider pays, | but the restaurant waits. | I would measure both, |
because a faster kitchen | looks like a faster driver.

My doubt is seasonality. | Orders always jump | before the holidays, | therefore I would compare |
with the same weeks | of last year | and not with yesterday.

Finally, | I would stop early | only if something breaks. | A lucky weekend | is not evidence, | and
I would say so | to whoever asks.
"""
"""Heard only once everything was chosen on the others."""
HESITATIONS = ("Um,", "Uh,", "Hmm.", "Erm,", "Um, uh,")
"""Said before some phrases; Whisper leaves most of them out."""
HESITATING = 0.4
"""How many phrases have one before them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Answers said in one way."""

    name: str
    voice: Literal["piper", "espeak"]
    text: str
    slower: float = 1.0
    noise_db: float | None = None
    """How far the noise is under the speech."""
    hesitates: bool = False

    @property
    def in_quiet(self) -> bool:
        """Whether the goal counts."""
        return self.slower == 1.0 and self.noise_db is None and not self.hesitates


SAYINGS = (
    Saying("Piper", "piper", ANSWERS),
    Saying("eSpeak NG", "espeak", ANSWERS),
    Saying("Piper, new answers", "piper", NEW_ANSWERS),
    Saying("eSpeak NG, new answers", "espeak", NEW_ANSWERS),
    Saying("Piper, a quarter slower", "piper", ANSWERS, slower=1.25),
    Saying("Piper, noise at 20 dB", "piper", ANSWERS, noise_db=20.0),
    Saying("Piper, noise at 5 dB", "piper", ANSWERS, noise_db=5.0),
    Saying("Piper, hesitating", "piper", ANSWERS, hesitates=True),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Starts or ends of the words that were said in one way."""

    name: str
    said: int
    ours: Figures
    call: Figures
    in_quiet: bool


def main() -> None:
    """Measure, then print."""
    parser = argparse.ArgumentParser(
        prog="bench-word-times",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--model", default="base")
    options = parser.parse_args()
    try:
        passed = measure(options.model, options.json)
    except VivavoceError as error:
        sys.exit(f"bench-word-times: {error.message} {error.hint}".rstrip())
    sys.exit(0 if passed else 1)


def measure(model: str, as_json: bool) -> bool:
    """Hear everything and print the figures; return whether the goal is met."""
    locations = find_locations()
    check_model(model, locations)
    folder = model_folder(model, locations)
    library = load_library(folder)
    transcriber = TranscriberProcess(folder)
    rows: list[Row] = []
    try:
        for saying in SAYINGS:
            print(f"{saying.name} ...", file=sys.stderr, flush=True)
            spoken = speak(saying)
            ours = [p for answer in spoken for p in hear_words(answer, transcriber)]
            call = [
                p
                for answer in spoken
                for p in pair(answer.words, call_library(library, answer.samples, "offline"))
            ]
            said = sum(len(answer.words) for answer in spoken)
            rows += [
                Row(
                    f"{saying.name}, {what}",
                    said,
                    figures(errors(ours)),
                    figures(errors(call)),
                    saying.in_quiet,
                )
                for what, errors in (("starts", start_errors), ("ends", end_errors))
            ]
    finally:
        transcriber.close()
    passed = all(row.ours.met for row in rows if row.in_quiet)
    show(rows, passed, as_json)
    return passed


def speak(saying: Saying) -> list[Spoken]:
    """Render the answers, their phrases joined with pauses."""
    answers = [
        [" ".join(phrase.split()) for phrase in answer.split("|")]
        for answer in saying.text.strip().split("\n\n")
    ]
    phrases = iter(render(saying, [phrase for answer in answers for phrase in answer]))
    sounds = render(saying, HESITATIONS) if saying.hesitates else []
    joined = []
    for seed, answer in enumerate(answers):
        drawn = random.Random(seed)
        parts: list[Spoken] = []
        for _ in answer:
            if saying.hesitates and drawn.random() < HESITATING:
                parts.append(Spoken(drawn.choice(sounds).samples, ()))
            parts.append(next(phrases))
        spoken = join_phrases(parts, draw_pauses(len(parts), seed), seed)
        joined.append(spoken if saying.noise_db is None else in_noise(spoken, saying.noise_db))
    return joined


def render(saying: Saying, phrases: Sequence[str]) -> list[Spoken]:
    """Speak phrases by one voice."""
    with tempfile.TemporaryDirectory() as folder:
        if saying.voice == "piper":
            return speak_by_piper(phrases, Path(folder), saying.slower)
        return speak_by_espeak(phrases, Pyttsx3Voice(Path(folder)))


def hear_words(answer: Spoken, transcriber: TranscriberProcess) -> list[Pair]:
    """Hear an answer as a round does, and pair its words."""
    _, words = hear([Stretch(0, [answer.samples])], SileroVoiceActivity(), transcriber)
    return pair(answer.words, words)


def show(rows: Sequence[Row], passed: bool, as_json: bool) -> None:
    """Print the result."""
    if as_json:
        told = {
            row.name: {"said": row.said, **asdict(row.ours), "one_call": asdict(row.call)}
            for row in rows
        }
        print(json.dumps({**told, "pass": passed}, indent=2))
        return
    wide = max(len(row.name) for row in rows)
    print(f"{'':{wide}} words  median    95 %   worst  within 0.15 s     one call: median, within")
    for row in rows:
        print(
            f"{row.name:{wide}} {row.ours.count:5} {row.ours.median:6.3f}s {row.ours.most:6.3f}s"
            f" {row.ours.worst:6.3f}s {row.ours.within:13.1%}"
            f" {row.call.median:18.3f}s {row.call.within:7.1%}"
        )
    met = "met" if passed else "missed"
    print(f"The goal is {met}: 0.15 s each and a median of 0.05 s, by both voices in quiet.")


if __name__ == "__main__":
    main()
