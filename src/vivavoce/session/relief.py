"""A transcriber that a smaller model can relieve when the machine does not keep up."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.config import Config
from vivavoce.domain.speech import Word
from vivavoce.engines.protocols import Samples
from vivavoce.engines.transcriber_process import THREADS, TranscriberProcess
from vivavoce.locations import Locations
from vivavoce.weights.files import installed_whisper_models, model_folder

SMALLER = 0.7
"""Weights of at most this share of the chosen model's count as a smaller model. Chosen: the next
smaller size has 0.5 of the weights at most."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model on the disk."""

    name: str
    folder: Path

    @property
    def size(self) -> int:
        """Bytes of its weights; 0 when they are gone."""
        weights = self.folder / "model.bin"
        return weights.stat().st_size if weights.is_file() else 0


def smaller_model(model: Model, locations: Locations) -> Model | None:
    """Return the largest installed model that is clearly smaller, if there is one."""
    installed = (
        Model(name, model_folder(name, locations)) for name in installed_whisper_models(locations)
    )
    fitting = [other for other in installed if 0 < other.size <= SMALLER * model.size]
    return max(fitting, key=lambda other: other.size, default=None)


class RelievedTranscriber:
    """The chosen model's process; after `relieve`, the smaller model's in its place."""

    def __init__(
        self, model: Model, smaller: Model | None, device: str = "cpu", threads: int = THREADS
    ) -> None:
        """Start loading `model`."""
        self._smaller, self._device, self._threads = smaller, device, threads
        self._changing = threading.Lock()
        self._closed = False
        self._names = [model.name]
        self._process = TranscriberProcess(model.folder, device, threads)

    @property
    def pid(self) -> int:
        """The process that decodes."""
        return self._process.pid

    @property
    def names(self) -> str:
        """The models that were used, in order: `base`, or `base, tiny.en`."""
        return ", ".join(self._names)

    def wait_until_loaded(self) -> None:
        """Return once the model is in memory; raises ModelError."""
        self._process.wait_until_loaded()

    def transcribe(self, samples: Samples, before: str = "") -> Sequence[Word]:
        """Return the words of up to 30 s, said after `before`; raises ModelError."""
        return self._process.transcribe(samples, before)

    def relieve(self) -> str | None:
        """Go on with the smaller model and return its name; None when there is none.

        Called between two decodes, on the thread that decodes.
        """
        with self._changing:
            if self._smaller is None or self._closed:
                return None
            self._process.close()
            name, folder = self._smaller.name, self._smaller.folder
            self._process = TranscriberProcess(folder, self._device, self._threads)
            self._smaller = None
            self._names.append(name)
            return name

    def close(self) -> None:
        """End the process at once, for good."""
        with self._changing:
            self._closed = True
            self._process.close()


def chosen_transcriber(config: Config, locations: Locations) -> RelievedTranscriber:
    """Start the transcriber that the settings name."""
    model = Model(config.model, model_folder(config.model, locations))
    # Nobody waits for drafts, so one thread does: the same words for less processor time.
    threads = 1 if config.saver else THREADS
    return RelievedTranscriber(model, smaller_model(model, locations), config.device, threads)
