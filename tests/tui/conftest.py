import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _nothing_set_aside() -> Iterator[None]:
    """A round takes what there is then out of the collector's sight: not for the next test."""
    yield
    gc.unfreeze()
