"""Opening the reader of answers: the trained one where its model is, else the rules."""

from __future__ import annotations

import logging

from vivavoce.errors import VivavoceError
from vivavoce.locations import Locations
from vivavoce.scoring.reader import Reader
from vivavoce.weights.files import check_model, model_folder
from vivavoce.weights.registry import MINILM

_log = logging.getLogger(__name__)


def open_reader(locations: Locations) -> Reader:
    """Return the best reader that this machine has; each reading names it."""
    from vivavoce.scoring.rules import RulesReader

    try:
        check_model(MINILM.name, locations)
    except VivavoceError:
        return RulesReader()
    from vivavoce.engines.sentence_encoder_minilm import MiniLmEncoder
    from vivavoce.scoring.trained import TrainedReader
    from vivavoce.weights.answer_reader import built_reader

    try:
        return TrainedReader(MiniLmEncoder(built_reader(model_folder(MINILM.name, locations))))
    except (VivavoceError, OSError, RuntimeError, ValueError):
        _log.exception("the trained reader cannot be opened")
        return RulesReader()
