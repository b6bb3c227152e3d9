"""What the ranking has learnt: word vectors, precedents, weights of the first stage, trees of the second."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge_base.ranking.precedents import Precedents
from knowledge_base.ranking.signals import FIRST, Array
from knowledge_base.ranking.trees import Trees
from knowledge_base.ranking.vectors import WordVectors
from knowledge_base.shipped import LEARNT

FOLDER = LEARNT
VECTORS, PRECEDENTS, TREES, WEIGHTS = "vectors.npz", "precedents.npz", "trees.npz", "weights.json"
VECTORS_FILE = FOLDER / VECTORS


class RankingError(Exception):
    """The learnt files or the ranking files of an index cannot be used; the message names them and what to do."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Everything the ranking needs beside a collection."""

    vectors: WordVectors
    precedents: Precedents
    weights: Array
    """One for each signal of `FIRST`."""
    trees: Trees
    """LambdaMART of the second stage."""


@cache
def read_vectors(folder: Path = FOLDER) -> WordVectors:
    """The word vectors alone, for building an index. Raises RankingError."""
    try:
        return WordVectors.load(folder / VECTORS)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise RankingError(f"cannot read {folder / VECTORS} ({error}); restore it from the repository") from error


@cache
def read_learnt(folder: Path = FOLDER) -> Learnt:
    """All that was learnt, read once in a process. Raises RankingError."""
    vectors = read_vectors(folder)
    try:
        named = json.loads((folder / WEIGHTS).read_text(encoding="utf-8"))
        weights = np.array([float(named[name]) for name in FIRST], np.float32)
        precedents = Precedents.load(folder / PRECEDENTS)
        trees = Trees.load(folder / TREES)
    except (OSError, KeyError, ValueError, TypeError, BadZipFile) as error:
        message = f"cannot read what the ranking learnt in {folder} ({error}); restore it, or train it again with"
        raise RankingError(f"{message} `python -m knowledge_base train-ranking`") from error
    return Learnt(vectors, precedents, weights, trees)


def write_learnt(folder: Path, learnt: Learnt) -> None:
    """Write everything but the word vectors, which are trained apart."""
    folder.mkdir(parents=True, exist_ok=True)
    learnt.precedents.save(folder / PRECEDENTS)
    named = {name: round(float(w), 6) for name, w in zip(FIRST, learnt.weights, strict=True)}
    (folder / WEIGHTS).write_text(json.dumps(named, indent=1) + "\n", encoding="utf-8")
    learnt.trees.save(folder / TREES)
