"""all-MiniLM-L6-v2 with this project's adapters, by CTranslate2: vectors of words in context."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers

from vivavoce.scoring.marks import MOST_PIECES, Heads, Vectors

_BATCH = 8
"""Windows at a time: the fastest of 4, 8 and 16 on two cores."""


class MiniLmEncoder:
    """Encodes windows of plain words."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """Load the model that `vivavoce models pull answer-reader` built in `folder`."""
        self._encoder = ctranslate2.Encoder(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads
        )
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocabulary = self._tokenizer.get_vocab()
        self._first, self._last, self._unknown = (
            vocabulary[token] for token in ("[CLS]", "[SEP]", "[UNK]")
        )
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._heads = Heads(**{name: heads[name].astype(np.float32) for name in heads.files})

    @property
    def heads(self) -> Heads:
        """The heads that were trained with these adapters."""
        return self._heads

    def encode(self, windows: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return a vector for each word, the mean over its word pieces."""
        vectors: list[Vectors] = []
        for begin in range(0, len(windows), _BATCH):
            pieces = [self._pieces(window) for window in windows[begin : begin + _BATCH]]
            ids = [[self._first, *(i for word in p for i in word), self._last] for p in pieces]
            hidden = self._encoder.forward_batch(ids).last_hidden_state
            states = np.asarray(hidden)
            for words, state in zip(pieces, states, strict=True):
                lengths = np.array([len(word) for word in words])
                starts = 1 + np.concatenate(([0], np.cumsum(lengths)[:-1]))
                sums = np.add.reduceat(state[: 1 + lengths.sum()], starts, axis=0)
                vectors.append((sums / lengths[:, None]).astype(np.float32))
        return vectors

    def _pieces(self, words: Sequence[str]) -> list[list[int]]:
        encoded = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        return [each.ids[:MOST_PIECES] or [self._unknown] for each in encoded]
