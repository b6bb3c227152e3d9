"""Vectors of meaning for words, learnt once and kept in 8 bits; a text's vector is the sum of its words'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ranking.postings import mark

_HAN = re.compile("[一-鿿㐀-䶿]")


class WordVectors:
    """Read-only; every text, long or short, gets a vector of length 1 (of zeros when no word is known)."""

    def __init__(self, marks: NDArray[np.uint64], rarity: NDArray[np.float32], vectors: NDArray[np.float32]) -> None:
        """`marks` sorted; one rarity and one vector for each."""
        self._marks, self._rarity, self.vectors = marks, rarity, vectors
        self.size = int(vectors.shape[1])
        """Numbers of a vector."""

    def copy(self) -> WordVectors:
        """The same, to be changed."""
        return WordVectors(self._marks, self._rarity, self.vectors.copy())

    @classmethod
    def load(cls, path: Path) -> WordVectors:
        """The file that `save` wrote. Raises OSError, KeyError or ValueError when it is missing or damaged."""
        with np.load(path) as data:
            vectors = data["vectors"].astype(np.float32) * data["scales"].astype(np.float32)[:, None]
            return cls(data["marks"], data["rarity"].astype(np.float32), vectors)

    def save(self, path: Path) -> None:
        """Write 8 bits for each number."""
        scales = np.maximum(np.abs(self.vectors).max(axis=1), 1e-6) / 127
        vectors = np.round(self.vectors / scales[:, None]).astype(np.int8)
        np.savez_compressed(path, marks=self._marks, rarity=self._rarity.astype(np.float16), vectors=vectors,
                            scales=scales.astype(np.float16))  # fmt: skip

    def places(self, words: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows of the known words, and the weight of each: its rarity, more when it comes more than once."""
        counted = Counter(words)
        if not counted:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        marks = np.array([mark(word) for word in counted], np.uint64)
        found = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
        known = self._marks[found] == marks
        times = np.fromiter(counted.values(), np.float32, len(counted))[known]
        return found[known], self._rarity[found[known]] * (1 + np.log(times))

    def each(self, words: Iterable[str]) -> NDArray[np.float32]:
        """The vector of every word, zeros for one that is not known."""
        marks = np.array([mark(word) for word in words], np.uint64)
        found = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
        made: NDArray[np.float32] = np.where((self._marks[found] == marks)[:, None], self.vectors[found], 0)
        return made

    def of(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Vector of a text, given as its terms (see `terms`)."""
        rows, weights = self.places(words)
        return unit(weights @ self.vectors[rows])


def terms(words: Iterable[str], grams: Iterable[str], characters: Iterable[str]) -> list[str]:
    """What a vector is made of: words of two characters and more, marked as such; pairs; single characters."""
    return ["w" + word for word in words if len(word) > 1] + [g for g in grams if len(g) == 2] + list(characters)


def han(text: str) -> list[str]:
    """The Chinese characters of a text, one by one."""
    return _HAN.findall(text)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same directions, of length 1."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    made: NDArray[np.float32] = (vectors / np.maximum(length, 1e-6)).astype(np.float32)
    return made
