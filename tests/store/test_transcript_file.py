"""Whisper's JSON from elsewhere: what is no transcript is refused, and nothing of it is told."""

from __future__ import annotations

import pytest

from vivavoce.errors import BadInputError
from vivavoce.store.transcript_file import turn_from_whisper_json


@pytest.mark.parametrize(
    "segments",
    [
        '[{"text": "my secret", "start": 1%s, "end": 2}]' % ("0" * 400),
        '[{"text": "my secret", "start": 0, "end": 1e300}]',
        '[{"text": "my secret", "start": "my secret", "end": 2}]',
        '[{"text": ["my secret"], "start": 0, "end": 2}]',
        '[{"words": [{"word": "my secret", "start": [], "end": 1}]}]',
        '"my secret"',
        "[" * 100_000,
    ],
)
def test_what_is_no_transcript_is_refused_without_quoting_it(segments: str) -> None:
    with pytest.raises(BadInputError, match="not a transcript in Whisper's shape") as error:
        turn_from_whisper_json(f'{{"segments": {segments}}}', "a.json")
    assert "secret" not in str(error.value)


def test_a_segment_in_which_a_word_has_no_times_shares_its_own_out() -> None:
    text = (
        '{"segments": [{"text": " In 2014 we", "start": 0, "end": 3, "words":'
        ' [{"word": "In", "start": 0, "end": 0.2}, {"word": "2014"},'
        ' {"word": "we", "start": 2, "end": 2.2}]}]}'
    )
    words = turn_from_whisper_json(text, "a.json").words
    assert [(word.text, word.start) for word in words] == [("In", 0), ("2014", 1), ("we", 2)]
