# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "onnx>=1.19", "tokenizers>=0.22", "torch>=2.9"]
# ///
"""Teaches the sentence model what lay people's questions are about, as changes of low rank to its layers (LoRA).

Run by `uv run --script`, with PyTorch in an environment of its own: nothing that serves needs it. Reads the examples
that `python -m bot.rasa.learn_lay --prepare` wrote and writes what they taught; beside them it leaves what the model
says of each as the others taught it. Source of the method: Hu et al., LoRA, 2021 (arXiv 2106.09685).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS = 4, 512, 8
HEADS_OF = ("intents", "areas")
"""What is told apart, if nothing else is asked for."""
PARTS = ("attention/self/query", "attention/self/key", "attention/self/value", "attention/output/dense",
         "intermediate/dense", "output/dense")  # fmt: skip
RANK = 12
EPOCHS = 4
BATCH = 32
RATE, HEAD_RATE = 6e-4, 3e-3
DROPPED = 0.1
LONGEST = 130
"""Tokens read, as `SentenceModel` does."""
LOUD = 10.0
"""The vector of length 1 times this is what the heads see."""
_EPSILON = 1e-12


class Network:
    """The weights of the quantised network, as numbers."""

    def __init__(self, file: Path) -> None:
        graph = onnx.load(str(file)).graph
        self._arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self._inputs = {node.name: list(node.input) for node in graph.node if node.op_type == "MatMulInteger"}

    def table(self, name: str) -> Tensor:
        """An embedding."""
        return self._plain(f"embeddings.{name}.weight")

    def array(self, name: str) -> Tensor:
        """What is not quantised."""
        return torch.tensor(self._arrays[name])

    def linear(self, layer: int, part: str) -> Tensor:
        """Weights, in × out."""
        [name] = [name for name in self._inputs if f"layer.{layer}/{part}/" in name]
        return self._plain(self._inputs[name][1].removesuffix("_quantized"))

    def _plain(self, name: str) -> Tensor:
        codes = self._arrays[name + "_quantized"].astype(np.float32)
        zero = self._arrays[name + "_zero_point"].astype(np.float32)
        return torch.tensor((codes - zero) * self._arrays[name + "_scale"])


class Linear(nn.Module):
    """A layer that stays as it is, and what is added to it."""

    def __init__(self, weights: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.register_buffer("weights", weights.T.contiguous())
        self.register_buffer("bias", bias)
        self.down = nn.Parameter(torch.randn(RANK, weights.shape[0]) / math.sqrt(weights.shape[0]))
        self.up = nn.Parameter(torch.zeros(weights.shape[1], RANK))

    def forward(self, given: Tensor) -> Tensor:
        added = functional.linear(functional.linear(given, self.down), self.up)
        return functional.linear(given, self.weights, self.bias) + added


class Layer(nn.Module):
    """One of BERT's."""

    def __init__(self, network: Network, number: int) -> None:
        super().__init__()
        at = f"encoder.layer.{number}"
        self.parts = nn.ModuleList(
            Linear(network.linear(number, part), network.array(f"{at}.{part.replace('/', '.')}.bias")) for part in PARTS
        )
        for name, where in (("said", "attention.output"), ("thought", "output")):
            for of in ("weight", "bias"):
                self.register_buffer(f"{name}_{of}", network.array(f"{at}.{where}.LayerNorm.{of}"))

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        query, key, value, dense, inner, outer = self.parts
        rows, length, _ = x.shape
        heads = [part(x).view(rows, length, HEADS, -1).transpose(1, 2) for part in (query, key, value)]
        dropped = DROPPED if self.training else 0.0
        heard = functional.scaled_dot_product_attention(*heads, attn_mask=seen, dropout_p=dropped)
        said = dense(heard.transpose(1, 2).reshape(rows, length, WIDTH))
        x = self._even("said", x + functional.dropout(said, DROPPED, self.training))
        thought = outer(functional.gelu(inner(x)))
        return self._even("thought", x + functional.dropout(thought, DROPPED, self.training))

    def _even(self, name: str, x: Tensor) -> Tensor:
        weight, bias = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return functional.layer_norm(x, (WIDTH,), weight, bias, _EPSILON)


