"""Trains the answer reader on the labelled answers of this project, or judges it.

Usage: scripts/train-reader [--folds N] [--answers FILE]... [--judge FILE] [--minilm FOLDER]

Without --folds: trains on all answers and writes src/vivavoce/weights/answer_reader.npz.
With it: cross-validation, each answer read by a reader that was trained without it; prints the
agreement and writes nothing. --minilm is the folder of all-MiniLM-L6-v2, without it the one that
`vivavoce models pull minilm` brought.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel
from transformers.utils import logging

from vivavoce.domain.debrief import CRITERIA, Reading
from vivavoce.locations import find_locations
from vivavoce.scoring.agreement import agreement, table
from vivavoce.scoring.labelled import OWN_ANSWERS, LabelledAnswer
from vivavoce.scoring.marks import (
    MOST_PIECES,
    STRONGEST_WORDS,
    WINDOW_WORDS,
    Heads,
    Vectors,
    window_starts,
)
from vivavoce.scoring.plain_words import PlainWord, plain_words
from vivavoce.scoring.sentences import cut as sentences_of
from vivavoce.scoring.trained import TrainedReader
from vivavoce.store.labelled_file import read_labelled
from vivavoce.weights.answer_reader import (
    ADAPTER_SCALE,
    ADAPTERS,
    HEADS,
    MATRICES,
    read_safetensors,
)
from vivavoce.weights.files import model_folder
from vivavoce.weights.registry import MINILM

RANK = 8
EPOCHS, BATCH = 12, 8
ADAPTER_RATE, HEAD_RATE = 1e-3, 3e-3
SEED = 0
OUTSIDE_WEIGHT = 0.25
"""Of words outside the labelled quote: they may well say the same again."""
DELETED_SHARE = 0.3
"""Of the shorter answers, in each epoch: the sentences that carry one criterion are left out, so
that the net learns to hear nothing where nothing is."""
LONG_WORDS = 500
"""Of a longer answer, a stretch of this many words is read in each epoch."""


@dataclass
class Example:
    """An answer as tensors."""

    words: list[str]
    heard: Tensor
    """(words, 5): 1 inside the labelled quote."""
    weight: Tensor
    """(words, 5)"""
    levels: Tensor
    """(5,)"""
    flags: Tensor
    """(3,): tool first, over-engineered, vote."""
    sentences: Tensor
    """(words,): which sentence each word is in."""
    flags_known: bool = True


class Adapter(nn.Module):  # type: ignore[misc] # torch is not there where types are checked
    """A frozen linear layer plus a trained matrix of low rank (LoRA, Hu et al. 2021)."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        scale = 1 / math.sqrt(linear.in_features)
        self.a = nn.Parameter(torch.randn(RANK, linear.in_features) * scale)
        self.b = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """Return the layer's output with the adapter's added."""
        low = functional.linear(states, self.a)
        low = functional.dropout(low * ADAPTER_SCALE, 0.05, self.training)
        return self.linear(states) + functional.linear(low, self.b)


