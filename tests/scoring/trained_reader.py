"""The trained reader, opened once for all tests that read with it."""

from __future__ import annotations

import functools

from vivavoce.locations import find_locations
from vivavoce.scoring.trained import TrainedReader
from vivavoce.session.answer_reader import open_reader


@functools.cache
def trained_reader() -> TrainedReader:
    reader = open_reader(find_locations())
    assert isinstance(reader, TrainedReader)
    return reader
