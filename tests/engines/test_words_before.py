"""What a text before it does to what is heard: names are spelt alike, nothing is copied from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.speaking import samples_of, spoken
from vivavoce.engines.transcriber_process import TranscriberProcess
from vivavoce.locations import find_locations
from vivavoce.weights.files import model_folder

NAMED = "I would show it to Katarzyna before the test."
VAGUE = "I would use a better algorithm and make the experience more personal for everybody."


@pytest.fixture(scope="module")
def transcriber() -> Iterator[TranscriberProcess]:
    process = TranscriberProcess(model_folder("tiny.en", find_locations()))
    yield process
    process.close()


def heard(transcriber: TranscriberProcess, text: str, before: str) -> str:
    words = transcriber.transcribe(samples_of(spoken(text)), before)
    return " ".join(word.text for word in words)


def test_a_name_is_spelt_as_it_was_before(transcriber: TranscriberProcess) -> None:
    before = "Katarzyna leads the team. I asked Katarzyna first."
    assert "Katarzyna" in heard(transcriber, NAMED, before)
    assert "Katarzyna" not in heard(transcriber, NAMED, "")


def test_a_sentence_that_is_said_again_is_heard_once(transcriber: TranscriberProcess) -> None:
    # With such a text before it, the model writes the sentence twice.
    assert heard(transcriber, VAGUE, " ".join([VAGUE] * 12)) == VAGUE


@pytest.mark.parametrize("before", ["um " * 500, "\x00\n\t", "Zoë 🎧 " * 300, "word" * 5000])
def test_any_text_may_stand_before(transcriber: TranscriberProcess, before: str) -> None:
    assert len(heard(transcriber, VAGUE, before).split()) == 14
