"""Whisper's shape: what its readers rely on, and the way back into a turn."""

from __future__ import annotations

import json

from vivavoce.domain.speech import Word
from vivavoce.export.segments import Segment
from vivavoce.export.whisper_json import whisper_json
from vivavoce.store.transcript_file import turn_from_whisper_json

WORDS = (
    Word("Skips", 0.5, 0.81234, 0.98765),
    Word("fall.", 0.9, 1.25, 0.5),
    Word("“Done.”", 3.0, 3.5, 1.0),
)


def test_it_has_whispers_fields() -> None:
    made = whisper_json([Segment(WORDS[:2]), Segment(WORDS[2:])], "tiny.en", 4.00049)
    assert made == {
        "text": "Skips fall. “Done.”",
        "language": "en",
        "model": "tiny.en",
        "duration": 4.0,
        "segments": [
            {
                "id": 0,
                "start": 0.5,
                "end": 1.25,
                "text": "Skips fall.",
                "words": [
                    {"word": " Skips", "start": 0.5, "end": 0.812, "probability": 0.988},
                    {"word": " fall.", "start": 0.9, "end": 1.25, "probability": 0.5},
                ],
            },
            {
                "id": 1,
                "start": 3.0,
                "end": 3.5,
                "text": "“Done.”",
                "words": [{"word": " “Done.”", "start": 3.0, "end": 3.5, "probability": 1.0}],
            },
        ],
    }


def test_it_reads_back_as_the_same_words() -> None:
    made = json.dumps(whisper_json([Segment(WORDS)], "base", 4.0))
    turn = turn_from_whisper_json(made, "heard.json")
    assert [word.text for word in turn.words] == [word.text for word in WORDS]
    assert [word.start for word in turn.words] == [word.start for word in WORDS]


def test_without_speech_it_has_no_segments() -> None:
    made = whisper_json([], "base", 4.0)
    assert (made["text"], made["segments"], made["duration"]) == ("", [], 4.0)
