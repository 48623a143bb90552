"""A home of its own for each test, and the store in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attempts_made import home
from vivavoce.locations import Locations
from vivavoce.store.attempt_store import AttemptStore


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return home(tmp_path)


@pytest.fixture
def store(locations: Locations) -> Iterator[AttemptStore]:
    opened = AttemptStore(locations)
    yield opened
    opened.close()