class Encoder(nn.Module):
    """The sentence model with adapters, and what its vector says of intent, area and danger."""

    def __init__(self, network: Network, names: int) -> None:
        super().__init__()
        for name in ("word_embeddings", "position_embeddings", "token_type_embeddings"):
            self.register_buffer(name, network.table(name))
        for of in ("weight", "bias"):
            self.register_buffer(of, network.array(f"embeddings.LayerNorm.{of}"))
        self.layers = nn.ModuleList(Layer(network, number) for number in range(LAYERS))
        self.head = nn.Linear(WIDTH, names)

    def forward(self, tokens: Tensor, seen: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            x = self.word_embeddings[tokens] + self.position_embeddings[: tokens.shape[1]]
            x = functional.layer_norm(x + self.token_type_embeddings[0], (WIDTH,), self.weight, self.bias, _EPSILON)
            x = functional.dropout(x, DROPPED, self.training)
            for layer in self.layers:
                x = layer(x, seen[:, None, None, :])
        said: Tensor = self.head(LOUD * functional.normalize(x[:, 0].float(), dim=-1))
        return said


class Examples:
    """Token numbers, what is right, and how much each counts."""

    def __init__(self, rows: Sequence[dict[str, Any]], vocabulary: Path, heads: Sequence[str]) -> None:
        tokenizer = Tokenizer.from_file(str(vocabulary))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        self.tokens = [one.ids for one in tokenizer.encode_batch([row["text"] for row in rows])]
        self.counts = torch.tensor([float(row["counts"]) for row in rows])
        self.heads = [sorted({name for row in rows for name, _ in row[head]}) for head in heads]
        self.right = [torch.zeros(len(rows), len(names)) for names in self.heads]
        for right, names, head in zip(self.right, self.heads, heads, strict=True):
            place = {name: at for at, name in enumerate(names)}
            for at, row in enumerate(rows):
                for name, share in row[head]:
                    right[at, place[name]] += share

    def batch(self, chosen: Sequence[int]) -> tuple[Tensor, Tensor]:
        """Tokens and where there are any."""
        longest = max(len(self.tokens[at]) for at in chosen)
        tokens = torch.zeros(len(chosen), longest, dtype=torch.long)
        seen = torch.zeros(len(chosen), longest, dtype=torch.bool)
        for line, at in enumerate(chosen):
            tokens[line, : len(self.tokens[at])] = torch.tensor(self.tokens[at])
            seen[line, : len(self.tokens[at])] = True
        return tokens, seen

    def batches(self, chosen: Sequence[int], chance: np.random.RandomState) -> list[list[int]]:
        """In random order, those of one batch about as long as each other."""
        mixed = chance.permutation(np.asarray(chosen)).tolist()
        found = []
        for start in range(0, len(mixed), 40 * BATCH):
            part = sorted(mixed[start : start + 40 * BATCH], key=lambda at: len(self.tokens[at]))
            found += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        return [found[at] for at in chance.permutation(len(found))]

    def loss(self, said: Tensor, chosen: Sequence[int]) -> Tensor:
        """Cross-entropy of all heads; nothing for a head of which nothing is known."""
        parts = said.split([len(names) for names in self.heads], dim=1)
        apart = [
            -(right[chosen] * functional.log_softmax(part, -1)).sum(-1)
            for right, part in zip(self.right, parts, strict=True)
        ]
        return (sum(apart) * self.counts[chosen]).mean()


def teach(examples: Examples, network: Network, chosen: Sequence[int], epochs: int) -> Encoder:
    """An encoder taught by the chosen examples."""
    torch.manual_seed(7)
    chance = np.random.RandomState(7)
    encoder = Encoder(network, sum(map(len, examples.heads)))
    encoder.train()
    head = list(encoder.head.parameters())
    rest = [one for one in encoder.layers.parameters() if one.requires_grad]
    learner = torch.optim.AdamW([{"params": rest, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01)
    steps = epochs * len(examples.batches(chosen, np.random.RandomState(7)))
    slower = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda step: min(step / (0.06 * steps), (steps - step) / (0.94 * steps))
    )
    for batch in _endless(examples, chosen, chance, steps):
        learner.zero_grad()
        examples.loss(encoder(*examples.batch(batch)), batch).backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        learner.step()
        slower.step()
    encoder.eval()
    return encoder


def _endless(
    examples: Examples, chosen: Sequence[int], chance: np.random.RandomState, steps: int
) -> Iterator[list[int]]:
    began, done = time.monotonic(), 0
    while True:
        for batch in examples.batches(chosen, chance):
            if done == steps:
                return
            if done % 200 == 0:
                print(f"step {done} of {steps}, {time.monotonic() - began:.0f} s", flush=True)
            yield batch
            done += 1


def said_of(encoder: Encoder, examples: Examples, chosen: Sequence[int]) -> np.ndarray[Any, Any]:
    """What the heads say of each, one line each."""
    found = np.zeros((len(chosen), sum(map(len, examples.heads))), np.float32)
    lines = sorted(range(len(chosen)), key=lambda line: len(examples.tokens[chosen[line]]))
    with torch.no_grad():
        for start in range(0, len(lines), 64):
            part = lines[start : start + 64]
            found[part] = encoder(*examples.batch([chosen[line] for line in part])).numpy()
    return found


def without(examples: Examples, network: Network, size: int, folds: int, epochs: int) -> np.ndarray[Any, Any]:
    """What is said of each example by an encoder that was taught by other parts."""
    fold = np.empty(size, np.int64)
    fold[np.random.RandomState(11).permutation(size)] = np.arange(size) % folds
    found = np.zeros((size, sum(map(len, examples.heads))), np.float32)
    for number in range(folds):
        left_out = np.flatnonzero(fold == number).tolist()
        encoder = teach(examples, network, np.flatnonzero(fold != number).tolist(), epochs)
        found[left_out] = said_of(encoder, examples, left_out)
        print(f"part {number + 1} of {folds}", flush=True)
    return found


def main() -> None:
    """Teach once for each part that is left out, and once by everything."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="where the examples lie")
    arguments.add_argument("--model", type=Path, default=Path("docker/sentence_model/target"))
    arguments.add_argument("--out", type=Path, default=Path("training_data/lay/sentences.npz"))
    arguments.add_argument("--folds", type=int, default=3, help="parts that are left out in turn; 0: none")
    arguments.add_argument("--heads", nargs="+", default=HEADS_OF, help="what is taught, of intents, areas, dangers")
    arguments.add_argument("--epochs", type=int, default=EPOCHS)
    arguments.add_argument("--keep", nargs="+", help="heads that are written; all that are taught if absent")
    options = arguments.parse_args()
    rows = json.loads((options.folder / "examples.json").read_text(encoding="utf-8"))
    rows = [row for row in rows if any(row[head] for head in options.heads)]
    examples = Examples(rows, options.model / "tokenizer.json", options.heads)
    network = Network(options.model / "model.onnx")
    names = {name: np.array(one, np.str_) for name, one in zip(options.heads, examples.heads, strict=True)}
    parts = np.cumsum([len(of) for of in examples.heads])[:-1]
    if options.folds:
        says = np.split(without(examples, network, len(rows), options.folds, options.epochs), parts, axis=1)
        said = {f"says_{name}": one for name, one in zip(options.heads, says, strict=True)}
        np.savez(options.folder / "without.npz", **said, **names)
    encoder = teach(examples, network, range(len(rows)), options.epochs)
    adapters = {
        f"{of}/layer.{number}/{part}": getattr(linear, of).detach().numpy().astype(np.float16)
        for number, layer in enumerate(encoder.layers)
        for part, linear in zip(PARTS, layer.parts, strict=True)
        for of in ("down", "up")
    }
    weights, bias = (one.detach().numpy() for one in (encoder.head.weight, encoder.head.bias))
    head = np.vstack([LOUD * weights.T, bias]).astype(np.float16)
    kept = options.keep or options.heads
    head = np.hstack([part for name, part in zip(names, np.split(head, parts, axis=1), strict=True) if name in kept])
    names = {name: one for name, one in names.items() if name in kept}
    taught_to = hashlib.sha256((options.model / "model.onnx").read_bytes()).hexdigest()
    np.savez_compressed(options.out, head=head, model=np.array(taught_to), **names, **adapters)


if __name__ == "__main__":
    main()
