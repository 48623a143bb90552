"""How much of a text is heard in a sound: by Whisper, as a person's ear would be by a voice."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from tests.conftest import HEARING_RATE
from tests.speaking import save
from vivavoce.config import Config
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.locations import find_locations
from vivavoce.session.transcription import transcribe_file


def share_heard(text: str, sound: NDArray[np.int16], folder: Path) -> float:
    """Return the share of a text's words that are heard, in order, at the loudspeaker."""
    wav = save(folder / "heard.wav", soxr.resample(sound, HEARING_RATE, SAMPLE_RATE))
    turns = transcribe_file(wav, Config(), find_locations())
    said, heard = _words(text), _words(" ".join(turn.text for turn in turns))
    matching = difflib.SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matching) / len(said)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())