class Net(nn.Module):  # type: ignore[misc]
    """MiniLM with adapters, and the heads."""

    def __init__(self, minilm: Path) -> None:
        super().__init__()
        self.tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        config = BertConfig.from_json_file(minilm / "config.json")
        config.attention_probs_dropout_prob = 0.0  # it took a tenth of the time
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = read_safetensors(minilm / "model.safetensors")
        self.bert.load_state_dict(
            {k: torch.from_numpy(v) for k, v in weights.items() if not k.startswith("pooler")},
            strict=False,
        )
        for parameter in self.bert.parameters():
            parameter.requires_grad = False
        for layer in self.bert.encoder.layer:
            for path in MATRICES.values():
                *parents, last = path.split(".")
                owner = layer.get_submodule(".".join(parents))
                setattr(owner, last, Adapter(getattr(owner, last)))
        width, criteria = config.hidden_size, len(CRITERIA)
        self.word = nn.Linear(width, 2 * criteria)
        self.answer = nn.Linear(width, 3)
        self.attention = nn.Linear(width, 3, bias=False)
        nn.init.constant_(self.word.bias, -2.0)

    def vectors(self, windows: Sequence[Sequence[str]]) -> list[Tensor]:
        """Return a vector for each word of each window."""
        pieces = [
            [
                e.ids[:MOST_PIECES] or [100]
                for e in self.tokenizer.encode_batch(list(w), add_special_tokens=False)
            ]
            for w in windows
        ]
        ids = [[101, *(i for word in p for i in word), 102] for p in pieces]
        longest = max(map(len, ids))
        states = self.bert(
            input_ids=torch.tensor([i + [0] * (longest - len(i)) for i in ids]),
            attention_mask=torch.tensor([[1] * len(i) + [0] * (longest - len(i)) for i in ids]),
        ).last_hidden_state
        vectors = []
        for words, state in zip(pieces, states, strict=True):
            owner = torch.tensor([k for k, word in enumerate(words) for _ in word])
            total = torch.zeros(len(words), state.shape[1]).index_add(
                0, owner, state[1 : 1 + len(owner)]
            )
            vectors.append(total / torch.tensor([[len(word)] for word in words]))
        return vectors

    def forward(self, examples: Sequence[Example]) -> list[tuple[Tensor, Tensor, Tensor]]:
        """Return for each example the logits of its words, of its levels and of its flags."""
        starts = [window_starts(len(example.words)) for example in examples]
        windows = [
            example.words[start : start + WINDOW_WORDS]
            for example, begins in zip(examples, starts, strict=True)
            for start in begins
        ]
        read = iter(self.vectors(windows))
        results = []
        for example, begins in zip(examples, starts, strict=True):
            total = torch.zeros(len(example.words), self.word.in_features)
            times = torch.zeros(len(example.words), 1)
            for start in begins:
                vectors = next(read)
                place = torch.arange(start, start + len(vectors))
                total = total.index_add(0, place, vectors)
                times = times.index_add(0, place, torch.ones(len(vectors), 1))
            states = functional.dropout(total / times, 0.1, self.training)
            words = self.word(states)
            strongest = words.topk(min(STRONGEST_WORDS, len(words)), dim=0)[0].mean(0)
            attention = torch.softmax(self.attention(states), 0)
            whole = (attention * (states @ self.answer.weight.T)).sum(0) + self.answer.bias
            results.append((words, strongest, whole))
        return results

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is trained, by the names of weights/answer_reader.py."""
        arrays = {
            f"{index}.{name}.{part}": getattr(layer.get_submodule(path), part)
            for index, layer in enumerate(self.bert.encoder.layer)
            for name, path in MATRICES.items()
            for part in "ab"
        }
        arrays |= zip(
            HEADS,
            (
                *(self.word.weight, self.word.bias),
                *(self.answer.weight, self.answer.bias, self.attention.weight),
            ),
            strict=True,
        )
        return {name: each.detach().numpy().copy() for name, each in arrays.items()}


class TorchEncoder:
    """The net in the encoder's place, to judge a reader before it is built."""

    def __init__(self, net: Net) -> None:
        self._net = net.eval()
        arrays = net.arrays()
        self.heads = Heads(**{name: arrays[name] for name in HEADS})

    def encode(self, windows: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return a vector for each word of each window."""
        if not windows:
            return []
        with torch.no_grad():
            return [each.numpy() for each in self._net.vectors(windows)]


def example_of(answer: LabelledAnswer) -> Example:
    """Return an answer as tensors."""
    words = plain_words(answer.text)
    heard, weight = torch.zeros(len(words), 5), torch.ones(len(words), 5)
    for k, criterion in enumerate(CRITERIA):
        quote = answer.evidence[criterion]
        if not answer.levels[criterion]:
            continue
        weight[:, k] = OUTSIDE_WEIGHT
        if quote is None:
            continue
        start = answer.text.find(quote)
        for i, word in enumerate(words):
            if word.start < start + len(quote) and start < word.end:
                heard[i, k] = weight[i, k] = 1.0
    flags = [answer.flags["tool_first"], answer.flags["over_engineered"], answer.vote == "yes"]
    return Example(
        [word.text for word in words],
        heard,
        weight,
        torch.tensor([answer.levels[criterion] for criterion in CRITERIA]),
        torch.tensor(flags, dtype=torch.float32),
        torch.tensor(sentence_numbers(answer.text, words)),
    )


def sentence_numbers(text: str, words: Sequence[PlainWord]) -> list[int]:
    """Return the number of the sentence that each word is in."""
    ends = [sentence.end for sentence in sentences_of(text)]
    return [bisect.bisect_right(ends, word.start) for word in words]


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], example: Example) -> Tensor:
    """Return how wrong the net is on one example."""
    words, strongest, whole = outputs
    clear = example.heard * (example.levels == 2)
    cost = functional.binary_cross_entropy_with_logits
    total = torch.zeros(())
    for logits, truth in ((words[:, :5], example.heard), (words[:, 5:], clear)):
        weight = example.weight * (1 + 2 * truth)
        total = total + cost(logits, truth, weight=weight, reduction="sum") / max(40, len(words))
    levels = torch.cat([example.levels >= 1, example.levels == 2]).float()
    total = total + 0.5 * cost(strongest, levels)
    return total + 0.3 * cost(whole, example.flags) if example.flags_known else total


def train(answers: Sequence[LabelledAnswer], minilm: Path, epochs: int, seed: int) -> Net:
    """Return a net trained on `answers`."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = Net(minilm)
    trained = {n: p for n, p in net.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for n, p in trained.items() if n.startswith("bert")], "lr": ADAPTER_RATE},
            {
                "params": [p for n, p in trained.items() if not n.startswith("bert")],
                "lr": HEAD_RATE,
            },
        ],
        weight_decay=0.01,
    )
    examples = [example_of(answer) for answer in answers]
    steps = epochs * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        net.train()
        total = 0.0
        for batch in batches([varied(example, chance) for example in examples], chance):
            costs = [loss_of(o, e) for o, e in zip(net(batch), batch, strict=True)]
            cost = sum(costs, torch.zeros(())) / len(batch)
            optimiser.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
            optimiser.step()
            schedule.step()
            total += cost.item() * len(batch)
        print(f"epoch {epoch + 1} of {epochs}: {total / len(examples):.3f}", file=sys.stderr)
    net.eval()
    return net


def batches(examples: list[Example], chance: random.Random) -> list[list[Example]]:
    """Return the examples in batches of like length, so that little is padded, in any order."""
    ordered = sorted(examples, key=lambda example: len(example.words) + 30 * chance.random())
    groups = [ordered[begin : begin + BATCH] for begin in range(0, len(ordered), BATCH)]
    chance.shuffle(groups)
    return groups


def varied(example: Example, chance: random.Random) -> Example:
    """Return the example, or a part of it that is to be read in this epoch."""
    if len(example.words) > LONG_WORDS:
        return stretch(example, chance)
    carried = example.heard.any(0).nonzero().flatten().tolist()
    if carried and chance.random() < DELETED_SHARE:
        return without(example, chance.choice(carried))
    return example


def stretch(example: Example, chance: random.Random) -> Example:
    """Return LONG_WORDS words of a long example, with a quote where there is one."""
    quoted = example.heard.any(1).nonzero().flatten().tolist()
    centre = chance.choice(quoted) if quoted else chance.randrange(len(example.words))
    start = min(max(0, centre - chance.randrange(LONG_WORDS)), len(example.words) - LONG_WORDS)
    kept = torch.zeros(len(example.words), dtype=torch.bool)
    kept[start : start + LONG_WORDS] = True
    return part(example, kept, flags_known=True)


def without(example: Example, criterion: int) -> Example:
    """Return the example without the sentences that carry a criterion; where that is all of it,
    without the quoted words only."""
    quoted = example.heard[:, criterion] > 0
    kept = ~torch.isin(example.sentences, example.sentences[quoted])
    if kept.sum() < STRONGEST_WORDS:
        kept = ~quoted
    return part(example, kept, flags_known=False) if kept.sum() >= STRONGEST_WORDS else example


def part(example: Example, kept: Tensor, flags_known: bool) -> Example:
    """Return the kept words, with the levels of what is still said in them."""
    whole = (example.heard > 0) & ~kept[:, None]
    cut_off = whole.any(0)
    return Example(
        [word for word, keep in zip(example.words, kept.tolist(), strict=True) if keep],
        example.heard[kept] * ~cut_off,
        example.weight[kept],
        torch.where(cut_off, 0, example.levels),
        example.flags,
        example.sentences[kept],
        flags_known,
    )


def folds(answers: Sequence[LabelledAnswer], count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the indexes to train on and to judge; twins stay together."""
    groups: dict[str, list[int]] = {}
    for index, answer in enumerate(answers):
        twin = re.search(r"twin of ([\w-]+)", answer.kind)
        groups.setdefault(twin[1].rstrip(":") if twin else answer.id, []).append(index)
    names = sorted(groups)
    random.Random(SEED).shuffle(names)
    for fold in range(count):
        judged = [index for name in names[fold::count] for index in groups[name]]
        known = set(judged)
        yield [index for index in range(len(answers)) if index not in known], judged


def main() -> None:
    """Train, or judge."""
    parser = argparse.ArgumentParser(
        prog="train-reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--answers", type=Path, action="append")
    parser.add_argument("--judge", type=Path, help="other labelled answers, never trained on")
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=ADAPTERS)
    options = parser.parse_args()
    logging.set_verbosity_error()
    torch.set_num_threads(2)
    torch.set_float32_matmul_precision("medium")  # bfloat16 where the processor has it
    minilm = options.minilm or model_folder(MINILM.name, find_locations())
    files = options.answers or [OWN_ANSWERS]
    answers = [answer for file in files for answer in read_labelled(file)]
    if options.folds:
        readings: dict[int, Reading] = {}
        for number, (known, judged) in enumerate(folds(answers, options.folds), start=1):
            net = train([answers[i] for i in known], minilm, options.epochs, options.seed)
            reader = TrainedReader(TorchEncoder(net))
            readings |= {i: reader.read(answers[i].text) for i in judged}
            print(f"fold {number}: {len(judged)} judged", file=sys.stderr)
        print(table(agreement(answers, [readings[i] for i in range(len(answers))])))
        return
    net = train(answers, minilm, options.epochs, options.seed)
    half = {name: array.astype(np.float16) for name, array in net.arrays().items()}
    np.savez_compressed(options.out, allow_pickle=False, **half)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes", file=sys.stderr)
    if options.judge:
        reader = TrainedReader(TorchEncoder(net))
        others = read_labelled(options.judge)
        print(table(agreement(others, [reader.read(answer.text) for answer in others])))


if __name__ == "__main__":
    main()
